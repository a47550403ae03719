"""A fake service, the application over it and a client."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_service import FakeService
from flask import Flask
from flask.testing import FlaskClient

from web import create_app


@pytest.fixture
def service(tmp_path: Path) -> FakeService:
    return FakeService(folder=tmp_path)


@pytest.fixture
def app(service: FakeService) -> Flask:
    return create_app(service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()

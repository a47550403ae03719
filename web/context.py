"""The service behind the current request."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from qa.service import Service


def current_service() -> Service:
    """Return the service that :func:`web.create_app` was given."""
    return cast("Service", current_app.extensions["qa"])

"""Build the Flask application around a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from web import admin, api, bulletins, completions, crowd, documentation, errors, headers, metrics, pages

if TYPE_CHECKING:
    from qa.service import Service

MAX_BODY_BYTES = 1024 * 1024
"""Above it a body is refused unread. Generous enough that an overlong question is told so by name (422)."""


class _Json(DefaultJSONProvider):
    """JSON as a person reads it: Chinese unescaped, keys in the contract's order."""

    ensure_ascii = False
    sort_keys = False


def create_app(service: Service) -> Flask:
    """Return the WSGI application that serves ``service``."""
    app = Flask(__name__)
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.extensions["qa"] = service
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (api, admin, bulletins, completions, documentation, metrics, pages):
        app.register_blueprint(part.blueprint)
    crowd.init_app(app)
    metrics.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    return app

"""The web side: HTTP API and pages over one :class:`qa.service.Service`."""

from web.app import create_app

__all__ = ["create_app"]

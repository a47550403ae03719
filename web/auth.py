"""Who may change things: whoever holds the admin token."""

from __future__ import annotations

import hmac

from flask import Request
from pydantic import SecretStr
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized


def authorise(incoming: Request, token: SecretStr | None) -> None:
    """Let only the bearer of the token through; the comparison takes the same time however wrong it is.

    Raises:
        ServiceUnavailable: the operator set no token, so nobody may.
        Unauthorized: the token is missing or wrong.
    """
    if token is None:
        raise ServiceUnavailable("没有设置管理口令 QA_ADMIN_TOKEN，不能使用管理接口。")
    scheme, _, given = incoming.headers.get("Authorization", "").partition(" ")
    # WSGI hands header bytes over as Latin-1; back to bytes, so that any token can be compared. Only what is
    # white space in HTTP goes: to str.strip() the last byte of 内 or 传 would be blank as well.
    matches = hmac.compare_digest(given.strip(" \t").encode("latin-1"), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not matches:
        detail = "管理口令不正确。" if given else "请在请求头中给出管理口令：Authorization: Bearer <口令>。"
        raise Unauthorized(detail, www_authenticate=WWWAuthenticate("bearer", {"realm": "qa"}))

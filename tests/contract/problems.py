"""What every error of the API looks like."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse


def check_problem(response: TestResponse, status: int) -> dict[str, Any]:
    """Assert the one error shape (RFC 9457, in Chinese) and return the document."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    problem: dict[str, Any] = response.get_json()
    assert set(problem) - {"errors", "error"} == {"type", "title", "status", "detail"}
    assert ("error" in problem) == f"{response.request.path}/".startswith("/v1/")
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert not problem["title"].isascii()
    assert not problem["detail"].isascii()
    assert "Traceback" not in problem["detail"]
    for error in problem.get("errors", []):
        assert set(error) == {"field", "reason"}
        assert error["field"]
        assert not error["reason"].isascii()
    return problem


def fields(problem: dict[str, Any]) -> list[str]:
    """Return the fields that a problem names."""
    return [error["field"] for error in problem["errors"]]

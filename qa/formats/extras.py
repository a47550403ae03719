"""Packages that a format needs, installed only where it is used."""

from __future__ import annotations

import importlib
from typing import Any

from qa.errors import PIP_INSTALL, BulletinError


class MissingExtraError(BulletinError):
    """A format's package is not installed; says which command installs it."""


def load(module: str, extra: str, what: str) -> Any:
    """Import the package that a format needs.

    Args:
        module: what to import.
        extra: the extra of this project that brings it.
        what: the format, in Chinese.

    Raises:
        MissingExtraError: it is not installed, or does not load.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"读取{what}需要另外安装软件包,请运行 {PIP_INSTALL} 'bulletin-qa[{extra}]'"
        ) from error

"""Load models without bars and notices on standard error."""

from __future__ import annotations

import importlib
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_LIBRARIES = ("sentence_transformers", "transformers", "huggingface_hub")


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Silence the progress bars, log notices and warnings of the model libraries inside the block.

    Their switches belong to the process; each is put back as it was found. Errors still raise.
    """
    transformers_logging: Any = importlib.import_module("transformers.utils.logging")  # slow, and untyped
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    levels = [logger.level for logger in loggers]
    bars = transformers_logging.is_progress_bar_enabled()
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        if bars:
            transformers_logging.disable_progress_bar()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if bars:
            transformers_logging.enable_progress_bar()
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)

"""Errors that the library raises; the edges (CLI, web) translate them for their readers."""

import sys

PIP_INSTALL = f"{sys.executable} -m pip install"
"""What an error advises: of this very environment, as plain ``pip`` may be another one's."""


class QAError(Exception):
    """Root of every error this project raises on purpose; ``str(error)`` is a Chinese sentence."""


class ConfigError(QAError):
    """A setting is missing, malformed or contradicts another; names the setting."""


class BulletinError(QAError):
    """A bulletin file cannot be read as articles; says why, in Chinese, without the file's name."""


class LibraryError(QAError):
    """The SQLite library cannot be opened, read or written."""


class DamagedLibraryError(LibraryError):
    """The library's file is no library any more, or holds what cannot be true."""


class SnapshotError(QAError):
    """A snapshot is missing, incomplete, damaged or made by another model or version."""


class DamagedSnapshotError(SnapshotError):
    """A snapshot that a new one was to be made from turned out to be damaged."""


class BusyError(QAError):
    """Another process or job is building the index right now."""


class BuildError(QAError):
    """The process that builds the index cannot be started, or ended without a report."""


class ModelError(QAError):
    """A model cannot be found, built, verified or loaded."""


class QuestionError(QAError):
    """A question cannot be asked as it stands; ``field`` names the offending input field."""

    def __init__(self, message: str, field: str = "question") -> None:
        super().__init__(message)
        self.field = field


class AbandonedError(QAError):
    """An answer was given up half-way, as nobody waits for it any more."""


class CrowdedError(QAError):
    """More questions are being answered than the service answers at once; a moment later it will do."""


class NotFoundError(QAError):
    """The article or job asked for does not exist in this generation."""


class GoneError(QAError):
    """What was asked for was there once: a withdrawn article, a generation whose snapshot is cleaned away."""


class WithdrawalError(QAError):
    """The record of withdrawn articles cannot be read or written, or a withdrawal lacks its reason."""


class ConflictError(QAError):
    """What is asked for does not fit what is there: a file of that name, a step already taken."""


class EmptiedError(QAError):
    """A folder that bulletins were indexed from holds none now, as a share that is not mounted would."""


class UploadError(QAError):
    """Uploaded files cannot be written or read back: a full disk, a folder without permission."""


class BackupError(QAError):
    """A back-up cannot be made, is damaged or not to be trusted, or cannot take the library's place."""


class VectorStoreError(QAError):
    """The optional vector store cannot be reached or is wrong; the vectors in the snapshot answer instead."""


class LlmError(QAError):
    """The optional language model gave no complete reply; the answer goes on without it."""

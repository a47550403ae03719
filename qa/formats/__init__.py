"""Bulletin files of every format become text."""

from qa.formats.encoding import Decoded
from qa.formats.files import MAX_BYTES, decode, read_bytes, read_text, supported

__all__ = ["MAX_BYTES", "Decoded", "decode", "read_bytes", "read_text", "supported"]

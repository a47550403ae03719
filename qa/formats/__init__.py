"""Bulletin files of every format become text."""

from qa.formats.encoding import Decoded
from qa.formats.files import MAX_BYTES, check_name_and_size, decode, read_bytes, read_text, supported

__all__ = ["MAX_BYTES", "Decoded", "check_name_and_size", "decode", "read_bytes", "read_text", "supported"]

"""Bulletin files of every format become text, or lists of articles."""

from qa.formats.archive import Member, members
from qa.formats.content import Decoded, Listing, Record
from qa.formats.extras import MissingExtraError
from qa.formats.files import (
    ARCHIVE,
    MAX_BYTES,
    MAX_BYTES_OF_LARGE,
    READERS,
    check_name_and_size,
    check_supported,
    decode,
    max_bytes,
    read_bytes,
    read_text,
    supported,
)

__all__ = [
    "ARCHIVE",
    "MAX_BYTES",
    "MAX_BYTES_OF_LARGE",
    "READERS",
    "Decoded",
    "Listing",
    "Member",
    "MissingExtraError",
    "Record",
    "check_name_and_size",
    "check_supported",
    "decode",
    "max_bytes",
    "members",
    "read_bytes",
    "read_text",
    "supported",
]

"""The library's tables, as the steps that lead to them; applied by :mod:`qa.storage.database`."""

from __future__ import annotations

_FIRST = (
    """
    CREATE TABLE sources (
        path TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        parser_version INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        body TEXT NOT NULL
    )
    """,
    # Where an article was found, and what that place says about it.
    """
    CREATE TABLE source_articles (
        source TEXT NOT NULL REFERENCES sources (path) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        article TEXT NOT NULL REFERENCES articles (id),
        date TEXT,
        date_text TEXT,
        reporters TEXT NOT NULL,
        correspondents TEXT NOT NULL,
        PRIMARY KEY (source, position)
    )
    """,
    "CREATE INDEX source_articles_by_article ON source_articles (article)",
    """
    CREATE TABLE passages (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        splitter TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (article, fingerprint, splitter, start, "end")
    )
    """,
    "CREATE INDEX passages_by_key ON passages (fingerprint, key)",
    # Articles that no file holds any more stay until the generation without them is active.
    """
    CREATE VIEW live_passages AS
        SELECT * FROM passages p WHERE EXISTS (SELECT 1 FROM source_articles s WHERE s.article = p.article)
    """,
    """
    CREATE TABLE vectors (
        fingerprint TEXT NOT NULL,
        key TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (fingerprint, key)
    )
    """,
    """
    CREATE TABLE generations (
        id INTEGER PRIMARY KEY,
        created_at TEXT NOT NULL,
        model TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        articles INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        report TEXT NOT NULL
    )
    """,
)

# How a file looked when it was read, so that one that looks the same need not be read again.
_SECOND = ("ALTER TABLE sources ADD COLUMN stamp TEXT",)

# Articles of which a part stands in another file: what their own file holds. The rows of their places in
# source_articles follow from all of these together.
_THIRD = (
    """
    CREATE TABLE fragments (
        source TEXT NOT NULL REFERENCES sources (path) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (source, position)
    )
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD)
"""The statements of each schema version after the one before; only ever added to.

``PRAGMA user_version`` of a library is the number of steps it has been through.
"""

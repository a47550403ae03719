"""Server-sent events: the wire format, and an answer as a sequence of events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from flask import Response

from qa.serialize import JsonObject

EVENT_STREAM = "text/event-stream"
_PIECE = re.compile(r"\[\d+\]|[A-Za-z0-9.%]+|.{1,4}?(?=\[\d+\]|[A-Za-z0-9])|.{1,4}", re.DOTALL)


COMMENT = b": \n\n"
"""What a client passes over; sending it shows whether there is a client still."""


def response(stream: Iterable[bytes]) -> Response:
    """Return the response that streams events."""
    # X-Accel-Buffering: nginx in front would otherwise hold the events back.
    return Response(stream, mimetype=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


def event(name: str, data: JsonObject) -> bytes:
    """Write one event; JSON holds no raw line break, so one ``data:`` line is enough.

    >>> event("token", {"text": "22家"}).decode()
    'event: token\\ndata: {"text": "22家"}\\n\\n'
    """
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def pieces(text: str) -> Iterator[str]:
    """Cut a text into pieces that are good to show one by one; a number and a mark ``[1]`` stay whole.

    >>> list(pieces("共有22家企业。[1]"))
    ['共有', '22', '家企业。', '[1]']
    """
    return (match.group() for match in _PIECE.finditer(text))


def answer_events(answers: Iterable[JsonObject]) -> Iterator[bytes]:
    """Tell an answer: ``meta``, ``token``s of its text, ``citations``, ``done`` with the whole.

    Args:
        answers: the answer as it grows, at least once; the text of each begins with that of the one before.
    """
    meta = ("id", "question", "standalone_question", "answered", "mode", "short_answer", "generation")
    told = ""
    answer: JsonObject = {}
    for answer in answers:
        if not told:
            yield event("meta", {key: answer[key] for key in meta})
        for piece in pieces(answer["answer"].removeprefix(told)):
            yield event("token", {"text": piece})
        told = answer["answer"]
    yield event("citations", {"citations": answer["citations"]})
    yield event("done", answer)

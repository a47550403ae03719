"""What clients may send: one strict model a request."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from qa.storage.withdrawals import MAX_WHY
from qa.types import Filters, Turn

MAX_QUESTION = 2000
MAX_TURNS = 50
MAX_TURN = 20_000
MAX_TOP_K = 50
MAX_PAGE = 1_000_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,1000}", re.ASCII)


def _day(value: object) -> object:
    """Accept exactly ``YYYY-MM-DD``; pydantic alone would also take timestamps."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "没有这一天") from None
    if value is None:
        return None
    raise PydanticCustomError("day", "日期须写成 YYYY-MM-DD，例如 2021-12-14")


def _number(value: object) -> object:
    """Read a query parameter, which is always text, as a plain decimal number."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise PydanticCustomError("number", "须为整数")
        return int(value)
    return value


def _visible(text: str) -> str:
    """Refuse a text of nothing but spaces and control characters, before a stream has begun."""
    if _blank(text):
        raise PydanticCustomError("blank", "不能为空")
    return text


def _visible_or_none(text: str | None) -> str | None:
    """Take a text of nothing but spaces and control characters as none given."""
    return None if text is None or _blank(text) else text


def _blank(text: str) -> bool:
    return all(unicodedata.category(char)[0] in "CZ" for char in text)


Day = Annotated[dt.date | None, BeforeValidator(_day)]
TopK = Annotated[int, Field(ge=1, le=MAX_TOP_K)]
Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION), AfterValidator(_visible)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _DateRange(_Strict):
    date_from: Day = None
    date_to: Day = None

    @model_validator(mode="after")
    def _in_order(self) -> _DateRange:
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise PydanticCustomError("range", "date_from 不能晚于 date_to")
        return self


class TurnBody(_Strict):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=MAX_TURN)]


class FiltersBody(_DateRange):
    """Restrict the answer to some articles."""

    article_ids: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=1000)] | None = None

    def to_filters(self) -> Filters:
        """Return the record that the service takes."""
        ids = None if self.article_ids is None else tuple(self.article_ids)
        return Filters(date_from=self.date_from, date_to=self.date_to, article_ids=ids)


class AskBody(_Strict):
    """``POST /api/ask``."""

    question: Question
    history: Annotated[list[TurnBody], Field(max_length=MAX_TURNS)] | None = None
    top_k: TopK | None = None
    filters: FiltersBody | None = None

    def turns(self) -> tuple[Turn, ...]:
        """Return the conversation so far as the records that the service takes."""
        return tuple(Turn(turn.role, turn.content) for turn in self.history or ())


_QUESTION = TypeAdapter(Question)
APPENDED = "\n\n---\n"
"""Stands in a message of ours between the answer and what is added for clients that show text alone."""


class _Lenient(BaseModel):
    """What clients of another interface send: fields that nobody here knows are theirs."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


def _joined(value: object) -> object:
    """Join a message's pieces of text; pictures and sounds cannot be asked about."""
    if not isinstance(value, list):
        return value
    texts = [part.get("text") if isinstance(part, dict) else None for part in value]
    if not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("parts", "只能是文字（type 为 text），不支持图片和语音")
    return "\n".join(texts)


class ChatMessage(_Lenient):
    """One message of ``POST /v1/chat/completions``."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str | None, BeforeValidator(_joined)] = None


def _spoken(messages: list[ChatMessage]) -> list[tuple[Literal["user", "assistant"], str]]:
    """Return what the two said, without instructions and the results of tools."""
    return [(m.role, m.content or "") for m in messages if m.role == "user" or m.role == "assistant"]


class StreamOptions(_Lenient):
    """How to stream."""

    include_usage: bool | None = None


class ChatBody(_Lenient):
    """``POST /v1/chat/completions``: the last message is the question."""

    model: str | None = None
    messages: Annotated[list[ChatMessage], Field(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None

    @field_validator("messages")
    @classmethod
    def _end_with_a_question(cls, messages: list[ChatMessage]) -> list[ChatMessage]:
        spoken = _spoken(messages)
        if not spoken or spoken[-1][0] != "user":
            raise PydanticCustomError("messages", "最后一条须是用户（role 为 user）的提问")
        _QUESTION.validate_python(spoken[-1][1])
        return messages

    def question(self) -> str:
        """Return what is asked."""
        return _spoken(self.messages)[-1][1]

    def history(self) -> tuple[Turn, ...]:
        """Return the conversation before it, the latest turns, without what was appended to answers."""
        said = _spoken(self.messages)[:-1][-MAX_TURNS:]
        return tuple(Turn(role, text.partition(APPENDED)[0][:MAX_TURN]) for role, text in said if text)


class RebuildBody(_Strict):
    """``POST /api/index/rebuild``."""

    force: bool | None = None


class CommitBody(_Strict):
    """``POST /api/bulletins/<id>/commit``."""

    replace: bool | None = None


class WithdrawBody(_Strict):
    """``POST /api/articles/{article_id}/withdraw``."""

    why: Annotated[str, Field(min_length=1, max_length=MAX_WHY), AfterValidator(_visible)]


class RestoreBody(_Strict):
    """``POST /api/articles/{article_id}/restore``; the reason may be left out."""

    why: Annotated[Annotated[str, Field(max_length=MAX_WHY)] | None, AfterValidator(_visible_or_none)] = None


class NoQuery(_Strict):
    """A route that takes no query parameters."""


class SearchQuery(_DateRange):
    """``GET /api/search``."""

    q: Question
    top_k: Annotated[TopK, BeforeValidator(_number)] = 10

    def to_filters(self) -> Filters:
        """Return the record that the service takes."""
        return Filters(date_from=self.date_from, date_to=self.date_to)


class ArticlesQuery(_DateRange):
    """``GET /api/articles``, and the catalogue page."""

    reporter: Annotated[str, Field(max_length=100)] | None = None
    q: Annotated[str, Field(max_length=200)] | None = None
    page: Annotated[int, Field(ge=1, le=MAX_PAGE), BeforeValidator(_number)] = 1
    per_page: Annotated[int, Field(ge=1, le=100), BeforeValidator(_number)] = 20

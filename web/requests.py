"""What clients may send: one strict model a request."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from qa.types import Filters, Turn
from qa.withdrawals import MAX_WHY

MAX_QUESTION = 2000
MAX_TURNS = 50
MAX_TURN = 20_000
MAX_TOP_K = 50
MAX_PAGE = 1_000_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


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
    if all(unicodedata.category(char)[0] in "CZ" for char in text):
        raise PydanticCustomError("blank", "不能为空")
    return text


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

    why: Annotated[str, Field(max_length=MAX_WHY)] | None = None


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

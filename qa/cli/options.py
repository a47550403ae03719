"""Options that several commands share, and the kinds of values they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """Return what reads an argument as a whole number within bounds, both included."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise click.BadParameter(f"{text} 不是整数") from None
        if not lowest <= number <= highest:
            raise click.BadParameter(f"{number} 不在 {lowest} 到 {highest} 之间")
        return number

    return read


def day(text: str) -> dt.date:
    """Read an argument as a day, ``YYYY-MM-DD``."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} 不是 2021-12-10 这样的日期") from None


data_option = click.option(
    "--data", metavar="DIR", type=click.Path(path_type=Path), help="数据文件夹（默认 QA_DATA_DIR，即 data）。"
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="只输出一份 JSON，对象的格式同 HTTP 接口；列表是这些对象的数组。"
)
plain_json_option = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON。")
"""Of commands that the HTTP interface has no counterpart of."""
date_from_option = click.option("--date-from", metavar="YYYY-MM-DD", type=day, help="从这一天起。")
date_to_option = click.option("--date-to", metavar="YYYY-MM-DD", type=day, help="到这一天止。")
paths_argument = click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
question_argument = click.argument("question", metavar="QUESTION")

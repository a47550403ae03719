"""Small bulletin pages for tests."""

from __future__ import annotations

from pathlib import Path

TOPICS = ("养老服务", "灾后重建", "科技创新", "美好教育", "安全生产", "道路改造", "文化下乡", "垃圾分类")


def story(n: int, extra: str = "") -> tuple[str, str]:
    """Return headline and body of the n-th story; ``extra`` is one more sentence."""
    topic = TOPICS[n % len(TOPICS)]
    body = (
        f"本报讯 12月{n % 28 + 1}日,二七区召开{topic}工作会议,通报第{n}次检查的情况。\n\n"
        f"会议指出,全区共有{topic}项目{n * 3 + 2}个,总投资{n * 7 + 5}亿元。{extra}"
    )
    return f"二七区推进{topic}工作第{n}场", body


def page(*stories: tuple[str, str]) -> str:
    """Return the text of a page that holds stories."""
    return "\n\n".join(f"## {title}\n\n{body}" for title, body in stories) + "\n"


BEGINNING = (
    "# 青禾县十件民生实事全部办结\n\n"
    "本报讯 12月14日,青禾县通报十件民生实事办理情况。全年新建改建(下转第3版)\n\n记者 沈一鸣\n"
)
"""Of an article whose sentence goes on on another page, in another file."""
REST = "(上接第1版)农村公路126公里,改造危桥9座。\n会议要求,抓好管护。 通讯员 何苗\n"


def write_page(path: Path, *stories: tuple[str, str]) -> Path:
    """Write a page that holds stories; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(*stories), encoding="utf-8")
    return path

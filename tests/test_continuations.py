"""Articles whose parts stand in several files of an issue: joined, taken apart, left alone in doubt."""

from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bulletins import BEGINNING, REST, page, story
from fakes import HashEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_archives import zipped

from qa.assembly import index
from qa.backup.exporting import export
from qa.backup.importing import import_backup
from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE
from qa.config import load_settings
from qa.errors import DamagedLibraryError
from qa.ingest import joining
from qa.ingest.joining import join_across_files, join_in_upload
from qa.ingest.previews import Incoming
from qa.ingest.uploads import Uploads
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.parsing.bulletin import article_of, parse
from qa.parsing.mates import find_mates
from qa.parsing.page_names import home_of, issue_in_name, page_in_name, page_number
from qa.service import Service
from qa.storage.library import Library
from qa.types import Article, IndexReport

WHOLE = (
    "本报讯 12月14日,青禾县通报十件民生实事办理情况。全年新建改建农村公路126公里,改造危桥9座。\n"
    "会议要求,抓好管护。"
)
TITLE = "青禾县十件民生实事全部办结"
FIRST, THIRD = "2021-12-15_01版.txt", "2021-12-15_03版.txt"


class Place:
    """A folder with bulletins and the data made from them."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.encoder = HashEncoder()
        (root / "seeds").mkdir(parents=True, exist_ok=True)

    def write(self, name: str, data: str | bytes) -> None:
        path = self.root / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def remove(self, name: str) -> None:
        (self.root / "seeds" / name).unlink()

    def index(self, *names: str) -> IndexReport:
        paths = [Path("seeds", name) for name in names] or [Path("seeds")]
        return build_index(paths, self.data, self.encoder, root=self.root)

    def articles(self) -> dict[str, Article]:
        articles = load_current(self.data).articles
        with Library(self.data / LIBRARY_FILE) as library:
            assert library.articles() == articles
        return {a.title: a for a in articles}

    def bodies(self) -> set[str]:
        return {a.body for a in self.articles().values()}

    def content(self) -> str:
        return load_current(self.data).content_hash

    def anew(self) -> str:
        """Return the content hash of a full build of the same files."""
        fresh = Place(self.root)
        fresh.data = self.root / f"anew-{random.getrandbits(64)}"
        fresh.index()
        return fresh.content()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def said(report: IndexReport) -> list[str]:
    return [note.reason for note in report.notes]


# Parts in files of every kind


@pytest.mark.parametrize(
    ("first", "third"),
    [
        (FIRST, THIRD),
        ("2021-12-15_头版.md", "20211215第三版.txt"),
        ("2021-12-15_A01.txt", "2021-12-15_A03.txt"),
        ("2021-12-15/第1版.txt", "2021-12-15/第3版.txt"),
        ("15日/第1版.txt", "15日/第3版.txt"),
        ("15日/01版/头条.txt", "15日/03版/转版.txt"),
        ("12月15日第1版.txt", "12月15日第3版.txt"),
        ("2021-12-15_01版.txt", "转版/2021-12-15_03版.txt"),
    ],
)
def test_parts_in_two_files_are_one_article(place: Place, first: str, third: str) -> None:
    place.write(first, BEGINNING + "\n" + page(story(1)))
    place.write(third, REST + "\n" + page(story(2)))
    report = place.index()
    joined = place.articles()[TITLE]
    assert joined.body == WHOLE
    assert (joined.source, joined.position) == (f"seeds/{first}", 0)
    assert (joined.date_text, joined.reporters, joined.correspondents) == ("12月14日", ("沈一鸣",), ("何苗",))
    assert (report.articles, said(report)) == (3, [])
    assert not any(text.startswith("农村公路") for text in place.encoder.encoded), "the rest by itself"


def test_it_is_what_one_file_with_both_parts_would_hold(place: Place) -> None:
    tables = "表1:进度\n项目\t完成\n公路\t126\n### 一件件落到实处\n村民说:“路通了"
    place.write(FIRST, BEGINNING.replace("全年新建改建", f"\n{tables}"))
    place.write(THIRD, REST.replace("农村公路126公里", ",心也通了。”\n又新建公路"))
    place.index()
    texts = [(place.root / "seeds" / name).read_text(encoding="utf-8") for name in (FIRST, THIRD)]
    one_file = f"第1版\n\n{texts[0]}\n第3版\n\n{texts[1]}"
    assert tuple(place.articles().values()) == parse(one_file, f"seeds/{FIRST}").articles


def test_members_of_an_archive(place: Place) -> None:
    pages = {"第1版.txt": BEGINNING, "第3版.txt": REST, "另一版/第3版.txt": REST.replace("126", "999")}
    place.write("12月.zip", zipped(pages))
    place.index()
    joined = place.articles()[TITLE]
    assert (joined.body, joined.source) == (WHOLE, "seeds/12月.zip!/第1版.txt")
    del pages["第3版.txt"]
    place.write("12月.zip", zipped(pages))
    place.index()
    assert WHOLE not in place.bodies()
    assert place.content() == place.anew()


def test_a_web_page_and_a_text(place: Place) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BEGINNING.split("\n")[2:] if line)
    article = f"<article><h1>{TITLE}</h1>{paragraphs}</article>"
    place.write("2021-12-15_01版.html", f"<html><head><title>报</title></head><body>{article}</body></html>")
    place.write(THIRD, REST)
    place.index()
    assert place.articles()[TITLE].body == WHOLE


CHAIN = {
    "2021-12-15_01版.txt": "# 三城同建\n\n一城开工(下转第2版)\n",
    "2021-12-15_02版.txt": "(上接第1版)早,二城动手(下转第4版)\n\n# 天气\n\n明天晴。\n",
    "2021-12-15_04版.txt": "(上接第2版)快,三城收尾好。\n",
}


def test_a_chain_of_three_pages_in_any_order(tmp_path: Path) -> None:
    for n, order in enumerate(itertools.permutations(CHAIN)):
        place = Place(tmp_path / str(n))
        for name in order:
            place.write(name, CHAIN[name])
            place.index(name)
        assert place.bodies() == {"一城开工早,二城动手快,三城收尾好。", "明天晴。"}
        assert place.content() == place.anew()
    place.remove("2021-12-15_02版.txt")
    report = place.index()
    assert place.bodies() == {"一城开工", "快,三城收尾好。"}
    assert said(report) == [
        "文章下转第2版，没有找到它的续文：三城同建",
        "文章上接第2版，没有找到它的开头：快,三城收尾好。",
    ]


def test_a_chain_within_a_file_and_beyond_it(place: Place) -> None:
    place.write(
        "2021-12-15_1-2版.txt",
        f"第1版\n\n{CHAIN['2021-12-15_01版.txt']}\n第2版\n\n" + CHAIN["2021-12-15_02版.txt"],
    )
    place.write("2021-12-15_04版.txt", CHAIN["2021-12-15_04版.txt"])
    assert said(place.index()) == []
    assert place.bodies() == {"一城开工早,二城动手快,三城收尾好。", "明天晴。"}


def test_the_beginning_of_one_and_the_rest_of_another_on_a_page_stay_apart(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, "# 河道治理见成效\n\n治理河道31公里,清淤(下转第4版)\n\n" + REST)
    place.write("2021-12-15_04版.txt", "(上接第3版)60万立方米。\n")
    assert said(place.index()) == []
    assert place.bodies() == {WHOLE, "治理河道31公里,清淤60万立方米。"}


def test_pages_put_into_one_file_under_the_first_ones_name(place: Place) -> None:
    place.write(FIRST, f"{BEGINNING}\n{REST}")
    assert (said(place.index()), place.bodies()) == ([], {WHOLE})


# Files come and go


def test_the_rest_comes_a_day_later_goes_and_returns(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    assert said(place.index()) == [f"文章下转第3版，没有找到它的续文：{TITLE}"]
    before = place.content()
    place.write(THIRD, REST + "\n" + page(story(2)))
    report = place.index(THIRD)
    assert [ref.title for ref in report.changed] == [TITLE]
    assert [ref.title for ref in report.added] == [story(2)[0]]
    assert (report.removed, said(report)) == ((), [])
    assert said(place.index()) == []
    place.remove(THIRD)
    report = place.index()
    assert [ref.title for ref in report.changed] == [TITLE]
    assert said(report) == [f"文章下转第3版，没有找到它的续文：{TITLE}"]
    assert place.content() == before
    place.write(THIRD, REST)
    assert (place.index().articles, place.bodies()) == (1, {WHOLE})


def test_the_beginning_comes_after_the_rest(place: Place) -> None:
    place.write(THIRD, REST)
    assert said(place.index()) == ["文章上接第1版，没有找到它的开头：农村公路126公里,改造危桥9座。"]
    place.write(FIRST, BEGINNING)
    report = place.index()
    assert [ref.title for ref in report.added] == [TITLE]
    assert [ref.source for ref in report.removed] == [f"seeds/{THIRD}"]
    assert said(report) == []


def test_a_changed_rest_changes_the_article(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    place.write(THIRD, REST.replace("126", "128"))
    report = place.index(THIRD)
    assert [ref.title for ref in report.changed] == [TITLE]
    assert (said(report), place.bodies()) == ([], {WHOLE.replace("126", "128")})
    assert place.content() == place.anew()
    with Library(place.data / LIBRARY_FILE) as library:
        assert not library.has_leftovers()
        assert library.counts().articles == 1


def test_a_renamed_file_keeps_the_article(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    encoded = len(place.encoder.encoded)
    (place.root / "seeds" / "12月").mkdir()
    for name in (FIRST, THIRD):
        shutil.move(place.root / "seeds" / name, place.root / "seeds" / "12月" / name)
    report = place.index()
    assert (report.unchanged, report.added, report.removed) == (1, (), ())
    assert place.articles()[TITLE].source == f"seeds/12月/{FIRST}"
    assert len(place.encoder.encoded) == encoded


def test_sources_that_move_stay_joined(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    with Library(place.data / LIBRARY_FILE) as library:
        library.move_sources({f"seeds/{name}": f"/elsewhere/{name}" for name in (FIRST, THIRD)})
        assert join_across_files(library, ()).notes == ()
        assert [(a.body, a.source) for a in library.articles()] == [(WHOLE, f"/elsewhere/{FIRST}")]


def test_copies_of_a_page(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write("副本/" + FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.write("副本/" + THIRD, REST)
    report = place.index()
    assert place.bodies() == {WHOLE}
    assert [(n.source, n.reason[:5]) for n in report.notes] == [
        (f"seeds/副本/{FIRST}", "所有文章都"), (f"seeds/副本/{THIRD}", "所有文章都"),
    ]  # fmt: skip
    place.remove(THIRD)
    place.index()
    assert place.bodies() == {WHOLE}
    place.remove(FIRST)
    place.index()
    assert {a.source for a in place.articles().values()} == {f"seeds/副本/{FIRST}"}
    assert place.content() == place.anew()


def test_a_library_from_before_is_joined_when_its_files_are_read_again(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    whole = place.content()
    with closing(sqlite3.connect(place.data / LIBRARY_FILE)) as library:
        library.executescript(
            "DROP TABLE fragments; UPDATE sources SET parser_version = 2; PRAGMA user_version = 2;"
        )
    assert (place.index().articles, place.content()) == (1, whole)
    with Library(place.data / LIBRARY_FILE) as opened:
        assert len(opened.fragments()) == 2


def test_a_back_up_brings_the_parts_too(place: Place, tmp_path: Path) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    here = load_settings(data_dir=place.data, seeds_dir=place.root / "seeds")
    export(here, tmp_path / "备份.zip", root=place.root)
    there = Place(tmp_path / "there")
    moved = load_settings(data_dir=there.data, seeds_dir=there.root / "公报")
    import_backup(tmp_path / "备份.zip", moved, HashEncoder, root=there.root)
    assert there.articles()[TITLE].body == WHOLE
    (there.root / "公报" / THIRD).unlink()
    report = build_index([Path("公报")], there.data, HashEncoder(), root=there.root)
    assert [ref.title for ref in report.changed] == [TITLE]
    assert len(there.articles()) == 1
    assert WHOLE not in there.bodies()


# What is no mate


def other_week(text: str) -> str:
    return text.replace("126公里", "77公里").replace("12月14日", "12月21日")


def test_issues_a_week_apart_are_never_mixed(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write("2021-12-22_03版.txt", other_week(REST))
    assert len(said(place.index())) == 2
    assert len(place.articles()) == 2
    place.write("2021-12-22_01版.txt", other_week(BEGINNING))
    place.write(THIRD, REST)
    assert said(place.index()) == []
    assert {a.source: a.body for a in load_current(place.data).articles} == {
        f"seeds/{FIRST}": WHOLE, "seeds/2021-12-22_01版.txt": other_week(WHOLE),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "third"),
    [
        ("12月15日第1版.txt", "12月22日第3版.txt"),
        ("15日/第1版.txt", "22日/第3版.txt"),
        ("12月.zip!/15日/第1版.txt", "12月.zip!/22日/第3版.txt"),
        ("第355期01版.txt", "第356期03版.txt"),
        ("2021-12-15/第1版.txt", "2021-12-22/第3版.txt"),
        ("2021-12-15_02版.txt", "2021-12-15_03版.txt"),
        ("2021-12-15_01版.txt", "2021-12-15_04版.txt"),
    ],
)
def test_other_issues_and_pages_are_no_mates(first: str, third: str) -> None:
    fragments = [*parse(BEGINNING, first).fragments, *parse(REST, third).fragments]
    assert all(len(parts) == 1 for parts in find_mates(fragments).articles)


def test_words_over_the_rest_tell_where_pages_do_not() -> None:
    start = parse(BEGINNING, "seeds/头条.txt").fragments
    for over, joined in (
        ("", False), ("## 青禾县民生实事全部办结\n\n", True), ("## 河道治理见成效\n\n", False),
    ):  # fmt: skip
        rest = parse(over + REST, "seeds/转版.txt").fragments
        assert (len(find_mates([*start, *rest]).articles) == 1) == joined, over
    named = parse(REST.replace("第1版", "第1版《河道治理见成效》"), "seeds/2021-12-15_03版.txt").fragments
    start = parse(BEGINNING, "seeds/2021-12-15_01版.txt").fragments
    assert len(find_mates([*start, *named]).articles) == 2, "the mark names another article"


def test_what_could_be_either_is_left_alone(place: Place) -> None:
    place.write(FIRST, BEGINNING + "\n# 教育资源再扩容\n\n新增学位4200个,新聘(下转第3版)\n")
    place.write(THIRD, "(上接第1版)教师186名。\n\n(上接第1版)农村公路126公里。\n")
    report = place.index()
    assert report.articles == 4
    assert sorted(said(report)) == [
        "文章上接第1版，像是它开头的不止一处，没有接上：农村公路126公里。",
        "文章上接第1版，像是它开头的不止一处，没有接上：教师186名。",
        "文章下转第3版，像是它续文的不止一处，没有接上：教育资源再扩容",
        f"文章下转第3版，像是它续文的不止一处，没有接上：{TITLE}",
    ]
    place.write(THIRD, "## 教育资源再扩容(上接第1版)\n\n教师186名。\n\n(上接第1版)农村公路126公里。\n")
    assert (place.index().articles, said(place.index())) == (2, [])
    assert "新增学位4200个,新聘教师186名。" in place.bodies()


TWO_BEGIN = "第1版\n# 河道治理\n清淤(下转第3版)\n编辑 王芳\n\n# 教育扩容\n新聘(下转第3版)\n\n第3版\n"


def test_two_that_go_on_on_one_page_of_a_file_keep_their_order() -> None:
    read = parse(TWO_BEGIN + "(上接第1版)60万立方米。\n\n(上接第1版)教师186名。", "a.txt")
    assert [a.body for a in read.articles] == ["清淤60万立方米。", "新聘教师186名。"]
    named = "# 教育扩容(上接第1版)\n教师186名。\n\n(上接第1版)60万立方米。"
    read = parse(TWO_BEGIN + named, "a.txt")
    assert [a.body for a in read.articles] == ["清淤60万立方米。", "新聘教师186名。"]


def test_one_rest_in_a_file_for_two_that_go_on_is_left_alone() -> None:
    read = parse(TWO_BEGIN + "(上接第1版)60万立方米。", "a.txt")
    articles, remarks = join_in_upload(read.articles, read.fragments)
    assert [a.body for a in articles] == ["清淤", "新聘", "60万立方米。"]
    assert [remark for _, remark in remarks] == [
        "文章下转第3版，像是它续文的不止一处，没有接上：河道治理",
        "文章下转第3版，像是它续文的不止一处，没有接上：教育扩容",
        "文章上接第1版，像是它开头的不止一处，没有接上：60万立方米。",
    ]


def test_a_round_of_marks_is_left_alone() -> None:
    texts = {"1": ("3", "3", "甲"), "3": ("1", "1", "乙")}
    fragments = [
        fragment
        for name, (before, after, word) in texts.items()
        for fragment in parse(
            f"(上接第{before}版){word}事进展顺利(下转第{after}版)\n", f"2021-12-15_0{name}版.txt"
        ).fragments
    ]
    assert len(fragments) == 2
    assert all(len(parts) == 1 for parts in find_mates(fragments).articles)


# The library


PAGES = {
    **CHAIN,
    FIRST.replace("15", "16"): BEGINNING,
    THIRD.replace("15", "16"): REST + "\n" + page(story(3)),
    "2021-12-23_01版.txt": other_week(BEGINNING),
    "2021-12-23_03版.txt": other_week(REST),
    "第3版.txt": REST,
}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sets(st.sampled_from(sorted(PAGES))), min_size=1, max_size=3))
def test_updates_make_what_a_full_build_makes(tmp_path: Path, steps: list[set[str]]) -> None:
    place = Place(tmp_path / str(random.getrandbits(64)))
    place.write("always.txt", page(story(1)))
    place.index()
    present: set[str] = set()
    for wanted in steps:
        for name in wanted - present:
            place.write(name, PAGES[name])
        for name in present - wanted:
            place.remove(name)
        present = wanted
        place.index()
        assert place.content() == place.anew()


class DiedError(BaseException):
    """What a killed process would be."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_dies_around_the_joining_is_made_good(
    place: Place, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    place.write(FIRST, BEGINNING)
    place.write("2021-12-16_03版.txt", REST)
    place.index()
    place.write(THIRD, REST)
    place.remove("2021-12-16_03版.txt")

    def dying(library: Library, read: list[str]) -> joining.Joined:
        if when == "after":
            join_across_files(library, read)
        raise DiedError

    with monkeypatch.context() as patch:
        patch.setattr("qa.ingest.sync.join_across_files", dying)
        with pytest.raises(DiedError):
            place.index()
    report = place.index()
    assert [ref.title for ref in report.changed] == [TITLE]
    assert place.bodies() == {WHOLE}
    assert place.content() == place.anew()


def test_joining_again_changes_nothing(place: Place) -> None:
    for name, text in PAGES.items():
        place.write(name, text)
    place.index()
    with Library(place.data / LIBRARY_FILE) as library:
        before = library.articles()
        assert library.put_joined(joining.joined_articles(find_mates(library.fragments())).values()) == set()
        assert library.articles() == before
    assert not place.index().activated


def test_a_fragment_that_rots_is_noticed(place: Place) -> None:
    place.write(FIRST, BEGINNING)
    place.write(THIRD, REST)
    place.index()
    with closing(sqlite3.connect(place.data / LIBRARY_FILE)) as library:
        library.execute("UPDATE fragments SET record = replace(record, '126', '127')")
        library.commit()
    with Library(place.data / LIBRARY_FILE) as opened, pytest.raises(DamagedLibraryError, match="已损坏"):
        opened.fragments()
    assert any("已移到" in reason for reason in said(place.index()))
    assert place.bodies() == {WHOLE}


def test_a_fragment_comes_back_as_it_was_and_is_its_article(tmp_path: Path) -> None:
    read = parse(CHAIN["2021-12-15_02版.txt"], "seeds/2021-12-15_02版.txt")
    assert [article_of([fragment]) for fragment in read.fragments] == [read.articles[0]]
    place = Place(tmp_path)
    place.write("2021-12-15_02版.txt", CHAIN["2021-12-15_02版.txt"])
    place.index()
    with Library(place.data / LIBRARY_FILE) as library:
        assert library.fragments() == read.fragments


# Editors and readers


def test_an_upload_says_what_is_still_to_be_found(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "data", tmp_path / "seeds")
    archive = zipped({"01版.txt": BEGINNING, "03版.txt": REST, "05版.txt": "(上接第2版)完成任务。"})
    incoming = [Incoming(FIRST, BEGINNING.encode()), Incoming("12月.zip", archive)]
    alone, packed = uploads.stage(incoming, []).files
    lost = "不在这个文件里，收录时到同一期的其他文件里找："
    assert alone.notes == (f"文章下转第3版，它的续文{lost}{TITLE}",)
    assert [(a.title, a.length) for a in packed.articles] == [
        (TITLE, len(WHOLE)), ("完成任务。", len("完成任务。")),
    ]  # fmt: skip
    assert packed.notes == (f"05版.txt:文章上接第2版，它的开头{lost}完成任务。",)


def test_a_sentence_that_the_page_cut_answers(
    tmp_path: Path, encoder: Encoder, span_model: CharacterSpanModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = Place(tmp_path)
    place.write(FIRST, BEGINNING + "\n" + page(story(1)))
    place.write(THIRD, REST + "\n" + page(story(2), story(3)))
    chosen = load_settings(data_dir=place.data, seeds_dir=Path("seeds"))
    index(chosen, encoder)
    service = Service(chosen, encoder, span_model)
    try:
        answer = service.ask("青禾县全年新建改建农村公路多少公里？")
    finally:
        service.close()
    assert answer.short_answer == "126公里"
    (citation, *_) = answer.citations
    assert citation.article.source == f"seeds/{FIRST}"
    assert citation.quote == "全年新建改建农村公路126公里,改造危桥9座。"
    assert citation.article.body[citation.start : citation.end] == citation.quote


# Names


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("2021-12-15_01版.txt", "1"), ("2021-12-15-03版", "3"), ("20211215第三版要闻.txt", "3"),
        ("头版.txt", "1"), ("A03.pdf", "A3"), ("2021-12-15_a12版.txt", "A12"), ("第十二版.txt", "12"),
        ("p3.txt", "3"), ("page-04.txt", "4"), ("12月.zip!/03版/头条.txt", "3"), ("01-04版.txt", ""),
        ("1版2版.txt", ""), ("2021-12-15.txt", ""), ("工作方案第2版本.txt", ""), ("公报.txt", ""),
    ],
)  # fmt: skip
def test_the_page_that_a_name_names(name: str, number: str) -> None:
    assert page_in_name(name) == number


def test_numbers_of_pages_and_places_of_files() -> None:
    assert [page_number(p) for p in ("03", "A03", "a3", "三", "十", "二十一", "头", None)] == [
        "3", "A3", "A3", "3", "10", "21", "1", "",
    ]  # fmt: skip
    assert home_of("seeds/12月15日第1版.txt").numbers == (12, 15)
    assert home_of("seeds/2021-12-15/03版综合/a.txt").day == issue_in_name("2021-12-15.zip!/a.txt")

"""The command line, run in this process: what it prints where, and with which status it ends."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from bulletins import page, story, write_page
from click.testing import CliRunner, Result
from fakes import HashEncoder

from qa.building.activation import load_current
from qa.building.lock import build_lock
from qa.cli.app import root
from qa.errors import LibraryError
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.serialize import article_summary_json, hit_json
from qa.service import Service

COMMANDS = (
    "index", "watch", "ask", "search", "articles", "serve", "eval", "doctor",
    "withdraw", "restore", "withdrawn", "generations", "diff", "rollback", "export", "import",
)  # fmt: skip
QUESTION = "二七经开区有多少家高新技术企业?"
SOURCE = "seeds/000_cd3e0aed241bcc9d.txt"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder: no ``.env``, no ``seeds``, no ``data``."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Return a function that runs ``qa`` with some arguments."""
    return lambda *args, **options: CliRunner().invoke(root, list(map(str, args)), prog_name="qa", **options)


@pytest.fixture
def real(
    seeded_data: Path, encoder: Encoder, span_model: CharacterSpanModel, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return the data folder of the seeds, with the models loaded already."""
    monkeypatch.setattr("qa.assembly.load_encoder", lambda settings, progress: encoder)
    monkeypatch.setattr("qa.assembly.load_span_model", lambda settings, progress: span_model)
    return seeded_data


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> HashEncoder:
    """Have ``qa index`` encode without a model."""
    encoder = HashEncoder()
    monkeypatch.setattr("qa.assembly.load_encoder", lambda settings, progress: encoder)
    monkeypatch.setattr("qa.assembly.load_span_model", lambda settings, progress: None)
    monkeypatch.setenv("QA_CANARIES_DRAWN", "0")  # it has no token vectors to read by
    return encoder


def only_json(result: Result) -> object:
    """Return the one JSON document on standard output."""
    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout)


def only_list(result: Result) -> list[object]:
    """Return the array that a listing prints as its only JSON."""
    found = only_json(result)
    assert isinstance(found, list)
    return found


def assert_refused(result: Result, *said: str) -> None:
    """Check that a command ended with status 2 and one Chinese line on standard error, no more."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：")
    assert result.stderr.count("\n") == 1
    for text in said:
        assert text in result.stderr


class TestHelp:
    def test_lists_every_command(self, run: Run) -> None:
        result = run("--help")
        assert result.exit_code == 0
        listed = [
            line.split()[0] for line in result.stdout.split("命令:")[1].splitlines() if line[:2] == "  "
        ]
        assert [name for name in listed if name in COMMANDS] == list(COMMANDS)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_every_command_is_chinese(self, run: Run, command: str) -> None:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert f"用法：qa {command}" in result.stdout
        assert "--data" in result.stdout
        for english in ("Usage", "Options", "Show this", "default:"):
            assert english not in result.stdout

    @pytest.mark.parametrize("command", [*COMMANDS[:1], *COMMANDS[2:5], *COMMANDS[6:]])
    def test_every_listing_has_json(self, run: Run, command: str) -> None:
        assert "--json" in run(command, "--help").stdout

    @pytest.mark.parametrize("command", ["eval", "doctor", "export", "import"])
    def test_json_that_the_api_does_not_have_is_not_said_to_be_its(self, run: Run, command: str) -> None:
        assert "只输出一份 JSON" in run(command, "--help").stdout
        assert "HTTP" not in run(command, "--help").stdout

    def test_is_shown_where_nothing_is_asked_for(self, run: Run) -> None:
        result = run()
        assert result.exit_code == 2
        assert "用法：qa" in result.stderr

    def test_version(self, run: Run) -> None:
        assert run("--version").stdout == "qa 0.1.0\n"


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["frag"], "没有 frag 这个命令"),
            (["--frag"], "没有 --frag 这个选项"),
            (["ask"], "缺少参数 QUESTION"),
            (["ask", "甲", "乙"], "多出了参数 乙；一段文字里有空格时，请给整段加引号"),
            (["ask", "甲", "--jsn"], "是不是 --json"),
            (["ask", "甲", "--data"], "选项 --data"),
            (["search", "甲", "--top-k", "很多"], "--top-k 的值不对：很多 不是整数"),
            (["search", "甲", "--top-k", "0"], "0 不在 1 到 100 之间"),
            (["articles", "--date-from", "昨天"], "昨天 不是 2021-12-10 这样的日期"),
            (["serve", "--port", "65536"], "不在 0 到 65535 之间"),
            (["eval"], "缺少参数 FILE"),
            (["eval", "没有.jsonl"], "没有.jsonl：文件或文件夹不存在"),
            (["eval", "."], "是文件夹，不是文件"),
            (["withdraw", "a1"], "缺少参数 --why"),
            (["diff", "甲", "2"], "A 的值不对：甲 不是整数"),
        ],
    )
    def test_is_told_in_one_line(self, run: Run, arguments: list[str], said: str) -> None:
        assert_refused(run(*arguments), said)

    def test_a_question_file_in_another_encoding_is_told(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "题.jsonl").write_bytes("题目".encode("gbk"))
        assert_refused(run("eval", "题.jsonl"), "不是 UTF-8 文本")

    def test_help_is_chinese_throughout(self, run: Run) -> None:
        told = run("withdraw", "--help").stdout
        assert "（必填）" in told
        assert "required" not in told

    @pytest.mark.parametrize(
        "arguments",
        [["ask", "问"], ["articles"], ["serve"], ["index"], ["watch"], ["doctor"], ["search", "问"]],
    )
    def test_a_wrong_setting_is_named(self, run: Run, arguments: list[str]) -> None:
        assert_refused(run(*arguments, env={"QA_PORT": "abc"}), "QA_PORT", "应是整数", "abc")

    def test_every_wrong_setting_is_named(self, run: Run) -> None:
        result = run("articles", env={"QA_PORT": "70000", "QA_THREADS": "0"})
        assert_refused(result, "QA_PORT：70000 太大", "QA_THREADS：0 太小")

    def test_a_setting_without_effect_is_told(self, run: Run, real: Path) -> None:
        result = run("articles", "--json", "--data", real, env={"QA_MILVUS_URI": "http://root:hush@h"})
        assert result.exit_code == 0
        assert "QA_MILVUS_URI" in result.stderr
        assert "hush" not in result.stderr
        json.loads(result.stdout)

    def test_an_option_wins_over_a_wrong_setting_of_the_same_name(self, run: Run, real: Path) -> None:
        assert run("articles", "--data", real, env={"QA_DATA_DIR": "/nowhere"}).exit_code == 0

    def test_settings_are_read_from_dotenv(self, run: Run, elsewhere: Path, real: Path) -> None:
        (elsewhere / ".env").write_text(f"QA_DATA_DIR={real}\n", encoding="utf-8")
        assert run("articles").exit_code == 0

    def test_an_undecodable_dotenv_is_told(self, run: Run, elsewhere: Path) -> None:
        (elsewhere / ".env").write_bytes(b"QA_HOST=\xff\xfe\n")
        assert_refused(run("articles"), ".env")

    @pytest.mark.parametrize("arguments", [["ask", "问"], ["search", "问"], ["articles"]])
    def test_without_an_index_it_says_what_to_do(self, run: Run, arguments: list[str]) -> None:
        assert_refused(run(*arguments), "请先运行 qa index")

    @pytest.mark.parametrize("question", ["", "  ", "😀", "\udcff\udcfe", "问" * 100_000])
    def test_what_cannot_be_asked_is_told_before_a_model_is_loaded(self, run: Run, question: str) -> None:
        assert_refused(run("ask", question), "问题")
        assert_refused(run("search", question), "问题")


class TestHowItEnds:
    def test_an_interruption_ends_with_130(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("qa.assembly.load_encoder", interrupt)
        result = run("index")
        assert result.exit_code == 130
        assert "Traceback" not in result.stderr

    def test_an_error_of_several_lines_becomes_one(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise LibraryError("一行\n又一行")

        monkeypatch.setattr("qa.assembly.load_encoder", fail)
        assert_refused(run("index"), "一行 又一行")

    def test_a_bug_shows_its_traceback(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("qa.assembly.load_encoder", fail)
        result = run("index")
        assert result.exit_code == 2
        assert "ZeroDivisionError" in result.stderr
        assert "程序内部出错" in result.stderr


class TestIndex:
    def test_reports_what_it_did(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1), story(2))
        result = run("index")
        assert result.exit_code == 0
        assert "第 1 代索引已启用：2 篇文章" in result.stdout
        assert "新增 2，更改 0，移除 0，未变 0，失败 0" in result.stdout
        assert story(1)[0] in result.stdout
        assert "读取公报 1/1" in result.stderr

        write_page(elsewhere / "seeds" / "a.txt", story(1), story(3))
        assert "新增 1，更改 0，移除 1，未变 1，失败 0" in run("index").stdout
        assert "没有变化，仍用第 2 代索引" in run("index").stdout

    def test_names_each_failed_file_and_goes_on(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        (elsewhere / "seeds" / "b.txt").write_bytes(bytes(range(256)) * 8)
        result = run("index")
        assert result.exit_code == 1
        assert "失败 1" in result.stdout
        assert "seeds/b.txt：不是文本文件" in result.stdout
        assert len(load_current(elsewhere / "data").articles) == 1

    def test_as_json_is_the_report(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        (elsewhere / "seeds" / "b.txt").touch()
        result = run("index", "--json")
        report = only_json(result)
        assert result.exit_code == 1
        assert isinstance(report, dict)
        assert [a["title"] for a in report["added"]] == [story(1)[0]]
        assert report["failed"] == [{"source": "seeds/b.txt", "reason": "文件是空的"}]

    def test_takes_paths_and_a_data_folder(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "公报" / "一.txt", story(1))
        write_page(elsewhere / "公报" / "二.txt", story(2))
        assert run("index", "公报/一.txt", "公报/二.txt", "--data", "别处").exit_code == 0
        assert {a.source for a in load_current(elsewhere / "别处").articles} == {"公报/一.txt", "公报/二.txt"}

    def test_shows_a_bar_on_a_terminal(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        result = run("index", env={"FORCE_COLOR": "1"})
        assert result.exit_code == 0
        assert "━" in result.stderr
        assert "━" not in result.stdout

    def test_a_headline_is_not_taken_for_markup(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", ("[red]红[/]与:smile:", story(1)[1]))
        assert "[red]红[/]与:smile:" in run("index").stdout

    def test_a_missing_path_is_named(self, run: Run, fake: HashEncoder) -> None:
        result = run("index", "没有这个文件.txt")
        assert_refused(result, "没有这个文件.txt")

    def test_an_empty_folder_is_told(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        (elsewhere / "seeds").mkdir()
        assert run("index").exit_code == 2

    def test_a_data_folder_that_is_a_file_is_told(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        (elsewhere / "data").write_text("不是文件夹", encoding="utf-8")
        assert_refused(run("index"), "data")

    def test_two_at_once_are_told_apart(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        with build_lock(elsewhere / "data"):
            assert_refused(run("index"), "另一个程序正在建立索引")


class TestArticles:
    def test_as_json_are_those_of_the_api(self, run: Run, real: Path, service: Service) -> None:
        listed = only_json(run("articles", "--json", "--data", real))
        assert listed == [article_summary_json(a) for a in service.articles(per_page=100).items]

    def test_as_a_table(self, run: Run, real: Path) -> None:
        result = run("articles", "--data", real)
        assert "共 5 篇文章" in result.stdout
        assert "二七区构建优秀年轻 干部选育管用工作体系" in result.stdout
        assert result.stderr == ""

    @pytest.mark.parametrize(
        ("options", "count"),
        [
            (["--q", "高新技術企業"], 1),
            (["--q", "没有这句话"], 0),
            (["--reporter", "景静"], 5),
            (["--reporter", "李四"], 0),
        ],
    )
    def test_can_be_filtered(self, run: Run, real: Path, options: list[str], count: int) -> None:
        listed = only_json(run("articles", "--json", "--data", real, *options))
        assert isinstance(listed, list)
        assert len(listed) == count

    def test_can_be_filtered_by_day(self, run: Run, elsewhere: Path, fake: HashEncoder) -> None:
        text = f"---\ndate: 2021-12-30\n---\n\n{page(story(4), story(20))}"
        (elsewhere / "a.txt").write_text(text, encoding="utf-8")
        run("index", "a.txt")
        listed = only_json(run("articles", "--json", "--date-from", "2021-12-06", "--date-to", "2021-12-31"))
        assert isinstance(listed, list)
        assert [article["date"] for article in listed] == ["2021-12-21"]


class TestAsk:
    def test_as_json_is_the_answer_of_the_api(self, run: Run, real: Path, service: Service) -> None:
        answer = only_json(run("ask", QUESTION, "--json", "--data", real))
        assert isinstance(answer, dict)
        assert answer["answered"]
        assert answer["short_answer"] == "22家"
        citation = answer["citations"][0]
        body = service.article(citation["article_id"]).body
        assert body[citation["start"] : citation["end"]] == citation["quote"]

    def test_prints_answer_and_source(self, run: Run, real: Path) -> None:
        result = run("ask", QUESTION, "--data", real)
        assert result.exit_code == 0
        assert "短答案：22家" in result.stdout
        assert "高新技术企业22家" in result.stdout
        for part in ("[1] 二七经济技术开发区新添一所研究院", "12月10日", "记者 景静", SOURCE):
            assert part in result.stdout
        assert result.stderr == ""

    def test_a_refusal_is_no_error(self, run: Run, real: Path) -> None:
        result = run("ask", "法国总统的生日是哪天?", "--data", real)
        assert result.exit_code == 0
        assert "没有找到" in result.stdout
        assert "相关文章" in result.stdout
        assert "出处" not in result.stdout


class TestSearch:
    def test_as_json_are_the_passages_of_the_api(self, run: Run, real: Path, service: Service) -> None:
        found = only_json(run("search", QUESTION, "--top-k", "3", "--json", "--data", real))
        hits, _ = service.search(QUESTION, top_k=3)
        assert found == [hit_json(hit) for hit in hits]

    def test_prints_each_retrievers_score(self, run: Run, real: Path) -> None:
        result = run("search", QUESTION, "--data", real)
        for part in ("1. ", "dense", "lexical", "总分"):
            assert part in result.stdout

    def test_may_find_nothing(self, run: Run, real: Path) -> None:
        arguments = ("search", QUESTION, "--date-from", "2099-01-01", "--data", real)
        assert only_json(run(*arguments, "--json")) == []
        assert "没有找到段落" in run(*arguments).stdout


class TestEval:
    @pytest.fixture
    def file(self, elsewhere: Path) -> Path:
        """Return a question file: one to answer, one to refuse, one whose accepted answer is wrong."""
        records = [
            {"id": "对", "question": QUESTION, "answers": ["22家"], "type": "number"},
            {"id": "拒", "question": "法国总统的生日是哪天?", "answers": [], "type": "refuse"},
            {"id": "错", "question": "二七经开区有多少家科技型企业?", "answers": ["999家"], "type": "number"},
        ]
        path = elsewhere / "题.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def test_as_json(self, run: Run, real: Path, file: Path) -> None:
        judged = only_json(run("eval", file, "--json", "--data", real))
        assert isinstance(judged, dict)
        assert list(judged) == ["summary", "types", "wrong"]
        assert judged["summary"]["questions"] == 3
        assert judged["summary"]["right"] == 0.5
        assert set(judged["types"]) == {"number", "refuse"}
        assert [wrong["id"] for wrong in judged["wrong"]] == ["错"]
        assert judged["wrong"][0]["retrieved"]

    def test_as_a_table(self, run: Run, real: Path, file: Path) -> None:
        result = run("eval", file, "--data", real)
        assert result.exit_code == 0
        for part in ("合计", "number", "hit@5", "MRR", "p95", "答错的 1 题", "应为：999家", "检索到："):
            assert part in result.stdout

    def test_its_numbers_fit_a_small_terminal(self, run: Run, real: Path, file: Path) -> None:
        result = run("eval", file, "--data", real, env={"FORCE_COLOR": "1", "COLUMNS": "80", "LINES": "25"})
        total = next(line for line in result.stdout.splitlines() if line.startswith("合计"))
        assert "…" not in total
        assert len(total.split()) == 12

    def test_a_malformed_line_is_named(self, run: Run, elsewhere: Path) -> None:
        (elsewhere / "题.jsonl").write_text('{"question": "问", "answers": []}\n{', encoding="utf-8")
        assert_refused(run("eval", "题.jsonl"), "第 2 行")


class TestServe:
    @pytest.fixture
    def never_serve(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Have the server say where it would listen, and stop; return where that was."""
        listened: list[str] = []

        def serve(
            app: object, host: str, port: int, threads: int, on_listening: Callable[[str], None]
        ) -> None:
            listened.append(f"http://{host}:{port}")
            on_listening(listened[-1])

        monkeypatch.setattr("web.server.serve", serve)
        monkeypatch.setattr(Service, "examples", lambda self: [])
        return listened

    def test_says_where_it_listens_and_how_to_stop(
        self, run: Run, real: Path, never_serve: list[str]
    ) -> None:
        result = run("serve", "--data", real, "--host", "localhost", env={"QA_PORT": "8765"})
        assert result.exit_code == 0
        assert never_serve == ["http://localhost:8765"]
        assert "http://localhost:8765" in result.stdout
        assert "Ctrl-C" in result.stdout
        assert "索引" not in result.stdout

    def test_builds_the_first_index(
        self, run: Run, real: Path, elsewhere: Path, never_serve: list[str]
    ) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        (elsewhere / "seeds" / "b.txt").touch()
        result = run("serve")
        assert result.exit_code == 0
        assert "新增 1" in result.stdout
        assert "seeds/b.txt：文件是空的" in result.stdout
        assert never_serve

    def test_without_anything_to_serve_it_does_not_start(
        self, run: Run, real: Path, never_serve: list[str]
    ) -> None:
        assert_refused(run("serve"), "seeds")
        assert not never_serve

    def test_an_update_that_fails_leaves_what_there_is(
        self, run: Run, real: Path, elsewhere: Path, never_serve: list[str]
    ) -> None:
        write_page(elsewhere / "seeds" / "a.txt", story(1))
        assert run("index").exit_code == 0
        result = run("serve", "--update", env={"QA_SEEDS_DIR": "gone"})
        assert "继续使用现有的索引" in result.stderr
        assert never_serve

    def test_an_update_does_not_follow_a_folder_that_is_found_empty(
        self, run: Run, real: Path, elsewhere: Path, never_serve: list[str]
    ) -> None:
        page = write_page(elsewhere / "seeds" / "a.txt", story(1))
        assert run("index").exit_code == 0
        page.unlink()
        result = run("serve", "--update")
        assert "一个也看不到了" in result.stderr
        assert "qa index seeds；继续使用现有的索引" in result.stderr
        assert never_serve == ["http://127.0.0.1:8000"]
        assert len(only_list(run("articles", "--json"))) == 1
        (elsewhere / "data" / "current").unlink()
        never_serve.clear()
        assert_refused(run("serve"), "一个也看不到了")
        assert not never_serve
        assert run("index", "seeds").exit_code == 0, "by hand"
        assert only_list(run("articles", "--json")) == []

    def test_goes_on_while_another_process_indexes(
        self, run: Run, real: Path, elsewhere: Path, never_serve: list[str]
    ) -> None:
        with build_lock(elsewhere / "data"):
            result = run("serve")
        assert result.exit_code == 0
        assert "服务会自动换用" in result.stderr

    def test_a_port_in_use_is_told(self, run: Run, real: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            assert_refused(run("serve", "--data", real, "--port", port), str(port), "已被占用")

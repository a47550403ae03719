"""What an editor does in a week, with the real models: corrections, withdrawals, canaries, going back."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from qa.backup.exporting import export
from qa.backup.importing import import_backup
from qa.config import Settings
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.service import Service
from web import create_app

TOKEN = "token"
PATIENCE_S = 300
TREES, SCHOOLS = "青禾县春季植树活动启动 今年计划造林一万两千亩", "青禾县新建三所幼儿园 今秋可增加学位810个"
SHEDS, PAPER = "石桥乡蔬菜大棚助农增收 菜农户均年收入达到5.8万元", "青禾县举办首届民间剪纸大赛"
CLINIC = "县医院新门诊楼投入使用 日接诊能力提高到3000人次"
PAGES = {
    "2024-03-05_头版.txt": f"""# {TREES}

本报讯 3月5日,青禾县春季植树活动在柳湾镇启动,县委书记周启明、县长何文清等参加。

据县林业局介绍,今年全县计划造林一万两千亩,投入资金3600万元,其中县财政配套1200万元。活动当天,共有机关干部、志愿者820人参加。

## {SCHOOLS}

本报讯 3月4日,今年全县新建幼儿园三所,总投资5400万元,计划9月1日开园,可增加学位810个。

县教育局副局长孙丽华介绍,三所幼儿园共配备教师96名,收费标准为每月450元。

## {SHEDS}

本报讯 3月3日,石桥乡后沟村党支部书记陈大勇介绍,全村现有蔬菜大棚310座,户均年收入5.8万元。
""",
    "2024-03-06_二版.txt": f"""# {CLINIC}

本报讯 3月6日,青禾县人民医院新门诊楼正式投入使用,设诊室128间,日接诊能力由1500人次提高到3000人次。

县人民医院院长刘慧敏说,新门诊楼引进了核磁共振等设备36台(套)。

## {PAPER}

本报讯 3月6日,青禾县首届民间剪纸大赛在县文化馆举行,64名选手参赛。城关镇选手王秀兰凭作品《春耕图》获得一等奖。
""",
}
NOTICE = f"""# 更正

本报3月5日第1版《{TREES}》一文中“3600万元”应为“3800万元”，特此更正。
"""
CORRECTIONS = {
    "2024-03-07_二版.txt": NOTICE,
    "2024-03-08_二版.txt": """# 更正启事

3月4日本报头版刊登的《青禾县新建3所幼儿园 今年秋季可增加学位810个》一文有误:
将开园时间“9月1日”误写,应为“9月2日”;学位数“810个”应为“840个”。特此更正。
""",
    "2024-03-09_二版.txt": """# 石桥乡蔬菜大棚助农增收 菜农户均年收入达到6.2万元（修订版）

本报讯 3月3日,石桥乡后沟村党支部书记陈大勇介绍,全村现有蔬菜大棚301座,户均年收入6.2万元。
""",
    "2024-03-10_二版.txt": f"""# 更正

一、3月6日本报二版《{PAPER}》一文中,一等奖获得者“王秀兰”应为“王秀岚”。

二、3月6日本报二版刊登的《县医院新门诊楼投入使用》一文中,“院长刘慧敏”应为“副院长刘慧敏”,“诊室128间”应为“诊室138间”。
""",
    "2024-03-11_二版.txt": f"""# 更正

本报3月7日《更正》中,《{TREES}》一文的投入资金有误,“3800万元”应为“3700万元”。特此更正。
""",
}
ANSWERS = [  # question, right, what is said no more, the articles corrected
    ("春季植树一共投入多少资金？", "3700万元", ("3600", "3800"), {"更正", TREES}),
    ("新幼儿园什么时候开园？", "9月2日", ("9月1日",), {SCHOOLS}),
    ("新幼儿园能增加多少学位", "840个", ("810",), {SCHOOLS}),
    ("后沟村有多少座大棚", "301座", ("310",), {SHEDS}),
    ("剪纸大赛谁得了一等奖？", "王秀岚", ("王秀兰",), {PAPER}),
    ("新门诊楼有多少间诊室", "138间", ("128",), {CLINIC}),
    ("刘慧敏是什么职务", "副院长", (), {CLINIC}),
    ("植树活动有多少人参加？", "820人", (), set()),
    ("幼儿园收费多少", "450元", (), set()),
]
ORDINARY = [
    "# 青禾县图书馆延长开放时间\n\n本报讯 3月{day}日,青禾县图书馆宣布,即日起开放到晚上9点,周一闭馆。\n",
    "# 柳湾镇修建灌溉渠12公里\n\n本报讯 3月{day}日,柳湾镇灌溉渠工程开工,投资940万元,受益农田8600亩。\n",
    "# 青禾县开通两条公交线路\n\n本报讯 3月{day}日,青禾县开通7路、8路公交线路,票价1元,每15分钟一班。\n",
    "# 城关镇举办招聘会\n\n本报讯 3月{day}日,城关镇举办春季招聘会,42家企业提供岗位1360个。\n",
    "# 青禾县新增医保定点药店\n\n本报讯 3月{day}日,青禾县新增医保定点药店5家,总数达到31家。\n",
]


class Desk:
    """An editor's place: bulletin files, a service over them, and the API as the editor's page uses it."""

    def __init__(self, root: Path, encoder: Encoder, span_model: CharacterSpanModel) -> None:
        self.root, self.seeds, self.encoder = root, root / "seeds", encoder
        self.settings = Settings(
            _env_file=None, data_dir=root / "data", seeds_dir=self.seeds, admin_token=TOKEN
        )
        self.service = Service(self.settings, encoder, span_model)
        self.client: FlaskClient = create_app(self.service).test_client()

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = self.client.open(path, method=method, json=body, headers=headers)
        return response.status_code, response.get_json()

    def publish(self, pages: dict[str, str], *, force: bool = False) -> dict[str, Any]:
        """Write pages and rebuild; return the job when it has ended."""
        for name, text in pages.items():
            (self.seeds / name).write_text(text, encoding="utf-8")
        status, begun = self.call("POST", "/api/index/rebuild", {"force": force})
        assert status == 202, begun
        deadline = time.monotonic() + PATIENCE_S
        while (job := self.call("GET", begun["url"])[1])["state"] == "running":
            assert time.monotonic() < deadline, job
            time.sleep(0.05)
        return dict(job)

    def ask(self, question: str) -> dict[str, Any]:
        status, answer = self.call("POST", "/api/ask", {"question": question})
        assert status == 200, answer
        return dict(answer)

    def find(self, title: str, name: str = "") -> str:
        """Return the identifier of the article of a headline."""
        _, listing = self.call("GET", "/api/articles?per_page=100")
        (found,) = (a["id"] for a in listing["articles"] if a["title"] == title and name in a["source"])
        return str(found)


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, span_model: CharacterSpanModel
) -> Path:
    """Return a place with the first two pages indexed; not to be changed."""
    root = tmp_path_factory.mktemp("desk")
    (root / "seeds").mkdir()
    desk = Desk(root, encoder, span_model)
    assert desk.publish(PAGES)["state"] == "done"
    desk.service.close()
    return root


@pytest.fixture
def desk(prepared: Path, tmp_path: Path, encoder: Encoder, span_model: CharacterSpanModel) -> Iterator[Desk]:
    """Return an editor's place of one's own."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    desk = Desk(tmp_path, encoder, span_model)
    yield desk
    desk.service.close()


def test_corrections_as_newspapers_print_them(desk: Desk) -> None:
    before = {question: desk.ask(question)["short_answer"] for question, *_ in ANSWERS}
    job = desk.publish(CORRECTIONS)
    assert job["state"] == "done"
    notes = " ".join(note["reason"] for note in job["report"]["notes"])
    assert "看不出" not in notes
    assert notes.count("取代了") == 1
    for question, right, wrong, corrected in ANSWERS:
        answer = desk.ask(question)
        said = answer["short_answer"] or answer["answer"]
        assert right in said, (question, before[question], answer)
        assert not any(text in (answer["short_answer"] or "") for text in wrong), (question, answer)
        told = {article["title"] for article in answer.get("supersedes", ())}
        assert told == corrected, question
        assert bool(corrected) == bool({"更正", "更正启事"} & {c["title"] for c in answer["citations"]}) or (
            corrected == {SHEDS}
        )
    assert "9月1日" in desk.call("GET", f"/api/articles/{desk.find(SCHOOLS)}")[1]["body"], "stays readable"
    notice = desk.find("更正", "03-11")
    assert desk.call("GET", f"/api/articles/{notice}")[1]["date"] == "2024-03-11"


def test_withdrawing_a_correction_and_what_it_corrects(desk: Desk) -> None:
    question = "春季植树一共投入多少资金？"
    desk.publish({"2024-03-07_二版.txt": NOTICE})
    notice, older = desk.find("更正"), desk.find(TREES)
    assert desk.ask(question)["short_answer"] == "3800万元"
    assert desk.call("POST", f"/api/articles/{notice}/withdraw", {"why": "更正有误"})[0] == 200
    answer = desk.ask(question)
    assert (answer["short_answer"], answer.get("supersedes")) == ("3600万元", None)
    desk.call("POST", f"/api/articles/{notice}/restore")
    desk.call("POST", f"/api/articles/{older}/withdraw", {"why": "待核"})
    assert TREES not in json.dumps(desk.ask(question).get("supersedes", []), ensure_ascii=False)
    assert desk.ask("县财政给造林配套了多少钱")["answered"] is False
    assert desk.call("GET", f"/api/articles/{older}")[0] == 410


def test_a_correction_that_breaks_a_canary_is_held_until_it_is_forced(desk: Desk) -> None:
    case = {"question": "剪纸大赛谁得了一等奖？", "answers": ["王秀兰"]}
    (desk.root / "data" / "canaries.jsonl").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    page = {"2024-03-10_二版.txt": CORRECTIONS["2024-03-10_二版.txt"]}
    job = desk.publish(page)
    assert (job["state"], job["report"]["held"]) == ("failed", True)
    assert "校验题" in job["error"]
    (failure,) = job["report"]["canary_failures"]
    assert (failure["expected"], failure["answered"]) == (["王秀兰"], "王秀岚")
    assert desk.ask(case["question"])["short_answer"] == "王秀兰", "the old generation serves"
    assert desk.publish({}, force=True)["state"] == "done"
    assert desk.ask(case["question"])["short_answer"] == "王秀岚"


def test_ordinary_news_is_never_held(desk: Desk) -> None:
    for day, text in enumerate(ORDINARY, 7):
        job = desk.publish({f"2024-03-{day:02}_头版.txt": text.format(day=day)})
        assert (job["state"], job["report"]["canary_failures"]) == ("done", [])
        assert job["report"]["canaries_passed"], "questions were drawn"
    assert desk.ask("图书馆开到几点")["short_answer"].endswith("9点")


def test_going_back_brings_nothing_back_that_was_withdrawn(desk: Desk, encoder: Encoder) -> None:
    question = "春季植树一共投入多少资金？"
    backup = desk.root / "backup.zip"
    export(desk.settings, backup, root=desk.root)
    desk.publish({"2024-03-07_二版.txt": NOTICE})
    assert desk.ask(question)["short_answer"] == "3800万元"
    desk.call("POST", f"/api/articles/{desk.find(PAPER)}/withdraw", {"why": "涉及隐私"})
    status, done = desk.call("POST", "/api/generations/1/activate")
    assert (status, done["changed"]) == (200, True)
    assert desk.ask(question)["short_answer"] == "3600万元"
    assert desk.ask("剪纸大赛谁得了一等奖？")["answered"] is False
    import_backup(backup, desk.settings, lambda: encoder, force=True, root=desk.root)
    assert desk.ask(question)["short_answer"] == "3600万元"
    assert desk.ask("剪纸大赛谁得了一等奖？")["answered"] is False, (
        "withdrawn here, though not in the back-up"
    )
    status, refused = desk.call("POST", "/api/generations/1/activate")
    assert status == 410
    assert "导入备份" in refused["detail"]

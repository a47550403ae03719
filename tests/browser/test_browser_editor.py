"""The editor's desk: in with the token, upload, look, take in, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import Browser
from bulletins import page, story
from fake_service import HOSTILE, PARK, TOKEN, FakeService
from pydantic import SecretStr
from selenium.webdriver.common.keys import Keys

from qa.ingest.previews import Known
from qa.storage.withdrawals import Withdrawn
from qa.types import ArticleList

pytestmark = pytest.mark.browser

HOSTILE_TITLE = "<img src=x onerror=document.title='pwned'>标题"


def enter(browser: Browser, site: str) -> None:
    browser.open(f"{site}/editor")
    browser.one("#token").send_keys(TOKEN, Keys.ENTER)
    browser.wait(lambda: browser.one("#desk").is_displayed(), "the desk stays shut")


def upload(browser: Browser, *files: Path) -> None:
    browser.one("#files").send_keys("\n".join(map(str, files)))
    browser.one("#preview .file")


def press(browser: Browser, label: str) -> None:
    buttons = [b for b in browser.all("#desk button") if b.text == label and b.is_displayed()]
    assert buttons, f"no button {label}"
    browser.wait(buttons[0].is_enabled, f"{label} stays disabled")
    buttons[0].click()


def test_from_upload_to_undo(browser: Browser, fake_site: str, service: FakeService, tmp_path: Path) -> None:
    browser.expected += ["401", "404", "409"]  # a wrong token; parts that this service lacks; replacing
    browser.open(f"{fake_site}/editor")
    browser.one("#token").send_keys("错的", Keys.ENTER)
    browser.wait(lambda: browser.one("#token-error").text == "管理口令不正确。")
    enter(browser, fake_site)

    new = tmp_path / "2021-12-21_头版.txt"
    new.write_text(page((HOSTILE_TITLE, story(1)[1]), story(2)), "utf-8")
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"\0\1")
    upload(browser, new, bad)
    titles = browser.texts("#preview .recognised .line-title")
    assert titles == [f"{HOSTILE_TITLE} 新文章", f"{story(2)[0]} 新文章"]
    assert browser.driver.title == "编辑台 · 公报问答"
    assert "二进制" in browser.texts("#preview .file")[1]
    assert not service.seeds.exists()

    press(browser, "收录")
    browser.wait(lambda: browser.one("#job-title").text == "更新索引：完成", "the job never ends")
    assert [path.name for path in service.seeds.iterdir()] == [new.name]
    browser.wait(lambda: "已收录" in browser.one("#history li").text)

    press(browser, "撤销")
    sure = browser.one("#history .sure")
    assert all(title in sure.text for title in (HOSTILE_TITLE, story(2)[0]))
    assert [path.name for path in service.seeds.iterdir()] == [new.name]
    press(browser, "确认撤销")
    browser.wait(lambda: "已撤销" in browser.one("#history li").text)
    assert list(service.seeds.iterdir()) == []

    # Another file of that name is replaced only after a tick.
    (service.seeds / new.name).write_text("别的内容", "utf-8")
    upload(browser, new)
    take = next(b for b in browser.all("#preview button") if b.text == "收录")
    assert not take.is_enabled()
    browser.one("#preview .check input").click()
    browser.wait(take.is_enabled)
    press(browser, "放弃")
    browser.wait(lambda: "已放弃" in browser.one("#history li").text)

    # The other panes, by keyboard.
    browser.one("#tab-upload").send_keys(Keys.ARROW_RIGHT)
    browser.wait(lambda: browser.one("#articles-count").text == "共 3 篇")
    assert HOSTILE.title in browser.one("#articles").text
    assert "撤回" in browser.texts("#articles button")
    browser.one("#tab-articles").send_keys(Keys.ARROW_RIGHT)
    browser.wait(lambda: "完成" in browser.one("#jobs").text)
    browser.wait(lambda: browser.one("#generations-part").is_displayed())
    browser.one("#leave").click()
    browser.wait(lambda: browser.one("#entry").is_displayed())


def test_the_last_page_emptied_by_a_withdrawal_gives_way_to_the_one_before(
    browser: Browser, fake_site: str, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = service.articles

    def in_use(**query: Any) -> ArticleList:
        whole = listed(**query | {"page": 1})
        left = [a for a in whole.items if Withdrawn(service.events).get(a.id) is None]
        page, pages = query["page"], -(-len(left) // 2)
        return ArticleList(tuple(left[2 * page - 2 : 2 * page]), len(left), page, pages, {})

    monkeypatch.setattr(service, "articles", in_use)
    enter(browser, fake_site)
    browser.one("#tab-articles").click()
    browser.wait(lambda: "第 1 / 2 页" in browser.one("#articles-pager").text)
    press(browser, "下一页")
    browser.wait(lambda: HOSTILE.title in browser.one("#articles").text)
    press(browser, "撤回")
    browser.one("#articles .why input").send_keys("内容有误", Keys.ENTER)
    browser.wait(lambda: browser.one("#articles-count").text == "共 2 篇")
    browser.wait(lambda: PARK.title in browser.one("#articles").text, "no article, and no way to any")
    assert browser.one("#articles-pager").text == ""
    browser.one("#find-text").send_keys("查无此词", Keys.ENTER)
    browser.wait(lambda: "没有符合条件的文章" in browser.one("#articles").text)


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_hangs_over(browser: Browser, fake_site: str, tmp_path: Path, dark: bool) -> None:
    browser.expected.append("404")
    browser.screen(360, 740, mobile=True, dark=dark)
    enter(browser, fake_site)
    file = tmp_path / "2021-12-21_头版头版头版头版头版头版头版头版头版头版.txt"
    file.write_text(page(story(1), story(2)), "utf-8")
    upload(browser, file)
    for tab in ("upload", "articles", "index"):
        browser.one(f"#tab-{tab}").click()
        browser.wait(lambda tab=tab: browser.one(f"#pane-{tab}").is_displayed())
        assert not browser.overflows()


def test_what_came_between_preview_and_decision_is_shown(
    browser: Browser, fake_site: str, service: FakeService, tmp_path: Path
) -> None:
    """A file of that name appears, and another editor decides, after the preview was shown."""
    browser.expected += ["404", "409"]
    enter(browser, fake_site)
    new = tmp_path / "2021-12-21_头版.txt"
    new.write_text(page(story(1)), "utf-8")
    upload(browser, new)
    service.seeds.mkdir(parents=True)
    (service.seeds / new.name).write_text("别的内容", "utf-8")
    press(browser, "收录")
    browser.wait(lambda: browser.all("#preview .check input"), "no way to replace the file")
    assert "请确认要替换" in browser.one("#toast").text
    (staged,) = service.uploads()
    service.discard_upload(staged.id)
    browser.one("#preview .check input").click()
    press(browser, "收录")
    browser.wait(lambda: "已放弃" in browser.one("#history li").text)
    assert browser.all("#preview .file") == []


def test_a_token_that_no_longer_fits_is_asked_for_again(
    browser: Browser, fake_site: str, service: FakeService, tmp_path: Path
) -> None:
    browser.expected += ["401", "404"]
    enter(browser, fake_site)
    new = tmp_path / "2021-12-21_头版.txt"
    new.write_text(page(story(1)), "utf-8")
    upload(browser, new)
    other = SecretStr("换过的口令")
    service.settings = service.settings.model_copy(update={"admin_token": other})
    press(browser, "收录")
    browser.wait(lambda: browser.one("#entry").is_displayed())
    assert browser.one("#token-error").text == "管理口令不正确。"
    assert not browser.one("#desk").is_displayed()
    browser.one("#token").send_keys(other.get_secret_value(), Keys.ENTER)
    browser.wait(lambda: browser.one("#desk").is_displayed())
    press(browser, "收录")
    browser.wait(lambda: browser.one("#job-title").text == "更新索引：完成", "the job never ends")


def test_too_much_and_folders_are_refused_before_they_are_sent(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    browser.expected.append("404")
    enter(browser, fake_site)
    drop = """
        const files = [{name: "头版.txt", size: arguments[0]}, {name: "12月", size: 4096}];
        const entry = (isDirectory) => ({kind: "file", webkitGetAsEntry: () => ({isDirectory})});
        const event = new Event("drop", {cancelable: true});
        event.dataTransfer = {files, items: [{kind: "string"}, entry(false), entry(true)]};
        document.getElementById("drop").dispatchEvent(event);
    """
    browser.js(drop, 65 * 1024 * 1024)
    browser.wait(lambda: "一次最多 64 MB，这些文件共 65.0 MB" in browser.one("#preview").text)
    assert "文件夹不能直接上传" in browser.one("#toast").text
    assert service.uploads() == []


def test_a_job_of_another_editor_is_shown(
    browser: Browser, fake_site: str, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.expected += ["404", "409"]
    enter(browser, fake_site)
    running = service.start_rebuild()
    monkeypatch.setattr(service, "jobs", lambda: [running if service.busy else service.job(running.id)])
    browser.one("#tab-index").click()
    press(browser, "更新索引")
    browser.wait(lambda: "正在重建" in browser.one("#toast").text)
    browser.wait(lambda: browser.one("#job-title").text == "更新索引：完成", "it is not shown")
    browser.wait(lambda: "完成" in browser.one("#jobs").text)


def test_a_service_that_starts_anew_does_not_end_the_progress(browser: Browser, fake_site: str) -> None:
    browser.expected.append("404")
    enter(browser, fake_site)
    browser.one("#tab-index").click()
    browser.js("""
        const real = window.fetch;
        let left = 2;
        window.fetch = (url, options) => {
          const down = String(url).startsWith("/api/index/jobs/") && left-- > 0;
          return down ? Promise.reject(new TypeError("down")) : real(url, options);
        };
    """)
    press(browser, "更新索引")
    browser.wait(lambda: browser.one("#job-title").text == "更新索引：完成", "the progress is lost")
    browser.wait(lambda: "完成" in browser.one("#jobs").text)


def test_blanks_are_no_reason_to_withdraw(browser: Browser, fake_site: str, service: FakeService) -> None:
    browser.expected.append("404")
    enter(browser, fake_site)
    browser.one("#tab-articles").click()
    browser.wait(lambda: browser.one("#articles-count").text == "共 3 篇")
    press(browser, "撤回")
    reason = browser.one("#articles .why input")
    reason.send_keys("   ", Keys.ENTER)
    browser.wait(lambda: reason.get_attribute("value") == "")
    assert not browser.one("#toast").is_displayed()
    reason.send_keys("内容有误", Keys.ENTER)
    browser.wait(lambda: [event.why for event in service.events] == ["内容有误"])


def test_the_focus_stays_where_the_work_is(browser: Browser, fake_site: str, tmp_path: Path) -> None:
    browser.expected.append("404")
    focused = "return document.activeElement.id || document.activeElement.getAttribute('aria-label')"
    enter(browser, fake_site)
    browser.wait(lambda: browser.js(focused) == "tab-upload")
    file = tmp_path / "2021-12-21_头版.txt"
    file.write_text(page(story(1)), "utf-8")
    upload(browser, file)
    press(browser, "收录")
    browser.wait(lambda: browser.js(focused) == "job")
    browser.one("#tab-articles").click()
    browser.wait(lambda: HOSTILE.title in browser.one("#articles").text)
    names = [button.accessible_name for button in browser.all("#articles button")]
    assert f"撤回：《{PARK.title}》" in names
    assert len(set(names)) == len(names)
    press(browser, "撤回")
    browser.one("#articles .why input").send_keys("内容有误", Keys.ENTER)
    browser.wait(lambda: str(browser.js(focused)).startswith("撤回：《"))


def test_what_is_there_already_is_said_and_better_left(
    browser: Browser, fake_site: str, service: FakeService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.expected.append("404")
    monkeypatch.setattr(Known, "status", lambda *_: "known")
    file = tmp_path / "2021-12-21_头版.txt"
    file.write_text(page(story(1)), "utf-8")
    enter(browser, fake_site)
    upload(browser, file)
    assert "不会有变化" in browser.one("#preview").text
    assert browser.texts("#preview .actions button") == ["放弃", "收录"]
    assert browser.one("#preview .actions .primary").text == "放弃"


def test_the_token_has_room_on_a_phone(browser: Browser, fake_site: str) -> None:
    browser.screen(375, 740, mobile=True)
    browser.open(f"{fake_site}/editor")
    widths = browser.js(
        "return ['#token', '#entry .primary'].map((e) => document.querySelector(e).offsetWidth)"
    )
    assert widths[0] > 2 * widths[1]

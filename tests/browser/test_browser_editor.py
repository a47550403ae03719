"""The editor's desk: in with the token, upload, look, take in, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Browser
from bulletins import page, story
from fake_service import HOSTILE, TOKEN, FakeService
from selenium.webdriver.common.keys import Keys

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

"""The chat page's behaviour in the cases that a short visit doesn't meet."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from browsing import Browser
from fake_service import ASTRAL, EXAMPLES, HOSTILE, ITEMS, LIST_QUESTION, PARK, FakeService
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

PARK_QUESTION = EXAMPLES[0]
HOSTILE_QUOTE = HOSTILE.body.split("\n")[0]


def test_bulletin_text_is_shown_as_text(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    answer = browser.ask("恶意句子有几处?")
    assert (
        "<script>document.title='pwned'</script>正文里的恶意句子共有7处。"
        in browser.one(".answer", answer).text
    )
    assert browser.one(".source-title", answer).text == HOSTILE.title
    browser.one(".cite", answer).click()
    assert browser.marked() == HOSTILE_QUOTE
    browser.open(browser.one("#panel-page").get_attribute("href"))
    assert browser.one("h1").text == HOSTILE.title
    assert "pwned" not in browser.driver.title.replace(HOSTILE.title, "")


def test_a_list_shows_each_item_with_its_source(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    answer = browser.ask(LIST_QUESTION)
    assert browser.texts(".items li") == [f"{text}1" for text in ITEMS]
    assert len(browser.all(".items .cite", answer)) == len(ITEMS)


def test_marks_count_code_points(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    answer = browser.ask("𠮷野家开设了几家分店?")
    browser.one(".cite", answer).click()
    assert browser.marked() == "𠮷野家在二七区开设了3家分店,生意兴隆。"


def test_article_page_marks_the_span(browser: Browser, fake_site: str) -> None:
    end = len(ASTRAL.body)
    spans = {(0, 2): "😀😀", (2, 7): "开头。\n𠮷", (0, end): ASTRAL.body, (end - 2, end): "😀。"}
    for (start, stop), text in spans.items():
        browser.open("about:blank")
        browser.open(f"{fake_site}/articles/astral#c{start}-{stop}")
        assert browser.marked() == text
        assert not browser.one("#span-notice").is_displayed()


def test_article_page_says_that_a_span_is_wrong(browser: Browser, fake_site: str) -> None:
    for fragment in ["c5-5", "c9-3", "c0-9999", "c9-9999999999", "c-1-2", "c1.5-2", "cx", "c0-2junk"]:
        browser.open("about:blank")
        browser.open(f"{fake_site}/articles/astral#{fragment}")
        browser.wait(lambda: browser.one("#span-notice").is_displayed(), fragment)
        assert browser.all("mark") == []
        assert browser.js("return document.getElementById('body').textContent.includes('𠮷野家')")


def test_article_page_follows_the_address(browser: Browser, fake_site: str) -> None:
    browser.open(f"{fake_site}/articles/astral")
    assert browser.all("mark") == []
    browser.js("location.hash = '#c0-2'")
    assert browser.marked() == "😀😀"
    browser.js("location.hash = '#c6-8'")
    browser.wait(lambda: browser.marked() == "𠮷野")
    assert len(browser.all("#body p")) == 3


def test_stop_keeps_the_question_and_offers_to_ask_again(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    browser.open(fake_site)
    service.may_answer.clear()
    browser.type(PARK_QUESTION).send_keys(Keys.ENTER)
    browser.one(".thinking")
    assert browser.one("#send").get_attribute("aria-label") == "停止回答"
    browser.press(Keys.ESCAPE)
    browser.wait(lambda: browser.texts(".failed p") == ["已停止回答。"])
    service.may_answer.set()
    browser.one(".retry").click()
    assert browser.one(".short", browser.finished(PARK_QUESTION)).text == "22家"
    assert browser.texts(".asked") == [PARK_QUESTION]


def test_new_chat_during_an_answer_can_be_undone(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    service.may_answer.clear()
    browser.type("火星?").send_keys(Keys.ENTER)
    browser.one(".thinking")
    browser.one("#new-chat").click()
    assert browser.texts(".asked") == []
    assert browser.one("#send").get_attribute("aria-label") == "发送"
    browser.one("#toast button").click()
    assert browser.texts(".asked") == [PARK_QUESTION, "火星?"]
    service.may_answer.set()
    browser.one(".retry").click()
    assert "refused" in browser.finished("火星?").get_attribute("class")


def test_a_failure_is_told_and_can_be_tried_again(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    browser.expected.append("503")
    browser.open(fake_site)
    browser.ask("崩溃")
    assert browser.texts(".failed p") == ["服务处理请求时出错，错误已记入日志，请稍后再试。"]
    service.ready = False
    browser.one(".retry").click()
    browser.wait(lambda: browser.texts(".failed p") == ["索引尚未就绪，请稍后再试。"])


def test_keys_and_input_methods(browser: Browser, fake_site: str, service: FakeService) -> None:
    browser.open(fake_site)
    field = browser.type("第一行")
    field.send_keys(Keys.SHIFT, Keys.ENTER)
    field.send_keys(Keys.NULL, "第二行")
    assert field.get_attribute("value") == "第一行\n第二行"
    # Enter that ends the composition of an input method must not send.
    compose = """arguments[0].dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    browser.js(compose, field)
    assert browser.texts(".asked") == []
    field.send_keys(Keys.ENTER)
    browser.finished("第一行\n第二行")
    assert service.asked[-1][0] == "第一行\n第二行"
    assert field.get_attribute("value") == ""
    field.send_keys("   ", Keys.ENTER)
    assert len(browser.texts(".asked")) == 1


def test_history_goes_with_a_follow_up_but_not_with_a_new_chat(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    answer = browser.ask("那科技型企业呢?")
    assert browser.one(".understood", answer).text == "理解为：二七经开区有多少家科技型企业?"
    assert [turn.role for turn in service.asked[-1][1]] == ["user", "assistant"]
    browser.one("#new-chat").click()
    browser.ask("那科技型企业呢?")
    assert service.asked[-1][1] == ()


def test_broken_storage_does_not_break_the_page(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    for junk in ["{", '[1, null, {}, {"question": "甲", "answer": 5}]', '"x"', "null"]:
        for storage in ("localStorage", "sessionStorage"):
            browser.js(f"{storage}['bulletin-qa:conversation:1'] = arguments[0]", junk)
        browser.driver.refresh()
        assert browser.one("#welcome").is_displayed()
        assert browser.texts(".asked") == []
    browser.ask(PARK_QUESTION)


def test_back_closes_the_panel_and_returns_the_focus(browser: Browser, fake_site: str) -> None:
    browser.screen(390, 844, mobile=True)
    browser.open(fake_site)
    answer = browser.ask(PARK_QUESTION)
    browser.one(".source", answer).send_keys(Keys.ENTER)
    browser.marked()
    assert browser.js("return document.getElementById('chat').inert")
    browser.driver.back()
    browser.wait(lambda: not browser.one("#panel").is_displayed())
    assert browser.driver.current_url == f"{fake_site}/"
    assert "source" in browser.driver.switch_to.active_element.get_attribute("class")
    assert not browser.js("return document.getElementById('chat').inert")


def test_a_turned_tablet_covers_and_uncovers_what_is_under_the_panel(
    browser: Browser, fake_site: str
) -> None:
    def inert() -> list[bool]:
        return browser.js("return ['.bar', '#chat'].map((part) => document.querySelector(part).inert)")

    def focus() -> str:
        return browser.js("return document.activeElement.id")

    browser.screen(768, 1024, mobile=True)
    browser.open(fake_site)
    browser.one(".source", browser.ask(PARK_QUESTION)).send_keys(Keys.ENTER)
    browser.marked()
    assert inert() == [True, True]
    browser.screen(1024, 768, mobile=True)
    browser.wait(lambda: inert() == [False, False], "beside the panel the chat stays locked")
    browser.type("火星?")
    assert focus() == "question"
    browser.screen(768, 1024, mobile=True)
    browser.wait(lambda: inert() == [True, True], "under the panel the chat can be reached")
    assert focus() == "panel-content"
    browser.press(Keys.ESCAPE)
    browser.wait(lambda: not browser.one("#panel").is_displayed())
    assert inert() == [False, False]
    browser.screen(1024, 768, mobile=True)
    browser.screen(768, 1024, mobile=True)
    assert inert() == [False, False]


def test_suggestions_of_a_refusal_open(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    refusal = browser.ask("火星?")
    browser.one(".suggestions a", refusal).click()
    browser.one("#panel-content .body")
    assert browser.all("mark") == []


def test_copy_gives_answer_and_source(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.js(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"
    )
    answer = browser.ask(PARK_QUESTION)
    browser.one(".reply-foot button", answer).click()
    browser.wait(lambda: browser.one("#toast").is_displayed())
    assert browser.js("return window.copied").split("\n") == [
        "22家",
        "目前,二七经开区共有高新技术企业22家,科技型企业61家。[1]",
        "出处[1]：《二七经济技术开发区新添一所研究院 助力高质量创新发展》 2021年12月10日 记者 景静",
        f"{fake_site}/articles/park#c19-48",
    ]


def test_examples_appear_once_they_are_found(browser: Browser, fake_site: str, service: FakeService) -> None:
    service.found_examples = []
    browser.open(fake_site)
    assert browser.texts(".example") == []
    service.found_examples = EXAMPLES
    browser.wait(lambda: browser.texts(".example") == EXAMPLES)


def test_examples_ask_and_theme_is_remembered(browser: Browser, fake_site: str) -> None:
    browser.screen(1280, 900, dark=True)
    browser.open(fake_site)
    assert browser.texts(".example") == EXAMPLES
    dark = browser.background()
    browser.one("#theme-toggle").click()
    light = browser.background()
    assert light != dark
    browser.driver.refresh()
    assert browser.background() == light
    browser.one(".example").click()
    assert browser.one(".short", browser.finished(EXAMPLES[0])).text == "22家"


def test_without_storage_the_theme_can_be_changed_again_and_again(browser: Browser, fake_site: str) -> None:
    switched_off = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    added = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": switched_off})
    try:
        browser.open(f"{fake_site}/articles")
        seen = [browser.background()]
        for _ in range(3):
            browser.one("#theme-toggle").click()
            seen.append(browser.background())
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    light, dark = seen[:2]
    assert light != dark
    assert seen == [light, dark, light, dark]


@pytest.mark.parametrize("path", ["/", "/articles", "/articles/hostile#c0-5", "/nowhere"])
def test_no_page_scrolls_sideways(browser: Browser, fake_site: str, path: str) -> None:
    browser.expected.append("404")
    browser.open(fake_site + path)
    if path == "/":
        browser.ask("恶意句子" + "很长" * 300)
        browser.ask("a" * 500)
    for width in (320, 390, 768, 1280):
        browser.screen(width, 844, mobile=width < 768)
        assert not browser.overflows(), width


def test_what_a_screen_reader_hears(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    assert "22家" in browser.one("#live").get_attribute("textContent")
    unnamed = browser.js(
        """return [...document.querySelectorAll("button, a, input, textarea")]
        .filter((e) => e.checkVisibility() && !e.closest("[aria-hidden=true]"))
        .filter((e) => !(e.innerText?.trim() || e.ariaLabel || e.labels?.length))
        .map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    stored = json.loads(browser.js("return localStorage['bulletin-qa:conversation:1']"))
    assert "passages" not in stored[0]["answer"]


@pytest.fixture
def mouse(driver: Chrome) -> Iterator[None]:
    """Let the page believe that there is a mouse, which a headless browser lacks."""
    source = "const media = matchMedia; matchMedia = (query) => media(query.replace('(hover: hover)', 'all'))"
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    yield
    driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


@pytest.mark.usefixtures("mouse")
def test_a_double_click_sends_and_does_not_stop(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    service.may_answer.clear()
    browser.open(fake_site)
    browser.type(PARK_QUESTION)
    ActionChains(browser.driver).double_click(browser.one("#send")).perform()
    assert browser.one("#send").get_attribute("aria-label") == "停止回答"
    assert browser.js("return document.activeElement.id") == "question"
    service.may_answer.set()
    assert "22家" in browser.finished(PARK_QUESTION).text


@pytest.mark.usefixtures("mouse")
def test_stopping_gives_the_field_the_focus_and_the_server_its_peace(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    service.may_answer.clear()
    browser.open(fake_site)
    browser.type(PARK_QUESTION).send_keys(Keys.ENTER)
    browser.wait(lambda: service.answering == 1)
    time.sleep(0.7)  # a click sooner after sending is a double click
    browser.js("document.getElementById('send').focus()")
    browser.press(Keys.ENTER)
    assert "已停止回答" in browser.finished(PARK_QUESTION).text
    assert browser.js("return document.activeElement.id") == "question"
    assert service.abandoned.wait(5)


def test_a_reload_in_the_middle_of_an_answer_keeps_the_question(
    browser: Browser, fake_site: str, service: FakeService
) -> None:
    service.may_answer.clear()
    browser.open(fake_site)
    browser.type(PARK_QUESTION).send_keys(Keys.ENTER)
    browser.one(".thinking")
    browser.driver.refresh()
    assert browser.texts(".asked") == [PARK_QUESTION]
    assert "还没有答案" in browser.one(".reply").text
    service.may_answer.set()
    browser.one(".retry").click()
    assert "22家" in browser.finished(PARK_QUESTION).text


def test_two_tabs_keep_a_conversation_each(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    try:
        browser.open(fake_site)
        assert browser.texts(".asked") == [PARK_QUESTION]  # a new tab goes on with the latest
        browser.ask("恶意句子有几处?")
        second = browser.driver.current_window_handle
        browser.driver.switch_to.window(first)
        browser.ask("𠮷野家开设了几家分店?")
        browser.driver.switch_to.window(second)
        browser.driver.refresh()
        assert browser.texts(".asked") == [PARK_QUESTION, "恶意句子有几处?"]
    finally:
        browser.driver.close()
        browser.driver.switch_to.window(first)
    browser.driver.refresh()
    assert browser.texts(".asked") == [PARK_QUESTION, "𠮷野家开设了几家分店?"]


def test_what_cannot_be_asked_is_not_offered_again(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.js("document.getElementById('question').value = '\\u200b \\u3000\\ufeff'")
    browser.type(Keys.ENTER)
    assert browser.all(".exchange") == []
    browser.js("document.getElementById('question').value = ''")
    answer = browser.ask("无法回答的字段")
    assert "筛选条件里没有任何文章" in answer.text
    assert browser.all(".retry") == []
    browser.driver.refresh()
    browser.one("#welcome")
    assert browser.texts(".asked") == []


@pytest.mark.parametrize("width", [320, 360, 375, 390, 430])
def test_no_date_is_cut_in_the_bar(browser: Browser, fake_site: str, width: int) -> None:
    browser.screen(width, 700, mobile=True)
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    cut = browser.js(
        """const bar = document.getElementById("index-status").getBoundingClientRect();
        return [...document.querySelectorAll("#index-status > span")].map((e) => e.getBoundingClientRect())
          .filter((box) => box.top < bar.bottom - 1 && box.right > bar.right + 1).length"""
    )
    assert cut == 0
    assert not browser.overflows()


def test_a_turned_phone_stays_at_the_end(browser: Browser, fake_site: str) -> None:
    browser.screen(740, 375, mobile=True)
    browser.open(fake_site)
    for _ in range(4):
        browser.ask(PARK_QUESTION)
    browser.screen(375, 740, mobile=True)
    distance = (
        "const e = document.getElementById('log'); return e.scrollHeight - e.clientHeight - e.scrollTop"
    )
    browser.wait(lambda: browser.js(distance) < 5)


def test_the_open_source_survives_reload_back_and_forward(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.one(".source", browser.ask(PARK_QUESTION)).click()
    marked = browser.marked()
    browser.driver.refresh()
    assert browser.marked() == marked
    browser.driver.back()
    browser.wait(lambda: not browser.one("#panel").is_displayed())
    assert browser.js("return document.activeElement.dataset.article") == PARK.id
    browser.driver.forward()
    assert browser.marked() == marked
    browser.one("#panel-close").click()
    browser.wait(lambda: not browser.one("#panel").is_displayed())


def test_the_whole_conversation_is_printed(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    for _ in range(6):
        browser.ask(PARK_QUESTION)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.js(
        """return [...document.querySelectorAll(".bar, .composer, .reply-foot button")]
        .filter((e) => e.checkVisibility()).length"""
    )
    height = browser.js("return document.documentElement.scrollHeight")
    clipped = browser.js(
        """return [...document.querySelectorAll(".source-quote, .log, body")]
        .filter((e) => getComputedStyle(e).overflowY !== "visible").length"""
    )
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert (shown, clipped) == (0, 0)
    assert height > 900


def test_questions_are_headings(browser: Browser, fake_site: str) -> None:
    browser.open(fake_site)
    browser.ask(PARK_QUESTION)
    browser.ask(LIST_QUESTION)
    names = [heading.accessible_name for heading in browser.all("#messages h2")]
    assert names == [f"您问：{PARK_QUESTION}", f"您问：{LIST_QUESTION}"]

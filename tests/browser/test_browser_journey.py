"""A reader's visit to the real service over the real seeds."""

from __future__ import annotations

import json

import pytest
import real_service
from browsing import Browser
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser


def test_a_visit(browser: Browser, real_site: str) -> None:
    browser.screen(1280, 900)
    browser.open(real_site)
    assert "篇文章" in browser.one("#index-status").text

    # A question, its answer and the source of it.
    answer = browser.ask(real_service.QUESTION)
    assert browser.one(".short", answer).text == "22家"
    assert "22家" in browser.one(".answer strong", answer).text
    assert browser.one(".cite", answer).text == "1"
    source = browser.one(".source", answer)
    quote = browser.one(".source-quote", source).get_attribute("textContent")
    assert quote
    browser.one(".cite", answer).click()
    assert browser.marked() == quote
    assert browser.one("#panel-content h1").text.split() == browser.one(".source-title", source).text.split()

    # The same link as a page of its own.
    url = browser.one(".cite", answer).get_attribute("href")
    browser.press(Keys.ESCAPE)
    browser.wait(lambda: not browser.one("#panel").is_displayed())
    browser.open(url)
    assert browser.marked() == quote
    browser.driver.back()

    # The conversation is still there; a follow-up and a refusal.
    browser.wait(lambda: browser.texts(".asked") == [real_service.QUESTION])
    follow_up = browser.ask("那科技型企业呢?")
    assert browser.one(".understood", follow_up).text.startswith("理解为：")
    refusal = browser.ask("火星上有多少个环形山?")
    assert "refused" in refusal.get_attribute("class").split()
    assert not browser.all(".cite", refusal)
    assert browser.all(".suggestions a", refusal)
    browser.driver.refresh()
    browser.wait(lambda: len(browser.texts(".asked")) == 3)
    assert browser.texts(".short")[0] == "22家"
    stored = browser.js("return localStorage['bulletin-qa:conversation:1']")
    assert len(json.loads(stored)) == 3

    # A new conversation, on a phone, in the dark.
    browser.one("#new-chat").click()
    assert browser.texts(".asked") == []
    assert browser.one("#welcome").is_displayed()
    browser.screen(390, 844, mobile=True, dark=True)
    browser.ask(real_service.QUESTION)
    assert not browser.overflows()
    light = browser.background()
    browser.one("#theme-toggle").click()
    assert browser.background() != light
    browser.one(".cite").click()
    assert browser.marked() == quote
    assert not browser.overflows()

    # An example of the page's own is answered.
    browser.one("#panel-close").click()
    browser.wait(lambda: not browser.one("#panel").is_displayed())
    browser.one("#new-chat").click()
    example = browser.one(".example")
    question = example.text
    example.click()
    assert browser.all(".cite", browser.finished(question))

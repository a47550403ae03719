"""What a reader does with the chat page, in words of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE_S = 30


class Browser:
    """A browser with a reader's actions; waits for what it looks for."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver
        self.expected: list[str] = []
        """Parts of console errors that a test provokes on purpose."""

    def expects(self, complaint: str) -> bool:
        return any(part in complaint for part in self.expected)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def screen(self, width: int, height: int, *, mobile: bool = False, dark: bool = False) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def wait(self, condition: Callable[[], Any], message: str = "") -> Any:
        waiting = WebDriverWait(self.driver, PATIENCE_S, 0.1, [StaleElementReferenceException])
        return waiting.until(lambda _: condition(), message)

    def all(self, selector: str, within: WebElement | None = None) -> list[WebElement]:
        return (within or self.driver).find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str, within: WebElement | None = None) -> WebElement:
        return self.wait(lambda: self.all(selector, within), f"no {selector}")[0]

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def js(self, script: str, *args: object) -> Any:
        return self.driver.execute_script(script, *args)

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def type(self, text: str) -> WebElement:
        field = self.one("#question")
        field.send_keys(text)
        return field

    def ask(self, question: str) -> WebElement:
        """Ask and wait for the end of the answer; returns its box."""
        self.type(question).send_keys(Keys.ENTER)
        return self.finished(question)

    def finished(self, question: str) -> WebElement:
        """Wait for the answer to the last question; returns its box."""

        def box() -> WebElement | None:
            exchanges = self.all(".exchange")
            if not exchanges or self.one(".asked", exchanges[-1]).text != question:
                return None
            reply = self.one(".reply", exchanges[-1])
            return None if reply.get_attribute("aria-busy") or not self.all(":scope > *", reply) else reply

        return self.wait(box, f"no answer to {question}")

    def marked(self) -> str:
        """Return the highlighted text of the open article."""
        self.one("mark")
        return "\n".join(mark.get_attribute("textContent") or "" for mark in self.all("mark"))

    def background(self) -> str:
        return self.js("return getComputedStyle(document.body).backgroundColor")

    def overflows(self) -> bool:
        """Tell whether the page scrolls sideways."""
        return self.js("const e = document.scrollingElement; return e.scrollWidth > innerWidth")

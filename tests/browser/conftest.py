"""A headless Chromium, and servers for it: over the fake service and over the real one."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_service
from browsing import Browser
from fake_service import FakeService
from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeDriver

from web import create_app
from web.server import bind

HOW_TO_INSTALL = (
    "浏览器测试需要 Chromium 和 chromedriver。Debian/Ubuntu:apt-get install -y chromium chromium-driver;"
    "没有权限安装时可以跳过:pytest -m 'not browser'"
)
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--lang=zh-CN", "--window-size=1280,900",
]  # fmt: skip


@contextlib.contextmanager
def _serving(service: object) -> Iterator[str]:
    server = bind(create_app(service), "127.0.0.1", 0, threads=8)

    def run() -> None:
        with contextlib.suppress(OSError):  # the sockets are closed under its loop below
            server.run()

    thread = threading.Thread(target=run)
    thread.start()
    yield server.url
    server.close()
    thread.join(10)


@pytest.fixture
def service(tmp_path: Path) -> FakeService:
    return FakeService(folder=tmp_path / "site")


@pytest.fixture
def fake_site(service: FakeService, driver: webdriver.Chrome) -> Iterator[str]:
    with _serving(service) as url:
        yield url
        service.may_answer.set()
        driver.get("about:blank")  # or what the page still asks for is refused


@pytest.fixture(scope="session")
def real_site(default_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with _serving(real_service.build(default_model_dir, tmp_path_factory.mktemp("data"))) as url:
        yield url


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Start the browser, once; each test's site has its own port, so nothing stored is shared."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        pytest.fail(HOW_TO_INSTALL, pytrace=False)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # The explicit path keeps Selenium Manager from downloading another driver.
    driver = webdriver.Chrome(options=options, service=ChromeDriver(chromedriver))
    yield driver
    driver.quit()


@pytest.fixture
def browser(driver: webdriver.Chrome) -> Iterator[Browser]:
    """Yield a reader's browser; at the end it must have logged no error and asked no other host."""
    driver.get("about:blank")
    driver.get_log("performance")  # what came before, the browser's own first tab included
    driver.get_log("browser")
    browser = Browser(driver)
    browser.screen(1280, 900)
    yield browser
    complaints = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert [text for text in complaints if not browser.expects(text)] == []
    assert _foreign_requests(driver) == []


def _foreign_requests(driver: webdriver.Chrome) -> list[str]:
    sent = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert urls, "the performance log is empty: nothing was checked"
    return [url for url in urls if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]

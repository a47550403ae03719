"""The server: unbuffered streaming, ports, shutdown, and errors below the application."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_service import FakeService
from flask import Flask

from qa.errors import AbandonedError, ConfigError, CrowdedError
from web import crowd
from web.server import Listening, bind

QUESTION = '{"question": "高新技术企业"}'.encode()
CHAT = '{"messages": [{"role": "user", "content": "高新技术企业"}]}'.encode()
HERE = Path(__file__).parent


@pytest.fixture
def listening(app: Flask, service: FakeService) -> Iterator[Listening]:
    server = bind(app, "127.0.0.1", 0, threads=service.settings.threads)
    thread = threading.Thread(target=_run, args=(server,))
    thread.start()
    yield server
    service.may_answer.set()
    server.close()
    thread.join(10)
    assert not thread.is_alive()


def _run(server: Listening) -> None:
    with contextlib.suppress(OSError):  # the fixture closes the sockets under its loop
        server.run()


def _port(server: Listening) -> int:
    return int(server.url.rsplit(":", 1)[1])


def test_first_event_arrives_before_the_answer_is_there(listening: Listening, service: FakeService) -> None:
    service.may_answer.clear()
    connection = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    body = json.dumps({"question": "高新技术企业有几家?"})
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection.request("POST", "/api/ask", body, headers)
    response = connection.getresponse()
    assert response.readline() == b"event: meta\n"
    assert json.loads(response.readline().removeprefix(b"data: ")) == {"question": "高新技术企业有几家?"}
    assert not service.may_answer.is_set()
    service.may_answer.set()
    assert response.read().decode().rstrip().rsplit("event: ", 1)[1].startswith("done\n")
    connection.close()


def test_other_requests_are_served_during_a_long_answer(listening: Listening, service: FakeService) -> None:
    service.may_answer.clear()
    slow = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    slow.request("POST", "/api/ask", QUESTION, {"Content-Type": "application/json"})
    quick = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    quick.request("GET", "/healthz")
    assert json.load(quick.getresponse()) == {"status": "ok"}
    service.may_answer.set()
    assert slow.getresponse().status == 200
    quick.close()
    slow.close()


def test_a_client_that_leaves_does_no_harm(listening: Listening, service: FakeService) -> None:
    service.may_answer.clear()
    for _ in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        connection.request("POST", "/api/ask", QUESTION, headers)
        connection.getresponse().readline()
        connection.close()
    service.may_answer.set()
    connection = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_an_answer_is_given_up_once_its_client_has_left(
    listening: Listening, service: FakeService, accept: str
) -> None:
    service.may_answer.clear()
    connection = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    connection.request("POST", "/api/ask", QUESTION, {"Content-Type": "application/json", "Accept": accept})
    assert not service.abandoned.wait(0.5)
    connection.close()
    assert service.abandoned.wait(5)


def test_a_crowd_is_told_to_come_back_and_the_rest_of_the_site_lives(
    listening: Listening, service: FakeService
) -> None:
    service.may_answer.clear()
    waiting = [http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=30) for _ in range(16)]
    for connection in waiting:  # eight of the default are answered at once, as many again may wait
        connection.request("POST", "/api/ask", QUESTION, {"Content-Type": "application/json"})
    _until(lambda: service.answering == 8)
    for path, body in (("/api/ask", QUESTION), ("/v1/chat/completions", CHAT)):
        late = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
        late.request("POST", path, body, {"Content-Type": "application/json"})
        response = late.getresponse()
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0
        assert "请过几秒再试" in json.load(response)["detail"]
        late.close()
    quick = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    for path in ("/healthz", "/readyz"):
        quick.request("GET", path)
        response = quick.getresponse()
        assert response.status == 200
        response.read()
    quick.close()
    service.may_answer.set()
    assert [connection.getresponse().status for connection in waiting] == [200] * 16
    for connection in waiting:
        connection.close()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_those_who_leave_make_room(listening: Listening, service: FakeService, accept: str) -> None:
    service.may_answer.clear()
    headers = {"Content-Type": "application/json", "Accept": accept}
    for _ in range(3):
        leaving = [http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10) for _ in range(16)]
        for connection in leaving:
            connection.request("POST", "/api/ask", QUESTION, headers)
        _until(lambda: service.answering == 8)
        for connection in leaving:
            connection.close()
        _until(lambda: service.answering == 0)
    service.may_answer.set()
    connection = http.client.HTTPConnection("127.0.0.1", _port(listening), timeout=10)
    connection.request("POST", "/api/ask", QUESTION, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 200
    connection.close()


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(crowd, "_LOOK_S", 0.02)
    one = crowd.Crowd(1)
    leave = one.enter(lambda: False)
    with pytest.raises(CrowdedError):
        one.enter(lambda: False)
    with pytest.raises(AbandonedError):
        one.enter(lambda: True)
    leave()
    one.enter(lambda: False)()


def _until(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST /api/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET /api/index HTTP/1.1\r\nbroken header\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_the_server_refuses_is_a_problem_too(
    listening: Listening, request_bytes: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", _port(listening)), timeout=10) as raw:
        raw.sendall(request_bytes)
        response = http.client.HTTPResponse(raw)
        response.begin()
        assert response.status == status
        assert response.headers["Content-Type"] == "application/problem+json"
        problem = json.loads(response.read())
        assert problem["status"] == status
        assert not problem["detail"].isascii()
        response.close()


def test_port_in_use_is_told(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"端口 {port} 已被占用.*QA_PORT"):
            bind(app, "127.0.0.1", port, threads=1)


def test_foreign_address_is_told(app: Flask) -> None:
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1.*QA_HOST"):
        bind(app, "192.0.2.1", 0, threads=1)


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "http://127.0.0.1:"), ("127.0.0.1", "http://127.0.0.1:")]
)
def test_the_address_told_can_be_opened(app: Flask, host: str, shown: str) -> None:
    server = bind(app, host, 0, threads=1)
    assert server.url.startswith(shown)
    assert _port(server) > 0
    server.close()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_cleanly(signum: signal.Signals) -> None:
    script = (
        "from fake_service import FakeService\n"
        "from web import create_app\n"
        "from web.server import serve\n"
        "tell = lambda url: print(url, flush=True)\n"
        "serve(create_app(FakeService()), '127.0.0.1', 0, 2, tell)\n"
        "print('ended')\n"
    )
    path = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(signum)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()  # or leaving this block would wait for it without end
    assert (process.returncode, out, err) == (0, "ended\n", "")

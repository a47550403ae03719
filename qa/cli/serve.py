"""``qa serve``: the web service; the only module of ``qa`` that knows ``web``."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import note, say
from qa.cli.index import run_index
from qa.cli.options import data_option, whole_number
from qa.cli.report import say_report
from qa.cli.session import open_encoder, settings_for
from qa.errors import BusyError, QAError, SnapshotError
from qa.memory import give_back, limit_arenas

if TYPE_CHECKING:
    from flask import Flask, Response

    from qa.models.encoder import Encoder
    from qa.service import Service

_TURN_S = 0.001
_requests = logging.getLogger("qa.requests")


@click.command(
    cls=ChineseCommand,
    short_help="启动网页和接口服务",
    help="启动网页和接口服务，按 Ctrl-C 停止。\n\n"
    "还没有可用的索引时，先从 QA_SEEDS_DIR（即 seeds）建立；公报文件之后有变化，请运行 qa index 或 qa watch，"
    "服务会自动换用新的索引。",
)
@data_option
@click.option("--host", metavar="HOST", help="监听的地址（默认 QA_HOST，即 127.0.0.1）。")
@click.option(
    "--port",
    metavar="PORT",
    type=whole_number(0, 65535),
    help="监听的端口（默认 QA_PORT，即 8000；0 任选）。",
)
@click.option(
    "--update",
    is_flag=True,
    help="启动前先按公报文件夹更新索引；文件夹里忽然一个公报文件也没有了的，不跟着清空。",
)
def serve(data: Path | None, host: str | None, port: int | None, update: bool) -> None:
    """Serve until interrupted."""
    limit_arenas()
    settings = settings_for(data, host=host, port=port)
    encoder = open_encoder(settings)
    from qa.assembly import load_reranker, load_span_model
    from qa.operations.aside import build_aside
    from qa.service import Service
    from web import create_app
    from web.server import serve as run

    service = Service(
        settings, encoder, load_span_model(settings, note), load_reranker(settings, note), build_aside
    )
    if update or not service.ready:
        _update(service, encoder)
    give_back()  # what loading the models and indexing took
    _log_to_stderr()
    service.clean_uploads()
    app = create_app(service)
    _log_requests(app)

    def announce(url: str) -> None:
        say("公报问答已启动：", (url, "bold underline"))
        say("按 Ctrl-C 停止。")
        with contextlib.suppress(SnapshotError):
            service.examples()  # finding them takes seconds, so begin before the first visitor

    # A thread that loads a new generation computes in Python only; at the usual 5 ms a turn, each of the many
    # short steps of a model's forward pass would wait as long for the interpreter.
    sys.setswitchinterval(_TURN_S)
    try:
        run(app, settings.host, settings.port, settings.threads, announce)
    finally:
        service.close()
    say("已停止。")


def _update(service: Service, encoder: Encoder) -> None:
    """Bring the index in step with the seeds folder; a failure is fatal only if nothing else can serve.

    Raises:
        QAError: there is no index, and none can be made.
    """
    settings = service.settings
    try:
        # Guarded, as nobody is there to say that an empty folder is meant.
        say_report(run_index(settings, encoder, guarded=[settings.seeds_dir]))
    except BusyError as error:
        note(f"{error}；新的索引完成后服务会自动换用。")
    except QAError as error:
        if not service.ready:
            raise
        note(f"索引没有更新：{error}；继续使用现有的索引。")


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("qa", "web"):
        logging.getLogger(name).setLevel(logging.INFO)


def _log_requests(app: Flask) -> None:
    """Log a line for each request but those of static files; never a question, which may be private."""
    from flask import g, request

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        if request.endpoint != "static":
            spent = (time.perf_counter() - g.started) * 1000
            # Quoted, or a line break in the path would forge a line of the log.
            path = quote(request.path)
            _requests.info(
                "%s %s %s %d %.0fms", request.remote_addr, request.method, path, response.status_code, spent
            )
        return response

"""The command ``qa``: its sub-commands, and how every error ends.

Exit status: 0 done; 1 finished, with files or checks reported as failed; 2 not done, because of wrong
usage, a wrong setting, or data or a model that cannot be used; 130 interrupted by the user.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import Any

import click

from qa.cli.articles import articles
from qa.cli.ask import ask
from qa.cli.backup import export_command, import_command
from qa.cli.chinese import ChineseGroup, explain_usage
from qa.cli.doctor import doctor
from qa.cli.evaluate import evaluate
from qa.cli.generations import diff, generations, rollback
from qa.cli.index import index
from qa.cli.search import search
from qa.cli.serve import serve
from qa.cli.watch import watch
from qa.cli.withdraw import restore, withdraw, withdrawn
from qa.durable import explain
from qa.errors import QAError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
FAILED, WRONG, INTERRUPTED = 1, 2, 130


class _Application(ChineseGroup):
    """The root command; the one place that turns errors into a line on standard error and a status."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **options: Any) -> Any:
        """Run a command line; always ends by raising :exc:`SystemExit`."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A terminal that cannot show a character must not keep the rest from being shown.
                stream.reconfigure(errors="backslashreplace")
        sys.exit(self._status(args, *others, **options | {"standalone_mode": False}))

    def _status(self, *args: Any, **options: Any) -> int:
        try:
            status = super().main(*args, **options)
            sys.stdout.flush()  # so that a disk that is full is told here
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return WRONG
        except click.UsageError as error:
            return _fail(explain_usage(error))
        except click.ClickException as error:
            return _fail(error.format_message())
        except QAError as error:
            return _fail(str(error))
        except OSError as error:
            if error.errno not in _NO_ROOM:
                return _bug()
            # What is still in the buffer cannot be written either, and Python would try when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _fail(f"写不进去：{explain(error)}。")
        except (click.Abort, KeyboardInterrupt):
            click.echo("已中断。", err=True)
            return INTERRUPTED
        except Exception:
            return _bug()
        return status if isinstance(status, int) else 0


def _bug() -> int:
    traceback.print_exc()  # whoever mends it needs it
    return _fail("程序内部出错，请把上面的信息告诉维护者。")


def _fail(message: str) -> int:
    """Print an error as the one line that scripts and people expect."""
    click.echo(f"错误：{' '.join(message.split())}", err=True)
    return WRONG


@click.group(
    cls=_Application,
    help="公报问答：对新闻公报提问，得到简短的答案和原文出处。",
    epilog="设置来自环境变量（QA_ 开头）或当前文件夹的 .env；命令行选项优先。",
)
@click.version_option(package_name="bulletin-qa", message="%(prog)s %(version)s", help="显示版本并退出。")
def root() -> None:
    """Answer questions about bulletins."""


for command in (index, watch, ask, search, articles, serve, evaluate, doctor):
    root.add_command(command)
for command in (withdraw, restore, withdrawn, generations, diff, rollback, export_command, import_command):
    root.add_command(command)


def main() -> None:
    """Run the command line of this process."""
    try:
        root.main(prog_name="qa")
    except SystemExit as end:
        if not any(thread.daemon for thread in threading.enumerate()):
            raise
        # subtle: a thread that is inside torch when the interpreter shuts down aborts the process. What
        # such a thread does, rebuilding the index, may end at any instant.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else WRONG)

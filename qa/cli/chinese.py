"""Click in Chinese: the headings of its help, and its messages about wrong usage."""

from __future__ import annotations

import re
from typing import Any

import click

_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<arguments>.*)\)", re.DOTALL)


class ChineseCommand(click.Command):
    """A command whose help is all Chinese."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]"} | options)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明并退出。"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl([(name, told.replace("[required]", "（必填）")) for name, told in records])


class ChineseGroup(ChineseCommand, click.Group):
    """A group of such commands, listed in the order in which they were added."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "命令 [参数]…"} | options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有 {args[0]} 这个命令；有：{'、'.join(self.commands)}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists of options and commands."""
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(name, c.get_short_help_str(200)) for name, c in self.commands.items()])


def explain_usage(error: click.UsageError) -> str:
    """Return in one Chinese line what is wrong with a command line, and where help is."""
    hint = f"。用法见 {error.ctx.command_path} --help" if error.ctx else ""
    return _problem(error).rstrip("。.") + hint


def _problem(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption(option_name=name, possibilities=likely):
            return f"没有 {name} 这个选项" + (f"，是不是 {'、'.join(likely)}？" if likely else "")
        case click.BadOptionUsage(option_name=name):
            return f"选项 {name} 的用法不对：缺少值，或不该有值"
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少参数 {_name(param)}"
        case click.BadParameter(param=click.Parameter() as param, message=message):
            return f"{_name(param)} 的值不对：{message}"
        case _ if error.ctx and not error.ctx.args and isinstance(error.ctx.command, click.Group):
            return error.message
        case _ if extra := _EXTRA.fullmatch(error.message):
            return f"多出了参数 {extra['arguments']}；一段文字里有空格时，请给整段加引号"
        case _:
            return f"命令行写法不对：{error.message}"


def _name(param: click.Parameter) -> str:
    """Return what a parameter is called where it is typed."""
    return param.human_readable_name if isinstance(param, click.Argument) else max(param.opts, key=len)

"""The command line: ``qa index``, ``qa ask`` and their like."""

import sys


def main() -> None:
    """Run the command line of this process."""
    try:
        from qa.cli.app import main as run  # takes long enough for somebody to press Ctrl-C
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
        sys.exit(130)
    run()


__all__ = ["main"]

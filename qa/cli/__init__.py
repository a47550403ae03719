"""The command line: ``qa index``, ``qa ask`` and their like."""

from qa.cli.app import main

__all__ = ["main"]

"""``python -m qa``: the command line, wherever the environment was moved to."""

from qa.cli import main

main()

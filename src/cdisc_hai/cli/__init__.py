"""The command line: options in, one use case called, exit code out."""

from cdisc_hai.cli.main import main

__all__ = ["main"]

"""The command line: the same jobs as the window, for servers, scripts and power users."""

from uniqa_desktop.cli.main import main

__all__ = ["main"]

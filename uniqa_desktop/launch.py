"""Starting the program: the window where there is a display, a ranked list otherwise."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from uniqa_desktop import paths


def main() -> None:
    """Entry point of the window: `uniqa-desktop-gui [FOLDER] [--demo] [--library FILE]`."""
    parser = argparse.ArgumentParser(
        prog="uniqa-desktop-gui", description="Cull photos by quality, aesthetics and your taste."
    )
    parser.add_argument("folder", nargs="?", type=Path, help="the folder of photos to open")
    parser.add_argument("--demo", action="store_true", help="open a shoot drawn by the program")
    parser.add_argument("--library", type=Path, default=None, help="another library file")
    arguments = parser.parse_args()
    library = arguments.library or paths.library_file()
    if has_display():
        from uniqa_desktop.gui.app import run

        sys.exit(run(arguments.folder, demo=arguments.demo, library=library))
    _without_display(arguments.folder, arguments.demo, library)


def has_display() -> bool:
    """Whether a window can be shown. On Linux that needs a display server, or Qt told otherwise."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_display(folder: Path | None, demo: bool, library: Path) -> None:
    """Scores the folder (or the demo shoot) and prints the best photos."""
    from uniqa_desktop.cli import output
    from uniqa_desktop.cli.main import group

    def command(*words: str) -> None:
        """Runs one command; only what made it impossible ends the program."""
        try:
            group.main([*words, "--library", str(library)], "uniqa-desktop")
        except SystemExit as end:
            if end.code not in (output.DONE, output.SOME_FAILED):
                raise

    print("There is no display: ranking the photos here instead of opening the window.")  # noqa: T201
    if folder is None and not demo:
        print("Name a folder, or --demo for a shoot drawn by the program.", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    chosen = str(folder) if folder else str(paths.demo_dir())
    if folder is None:
        command("demo")
    command("score", chosen)
    command("list", chosen, "--sort", "quality")

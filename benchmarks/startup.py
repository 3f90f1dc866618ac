"""Time to the first paint of a library of 10,000 photos, against an empty PySide6 window.

Both are processes of their own, timed from their start to the end of the first paint that shows
what they are there for: a bare `QMainWindow`, and the grid with its photos in it. The library's
pictures are small drawn JPEGs, scanned before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import kit

EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time()); sys.stdout.flush()
        QApplication.instance().exit()
app = QApplication([])
window = Window(); window.resize(1366, 768); window.show()
app.exec()
"""
OURS = """
import sys, time
from pathlib import Path
from uniqa_desktop.gui import app as program
program.run(Path(sys.argv[1]), library=Path(sys.argv[2]), first_paint=lambda: print(
    time.time(), sorted(set(sys.modules) & {"torch", "numpy", "sqlite_utils", "PIL"}), flush=True))
"""


def first_paint(*words: str, environment: dict[str, str]) -> tuple[float, str]:
    """Seconds from the process's start to its first paint, and what else it printed."""
    began = time.time()
    run = subprocess.run(
        [sys.executable, "-c", *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    moment, _, rest = run.stdout.strip().splitlines()[0].partition(" ")
    return float(moment) - began, rest


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--photos", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=7)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        # Compiled modules are used, as in any installation.
        environment = {"UNIQA_HOME": str(home / "home"), "PYTHONDONTWRITEBYTECODE": ""}
        if "DISPLAY" not in os.environ:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        kit.write_jpegs(home / "photos", arguments.photos, 96, 64)
        library = home / "library.db"
        subprocess.run(
            [sys.executable, "-m", "uniqa_desktop", "score", str(home / "photos"),
             "--library", str(library), "--json"],
            stdout=subprocess.DEVNULL, check=True, env={**os.environ, **environment},
        )  # fmt: skip
        words = [OURS, str(home / "photos"), str(library)]
        first_paint(EMPTY, environment=environment)
        first_paint(*words, environment=environment)
        pairs = []
        loaded = ""
        for _ in range(arguments.rounds):
            empty, _rest = first_paint(EMPTY, environment=environment)
            ours, loaded = first_paint(*words, environment=environment)
            pairs.append((empty, ours))
        ratios = [ours / empty for empty, ours in pairs]
        kit.report(
            [
                kit.Figure("photos in the library", arguments.photos),
                kit.Figure("empty window", median(e for e, _ in pairs) * 1000, "ms"),
                kit.Figure("our first paint", median(o for _, o in pairs) * 1000, "ms"),
                kit.Figure(
                    "first paint / empty window",
                    median(ratios),
                    most=1.5,
                    note=f"{min(ratios):.2f}–{max(ratios):.2f} over {len(ratios)} rounds",
                ),
                kit.Figure("torch imported by then", float("torch" in loaded), most=0),
            ],
            arguments.json,
        )


if __name__ == "__main__":
    main()

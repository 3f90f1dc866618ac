"""End-to-end scoring with `attributes-1` against a bare loop that only decodes the same files.

Both use the same decoder on as many threads as there are cores, in turns, so that a drifting
machine hits both. Memory is measured in processes of their own, for few and for many photos.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import kit

from uniqa_desktop import decode, jobs, scorers
from uniqa_desktop.store import Store, Thumbs

THREADS = os.cpu_count() or 1


def bare_decoding(files: list[Path]) -> None:
    """Reads and decodes every file at full size, keeping nothing."""

    def open_one(file: Path) -> None:
        decode.full(file, file.read_bytes())

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(open_one, files):
            pass


def scan_and_score(folder: Path) -> None:
    """What `uniqa-desktop score FOLDER` does, into a new library."""
    with (
        tempfile.TemporaryDirectory() as home,
        Store.open(Path(home) / "library.db") as store,
        Thumbs(Path(home) / "thumbs.db") as thumbs,
    ):
        for _ in jobs.scan(store, (folder,)):
            pass
        for _ in jobs.score(store, thumbs, lambda: scorers.load("attributes-1"), (folder,),
                            model="attributes-1"):  # fmt: skip
            pass
        assert not len(store.photos.pending("attributes-1", (folder,)))


def memory(folder: Path) -> float:
    """Peak resident memory in MB of a process that scores the folder."""
    run = subprocess.run(
        [sys.executable, __file__, "--peak-of", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(run.stdout)


def main() -> None:
    options = kit.parser(__doc__, images=True)
    options.add_argument("--peak-of", type=Path, help="score this folder, print peak memory")
    options.add_argument("--count", type=int, default=24, help="24-megapixel photos to draw")
    options.add_argument("--rounds", type=int, default=3)
    arguments = options.parse_args()
    if arguments.peak_of:
        scan_and_score(arguments.peak_of)
        print(kit.peak_memory())
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.images or Path(temporary) / "many"
        if not arguments.images:
            kit.write_jpegs(folder, arguments.count, 6000, 4000)
        files = kit.pictures(folder)
        bare_decoding(files[:4])
        pairs = [
            (kit.once(lambda: bare_decoding(files)), kit.once(lambda: scan_and_score(folder)))
            for _ in range(arguments.rounds)
        ]
        ratios = [bare / scoring for bare, scoring in pairs]
        figures = [
            kit.Figure("photos", len(files), note=f"{THREADS} threads"),
            kit.Figure("bare decoding", len(files) / median(b for b, _ in pairs), "1/s"),
            kit.Figure("scoring end to end", len(files) / median(s for _, s in pairs), "1/s"),
            kit.Figure(
                "scoring rate / bare decoding rate",
                median(ratios),
                least=0.8,
                note=f"{min(ratios):.2f}–{max(ratios):.2f} over {len(ratios)} rounds",
            ),
        ]
        if not arguments.images:
            few, many = Path(temporary) / "few", Path(temporary) / "more"
            kit.write_jpegs(few, 12, 6000, 4000)
            kit.write_jpegs(many, 72, 6000, 4000)
            peaks = memory(few), memory(many)
            figures += [
                kit.Figure("peak memory, 12 photos of 24 MP", peaks[0], "MB"),
                kit.Figure("peak memory, 72 photos of 24 MP", peaks[1], "MB"),
                kit.Figure("growth of peak memory", peaks[1] / peaks[0], most=1.15),
            ]
        kit.report(figures, arguments.json)


if __name__ == "__main__":
    main()

"""Re-scan of an unchanged folder against a bare walk of it, and the store at 100,000 photos.

The re-scan is the whole of it: opening the library, reading the known files, walking, comparing,
and finding that nothing is to be done. The bare walk is `os.scandir` and one `stat` a file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import kit

from uniqa_desktop import scan
from uniqa_desktop.photo import (
    Attributes,
    FileChanges,
    Flag,
    Measure,
    Meta,
    PhotoFile,
    Provenance,
    Region,
    Scored,
    Scores,
)
from uniqa_desktop.query import DESCENDING, Query, Range, Sort, StarRule
from uniqa_desktop.store import Store

MODEL = "attributes-1"
A_FOLDER_HOLDS = 500
LONGEST = 3.0
"""Times Python's `sorted` of as many (score, name) pairs that a new order or filter may take: 150
milliseconds for 100,000 photos on the reference machine."""


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--photos", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=11)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        figures = [
            *rescan(home, arguments.files, arguments.rounds),
            *store(home / "large.db", arguments.photos),
        ]
    kit.report(figures, arguments.json)


def rescan(home: Path, files: int, rounds: int) -> Iterator[kit.Figure]:
    """The re-scan and the bare walk in turns, so that both meet the same machine."""
    root = home / "photos"
    for number in range(files):
        folder = root / f"trip {number // A_FOLDER_HOLDS:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"IMG_{number:05d}.JPG").write_bytes(b"photo %d" % number)
    library = home / "library.db"
    began = perf_counter()
    assert whole_scan(library, root) == 0
    yield kit.Figure("files", files)
    yield kit.Figure("first scan (tiny files)", perf_counter() - began, "s")
    pairs = []
    for _ in range(rounds + 1):
        bare = kit.once(lambda: bare_walk(root))
        ours = kit.once(lambda: whole_scan(library, root))
        pairs.append((bare, ours))
    del pairs[0]
    assert whole_scan(library, root) == files
    ratios = [ours / bare for bare, ours in pairs]
    yield kit.Figure("bare walk", median(bare for bare, _ in pairs) * 1000, "ms")
    yield kit.Figure("re-scan", median(ours for _, ours in pairs) * 1000, "ms")
    yield kit.Figure(
        "re-scan / bare walk",
        median(ratios),
        most=3.0,
        note=f"{min(ratios):.2f}–{max(ratios):.2f} over {rounds} rounds",
    )
    pairs = [
        (kit.once(lambda: bare_walk(root)), kit.once(lambda: opened(library)))
        for _ in range(rounds)
    ]
    took = median(ours for _, ours in pairs) * 1000
    yield kit.Figure("library opened, first 200 rows", took, "ms")
    yield kit.Figure("opened / bare walk", median(ours / bare for bare, ours in pairs), most=1.0)


def bare_walk(root: Path) -> int:
    """What no scan can do without: list every folder, stat every file."""
    count = 0
    waiting = [str(root)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    entry.stat()
                    count += 1
    return count


def whole_scan(library: Path, root: Path) -> int:
    """One scan from a closed library to a stored result; how many files were unchanged."""
    survey = scan.Survey()
    with Store.open(library) as store:
        for folder in scan.walk([root], store.files.known(root)):
            survey.add(folder)
        for changes in scan.settle(survey, store.files):
            store.files.apply(changes)
        store.failures.settle([root], survey.failures)
    return survey.unchanged


def opened(library: Path) -> None:
    """What a window does before its first paint."""
    with Store.open(library, create=False) as store:
        store.photos.get(store.photos.ids(Query(model=MODEL))[:200], model=MODEL)


def store(path: Path, photos: int) -> Iterator[kit.Figure]:
    """Lists, blocks and known files of a large library."""
    random = Random(1)
    began = perf_counter()
    with Store.open(path) as library:
        for start in range(0, photos, 100):
            library.files.apply(FileChanges(added=tuple(_files(start, min(start + 100, photos)))))
        yield kit.Figure("photos", photos)
        yield kit.Figure("taking them up, in blocks of 100", perf_counter() - began, "s")
        ids = list(library.photos.ids(Query(model=MODEL)))
        began = perf_counter()
        for start in range(0, photos, 500):
            library.scores.write([_scored(photo, random) for photo in ids[start : start + 500]])
        yield kit.Figure("scoring them, in blocks of 500", perf_counter() - began, "s")
        chosen = random.sample(ids, photos // 3)
        library.verdicts.give(chosen, flag=Flag.PICK, stars=3, provenance=Provenance.BLIND)
        library.verdicts.give(ids[:10], flag=Flag.REJECT, provenance=Provenance.BLIND)
    with Store.open(path, create=False) as library:
        pairs = [(random.random(), f"IMG_{number:06d}.JPG") for number in range(photos)]
        slowest = 0.0
        for name, query in _queries():
            library.photos.ids(query)
            rounds = [
                (kit.once(lambda: sorted(pairs)), kit.once(lambda q=query: library.photos.ids(q)))
                for _ in range(5)
            ]
            slowest = max(slowest, median(ours / plain for plain, ours in rounds))
            took = median(ours for _, ours in rounds) * 1000
            yield kit.Figure(f"ids, {name}", took, "ms")
        yield kit.Figure("slowest list / sorted()", slowest, most=LONGEST)
        took = kit.seconds(lambda: library.photos.pending("another model")) * 1000
        yield kit.Figure("pending, all", took, "ms")
        block = random.sample(ids, 200)
        took = kit.seconds(lambda: library.photos.get(block, model=MODEL), runs=51) * 1000
        yield kit.Figure("get, 200 rows", took, "ms")
        took = kit.seconds(lambda: library.files.known(Path("/photos"))) * 1000
        yield kit.Figure("known files", took, "ms")
        took = kit.seconds(
            lambda: library.verdicts.give(
                block[:1], stars=random.randrange(6), provenance=Provenance.BLIND
            ),
            runs=101,
        )
        yield kit.Figure("one verdict", took * 1000, "ms")
        took = kit.seconds(lambda: library.photos.facets()) * 1000
        yield kit.Figure("values for the filter menus", took, "ms")


def _queries() -> Iterator[tuple[str, Query]]:
    for key in Sort:
        yield f"by {key}", Query(model=MODEL, sort=key, descending=key in DESCENDING)
    best = {"model": MODEL, "sort": Sort.QUALITY, "descending": True}
    yield "by quality, ≥ 50", Query(**best, ranges=frozenset({Range(Sort.QUALITY, 50)}))
    yield "by quality, ≥ 3 stars", Query(**best, stars=StarRule(">=", 3))
    yield (
        "by quality, not rejected",
        Query(**best, flags=frozenset({Flag.NONE, Flag.PICK, Flag.MAYBE})),
    )
    yield "by quality, one camera", Query(**best, cameras=frozenset({"Camera 3"}))
    yield "by quality, name with 12", Query(**best, text="12")
    yield "by quality, without failed", Query(**best, include_failed=False)


def _files(start: int, end: int) -> Iterator[PhotoFile]:
    for number in range(start, end):
        name = f"IMG_{number:06d}.JPG"
        key = number.to_bytes(16, "big")
        path = Path(f"/photos/2026/trip {number // 1000:03d}/{name}")
        yield PhotoFile(path, 9_000_000 + number, 1_700_000_000_000_000_000 + number, key, key)


def _scored(photo: int, random: Random) -> Scored:
    sharpness, brightness, contrast, colorfulness, noisiness = (
        Measure(random.uniform(0, 100), random.random()) for _ in range(5)
    )
    quality = random.uniform(0, 100)
    return Scored(
        photo=photo,
        meta=Meta(camera=f"Camera {random.randrange(5)}", lens="24-70", width=6000, height=4000),
        attributes=Attributes(
            sharpness,
            brightness,
            contrast,
            colorfulness,
            noisiness,
            clipped_shadows=0.0,
            clipped_highlights=0.0,
            sharpest=Region(0, 0, 0.5, 0.5),
        ),
        scores=Scores(MODEL, quality, quality / 100),
        phash=random.getrandbits(64),
        content=photo.to_bytes(16, "big"),
    )


if __name__ == "__main__":
    main()

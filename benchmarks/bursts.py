"""Grouping against two rules of thumb, on the demo shoot and on real series; and how fast it is.

Figures are over pairs of photos: of those that were put into one group how many belong there
(precision), of those that belong together how many were found (recall), and their harmonic mean
(F1). The rules: photos of one camera at most a second apart; photos whose perceptual hashes differ
in at most 10 of 64 bits. Both chain, and know no kinds.
"""

from __future__ import annotations

import csv
import math
import tempfile
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from typing import TypeVar

import kit
import numpy as np

from uniqa_desktop import demo, jobs, scorers
from uniqa_desktop.bursts import frames, grouping
from uniqa_desktop.bursts.frames import Row
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.bursts.grouping import Closer
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store, Thumbs

Report = TypeVar("Report")
MODEL = "uniqa-mini"
TIME_RULE, HASH_RULE = 1_000_000, 10
LEAST_F1 = 0.95
Pairs = set[tuple[int, int]]


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--data", type=Path, help="a folder with truth.csv and photos/")
    options.add_argument("--only", choices=("quality", "speed"))
    options.add_argument("--photos", type=int, default=100_000, help="how many for the speed")
    arguments = options.parse_args()
    figures: list[kit.Figure] = []
    if arguments.only != "quality":
        figures += speed(arguments.photos)
    if arguments.only != "speed":
        with tempfile.TemporaryDirectory() as temporary:
            home = Path(temporary)
            figures += quality("demo", *demo_shoot(home), home)
            if arguments.data:
                figures += quality("series", *real_series(arguments.data), home)
    kit.report(figures, arguments.json)


# How well


Truth = Mapping[str, tuple[str, str]]
"""By file name: group (empty for none) and kind."""


def demo_shoot(home: Path) -> tuple[Path, Truth]:
    folder = home / "demo shoot"
    list(demo.draw(folder))
    told = demo.truth(folder).values()
    return folder, {each.name: (each.group or "", str(each.kind)) for each in told}


def real_series(data: Path) -> tuple[Path, Truth]:
    with (data / "truth.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return data / "photos", {row["file"]: (row["group"], row["kind"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Library:
    """What is compared: rows and looks of every photo, and the truth by photo id."""

    rows: list[Row]
    looks: np.ndarray
    closer: Closer
    truth: Mapping[int, tuple[str, str]]

    def groups(
        self,
        change: Callable[[Row], Row] = lambda row: row,
        looks: bool = True,
        strictness: float = grouping.STRICTNESS,
    ) -> list[Group]:
        known = frames.build([change(row) for row in self.rows], self.looks if looks else None)
        return grouping.regroup(grouping.gather(known, self.closer), strictness)


def quality(name: str, folder: Path, truth: Truth, home: Path) -> Iterator[kit.Figure]:
    """Scores a folder as the program does, groups it, and counts pairs."""
    found, library = _library(name, folder, truth, home)
    yield kit.Figure(f"{name}: photos", len(library.rows))
    right = _true_pairs(library.truth)
    ours = _pairs(found)
    for kind in sorted({kind for group, kind in library.truth.values() if group}):
        yield from _per_kind(name, kind, library.truth, found)
    together = _f1(ours, right)
    yield kit.Figure(f"{name}: all kinds together, F1", together, least=LEAST_F1)
    for rule, pairs in (
        ("time rule (≤ 1 s)", _time_rule(library.rows)),
        (f"hash rule (≤ {HASH_RULE} bits)", _hash_rule(library.rows)),
    ):
        other = _f1(pairs, right)
        bursts = _true_pairs(library.truth, Kind.BURST)
        yield kit.Figure(f"{name}: {rule}, F1", other, note=_both(pairs, right))
        yield kit.Figure(f"{name}: {rule}, F1 on bursts", _f1(pairs, bursts))
        yield kit.Figure(f"{name}: ours over {rule}", together - other, least=1e-9)
    kept_whole = {
        pair
        for kind in (Kind.BRACKET, Kind.PANORAMA, Kind.FOCUS_STACK)
        for pair in _true_pairs(library.truth, kind)
    }
    folded = kept_whole & _pairs(group for group in found if not group.kind.is_whole)
    yield kit.Figure(
        f"{name}: pairs of brackets and panoramas folded as bursts", len(folded), most=0
    )
    for what, others in _circumstances(library):
        yield kit.Figure(f"{name}: F1 {what}", _f1(_pairs(others), right))


def _library(name: str, folder: Path, truth: Truth, home: Path) -> tuple[list[Group], Library]:
    scorer = scorers.load(MODEL)
    file = home / f"{name}.db"
    with Store.open(file) as store, Thumbs(home / f"{name}.thumbs.db") as thumbs:
        _run(jobs.scan(store, [folder]))
        _run(jobs.score(store, thumbs, lambda: scorer, [folder], model=MODEL))
        scorer.close()
        report = _run(jobs.bursts(store, thumbs, scorer, [folder]))
        rows = [Row._make(row) for row in store.groups.frames(frames.UNKNOWN_TIME)]
        assert scorer.features_key is not None
        ids, vectors = store.features.read([row.photo for row in rows], *scorer.features_key)
        assert list(ids) == [row.photo for row in rows]
        directions = scorer.directions(vectors)
        assert directions is not None
        evidence = _run(jobs.gather(store, thumbs, scorer, [folder]))
    by_id = {row.photo: truth.get(row.name, ("", "single")) for row in rows}
    library = Library(rows, frames.sketch(directions), evidence.closer, by_id)
    return list(report.groups.values()), library


def _run(job: Generator[Progress, None, Report]) -> Report:
    """Runs a job to its end; its report."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def _per_kind(
    name: str, kind: str, truth: Mapping[int, tuple[str, str]], found: Sequence[Group]
) -> Iterator[kit.Figure]:
    right = _true_pairs(truth, kind)
    ours = _pairs(group for group in found if str(group.kind) == kind)
    groups = len({group for group, of in truth.values() if group and of == kind})
    least = LEAST_F1 if kind == Kind.BURST else None
    note = f"{_both(ours, right)}; {groups} groups, {len(right)} pairs"
    yield kit.Figure(f"{name}: {kind}, F1", _f1(ours, right), least=least, note=note)


def _circumstances(library: Library) -> Iterator[tuple[str, list[Group]]]:
    """The same photos under other circumstances: what each kind of evidence is worth."""
    yield "without the camera's marks", library.groups(_unmarked)
    yield "without marks and features", library.groups(_unmarked, looks=False)
    yield "with clocks of whole seconds", library.groups(lambda row: _unmarked(_coarse(row)))
    yield "without capture times", library.groups(lambda row: _unmarked(_untimed(row)))
    for times in (5, 15):
        stretched = _stretched(library, times)
        yield f"with bursts {times}× as slow", library.groups(stretched)
    for strictness in (25, 75):
        yield f"at strictness {strictness}", library.groups(_unmarked, strictness=strictness)


def _unmarked(row: Row) -> Row:
    return row._replace(burst=None, sequence=None, drive=None)


def _coarse(row: Row) -> Row:
    return row._replace(taken=row.taken // 1_000_000 * 1_000_000, has_subseconds=0)


def _untimed(row: Row) -> Row:
    return row._replace(taken=frames.UNKNOWN_TIME, has_subseconds=0)


def _stretched(library: Library, times: int) -> Callable[[Row], Row]:
    """Bursts whose frames come `times` as slowly."""
    first: dict[str, int] = {}
    for row in sorted(library.rows, key=lambda row: row.taken):
        group, kind = library.truth[row.photo]
        if kind == Kind.BURST:
            first.setdefault(group, row.taken)

    def change(row: Row) -> Row:
        begin = first.get(library.truth[row.photo][0], row.taken)
        return _unmarked(row._replace(taken=begin + times * (row.taken - begin)))

    return change


def _true_pairs(truth: Mapping[int, tuple[str, str]], kind: str | None = None) -> Pairs:
    groups: dict[str, list[int]] = {}
    for photo, (group, of) in truth.items():
        if group and kind in (None, of):
            groups.setdefault(group, []).append(photo)
    return {pair for photos in groups.values() for pair in combinations(sorted(photos), 2)}


def _pairs(groups: Iterable[Group]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group.members), 2)}


def _time_rule(rows: Sequence[Row]) -> Pairs:
    ordered = sorted(rows, key=lambda row: (row.camera or "", row.taken))
    links = [
        (a.photo, b.photo)
        for a, b in pairwise(ordered)
        if a.camera == b.camera and b.taken - a.taken <= TIME_RULE
    ]
    return _chained(links)


def _hash_rule(rows: Sequence[Row]) -> Pairs:
    links = [
        (a.photo, b.photo)
        for a, b in combinations(rows, 2)
        if ((a.phash ^ b.phash) & (2**64 - 1)).bit_count() <= HASH_RULE
    ]
    return _chained(links)


def _chained(links: Iterable[tuple[int, int]]) -> Pairs:
    """All pairs of photos that a chain of links connects."""
    home: dict[Hashable, set[int]] = {}
    for one, other in links:
        joined = home.get(one, {one}) | home.get(other, {other})
        home.update(dict.fromkeys(joined, joined))
    return {pair for part in home.values() for pair in combinations(sorted(part), 2)}


def _f1(ours: Pairs, right: Pairs) -> float:
    return 2 * len(ours & right) / max(1, len(ours) + len(right))


def _both(ours: Pairs, right: Pairs) -> str:
    hits = len(ours & right)
    return f"precision {hits / max(1, len(ours)):.3f}, recall {hits / max(1, len(right)):.3f}"


# How fast


_WIDTH = 512
_BLOCK = 2048
_RUNS = 3


def speed(photos: int) -> Iterator[kit.Figure]:
    """Evidence of `photos` photos and of a tenth of them, and groups at other strictness."""
    small, _ = _gathered(photos // 10)
    took, evidence = _gathered(photos)
    yield kit.Figure("evidence of a tenth", small, "s", note=f"{photos // 10} photos")
    yield kit.Figure("evidence of all", took, "s", most=10.0, note=f"{photos} photos, features")
    yield kit.Figure("growth: exponent", math.log10(took / small), most=1.15)
    steps = [10, 30, 40, 45, 55, 60, 70, 90, 50]
    times = [kit.once(lambda s=s: grouping.regroup(evidence, s)) * 1000 for s in steps]
    groups = len(grouping.regroup(evidence))
    note = f"{min(times):.0f}–{max(times):.0f} over {len(steps)} changes; {groups} groups"
    yield kit.Figure("change of strictness", median(times), "ms", most=300.0, note=note)
    yield kit.Figure("peak memory", kit.peak_memory(), "MB", most=500.0)


def _gathered(photos: int) -> tuple[float, grouping.Evidence]:
    """Seconds to the evidence, from features and rows as the library gives them: the least of a
    few runs, as what else the machine does only adds to it."""
    times: list[float] = []
    found: list[grouping.Evidence] = []
    for _ in range(_RUNS):
        found.clear()
        rows, sketched, took = _drawn(photos)
        looks = np.concatenate(sketched)
        del sketched
        took += kit.once(lambda r=rows, k=looks, f=found: f.append(_evidence(r, k)))
        times.append(took)
    return min(times), found[0]


def _evidence(rows: list[Row], looks: np.ndarray) -> grouping.Evidence:
    known = frames.build(rows, looks)
    rows.clear()
    return grouping.gather(known)


def _drawn(photos: int) -> tuple[list[Row], list[np.ndarray], float]:
    """A library of three cameras: singles, bursts of 2 to 12, some brackets; the sketches of its
    features, and the seconds that these took (drawing does not count)."""
    random = np.random.default_rng(1)
    sizes = random.choice([1, 1, 1, 2, 3, 5, 8, 12], photos)
    scene = np.repeat(np.arange(photos), sizes)[:photos]
    begins = np.diff(scene, prepend=-1) > 0
    taken = np.cumsum(np.where(begins, 2 + random.exponential(40, photos), 0.15) * 1e6)
    bracket = scene % 40 == 0
    place = np.arange(photos) - np.maximum.accumulate(np.where(begins, np.arange(photos), 0))
    hashes = random.integers(-(2**63), 2**63, photos)[scene]
    for _ in range(3):
        hashes ^= np.int64(1) << random.integers(0, 63, photos)
    rows = [
        Row(
            photo=n + 1,
            folder=f"/photos/{n // 500}",
            name=f"IMG_{n % 10_000:04d}.JPG",
            content=n.to_bytes(16, "big"),
            taken=int(taken[n]),
            has_subseconds=1,
            camera=f"Camera {scene[n] % 3}",
            lens="24-70",
            focal_length=35.0,
            aperture=4.0,
            shutter=1 / 250 * (2.0 ** (place[n] - 2) if bracket[n] else 1),
            iso=100,
            bias=float(place[n] - 2) if bracket[n] else 0.0,
            drive=None,
            burst=None,
            sequence=None,
            width=6000,
            height=4000,
            phash=int(hashes[n]),
            sharpest_right=0.5,
            sharpest_down=0.5,
            lightness=50.0 + (8.0 * (place[n] - 2) if bracket[n] else 0.0),
        )
        for n in range(photos)
    ]
    sketched: list[np.ndarray] = []
    took = 0.0
    for start in range(0, photos, _BLOCK):
        part = scene[start : start + _BLOCK]
        base = np.stack(
            [
                np.random.default_rng(int(each)).normal(0, 1, _WIDTH)
                for each in range(part[0], part[-1] + 1)
            ]
        )
        vectors = (base[part - part[0]] + random.normal(0, 0.15, (len(part), _WIDTH))).astype("<f2")
        took += kit.once(lambda v=vectors: sketched.append(frames.sketch(v)))
    return rows, sketched, took


if __name__ == "__main__":
    main()

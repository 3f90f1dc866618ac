"""Lessons of all courses (see `impair`) as the model sees them, made once and kept in a folder.

The branch that looks at details learns from pixels, the reading of tones and traces from numbers
alone: those lessons are small, and as many can be made as there is time for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uniqa_desktop import atomic, mini_view
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini import impair
from uniqa_desktop.training.mini.impair import CLEAN, TARGETS, VERSIONS, Bases, Course
from uniqa_desktop.training.mini.storage import opened

_BLOCK = 64
"""Lessons between two notes of how far it is."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Lessons in pixels: pictures' details (N×V×6×96×96×3 uint8), tones (N×V×24) and what is wanted
    of them (N×V×6 in 0–1, in the order of `TARGETS`)."""

    details: np.ndarray
    tones: np.ndarray
    wanted: np.ndarray


@dataclass(frozen=True, slots=True)
class Traced:
    """Lessons in numbers: pictures' tones and traces (N×V×84) and what is wanted (N×V×6)."""

    measured: np.ndarray
    wanted: np.ndarray


def faults(
    folder: Path, bases: Bases, *, count: int, seed: int
) -> Generator[Progress, None, Faults]:
    """Makes `count` lessons of the course `CLEAN`, or goes on where a run was ended."""
    side = mini_view.DETAIL
    folder.mkdir(parents=True, exist_ok=True)
    details = opened(
        folder / "details.npy", (count, VERSIONS, mini_view.DETAILS, side, side, 3), np.uint8
    )
    tones = opened(folder / "tones.npy", (count, VERSIONS, mini_view.TONES), np.float32)
    wanted = opened(folder / "wanted.npy", (count, VERSIONS, len(TARGETS)), np.float32)

    def make(number: int) -> None:
        versions, wishes = impair.lesson(CLEAN, bases, seed, number)
        for place, version in enumerate(versions):
            seen = mini_view.view(version)
            details[number, place], tones[number, place] = seen.details, seen.tones
        wanted[number] = wishes

    yield from _made(folder, make, "faults", count, seed)
    return Faults(details, tones, wanted)


def traced(
    folder: Path, course: Course, bases: Bases, *, count: int, seed: int
) -> Generator[Progress, None, Traced]:
    """Makes `count` lessons of a course, or goes on where a run was ended."""
    folder.mkdir(parents=True, exist_ok=True)
    measured = opened(folder / "measured.npy", (count, VERSIONS, mini_view.MEASURED), np.float32)
    wanted = opened(folder / "wanted.npy", (count, VERSIONS, len(TARGETS)), np.float32)

    def make(number: int) -> None:
        versions, wishes = impair.lesson(course, bases, seed, number)
        measured[number] = [mini_view.measured(version) for version in versions]
        wanted[number] = wishes

    yield from _made(folder, make, "traces", count, seed)
    return Traced(measured, wanted)


def _made(
    folder: Path, make: Callable[[int], None], job: str, count: int, seed: int
) -> Generator[Progress, None, None]:
    note = folder / "done.json"
    kind = {"count": count, "seed": seed}
    try:
        found = json.loads(note.read_text())
    except (OSError, ValueError):
        found = {}
    done = int(found.get("done", 0)) if {**found, **kind} == found else 0
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix=job) as threads:
        while done < count:
            yield Progress(job, done, count)
            until = min(count, done + _BLOCK)
            list(threads.map(make, range(done, until)))
            done = until
            atomic.write_bytes(note, json.dumps({**kind, "done": done}).encode())
    yield Progress(job, count, count)

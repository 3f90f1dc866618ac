"""Photos with known faults: what the quality and attribute heads learn from.

A lesson is one picture in `VERSIONS` states. Mostly they are one kind of fault in growing strength
(the order is certain), else mixtures. The wanted quality is a product over the faults,

    q = Π (1 − impact · share),        share 0–1 of the way along the kind's steps,

so that a kind's steps look about equally far apart and a good side does not make up for a bad one.
`IMPACT` is this program's choice: how bad the last step of a kind is, 1 being useless.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np

from uniqa_desktop import atomic, attributes, mini_view
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Progress
from uniqa_desktop.training import degradations
from uniqa_desktop.training.degradations import DEGRADATIONS
from uniqa_desktop.training.mini.pictures import Pixels
from uniqa_desktop.training.mini.storage import opened

VERSIONS = 5
"""States of one picture; the first is the picture itself."""
SERIES = 0.65
"""Share of lessons that are one kind in growing strength."""
TARGETS = ("quality", *ATTRIBUTE_NAMES)

IMPACT: Mapping[str, float] = MappingProxyType(
    {
        "blur": 1.0,
        "defocus": 1.0,
        "shake": 1.0,
        "small": 1.0,
        "stream": 1.0,
        "noise": 0.9,
        "grain": 0.85,
        "jpeg": 0.9,
        "dark": 0.75,
        "bright": 0.8,
        "flat": 0.75,
        "hard": 0.5,
        "dull": 0.15,
        "garish": 0.4,
    }
)
SOFT = 0.5
"""Share of lessons whose pictures are a little soft in all their states."""
_OFTEN = ("noise", "grain", "grain", "stream", "stream", "jpeg")
"""Drawn more often than the rest: they are harder to tell."""
_SOFTENING = ("blur", "defocus", "shake", "small", "stream")
_GRAINY = ("noise", "grain")
_ORDER = ("blur", "defocus", "shake", "dark", "bright", "flat", "hard", "dull", "garish", "noise",
          "grain", "small", "jpeg", "stream")  # fmt: skip
"""As a photo comes to be: lens, light and processing, sensor, file, network."""
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Faults:
    """Lessons: pictures' details (N×V×6×96×96×3 uint8), tones (N×V×24) and what is wanted of them
    (N×V×6 in 0–1, in the order of `TARGETS`)."""

    details: np.ndarray
    tones: np.ndarray
    wanted: np.ndarray


def faults(
    folder: Path,
    bases: Sequence[Sequence[Pixels]],
    shares: Sequence[float],
    *,
    count: int,
    seed: int,
) -> Generator[Progress, None, Faults]:
    """Makes `count` lessons in `folder`, or goes on where a run was ended.

    Args:
        folder: where they are kept.
        bases: sources of flawless pictures.
        shares: how often each source is drawn from; they sum to 1.
        count: how many.
        seed: with the lesson's number it decides everything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    side = mini_view.DETAIL
    details = opened(
        folder / "details.npy", (count, VERSIONS, mini_view.DETAILS, side, side, 3), np.uint8
    )
    tones = opened(folder / "tones.npy", (count, VERSIONS, mini_view.TONES), np.float32)
    wanted = opened(folder / "wanted.npy", (count, VERSIONS, len(TARGETS)), np.float32)
    note = folder / "done.json"
    kind = {"count": count, "seed": seed}
    try:
        found = json.loads(note.read_text())
    except (OSError, ValueError):
        found = {}
    done = int(found.get("done", 0)) if {**found, **kind} == found else 0

    def make(number: int) -> None:
        versions, wishes = lesson(bases, shares, seed, number)
        for place, version in enumerate(versions):
            seen = mini_view.view(version)
            details[number, place], tones[number, place] = seen.details, seen.tones
        wanted[number] = wishes

    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="faults") as threads:
        while done < count:
            yield Progress("faults", done, count)
            until = min(count, done + _BLOCK)
            list(threads.map(make, range(done, until)))
            done = until
            atomic.write_bytes(note, json.dumps({**kind, "done": done}).encode())
    yield Progress("faults", count, count)
    return Faults(details, tones, wanted)


def lesson(
    bases: Sequence[Sequence[Pixels]], shares: Sequence[float], seed: int, number: int
) -> tuple[list[Pixels], np.ndarray]:
    """One picture in `VERSIONS` states, and what is wanted of each (V×6 in 0–1)."""
    chance = np.random.default_rng((seed, number))
    source = bases[int(chance.choice(len(bases), p=shares))]
    base = _window(source[int(chance.integers(len(source)))], chance)
    noise_seed = int(chance.integers(2**31))
    before = _softness(chance)
    for kind, share in before.items():
        base = impaired(base, kind, share, noise_seed)
    versions = [base]
    wanted = [_wanted(base, before)]
    for new in _strengths(chance):
        version, strengths = base, _together(before, new)
        for kind in _ORDER:
            if kind in new:
                version = impaired(version, kind, new[kind], noise_seed)
        versions.append(version)
        wanted.append(_wanted(version, strengths))
    return versions, np.array(wanted, np.float32)


def impaired(pixels: Pixels, kind: str, share: float, seed: int) -> Pixels:
    """The picture with a fault at a share 0–1 of its way."""
    own = _OWN.get(kind)
    if own is not None:
        return own(pixels, share, seed)
    found = DEGRADATIONS[kind]
    return found(pixels, found.strength(share), seed)


def _softness(chance: np.random.Generator) -> dict[str, float]:
    """What all versions of a lesson share: often they are a little soft, as a camera's own pixels
    are. On crisp pictures alone grain would pass for sharpness."""
    if chance.random() >= SOFT:
        return {}
    kind = str(chance.choice(["blur", "small", "stream"]))
    return {kind: float(chance.uniform(0.08, 0.45))}


def _together(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Shares of faults on top of each other: what is left of good is multiplied."""
    return {
        kind: 1 - (1 - before.get(kind, 0.0)) * (1 - after.get(kind, 0.0))
        for kind in before.keys() | after.keys()
    }


def _strengths(chance: np.random.Generator) -> list[dict[str, float]]:
    """Faults and their shares for each version but the first."""
    kinds = [*IMPACT, *_OFTEN]
    if chance.random() < SERIES:
        kind = str(chance.choice(kinds))
        # Faint faults as often as strong ones: they are what is hard to tell.
        steps = np.sort(chance.random(VERSIONS - 1) ** 1.4)
        steps = np.maximum(steps, 0.06 * np.arange(1, VERSIONS))
        return [{kind: float(min(step, 1.0))} for step in steps]
    return [
        {
            str(kind): float(chance.random() ** 1.6)
            for kind in chance.choice(kinds, size=int(chance.integers(1, 4)))
        }
        for _ in range(VERSIONS - 1)
    ]


def _wanted(version: Pixels, strengths: Mapping[str, float]) -> list[float]:
    """Quality by the formula, sharpness and noisiness by the faults, the rest as measured."""
    measured = attributes.measure(version)

    def kept(kinds: Sequence[str]) -> float:
        return float(np.prod([1 - IMPACT[kind] * strengths.get(kind, 0.0) for kind in kinds]))

    return [
        kept(list(IMPACT)),
        kept(_SOFTENING),
        measured.brightness.value / 100,
        measured.contrast.value / 100,
        measured.colorfulness.value / 100,
        1 - kept(_GRAINY),
    ]


def _window(picture: Pixels, chance: np.random.Generator) -> Pixels:
    """A part of the picture, often reduced first, as photos are for the screen."""
    height, width = picture.shape[:2]
    if min(height, width) > 256 and chance.random() < 0.6:
        factor = chance.uniform(0.4, 0.95)
        size = (round(width * factor), round(height * factor))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = picture.shape[:2]
    tall, wide = (min(length, int(chance.integers(200, 330))) for length in (height, width))
    top, left = int(chance.integers(height - tall + 1)), int(chance.integers(width - wide + 1))
    picture = picture[top : top + tall, left : left + wide]
    if chance.random() < 0.5:
        picture = picture[:, ::-1]
    return np.ascontiguousarray(picture)


def _defocus(pixels: Pixels, share: float, seed: int) -> Pixels:
    """An even disc, as a lens draws a point out of focus; radius 0.5 to 9 pixels."""
    del seed
    radius = 0.5 + 8.5 * share**1.5
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    kernel = (disc / disc.sum()).astype(np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, kernel, borderType=cv2.BORDER_REFLECT), np.uint8)


def _grain(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Noise as it is left after a camera's own smoothing and its JPEG: coarser and weaker."""
    noisy = degradations.noise(pixels, 1.5 + 48.5 * share**1.5, seed).astype(np.float32)
    rest = noisy - pixels
    size = 0.5 + (seed % 100) / 100
    smooth = cv2.GaussianBlur(rest, (0, 0), size) * (0.9 + size)
    return degradations.jpeg(degradations.levels(pixels + smooth), 92)


def _stream(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Reduced, compressed, smoothed at its blocks and enlarged, as video is for the screen."""
    height, width = pixels.shape[:2]
    mix = (seed % 1000) / 1000
    factor = 1 + 6.5 * share * mix
    quality = 95 - 85 * min(1.0, share * (1.4 - mix))
    size = (max(16, round(width / factor)), max(16, round(height / factor)))
    reduced = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    coded = degradations.jpeg(reduced, quality)
    smooth = 0.35 + 0.9 * share * (1 - mix)
    coded = cv2.GaussianBlur(coded, (0, 0), smooth)
    return np.asarray(cv2.resize(coded, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


_OWN: Mapping[str, Callable[[Pixels, float, int], Pixels]] = MappingProxyType(
    {"defocus": _defocus, "grain": _grain, "stream": _stream}
)

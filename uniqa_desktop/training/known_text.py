"""Texts for pictures of which something is known without anybody having looked.

Of a picture that was degraded on purpose the damage and its degree are known: that makes text on
quality. Of an untouched picture the colours, the contrast and the calm of its lines can be
measured: that makes text on aesthetics, as weak as the rule of thumb behind it, that people like
colour and contrast (Datta et al. 2006) and simple pictures (Ke et al. 2006). It is no substitute
for people's words or a language model's, and uses no rating.

The five levels are UniQA's words. The sentences are ours; none of them is a prompt that the
program scores with, so that scores by prompts stay zero-shot in their wording.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import attributes
from uniqa_desktop.training.guidance import FIFTHS, LEVELS

CLEAN = 0.0
"""The degree of damage of an untouched picture."""

_SYMPTOMS: Mapping[str, str] = MappingProxyType(
    {
        "blur": "blurry",
        "shake": "blurry from motion",
        "small": "lacking detail",
        "noise": "noisy",
        "jpeg": "full of compression artifacts",
        "dark": "dark",
        "bright": "overexposed",
        "flat": "low in contrast",
        "hard": "harsh in contrast",
        "dull": "pale in colour",
        "garish": "oversaturated",
    }
)
_DEGREES = ("extremely", "very", "rather", "slightly")
"""For the levels from bad to good."""
_VIRTUES = ("sharp", "extremely sharp", "noise-free", "high-quality", "clear and well exposed")
_QUALITY = (
    "a photo with {level} quality, {symptom}",
    "the technical quality of this picture is {level}, it is {symptom}",
    "a {symptom} picture of {level} quality",
    "{level} quality, {symptom}",
    "a {grade}-quality photo, {symptom}",
)
_GRADES = ("extremely low", "low", "fair", "high", "extremely high")

_BEAUTY = ("extremely ugly", "ugly", "fair", "beautiful", "extremely beautiful")
_AESTHETICS = (
    "a photo with {level} aesthetics, {reason}",
    "{article} {beauty} photo{theme}, {reason}",
    "{article} {beauty} picture{theme} with {level} aesthetics",
    "the aesthetics of this photo{theme} are {level}, {reason}",
    "{article} {beauty} view{theme}, {reason}",
)
_REASONS = (
    ("dull colours", "muted colours", "natural colours", "rich colours", "vivid colours"),
    ("flat light", "soft light", "even light", "good contrast", "strong contrast"),
    (
        "a cluttered composition",
        "a busy composition",
        "a plain composition",
        "a calm composition",
        "a simple and clear composition",
    ),
)
_EDGE = 24.0
"""Levels of 8 bits between neighbouring pixels that make an edge."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What is measured of an untouched picture: more is, as a rule of thumb, liked better.

    Attributes:
        colour: colourfulness (M3, Hasler and Süsstrunk 2003).
        contrast: of lightness, as `photo.Attributes` has it.
        calm: share of the picture without edges, 0–1.
    """

    colour: float
    contrast: float
    calm: float


def looks(picture: NDArray[np.uint8]) -> Looks:
    """Measures H×W×3 uint8 pixels; comparable between pictures of one short side."""
    measured = attributes.measure(picture)
    luma = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.int16)
    across = np.abs(np.diff(luma, axis=1))[:-1] if luma.shape[1] > 1 else np.zeros(1)
    down = np.abs(np.diff(luma, axis=0))[:, :-1] if luma.shape[0] > 1 else np.zeros(1)
    edges = float(np.mean(np.maximum(across, down) > _EDGE)) if across.size and down.size else 0.0
    return Looks(measured.colorfulness.raw, measured.contrast.raw, 1 - edges)


def quality_level(damage: float) -> int:
    """The level 0 (bad) to 4 (perfect) of a degree of damage 0–1: 0 is perfect, then quarters."""
    return 4 if damage <= CLEAN else 3 - min(3, int(damage * 4 - 1e-9))


def quality_texts(kind: str, damage: float, count: int, random: np.random.Generator) -> list[str]:
    """Texts on the quality of a picture with known damage.

    Args:
        kind: which one, a key of `degradations.DEGRADATIONS`; of no account without damage.
        damage: its degree 0–1, as `Degradation.strength` takes it.
        count: how many texts.
        random: draws the wording.
    """
    level = quality_level(damage)
    texts = []
    for _ in range(count):
        if level == 4:
            symptom = _VIRTUES[random.integers(len(_VIRTUES))]
        else:
            symptom = f"{_DEGREES[level]} {_SYMPTOMS[kind]}"
        form = _QUALITY[random.integers(len(_QUALITY))]
        texts.append(form.format(level=LEVELS[level], grade=_GRADES[level], symptom=symptom))
    return texts


class Taste:
    """The rule of thumb, set by a collection of pictures: each is judged by its rank among them.

    Args:
        known: the looks of the collection.
        liking: what is known of each theme, 0 (disliked) to 1 (liked); weighs as much as all
            measures together. Pictures without such knowledge are judged by the measures alone.
    """

    def __init__(self, known: Sequence[Looks], liking: Sequence[float | None] = ()) -> None:
        self._measured = [
            sorted(values)
            for values in zip(*((one.colour, one.contrast, one.calm) for one in known), strict=True)
        ]
        likings = list(liking) or [None] * len(known)
        self._appeals = sorted(map(self.appeal, known, likings))

    def places(self, one: Looks) -> tuple[float, float, float]:
        """Rank of each measure in the collection, 0–1."""
        colour, contrast, calm = (
            _rank(ordered, value)
            for ordered, value in zip(
                self._measured, (one.colour, one.contrast, one.calm), strict=True
            )
        )
        return colour, contrast, calm

    def appeal(self, one: Looks, liking: float | None = None) -> float:
        """How well it should be liked, 0–1."""
        measured = sum(self.places(one)) / 3
        return measured if liking is None else (measured + liking) / 2

    def level(self, one: Looks, liking: float | None = None) -> int:
        """The fifth of the collection that it is in: 0 (bad) to 4 (perfect)."""
        return bisect_right(FIFTHS, _rank(self._appeals, self.appeal(one, liking)))

    def texts(
        self,
        one: Looks,
        count: int,
        random: np.random.Generator,
        *,
        liking: float | None = None,
        theme: str | None = None,
    ) -> list[str]:
        """Texts on its aesthetics; `theme` ("a forest") is named in some of them."""
        level = self.level(one, liking)
        places = self.places(one)
        beauty = _BEAUTY[level]
        article = "an" if beauty[0] in "eu" else "a"
        texts = []
        for _ in range(count):
            which = random.integers(3)
            reason = _REASONS[which][bisect_right(FIFTHS, places[which])]
            form = _AESTHETICS[random.integers(len(_AESTHETICS))]
            texts.append(
                form.format(
                    level=LEVELS[level],
                    beauty=beauty,
                    article=article,
                    reason=reason,
                    theme=f" of {theme}" if theme else "",
                )
            )
        return texts


def _rank(ordered: Sequence[float], value: float) -> float:
    return bisect_right(ordered, value) / len(ordered)

"""The words that features are compared with: level prompts, antonym pairs, and their hashes.

`BASE`, `ENSEMBLE` and `CONTENT` are UniQA's own strings, taken from its code: lower case, no
template, no full stop, from bad to perfect. In the published zero-shot figures the ensemble beats
the base group by .15 on KonIQ-10k, so quality always uses it.

`AESTHETICS` is this program's choice: UniQA's authors have published no aesthetic prompts. The
first group takes the wording of the same author's successor model (Gamma: "bad-aesthetics" …
"perfect-aesthetics") without its scene word; the second follows the pattern of UniQA's antonym
groups (extremely A, A, fair, B, extremely B) with ugly and beautiful. It was not tuned on rated
photos. It shares no group with the ensemble, so the two scores are never one number twice.

`ATTRIBUTE_PAIRS` are CLIP-IQA's published antonym pairs (arXiv 2207.12396). ATTIQA's own pairs
have not been published; what they give is shown as "ATTIQA-style cues", relative to a folder.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from uniqa_desktop.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEVELS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""UniQA's initial `score_level`: what the five prompts of a group stand for."""

Group = tuple[str, str, str, str, str]

_BASE: Group = ("bad image", "poor image", "fair image", "good image", "perfect image")


@dataclass(frozen=True, slots=True)
class PromptSet:
    """Groups of five prompts, each from the lowest level to the highest."""

    id: str
    groups: tuple[Group, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All prompts, group after group: the order that `uniqa.level_scores` expects."""
        return tuple(text for group in self.groups for text in group)


BASE = PromptSet("base", (_BASE,))
ENSEMBLE = PromptSet(
    "ensemble",
    (
        _BASE,
        (
            "extremely blurry image",
            "blurry image",
            "fair image",
            "sharp image",
            "extremely sharp image",
        ),
        (
            "extremely noisy image",
            "noisy image",
            "fair image",
            "noise-free image",
            "extremely noise-free image",
        ),
        (
            "extremely low-quality image",
            "low-quality image",
            "fair image",
            "high-quality image",
            "extremely high-quality image",
        ),
    ),
)
CONTENT = PromptSet(
    "content",
    (_BASE, ("bad content", "poor content", "fair content", "good content", "perfect content")),
)
AESTHETICS = PromptSet(
    "aesthetics",
    (
        (
            "bad-aesthetics image",
            "poor-aesthetics image",
            "fair-aesthetics image",
            "good-aesthetics image",
            "perfect-aesthetics image",
        ),
        (
            "extremely ugly image",
            "ugly image",
            "fair image",
            "beautiful image",
            "extremely beautiful image",
        ),
    ),
)

QUALITY_SETS: Mapping[str, PromptSet] = MappingProxyType(
    {row.id: row for row in (BASE, ENSEMBLE, CONTENT)}
)

ATTRIBUTE_PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sharpness": ("Sharp photo.", "Blurry photo."),
        "brightness": ("Bright photo.", "Dark photo."),
        "contrast": ("High contrast photo.", "Low contrast photo."),
        "colorfulness": ("Colorful photo.", "Dull photo."),
        "noisiness": ("Noisy photo.", "Clean photo."),
    }
)
"""Attribute → (what means much of it, what means little of it)."""

ATTRIBUTE_TEXTS = tuple(text for pair in ATTRIBUTE_PAIRS.values() for text in pair)


def quality_set(name: str) -> PromptSet:
    """The prompt set for quality called `name`.

    Raises:
        WrongUse: no such set.
    """
    found = QUALITY_SETS.get(name)
    if found is None:
        raise WrongUse(f"There is no prompt set called {name} (known: {', '.join(QUALITY_SETS)}).")
    return found


def texts_hash(texts: Sequence[str]) -> str:
    """A hash of the exact strings in their order: with the weights' hash, the cache's key."""
    return hashlib.sha256(json.dumps(list(texts)).encode("utf-8")).hexdigest()

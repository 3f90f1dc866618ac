"""What was read off the frames of a burst, and what was made of it: frozen values, no behaviour.

Readings are kept in the library; a `Choice` is made of them whenever it is looked at, so that other
weights, or the scores of another model, need no picture opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cue says of one frame: more is better.

    `value` is in the cue's own unit and compares frames of one burst only; `error` is its standard
    error in that unit, from the frames themselves.
    """

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of one frame's full, upright picture."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a burst as it was measured.

    Attributes:
        readings: by the id of the cue.
        region: the same part of the scene in every frame; `None` where it does not lie in this one.
        trouble: why it could not be compared, in a sentence; then it has no readings.
        elsewhere: it can be read but shows another view, so it might be the best of all.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    region: Box | None = None
    trouble: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All frames of a burst, in the order asked for.

    `absent` says of cues that could not be read in this burst why, by the id of the cue.
    """

    frames: tuple[Frame, ...]
    absent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Switch:
    """How the choice would turn: `winner` is ahead if the cue's share of the weight is `share`.

    `below`: it wins with less than that share; otherwise with more. Shares are 0–1 of the weight
    of all cues that were read; the others keep their proportions.
    """

    cue: str
    winner: int
    share: float
    below: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What the program proposes for a burst. Numbers of frames are places in `Evidence.frames`.

    Attributes:
        order: all frames, the best first; those that could not be compared last.
        decided: whether the first is ahead by more than chance and by what can be seen. If not, the
            answer is "can't tell" and the burst belongs to the review list.
        confidence: 0–1, how probable it is that the first is better than each other one.
        margin: by how much it is ahead of the second, in just noticeable differences.
        tied: the frames that cannot be told from the first; itself among them.
        scores: weighed readings of each frame (the best has the most), `None` without readings.
        shares: weight of each cue that was read, summing to 1.
        switches: what other weights would turn the choice, the nearest first.
        regions: where to look, for a pair of crops.
    """

    order: tuple[int, ...]
    decided: bool
    confidence: float
    margin: float
    tied: tuple[int, ...]
    scores: tuple[float | None, ...]
    shares: Mapping[str, float]
    switches: tuple[Switch, ...]
    regions: tuple[Box | None, ...]

    @property
    def best(self) -> int | None:
        """The proposed frame; `None` when it cannot be told."""
        return self.order[0] if self.decided else None

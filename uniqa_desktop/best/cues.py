"""The table of cues: what is read off a frame, which difference is noticed, what counts how much.

Weights are shares of those cues that a burst has; what is absent leaves its share to the others.
Sharpness on the subject comes first because nothing repairs it; noise and a tilt can be mended.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One row.

    Attributes:
        id: its name in readings, settings and JSON.
        title: its name for people.
        weight: how much it counts, before shares are made of the present ones.
        noticeable: the difference that is just noticed, in the cue's unit: the measure of a margin.
        repeat: the error of a reading beyond the one that the frames tell, in the same unit: what
            re-encoding and a shift do to it (benchmarks/best_frame.py prints it).
    """

    id: str
    title: str
    weight: float
    noticeable: float
    repeat: float


CUES: tuple[Cue, ...] = (
    # Octaves of detail energy: a blur of σ 1.2 px costs 1.3 to 3.7 of them, JPEG 80 for 90 0.15.
    Cue("eyes", "sharpness of the eyes", 0.30, 0.5, 0.15),
    Cue("focus", "sharpness on the subject", 0.30, 0.4, 0.03),
    Cue("shake", "motion blur", 0.20, 0.4, 0.03),
    # Stops.
    Cue("exposure", "exposure", 0.18, 0.33, 0.03),
    # Percent of the picture that shows nothing where another frame does.
    Cue("clipping", "clipping", 0.10, 1.0, 0.1),
    # Octaves of noise (plus three levels, below which nobody sees it).
    Cue("noise", "noise", 0.10, 0.35, 0.18),
    # Degrees off level.
    Cue("horizon", "horizon", 0.05, 1.0, 0.4),
    # Octaves of pixels along a side.
    Cue("resolution", "resolution", 0.10, 0.2, 0.01),
    # Points of 0–100.
    Cue("quality", "quality", 0.08, 6.0, 2.5),
    Cue("aesthetics", "aesthetics", 0.08, 6.0, 2.5),
    Cue("taste", "taste", 0.12, 6.0, 2.5),
)
"""Every cue, in the order in which reasons are told."""

BY_ID = {cue.id: cue for cue in CUES}

WEIGHTS = {cue.id: cue.weight for cue in CUES}
"""The weights as they are by default."""

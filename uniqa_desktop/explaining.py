"""The heat map of a photo with whatever model is in use, by the way that suits it.

A CLIP model takes the whole picture at its own input size. The measured attributes say where the
picture is sharp: they know it at full resolution, and hiding one place of many would tell nothing
of a measure that the sharpest place decides. Every other model scores reduced copies of the photo
with parts hidden.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from uniqa_desktop import attributes, crops
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.explain import HeatMap, Shown, heat_maps
from uniqa_desktop.photo import Region
from uniqa_desktop.scorers import MeasuredScorer
from uniqa_desktop.scoring import Scorer

LONG_SIDE = 512
"""Pixels along the longer side of what is scored with parts hidden."""
_GRID = 8


def explained(scorer: Scorer, pixels: np.ndarray) -> Iterator[HeatMap]:
    """The heat map of a photo, growing from step to step; the last one is complete.

    Args:
        scorer: the model; it is opened where that is needed.
        pixels: the photo at full size, H×W×3 uint8, upright sRGB.

    Raises:
        WeightsError: the model cannot be loaded.
    """
    if isinstance(scorer, MeasuredScorer):
        heat = attributes.sharpness_map(pixels)
        yield HeatMap(heat, float(heat.max()), 1.0, Shown.SHARPNESS)
    elif isinstance(scorer, ClipScorer):
        # What `whole-224` leaves out of a panorama has no say, and no heat.
        height, width = pixels.shape[:2]
        region = _middle(height, width, crops.MAX_SQUEEZE)
        yield from heat_maps(scorer.whole(pixels), scorer.quality_of, region=region)
    else:
        scorer.open()
        yield from heat_maps(_reduced(pixels), lambda part: _quality(scorer, part), _GRID)


def _quality(scorer: Scorer, pictures: np.ndarray) -> np.ndarray:
    """Quality (0–100) of N pictures of one size by the scorer's own three steps."""
    prepared = [scorer.prepare(picture, b"") for picture in pictures]
    measured = [] if scorer.features_key else [attributes.measure(one) for one in pictures]
    scores = scorer.score(scorer.encode(prepared), measured)
    return np.array([one.quality for one in scores], dtype=np.float32)


def _reduced(pixels: np.ndarray) -> np.ndarray:
    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels


def _middle(height: int, width: int, aspect: float) -> Region:
    """The middle of a picture along its long side, at most `aspect` times the short one."""
    tall, wide = min(1.0, width * aspect / height), min(1.0, height * aspect / width)
    return Region((1 - wide) / 2, (1 - tall) / 2, wide, tall)

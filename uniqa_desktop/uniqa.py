"""UniQA's arithmetic from features to scores, and what else can be read from the same features.

Pure numpy: scores can be made anew from stored features without loading the model or torch.

The formula of the authors' code (arXiv 2406.01069), for a feature f and prompt features T:

    f' = f + adapter(f)                              before normalisation; f' = f without adapter
    L  = exp(logit_scale) · normalise(f') · normalise(T)ᵀ
    p  = softmax over the five prompts of each group
    score(crop)  = mean over groups of Σₖ pₖ · levelₖ    0.2–1.0 at the initial levels
    score(photo) = mean over crops of score(crop)        scores are averaged, never features
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.adapter import Adapter
from uniqa_desktop.aesthetic_head import AestheticHead
from uniqa_desktop.prompts import ATTRIBUTE_PAIRS, LEVELS

Floats = NDArray[np.float32]

LOWEST, HIGHEST = LEVELS[0], LEVELS[-1]
_BLOCK = 4096
"""Photos per block when many are scored: a block's single-precision copy stays in the cache."""


def normalised(features: NDArray[np.floating]) -> Floats:
    """`features` (…×D) scaled to length 1 along the last axis, in single precision."""
    single = features.astype(np.float32, copy=False)
    return single / np.linalg.norm(single, axis=-1, keepdims=True)


def level_scores(
    features: Floats, texts: Floats, logit_scale: float, levels: Sequence[float] | Floats = LEVELS
) -> Floats:
    """The score of each crop.

    Args:
        features: …×D, after the adapter if there is one; any length.
        texts: 5G×D, group after group, each from the lowest level to the highest; any length.
        logit_scale: the factor on cosines, exp of the checkpoint's temperature.
        levels: what the five prompts of a group stand for.

    Returns:
        A score per feature (…), within the range of `levels`.
    """
    logits = logit_scale * (normalised(features) @ normalised(texts).T)
    return _expectation(logits, np.asarray(levels, dtype=np.float32))


def _expectation(logits: Floats, levels: Floats) -> Floats:
    groups = logits.reshape(*logits.shape[:-1], -1, len(levels))
    weights = np.exp(groups - groups.max(axis=-1, keepdims=True))
    return ((weights @ levels) / weights.sum(axis=-1)).mean(axis=-1)


def to_percent(
    raw: NDArray[np.floating] | float, lowest: float = LOWEST, highest: float = HIGHEST
) -> NDArray[np.floating] | float:
    """`raw` for people: linear from `lowest` → 0 to `highest` → 100, clamped.

    This mapping is this program's choice. A zero-shot score fills only a part of the range, so
    ranks within a folder say more than absolute values.
    """
    return np.clip((raw - lowest) / (highest - lowest) * 100, 0, 100)


def percentiles(values: Sequence[float] | NDArray[np.floating]) -> Floats:
    """The rank of each value among all, 0 (lowest) to 100 (highest); ties share their mean rank.

    A single value is at 50. Use it within one folder: it says nothing across folders.
    """
    data = np.asarray(values, dtype=np.float64)
    if len(data) < 2:
        return np.full(len(data), 50, dtype=np.float32)
    ordered = np.sort(data)
    below = np.searchsorted(ordered, data, side="left")
    up_to = np.searchsorted(ordered, data, side="right")
    return ((below + up_to - 1) / 2 / (len(data) - 1) * 100).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the features of one photo say. 0–100 for people, `_raw` in the formula's own unit.

    `cues` are 0–100 by attribute name: how much the model sees of each (CLIP antonym pairs,
    ATTIQA-style). They compare photos of one folder and are not calibrated.
    """

    quality: float
    quality_raw: float
    aesthetics: float
    aesthetics_raw: float
    cues: dict[str, float]


@dataclass(frozen=True, slots=True)
class Readout:
    """Everything that turns features of one model into scores; made once, used for every photo.

    Attributes:
        quality: 5G×D text features of the quality prompts.
        aesthetics: 5G×D text features of the aesthetic prompts.
        attributes: 2·5×D text features of the antonym pairs, in the order of `ATTRIBUTE_PAIRS`.
        logit_scale: the factor on cosines.
        adapter: fitted to quality labels; used for quality alone.
        head: a trained aesthetic head; where there is one, aesthetics comes from it and not from
            the prompts.
    """

    quality: Floats
    aesthetics: Floats
    attributes: Floats
    logit_scale: float
    adapter: Adapter | None = None
    head: AestheticHead | None = None

    def read(self, features: NDArray[np.floating]) -> Reading:
        """The scores of one photo from its crops' features (crops×D)."""
        quality, aesthetics = self.raw_scores(features[None])
        cues = self.cues(features[None])
        return Reading(
            quality=float(to_percent(float(quality[0]))),
            quality_raw=float(quality[0]),
            aesthetics=float(self.aesthetic_percent(float(aesthetics[0]))),
            aesthetics_raw=float(aesthetics[0]),
            cues={name: float(cues[0, n]) for n, name in enumerate(ATTRIBUTE_PAIRS)},
        )

    def aesthetic_percent(self, raw: NDArray[np.floating] | float) -> NDArray[np.floating] | float:
        """Raw aesthetics for people: the head's scale where there is one, else the levels'."""
        if self.head is None:
            return to_percent(raw)
        return to_percent(raw, self.head.lowest, self.head.highest)

    def raw_scores(
        self, features: NDArray[np.floating], *, threads: int = 1
    ) -> tuple[Floats, Floats]:
        """Raw quality and aesthetics of many photos.

        Args:
            features: photos×crops×D, any float precision.
            threads: how many blocks to work on at once.

        Returns:
            Two arrays with one number per photo.
        """
        texts = normalised(np.concatenate([self.quality, self.aesthetics]))
        blocks = [features[at : at + _BLOCK] for at in range(0, len(features), _BLOCK)]
        if threads > 1 and len(blocks) > 1:
            with ThreadPoolExecutor(threads) as pool:
                parts = list(pool.map(lambda block: self._raw_block(block, texts), blocks))
        else:
            parts = [self._raw_block(block, texts) for block in blocks]
        if not parts:
            return np.empty(0, np.float32), np.empty(0, np.float32)
        quality, aesthetics = zip(*parts, strict=True)
        return np.concatenate(quality), np.concatenate(aesthetics)

    def _raw_block(self, features: NDArray[np.floating], texts: Floats) -> tuple[Floats, Floats]:
        # The arrays stay photos×crops×D: a product per photo, each of the same size, gives the same
        # bits however many photos come along (one large product does not), and is faster as well.
        plain = features.astype(np.float32, copy=False)
        length = np.sqrt(np.vecdot(plain, plain))[..., None]
        # One product for all prompts; dividing the products by the length is the same as
        # normalising the features first, on 30 numbers a crop instead of 512.
        logits = self.logit_scale * (plain @ texts.T) / length
        split = len(self.quality)
        if self.adapter is None:
            quality = _expectation(logits[..., :split], np.asarray(LEVELS, np.float32))
        else:
            adapted = plain + self.adapter(plain)
            quality = level_scores(adapted, self.quality, self.logit_scale, self.adapter.levels)
        if self.head is None:
            aesthetics = _expectation(logits[..., split:], np.asarray(LEVELS, np.float32))
        else:
            aesthetics = self.head(plain / length)
        return quality.mean(axis=1), aesthetics.mean(axis=1)

    def cues(self, features: NDArray[np.floating]) -> Floats:
        """The attribute axes of many photos: photos×5, each 0–100, averaged over crops.

        CLIP-IQA's formula: the softmax over a pair's two cosines times the factor; the share of
        the first one ("Sharp photo." against "Blurry photo.").
        """
        photos, crops, width = features.shape
        logits = self.logit_scale * (
            normalised(features.reshape(-1, width)) @ normalised(self.attributes).T
        )
        difference = logits[:, 1::2] - logits[:, 0::2]
        share = 1 / (1 + np.exp(np.clip(difference, -80, 80)))
        return share.reshape(photos, crops, -1).mean(axis=1) * 100

"""The five attributes of a picture, measured from its pixels, and what they say of its quality.

| attribute | raw measure | source | 0–100 |
|---|---|---|---|
| sharpness s | fine over coarse detail, sharpest tile | `focus` | s^1.75 / (s^1.75 + 16^1.75) |
| brightness | mean lightness L* | CIE 15 (CIELAB) | as it is |
| contrast c | 4th root of the 4th central moment of L* | Peli 1990, Quick 1974 | c · ⁴√12 |
| colorfulness m | M3 of opponent colours | Hasler, Süsstrunk, SPIE 5007, 2003 | m / (m + 45) |
| noisiness n | deviation of luma noise, levels | `focus` | n / (n + 5) |

Peli's RMS contrast ("Contrast in complex images", JOSA A 7(10)) is the standard deviation of
lightness; the exponent is 4 here instead of 2, Quick's for pooling what is seen (Kybernetik 16),
as the few lit windows of a night scene are contrast for the eye. c is 100/⁴√12 at the most.

Every mapping rises strictly to its end, so that no step of a series is lost there. 45
is what Hasler and Süsstrunk's viewers called "averagely colourful". What decided for these
measures, and how well each follows what is done to a photo, stands in
docs/adr/0003-measured-attributes.md; benchmarks/attributes.py repeats it.
"""

from __future__ import annotations

from math import exp, log

import cv2
import numpy as np

from uniqa_desktop import focus
from uniqa_desktop.clipping import BLACK, WHITE
from uniqa_desktop.photo import Attributes, Measure

_SAMPLE = 48_000
"""Brightness, contrast, colour and clipping are read off about as many pixels, evenly spread: a
mean or a share of them is good to about 0.2 of 100."""
_OPPONENTS = np.array([[1, -1, 0], [0.5, 0.5, -1]], np.float32)
"""Red–green and yellow–blue of Hasler and Süsstrunk."""

_HALF_SHARP, _STEEPNESS = 16.0, 1.75
"""Where sharpness reads 50, and how fast it changes there: at a Gaussian blur of about 1.5 pixels,
half-way between photos in focus and out of focus."""
_CONTRAST_SCALE = 12**0.25
_HALF_COLORFUL = 45.0
_HALF_NOISY = 5.0

WEIGHTS = {"sharpness": 0.5, "noise": 0.2, "exposure": 0.2, "contrast": 0.1}
"""How much each term counts in `quality`. They sum to 1."""
_LEAST = 1e-6
"""A term is never less, so that its logarithm is finite."""


def measure(pixels: np.ndarray) -> Attributes:
    """Measures a picture of any size from 1×1 up.

    Args:
        pixels: H×W×3 uint8, upright sRGB, at full size: focus cannot be judged on a reduced copy.
    """
    found = focus.focus(pixels)
    sample = _sample(pixels)
    brightness, contrast = _lightness(sample)
    colorful = _colorfulness(sample)
    strongest = np.maximum(np.maximum(sample[..., 0], sample[..., 1]), sample[..., 2])
    return Attributes(
        sharpness=Measure(
            _share(found.sharpness**_STEEPNESS, _HALF_SHARP**_STEEPNESS), found.sharpness
        ),
        brightness=Measure(min(brightness, 100.0), brightness),
        contrast=Measure(min(contrast * _CONTRAST_SCALE, 100.0), contrast),
        colorfulness=Measure(_share(colorful, _HALF_COLORFUL), colorful),
        noisiness=Measure(_share(found.noise, _HALF_NOISY), found.noise),
        clipped_shadows=_percent(strongest <= BLACK),
        clipped_highlights=_percent(strongest >= WHITE),
        sharpest=found.sharpest,
    )


def quality(attributes: Attributes) -> tuple[float, float]:
    """The technical baseline `attributes-1`: 0–100, and its natural logarithm over 100.

    A weighted geometric mean, `100 · Π term^weight` with `WEIGHTS`, in which a good term cannot
    make up for a bad one. The terms run from 1e-6 to 1:

    - sharpness: the attribute over 100;
    - noise: 1 − noisiness / 100;
    - exposure: `(1 − d²/2) · (1 − highlights) · (1 − shadows/2)`, `d` how far brightness is from 50
      in fiftieths, the other two the clipped shares. A low-key picture (L* 15) loses 5 of 100;
    - contrast: c / (c + 10), since only a lack of it is a fault.

    It knows nothing of content: of two photos of one scene it finds the better shot, but it does
    not tell a good photo from a dull one.
    """
    off = (attributes.brightness.value - 50) / 50
    terms = {
        "sharpness": attributes.sharpness.value / 100,
        "noise": 1 - attributes.noisiness.value / 100,
        "exposure": (1 - off**2 / 2)
        * (1 - attributes.clipped_highlights / 100)
        * (1 - attributes.clipped_shadows / 200),
        "contrast": _share(attributes.contrast.value, 10) / 100,
    }
    raw = sum(weight * log(max(terms[name], _LEAST)) for name, weight in WEIGHTS.items())
    return 100 * exp(raw), raw


def sharpness_map(pixels: np.ndarray) -> np.ndarray:
    """Sharpness (0–100) from place to place, on an even grid over a picture at full size."""
    ratios = focus.sharpness_map(pixels) ** _STEEPNESS
    return (100 * ratios / (ratios + _HALF_SHARP**_STEEPNESS)).astype(np.float32)


def perceptual_hash(small: np.ndarray) -> int:
    """64 bits that near-duplicates share: few of them differ after resizing or recompression.

    The lowest 8×8 frequencies of the picture at 32×32, each above their median or not (pHash:
    Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010). Rounding
    keeps the bits of an even picture from being chance.

    Args:
        small: H×W×3 uint8; a thumbnail does, the proportions do not matter.
    """
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    frequencies = cv2.dct(cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA))[:8, :8].round()
    bits = frequencies > np.median(frequencies)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def warmth(small: np.ndarray) -> float:
    """How warm the light is: mean b* (CIELAB), negative for blue, positive for yellow, about ±40.

    Args:
        small: H×W×3 uint8; a thumbnail does.
    """
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return float(lab[..., 2].mean())


def _sample(pixels: np.ndarray) -> np.ndarray:
    """Single pixels spread evenly over the picture; all of them if there are few."""
    height, width = pixels.shape[:2]
    step = (height * width / _SAMPLE) ** 0.5
    if step <= 1:
        return pixels
    size = (max(1, round(width / step)), max(1, round(height / step)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)


def _lightness(sample: np.ndarray) -> tuple[float, float]:
    """Mean of L*, and the fourth root of its fourth central moment."""
    lab = cv2.cvtColor(sample, cv2.COLOR_RGB2LAB)
    counts = cv2.calcHist([lab], [0], None, [256], [0, 256]).ravel().astype(np.float64)
    share, levels = counts / counts.sum(), np.linspace(0, 100, 256)
    mean = float(share @ levels)
    return mean, float(share @ (levels - mean) ** 4) ** 0.25


def _colorfulness(sample: np.ndarray) -> float:
    """M3: how far opponent colours spread, plus 0.3 of how far their mean is from grey."""
    means, spreads = cv2.meanStdDev(cv2.transform(sample.astype(np.float32), _OPPONENTS))
    return float(np.linalg.norm(spreads) + 0.3 * np.linalg.norm(means))


def _percent(mask: np.ndarray) -> float:
    return 100.0 * int(np.count_nonzero(mask)) / mask.size


def _share(value: float, half: float) -> float:
    """0–100: rises with every `value` ≥ 0 and is 50 at `half`."""
    return 100 * value / (value + half)

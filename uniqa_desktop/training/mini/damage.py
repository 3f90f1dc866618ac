"""Faults of photos beyond those of `degradations`, each at a share 0–1 of its way.

All of them leave a picture as cameras, codecs and hasty hands do; the seed decides what is left to
chance and stays the same within a series, so that a larger share is always more of the same.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
import pillow_heif
from PIL import Image

from uniqa_desktop.training import degradations
from uniqa_desktop.training.mini.pictures import Pixels

_MOST_CODED = 150 * 150
"""Pixels up to which H.265 is used: x265 takes a fifth of a second for more."""


def defocus(pixels: Pixels, share: float, seed: int) -> Pixels:
    """An even disc, as a lens draws a point out of focus; radius 0.5 to 9 pixels."""
    del seed
    radius = 0.5 + 8.5 * share**1.5
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    kernel = (disc / disc.sum()).astype(np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, kernel, borderType=cv2.BORDER_REFLECT), np.uint8)


def smoothed_grain(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Noise as it is left after a camera's own smoothing and its JPEG: coarser and weaker."""
    noisy = degradations.noise(pixels, 1.5 + 48.5 * share**1.5, seed).astype(np.float32)
    rest = noisy - pixels
    size = 0.5 + (seed % 100) / 100
    smooth = cv2.GaussianBlur(rest, (0, 0), size) * (0.9 + size)
    return degradations.jpeg(degradations.levels(pixels + smooth), 92)


def grain(pixels: Pixels, share: float, seed: int) -> Pixels:
    """`grainy` with 0.6 to 22 levels; slowly at first, since real grain is faint."""
    return grainy(pixels, 0.6 + 21.4 * share**1.9, seed)


def grainy(pixels: Pixels, deviation: float, seed: int) -> Pixels:
    """Sensor noise as it is left after demosaicing and a camera's smoothing.

    Coarser than a pixel (σ of the smoothing 0.4–2), its colour coarser and mostly weaker than its
    lightness, since cameras smooth colour most; stronger where `degradations.noise` has it so.

    Args:
        pixels: H×W×3 uint8.
        deviation: in levels at mid-grey.
        seed: decides pattern and kind; another deviation leaves both as they are.
    """
    chance = np.random.default_rng(seed)
    size = chance.uniform(0.4, 2.0)
    colourful, coarser = chance.uniform(0, 1) ** 3, chance.uniform(1.0, 3.0)
    light = _unit(cv2.GaussianBlur(_noise(pixels, 1, chance), (0, 0), size))
    colour = _unit(cv2.GaussianBlur(_noise(pixels, 3, chance), (0, 0), size * coarser))
    mixed = _unit(light[..., None] + colourful * colour)
    return degradations.levels(pixels + mixed * degradations.noise_at(pixels, deviation))


def smoothed(pixels: Pixels, step: float) -> Pixels:
    """Without texture and noise fainter than `step` levels; edges stay as sharp as they are."""
    return np.asarray(cv2.bilateralFilter(pixels, 7, step, 2.5), np.uint8)


def _noise(pixels: Pixels, channels: int, chance: np.random.Generator) -> np.ndarray:
    shape = pixels.shape[:2] if channels == 1 else (*pixels.shape[:2], channels)
    return chance.standard_normal(shape, np.float32)


def _unit(noise: np.ndarray) -> np.ndarray:
    return noise / noise.std()


def enlarged_jpeg(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Reduced, compressed as JPEG, smoothed at its blocks and enlarged, much as video is."""
    mix = (seed % 1000) / 1000
    factor = 1 + 6.5 * share * mix
    quality = 95 - 85 * min(1.0, share * (1.4 - mix))
    coded = degradations.jpeg(_reduced(pixels, factor), quality)
    smooth = 0.35 + 0.9 * share * (1 - mix)
    return _enlarged(cv2.GaussianBlur(coded, (0, 0), smooth), pixels)


def stream(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Reduced, compressed as video or for the web, and enlarged again for the screen.

    One seed in two is H.265, the others are WebP or JPEG smoothed at its blocks. Where on the way
    from "small but well kept" to "large but coarse" it lies, the seed decides as well.
    """
    mix, codec = (seed % 1000) / 1000, seed // 1000 % 4
    quality = 92 - 86 * min(1.0, share * (1.35 - mix))
    reduced = _reduced(pixels, 1 + 6.5 * share * mix)
    if codec < 2 and reduced.shape[0] * reduced.shape[1] <= _MOST_CODED:
        coded = _h265(reduced, quality)
    elif codec < 3:
        coded = _webp(reduced, quality)
    else:
        smooth = 0.35 + 0.9 * share * (1 - mix)
        coded = cv2.GaussianBlur(degradations.jpeg(reduced, quality), (0, 0), smooth)
    return _enlarged(coded, pixels)


def _reduced(pixels: Pixels, factor: float) -> Pixels:
    height, width = pixels.shape[:2]
    size = (max(16, round(width / factor)), max(16, round(height / factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _enlarged(coded: np.ndarray, like: Pixels) -> Pixels:
    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.resize(coded, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _h265(pixels: Pixels, quality: float) -> Pixels:
    """Once through a still picture of H.265."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels).tobytes()
    file = io.BytesIO()
    picture = pillow_heif.from_bytes("RGB", (width, height), data)
    picture.save(file, quality=round(quality), chroma=420)
    return np.asarray(pillow_heif.open_heif(file, convert_hdr_to_8bit=True).to_pillow())


def _webp(pixels: Pixels, quality: float) -> Pixels:
    """Once through WebP, which predicts blocks and smooths between them as video does."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=round(quality), method=2)
    return np.array(Image.open(file).convert("RGB"))


def dark(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Up to four stops less light."""
    del seed
    return degradations.expose(pixels, -4 * share)


def bright(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Up to four stops more light."""
    del seed
    return degradations.expose(pixels, 4 * share)


def flat(pixels: Pixels, share: float, seed: int) -> Pixels:
    """Contrast down to a tenth."""
    del seed
    return degradations.contrast(pixels, 1 - 0.9 * share**0.8)


Kinds = Mapping[str, Callable[[Pixels, float, int], Pixels]]

PLAIN: Kinds = MappingProxyType(
    {"defocus": defocus, "grain": smoothed_grain, "stream": enlarged_jpeg}
)
"""By name, for lessons on well-kept pictures."""

REAL: Kinds = MappingProxyType(
    {
        "defocus": defocus,
        "grain": grain,
        "stream": stream,
        "dark": dark,
        "bright": bright,
        "flat": flat,
    }
)
"""Nearer to real cameras and codecs; where `degradations` has one of the same name, this one goes
further."""

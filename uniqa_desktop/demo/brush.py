"""The painter's tools: noise at every scale, masks, layers and light on relief.

Lengths in scenes are fractions of the picture's width or height, so that a scene looks the same
at every size.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from uniqa_desktop.demo.light import Light, as_light

TILE = 1024
"""Side of the endless noise tiles, in texels."""


def smooth(low: float, high: float, x: Light) -> Light:
    """0 below `low`, 1 above `high`, an S-curve between (also falling, if `low` > `high`)."""
    t = np.asarray(x, np.float32) - np.float32(low)
    t *= np.float32(1.0 / (high - low))
    np.clip(t, 0.0, 1.0, out=t)
    made = np.float32(3.0) - 2.0 * t
    made *= t
    made *= t
    return made


def each(mask: ArrayLike) -> Light:
    """`mask` for each of the three colours. (Broadcasting over so short an axis is slow.)"""
    one = np.asarray(mask, np.float32)
    return as_light(cv2.merge([one, one, one]))


def shine(mask: ArrayLike, colour: Light, rest: Light | None = None) -> Light:
    """Light of `colour` as strong as `mask` at each place, and `rest` everywhere."""
    matrix = np.zeros((3, 4), np.float32)
    matrix[[0, 1, 2], [0, 1, 2]] = colour
    if rest is not None:
        matrix[:, 3] = rest
    return as_light(cv2.transform(each(mask), matrix))


def tint(mask: ArrayLike, low: Light, high: Light) -> Light:
    """A picture that runs from `low` to `high` (colours or pictures) as `mask` runs 0 to 1."""
    if low.ndim == high.ndim == 1:
        return shine(mask, high - low, low)
    return mix(low, high, np.asarray(mask, np.float32))


def mix(a: Light, b: Light, mask: Light) -> Light:
    """`a` where `mask` is 0, `b` where it is 1; colours or pictures, or masks themselves."""
    if mask.ndim < 2 or max(a.ndim, b.ndim) < 3:
        return a + (b - a) * mask
    if b.ndim == 1:
        made = shine(mask, b)
        made += a * each(1.0 - mask)
        return made
    if a.ndim == 1:
        made = shine(1.0 - mask, a)
        made += b * each(mask)
        return made
    made = b - a
    made *= each(mask)
    made += a
    return made


def lay(base: Light, colour: Light, mask: Light) -> None:
    """`colour` (or a picture) over `base` where `mask` says so, in place."""
    if colour.ndim == 1:
        base *= each(1.0 - mask)
        base += shine(mask, colour)
    else:
        base += (colour - base) * each(mask)


def over(base: Light, layer: Light, left: int = 0, top: int = 0) -> None:
    """Lays `layer` (premultiplied colour and opacity, 4 channels) over `base`, in place.

    The layer's corner is at pixel (`left`, `top`); what falls outside the picture is dropped.
    `base` may be a layer itself.
    """
    height, width = base.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + layer.shape[1], width), min(top + layer.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left]
    under = base[y0:y1, x0:x1]
    clear = 1.0 - part[..., 3]
    under *= each(clear) if base.shape[2] == 3 else clear[..., None]
    under += part[..., : base.shape[2]]


def resized(picture: Light, width: int, height: int) -> Light:
    """`picture` at another size: averaged when smaller, smoothly interpolated when larger."""
    shrinks = width * height < picture.shape[0] * picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return as_light(cv2.resize(picture, (max(width, 1), max(height, 1)), interpolation=how))


def soften(picture: Light, sigma: float) -> Light:
    """Gaussian blur of `sigma` pixels; large ones are done on a reduced picture."""
    if sigma < 0.2:
        return picture
    if sigma > 12:
        height, width = picture.shape[:2]
        step = sigma / 4
        small = resized(picture, max(round(width / step), 2), max(round(height / step), 2))
        large = resized(as_light(cv2.GaussianBlur(small, (0, 0), 3.9)), width, height)
        return as_light(cv2.blur(large, (int(step) | 1, int(step) | 1)))  # hides the seams
    return as_light(cv2.GaussianBlur(picture, (0, 0), sigma))


def normal(rng: np.random.Generator, *shape: int) -> Light:
    """Normally distributed numbers; four times as fast as numpy's, and repeatable like them."""
    made = np.empty((shape[0], int(np.prod(shape[1:]))), np.float32)
    cv2.setRNGSeed(int(rng.integers(1 << 31)))  # each thread has its own
    cv2.randn(made, np.zeros(1), np.ones(1))
    return made.reshape(shape)


def noise(
    rng: np.random.Generator,
    width: int,
    height: int,
    cell: float,
    *,
    gain: float = 0.5,
    stretch: float = 1.0,
    finest: float = 1.0,
) -> Light:
    """Fractal noise with mean 0 and deviation 1.

    Args:
        rng: The source of randomness.
        width: In pixels.
        height: In pixels.
        cell: Size of the coarsest features in pixels.
        gain: Amplitude of each octave relative to the one twice as coarse.
        stretch: How many times wider than high the features are.
        finest: Size in pixels of the finest features.
    """
    made: Light | None = None
    size, amplitude = max(cell, 1.0), 1.0
    while True:
        columns = max(int(np.ceil(width / size / max(stretch, 1.0))) + 1, 2)
        rows = max(int(np.ceil(height / size * min(stretch, 1.0))) + 1, 2)
        octave = normal(rng, min(rows, height), min(columns, width))
        octave *= amplitude
        made = octave if made is None else resized(made, octave.shape[1], octave.shape[0]) + octave
        if size <= finest or (octave.shape[0] >= height and octave.shape[1] >= width):
            break
        size, amplitude = max(size / 2, 1.0), amplitude * gain
    made = resized(made, width, height)
    mean, deviation = cv2.meanStdDev(made)
    made -= np.float32(mean[0, 0])
    made *= np.float32(1.0 / max(deviation[0, 0], 1e-6))
    return made


@functools.lru_cache(maxsize=8)
def tile(seed: int, slope: float = 1.0, coarsest: float = 1.0) -> Light:
    """An endless noise tile (`TILE`²; mean 0, deviation 1) with amplitude ~ frequency^-`slope`.

    Made in the frequency domain, hence without seams; `coarsest` is the lowest frequency in it,
    in waves per tile.
    """
    white = np.random.default_rng(seed).standard_normal((TILE, TILE), np.float32)
    across = np.fft.rfftfreq(TILE, 1 / TILE)[None, :]
    down = np.fft.fftfreq(TILE, 1 / TILE)[:, None]
    frequency = np.hypot(across, down)
    shape = np.where(frequency >= coarsest, np.maximum(frequency, 1e-3) ** -slope, 0.0)
    made = np.fft.irfft2(np.fft.rfft2(white) * shape, (TILE, TILE))
    made = ((made - made.mean()) / made.std()).astype(np.float32)
    made.setflags(write=False)
    return made


def sample(texture: Light, x: Light, y: Light) -> Light:
    """`texture`, repeated endlessly, at the texel positions (`x`, `y`)."""
    height, width = texture.shape[:2]
    x = x - np.floor(x * np.float32(1 / width)) * np.float32(width)
    y = y - np.floor(y * np.float32(1 / height)) * np.float32(height)
    x, y = x.astype(np.float32, copy=False), y.astype(np.float32, copy=False)
    return as_light(cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))


def sample_at_scale(texture: Light, x: Light, y: Light, texel: Light, fine: float = 1.0) -> Light:
    """`texture` laid over the plane (`x`, `y`) so that its grain is equally fine everywhere.

    `texel` is the size in the plane of one picture element at each place; one texel of the
    texture covers between `fine` and twice `fine` picture elements. Octaves fade into each
    other, so nothing swims or flickers with distance.
    """
    level = np.log2(np.maximum(texel, 1e-6) * np.float32(fine))
    whole = np.floor(level)
    part = level - whole
    scale = np.exp2(-whole)
    near = sample(texture, x * scale, y * scale)
    scale *= np.float32(0.5)
    far = sample(texture, x * scale + 331.7, y * scale + 157.3)
    if near.ndim == 3:
        part = part[..., None]
    # Two independent noises averaged lose contrast half-way: give it back.
    return (near + (far - near) * part) / np.sqrt(part * part + (1 - part) ** 2)


def slopes(height: Light, pixels_per_unit: float = 1.0) -> tuple[Light, Light]:
    """Rise per pixel to the right and downwards of a relief."""
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=pixels_per_unit / 8)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=pixels_per_unit / 8)
    return as_light(across), as_light(down)


def lit(height: Light, toward: ArrayLike, relief: float = 1.0) -> Light:
    """How much light of a lamp in direction `toward` (right, down, out) a relief receives, 0–1."""
    lamp = np.asarray(toward, np.float32)
    lamp = lamp / np.float32(np.linalg.norm(lamp))
    across, down = slopes(height, relief)
    shade = (lamp[2] - across * lamp[0] - down * lamp[1]) / np.sqrt(1 + across**2 + down**2)
    return np.maximum(shade, 0.0).astype(np.float32)


def grid(width: int, height: int) -> tuple[Light, Light]:
    """Column numbers (1, width) and row numbers (height, 1), to be broadcast."""
    return (
        np.arange(width, dtype=np.float32)[None, :],
        np.arange(height, dtype=np.float32)[:, None],
    )


def disc(radius: float) -> NDArray[np.float32]:
    """The blur disc of a lens out of focus: `radius` in pixels, soft rim, sum 1."""
    reach = int(np.ceil(radius + 1))
    x, y = grid(2 * reach + 1, 2 * reach + 1)
    made = np.clip(radius + 0.5 - np.hypot(x - reach, y - reach), 0.0, 1.0)
    return made / made.sum()


def defocus(light: Light, radius: float) -> Light:
    """`light` seen through a lens focused elsewhere: every point becomes a disc."""
    if radius < 0.3:
        return light
    if radius > 9:
        height, width = light.shape[:2]
        step = radius / 6
        small = resized(light, max(round(width / step), 2), max(round(height / step), 2))
        return resized(as_light(cv2.filter2D(small, -1, disc(6.0))), width, height)
    return as_light(cv2.filter2D(light, -1, disc(radius)))


def bokeh(
    rng: np.random.Generator, light: Light, count: int, colours: list[Light], radius: float
) -> None:
    """Adds `count` bright points out of focus, discs of about `radius` pixels, in place."""
    height, width = light.shape[:2]
    for _ in range(count):
        size = radius * rng.uniform(0.5, 1.25)
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        x0, x1 = int(max(x - size - 2, 0)), int(min(x + size + 3, width))
        y0, y1 = int(max(y - size - 2, 0)), int(min(y + size + 3, height))
        if x0 >= x1 or y0 >= y1:
            continue
        column, row = grid(x1 - x0, y1 - y0)
        away = np.hypot(column + x0 - x, row + y0 - y) / size
        rim = smooth(1.03, 0.97, away) * (0.75 + 0.35 * smooth(0.7, 0.98, away))
        colour = colours[int(rng.integers(len(colours)))] * np.float32(rng.uniform(0.25, 1.0))
        light[y0:y1, x0:x1] += shine(rim, colour)

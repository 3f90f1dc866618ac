"""What a model sees of a picture: the same crops every time, on every machine.

The authors' code takes ten random 224-pixel crops at native resolution: two runs differ, small
pictures crash it, and of a 24-megapixel photo ten crops are 2 %. Here a picture is first brought to
a short side of 384 pixels (the size of KonIQ-10k and SPAQ, on which the published adapters were
trained), up or down, then cut at fixed places:

- `five-384`: the centre and the four corners, as the authors' unused `random_5crop_test`;
- `ten-384`: ten places drawn from a seed, the photo's content identity;
- `whole-224`: no cut; the whole picture squeezed into the square. Five times faster, and the only
  one that sees the composition.

Reduction is a box average by a whole factor, then Pillow's antialiased bicubic filter (CLIP's own),
whose integer arithmetic is the same on every platform. Frames of a burst have the same size, so
they get the same places; for `ten-384` pass the identity of the burst's first frame for all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from uniqa_desktop.errors import WrongUse

Pixels = NDArray[np.uint8]

SHORT_SIDE = 384
MAX_ASPECT = 8.0
"""Of a longer panorama (or a one-pixel line) only the middle is seen, at this aspect ratio."""
MAX_SQUEEZE = 2.0
"""`whole-224` squeezes at most this aspect ratio into the square: more would distort too much."""

_STANDARD = 224
_OVERSAMPLING = 2
"""The box average leaves at least this many pixels per pixel of the result to the fine filter."""


@dataclass(frozen=True, slots=True)
class CropPolicy:
    """How a picture is cut for a model whose input is `size` pixels square."""

    id: str
    count: int
    size: int
    _cut: Callable[[Pixels, int, bytes], Pixels]

    @property
    def key(self) -> str:
        """What distinguishes stored features: the policy, and the input size if unusual."""
        return self.id if self.size == _STANDARD else f"{self.id}@{self.size}"

    def __call__(self, pixels: Pixels, seed: bytes = b"") -> Pixels:
        """The crops of an upright sRGB picture, H×W×3 uint8: count×size×size×3 uint8.

        Args:
            pixels: the picture, of any size from 1×1.
            seed: the content identity; only `ten-384` looks at it.

        Raises:
            ValueError: `pixels` is not such an array.
        """
        if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or not pixels.size:
            raise ValueError(f"not a picture of H×W×3 bytes: {pixels.shape} {pixels.dtype}")
        return self._cut(pixels, self.size, seed)


def policy(name: str, size: int = _STANDARD) -> CropPolicy:
    """The crop policy called `name` for a model with inputs of `size` pixels.

    Raises:
        WrongUse: there is no such policy.
    """
    found = _POLICIES.get(name)
    if found is None:
        raise WrongUse(f"There is no crop policy called {name} (known: {', '.join(_POLICIES)}).")
    count, cut = found
    return CropPolicy(name, count, size, cut)


def five_places(height: int, width: int, size: int) -> list[tuple[int, int]]:
    """Top-left corners (y, x) of the centre crop and the four corner crops, in that order."""
    down, right = height - size, width - size
    return [(down // 2, right // 2), (0, 0), (0, right), (down, 0), (down, right)]


def ten_places(height: int, width: int, size: int, seed: bytes) -> list[tuple[int, int]]:
    """Ten top-left corners (y, x), uniform over all possible ones, from `seed` alone.

    A hash rather than a random generator: its stream is the same in every version of everything.
    """
    places = []
    for number in range(10):
        digest = hashlib.blake2b(seed, digest_size=16, salt=bytes([number])).digest()
        down = int.from_bytes(digest[:8], "big") % (height - size + 1)
        right = int.from_bytes(digest[8:], "big") % (width - size + 1)
        places.append((down, right))
    return places


def cut(picture: Pixels, places: list[tuple[int, int]], size: int) -> Pixels:
    """The squares of `size` pixels at `places`, stacked."""
    return np.stack([picture[y : y + size, x : x + size] for y, x in places])


def working_picture(pixels: Pixels, short_side: int = SHORT_SIDE) -> Pixels:
    """The picture at `short_side` pixels, up or down, panoramas cut to `MAX_ASPECT`."""
    pixels = _middle(pixels, MAX_ASPECT)
    height, width = pixels.shape[:2]
    scale = short_side / min(height, width)
    return _resized(
        pixels, max(short_side, round(height * scale)), max(short_side, round(width * scale))
    )


def _five(pixels: Pixels, size: int, seed: bytes) -> Pixels:
    del seed
    picture = working_picture(pixels, max(SHORT_SIDE, size))
    height, width = picture.shape[:2]
    return cut(picture, five_places(height, width, size), size)


def _ten(pixels: Pixels, size: int, seed: bytes) -> Pixels:
    picture = working_picture(pixels, max(SHORT_SIDE, size))
    height, width = picture.shape[:2]
    return cut(picture, ten_places(height, width, size, seed), size)


def _whole(pixels: Pixels, size: int, seed: bytes) -> Pixels:
    del seed
    return _resized(_middle(pixels, MAX_SQUEEZE), size, size)[None]


_POLICIES: Mapping[str, tuple[int, Callable[[Pixels, int, bytes], Pixels]]] = MappingProxyType(
    {"five-384": (5, _five), "whole-224": (1, _whole), "ten-384": (10, _ten)}
)

POLICIES = tuple(_POLICIES)
"""The names of all policies."""


def _middle(pixels: Pixels, aspect: float) -> Pixels:
    """The middle of the picture along its long side, at most `aspect` times the short side."""
    height, width = pixels.shape[:2]
    tall = min(height, max(1, int(width * aspect)))
    wide = min(width, max(1, int(height * aspect)))
    top, left = (height - tall) // 2, (width - wide) // 2
    return pixels[top : top + tall, left : left + wide]


def _resized(pixels: Pixels, height: int, width: int) -> Pixels:
    """`pixels` at exactly height×width, antialiased where it shrinks."""
    if pixels.shape[:2] == (height, width):
        return np.ascontiguousarray(pixels)
    down = max(1, pixels.shape[0] // (height * _OVERSAMPLING))
    across = max(1, pixels.shape[1] // (width * _OVERSAMPLING))
    if down > 1 or across > 1:
        # Whole boxes only: what does not fill one (under a 1/400 of the side) is left at the edges.
        rows, columns = pixels.shape[0] // down, pixels.shape[1] // across
        top = (pixels.shape[0] - rows * down) // 2
        left = (pixels.shape[1] - columns * across) // 2
        boxes = pixels[top : top + rows * down, left : left + columns * across]
        pixels = cv2.resize(boxes, (columns, rows), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    image = Image.fromarray(np.ascontiguousarray(pixels))
    return np.array(image.resize((width, height), Image.Resampling.BICUBIC))

"""Views of pictures to learn from: crops, mirrored, recoloured, mixed; each from its number alone.

A view is cut once from the picture and brought to the teacher's and to the student's size from
there, so that both see the same thing ("a good teacher is patient and consistent", Beyer et al.,
CVPR 2022). Their finding that mixed pictures stretch few photos far is used as well: a quarter of
the views are blends or collages of two pictures, and the teacher says what it sees in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.training.mini.pictures import Pixels

WHOLE = 0.25
"""Share of views that are the whole picture squeezed into the square, as the model will see it."""
MIXED = 0.25
"""Share of views that are made of two pictures."""
RECOLOURED = 0.4
_SMALLEST = 0.2
"""Of the picture's area that a crop keeps at least."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Pictures with how often each source is drawn from."""

    sources: Sequence[Sequence[Pixels]]
    shares: Sequence[float]

    def draw(self, chance: np.random.Generator) -> Pixels:
        """A picture, from a source drawn by its share."""
        source = self.sources[int(chance.choice(len(self.sources), p=self.shares))]
        return source[int(chance.integers(len(source)))]


def view(pool: Pool, seed: int, number: int, sizes: Sequence[int]) -> list[Pixels]:
    """The view `number` at each of `sizes`: squares of uint8 RGB, all of the same cut."""
    chance = np.random.default_rng((seed, number))
    pieces = _piece(pool, chance, sizes)
    if chance.random() < MIXED:
        pieces = _mixed(pieces, _piece(pool, chance, sizes), chance)
    if chance.random() < RECOLOURED:
        matrix, offset = _recolouring(chance)
        pieces = [_recoloured(piece, matrix, offset) for piece in pieces]
    return pieces


def _piece(pool: Pool, chance: np.random.Generator, sizes: Sequence[int]) -> list[Pixels]:
    cut = _cut(pool.draw(chance), chance)
    if chance.random() < 0.5:
        cut = cut[:, ::-1]
    return [square(cut, size) for size in sizes]


def _cut(picture: Pixels, chance: np.random.Generator) -> Pixels:
    """The whole picture, or a random part of it of moderate shape."""
    if chance.random() < WHOLE:
        return picture
    height, width = picture.shape[:2]
    area = height * width * chance.uniform(_SMALLEST, 1)
    shape = np.exp(chance.uniform(np.log(3 / 4), np.log(4 / 3)))
    tall = min(height, max(8, round((area / shape) ** 0.5)))
    wide = min(width, max(8, round((area * shape) ** 0.5)))
    top = int(chance.integers(height - tall + 1))
    left = int(chance.integers(width - wide + 1))
    return picture[top : top + tall, left : left + wide]


def square(picture: Pixels, size: int) -> Pixels:
    """The picture squeezed to size×size, antialiased where it shrinks."""
    height, width = picture.shape[:2]
    shrinks = height > size or width > size
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return cv2.resize(np.ascontiguousarray(picture), (size, size), interpolation=how).astype(
        np.uint8, copy=False
    )


def _mixed(
    one: Sequence[Pixels], other: Sequence[Pixels], chance: np.random.Generator
) -> list[Pixels]:
    """A blend of two pieces, or one with a part of the other in its place."""
    if chance.random() < 0.5:
        share = float(chance.uniform(0.3, 0.7))
        return [
            cv2.addWeighted(a, share, b, 1 - share, 0).astype(np.uint8, copy=False)
            for a, b in zip(one, other, strict=True)
        ]
    top, left = chance.uniform(0, 0.6, 2)
    bottom, right = (
        min(1.0, top + chance.uniform(0.3, 0.7)),
        min(1.0, left + chance.uniform(0.3, 0.7)),
    )
    made = []
    for a, b in zip(one, other, strict=True):
        size = len(a)
        rows = slice(round(top * size), round(bottom * size))
        columns = slice(round(left * size), round(right * size))
        a = a.copy()
        a[rows, columns] = b[rows, columns]
        made.append(a)
    return made


def _recolouring(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Brightness, contrast, saturation and white balance as one affine map of RGB."""
    gain = np.exp(chance.uniform(-0.3, 0.3)) * np.exp(chance.uniform(-0.1, 0.1, 3))
    saturation = 0.0 if chance.random() < 0.1 else np.exp(chance.uniform(-0.6, 0.5))
    luma = np.array([0.299, 0.587, 0.114])
    mixing = saturation * np.eye(3) + (1 - saturation) * luma[None]
    contrast = np.exp(chance.uniform(-0.35, 0.3))
    matrix = contrast * gain[:, None] * mixing
    offset = np.full(3, 128 * (1 - contrast)) + chance.uniform(-15, 15)
    return matrix, offset


def _recoloured(piece: Pixels, matrix: np.ndarray, offset: np.ndarray) -> Pixels:
    mapped = cv2.transform(piece.astype(np.float32), np.column_stack([matrix, offset]))
    return np.clip(mapped + 0.5, 0, 255).astype(np.uint8)

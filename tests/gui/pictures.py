"""Pictures and photos for the tests of the window: drawn, and decoded when the test says so."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

from uniqa_desktop.decode import Picture, Source
from uniqa_desktop.photo import Attributes, Measure, Meta, Photo, Region, Scores


def checkerboard(width: int = 600, height: int = 400, tint: int = 0) -> np.ndarray:
    """Black and white pixels in turn, red carrying `tint`: any resampling would show."""
    y, x = np.indices((height, width))
    pixels = np.repeat((((x + y) % 2) * 255).astype(np.uint8)[..., None], 3, axis=2)
    pixels[..., 0] = tint
    return pixels


def plain(tint: int, width: int = 600, height: int = 400) -> np.ndarray:
    return np.full((height, width, 3), (tint, 60, 60), np.uint8)


def picture(pixels: np.ndarray, full_size: tuple[int, int] | None = None) -> Picture:
    """A decoded picture; smaller than `full_size` if that is given."""
    height, width = pixels.shape[:2]
    source = Source.FULL if full_size is None else Source.DRAFT
    return Picture(np.ascontiguousarray(pixels), full_size or (width, height), source)


def photo(number: int = 1, **changes: object) -> Photo:
    """Photo number `number`, of 600 × 400 pixels, scored."""
    half = Measure(50.0, 0.5)
    made = Photo(
        id=number,
        path=Path(f"/photos/IMG_{number:04}.JPG"),
        identity=bytes([number]) * 16,
        meta=Meta(width=600, height=400),
        attributes=Attributes(half, half, half, half, half, 0.0, 0.0, Region(0, 0, 1, 1)),
        scores=Scores("attributes-1", quality=70.0, quality_raw=0.7),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def array(image: QImage) -> np.ndarray:
    """The pixels of `image` as H×W×3 RGB."""
    plain_image = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(plain_image.constBits(), np.uint8)
    return bits.reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


class Decoder:
    """Decodes what it was given; holds back what it was told to until the test lets go."""

    def __init__(self) -> None:
        self.pictures: dict[Path, Picture | Exception] = {}
        self.previews: dict[Path, Picture | Exception] = {}
        self.calls: list[tuple[str, Path]] = []
        self._gates: dict[tuple[str, Path], threading.Event] = defaultdict(threading.Event)
        self._held: set[tuple[str, Path]] = set()
        self.begun: dict[tuple[str, Path], threading.Event] = defaultdict(threading.Event)

    def give(self, one: Photo, full: Picture | Exception, preview: Picture | None = None) -> None:
        self.pictures[one.path] = full
        self.previews[one.path] = preview or full

    def hold(self, kind: str, one: Photo) -> None:
        self._held.add((kind, one.path))

    def release(self, kind: str, one: Photo) -> None:
        self._gates[kind, one.path].set()

    def release_all(self) -> None:
        self._held.clear()
        for gate in list(self._gates.values()):
            gate.set()

    def full(self, path: Path) -> Picture:
        return self._decode("full", path, self.pictures)

    def quick(self, path: Path, long_side: int) -> Picture:
        return self._decode("quick", path, self.previews)

    def _decode(self, kind: str, path: Path, of: dict[Path, Picture | Exception]) -> Picture:
        self.calls.append((kind, path))
        self.begun[kind, path].set()
        if (kind, path) in self._held:
            assert self._gates[kind, path].wait(10)
        found = of[path]
        if isinstance(found, Exception):
            raise found
        return found

"""Pictures that the tests draw for themselves."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw


def pixels(width: int = 96, height: int = 64, seed: int = 0) -> np.ndarray:
    """An H×W×3 uint8 picture of hard-edged shapes on a soft ground, another for each seed."""
    random = np.random.default_rng(seed)
    coarse = random.uniform(60, 200, (4, 6, 3)).astype(np.uint8)
    ground = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(ground)
    for _ in range(24):
        left, top = random.uniform(0, 0.9, 2) * (width, height)
        size = random.uniform(0.06, 0.3) * height
        colour = tuple(int(part) for part in random.integers(10, 245, 3))
        shape = brush.ellipse if random.random() < 0.5 else brush.rectangle
        shape((left, top, left + size, top + size), fill=colour)
    return np.asarray(ground)


def jpeg_bytes(width: int = 96, height: int = 64, seed: int = 0, **exif: object) -> bytes:
    """A JPEG of `pixels`; `exif` gives `taken`, `orientation`, `model`."""
    block = Image.Exif()
    if "orientation" in exif:
        block[0x0112] = exif["orientation"]
    if "model" in exif:
        block[0x0110] = exif["model"]
    if "taken" in exif:
        block.get_ifd(0x8769)[0x9003] = exif["taken"]
    buffer = io.BytesIO()
    Image.fromarray(pixels(width, height, seed)).save(buffer, "JPEG", quality=90, exif=block)
    return buffer.getvalue()


def draw_jpeg(path: Path, **picture: object) -> Path:
    """Writes a drawn JPEG and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg_bytes(**picture))  # type: ignore[arg-type]
    return path


def draw_folder(folder: Path, count: int) -> list[Path]:
    """Draws `count` different JPEGs."""
    return [draw_jpeg(folder / f"IMG_{number:04d}.jpg", seed=number) for number in range(count)]

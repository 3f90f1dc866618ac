"""Drawn pictures with labels: a folder and its CSV, for tests of training and evaluation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def draw(folder: Path, count: int = 60, per_scene: int = 3, seed: int = 1) -> Path:
    """Scenes of stripes in several frames; what people like about them is that they are bright.

    Labels go from 1 to 5 and follow the brightness of a frame with some noise. Returns the CSV.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    folder.mkdir(parents=True, exist_ok=True)
    rows, columns = np.mgrid[0:96, 0:128]
    lines = ["file,score,std,group"]
    for number in range(count):
        scene = number // per_scene
        waves = np.sin(rows / (3 + scene % 7) + scene) + np.cos(columns / (4 + scene % 5))
        light = random.uniform(30, 210)
        tint = np.random.Generator(np.random.PCG64(scene)).uniform(-25, 25, 3)
        pixels = light + 15 * waves[..., None] + tint + random.normal(0, 4, (96, 128, 3))
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(folder / f"{number:03d}.png")
        score = np.clip(1 + 4 * (light - 30) / 180 + random.normal(0, 0.25), 1, 5)
        lines.append(f"{number:03d}.png,{score:.3f},0.5,scene {scene}")
    path = folder / "labels.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

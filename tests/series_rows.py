"""Series of photos as the library would give them to grouping, without any file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import cv2
import numpy as np
from drawing import pixels

from uniqa_desktop.bursts import frames, grouping
from uniqa_desktop.bursts.frames import Row
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.bursts.grouping import Closer, Evidence

SECOND = 1_000_000
NOON = int((datetime(2025, 6, 20, 12) - datetime(1970, 1, 1)).total_seconds()) * SECOND


@dataclass
class Shoot:
    """Photos taken one after the other; those of one `scene` look alike."""

    rows: list[Row] = field(default_factory=list)
    looks: list[np.ndarray] = field(default_factory=list)

    def take(self, scene: int, seconds: float | None, **other: Any) -> int:
        """One photo of a scene, `seconds` after noon (`None`: no time); its id.

        `drift` is how far it looks from the scene's first view (0 not at all, 1 like another one).
        """
        drift = other.pop("drift", 0.05)
        photo = len(self.rows) + 1
        random = np.random.default_rng(photo)
        view, hashed = seen(scene)
        strange, _ = seen(100_000 + photo)
        look = (1 - drift) * view + drift * strange
        bits = round(32 * drift)
        for bit in random.choice(64, bits, replace=False):
            hashed ^= 1 << int(bit)
        known = {
            "photo": photo,
            "folder": "/photos",
            "name": f"IMG_{photo:04d}.JPG",
            "content": photo.to_bytes(16, "big"),
            "taken": frames.UNKNOWN_TIME if seconds is None else NOON + round(seconds * SECOND),
            "has_subseconds": seconds is not None,
            "camera": "Aurora A1",
            "lens": "24-70",
            "focal_length": 35.0,
            "aperture": 8.0,
            "shutter": 1 / 250,
            "iso": 100,
            "bias": 0.0,
            "drive": None,
            "burst": None,
            "sequence": None,
            "width": 6000,
            "height": 4000,
            "phash": hashed - (1 << 64) if hashed >> 63 else hashed,
            "sharpest_right": 0.5,
            "sharpest_down": 0.5,
            "lightness": 50.0,
        }
        self.rows.append(Row(**{**known, **other}))
        self.looks.append(look / np.linalg.norm(look))
        return photo

    def burst(self, scene: int, seconds: float, count: int, gap: float = 0.1, **other: Any) -> list:
        """Frames of one scene at an even pace; their ids."""
        return [self.take(scene, seconds + gap * n, **other) for n in range(count)]

    def evidence(self, *, looks: bool = True, closer: Closer | None = None) -> Evidence:
        sketched = frames.sketch(np.stack(self.looks)) if looks and self.looks else None
        return grouping.gather(frames.build(self.rows, sketched), closer)

    def groups(self, strictness: float = 50, **given: Any) -> list[Group]:
        return grouping.regroup(self.evidence(**given), strictness)

    def told(self, strictness: float = 50, **given: Any) -> list[tuple[Kind, tuple[int, ...]]]:
        """Kind and members of every group."""
        return [(group.kind, group.members) for group in self.groups(strictness, **given)]


def seen(scene: int) -> tuple[np.ndarray, int]:
    """What a scene looks like: a direction and a hash, unlike those of any other."""
    random = np.random.default_rng(scene)
    return random.normal(0, 1, 256).astype(np.float32), int(random.integers(0, 2**63))


def focus_stack(count: int) -> list[np.ndarray]:
    """Focus moving from left to right over something flat that lies askew."""
    sharp = pixels(480, 320, 5).astype(np.float32)
    noise = np.random.default_rng(1).normal(0, 12, sharp.shape).astype(np.float32)
    sharp = sharp + noise
    blurred = [sharp] + [cv2.GaussianBlur(sharp, (0, 0), sigma) for sigma in (1, 2, 3, 4, 5)]
    depth = np.linspace(0, 1, 480)
    found = []
    for focus in np.linspace(0, 1, count):
        level = np.clip(np.abs(depth - focus) * 5, 0, 4.99)
        low = level.astype(int)
        frame = np.empty_like(sharp)
        for column in range(480):
            share = level[column] - low[column]
            one, other = blurred[low[column]], blurred[low[column] + 1]
            frame[:, column] = (1 - share) * one[:, column] + share * other[:, column]
        found.append(np.clip(frame, 0, 255).astype(np.uint8))
    return found

"""What the benchmark scripts share: pictures to measure on, bounds, and one way to print.

A script prints a table for people or, with `--json`, one document; it exits 1 when a stated bound
is missed. Every speed is a ratio against a baseline measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

SUFFIXES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `most` or `least` is the bound it must keep, if there is one."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool:
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def bound(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""


def parser(about: str | None, images: bool = False) -> argparse.ArgumentParser:
    """The options that every script has."""
    result = argparse.ArgumentParser(description=about)
    result.add_argument("--json", action="store_true", help="print one JSON document")
    if images:
        result.add_argument("--images", type=Path, help="a folder of real photos to measure on")
    return result


def report(figures: Sequence[Figure], as_json: bool) -> None:
    """Prints the figures and ends the program: exit 1 if a bound was missed."""
    if as_json:
        document: dict[str, object] = {"machine": machine()}
        document["figures"] = {
            item.name: {
                "value": round(item.value, 4),
                "unit": item.unit,
                **({"bound": item.bound, "kept": item.kept} if item.bound else {}),
                **({"note": item.note} if item.note else {}),
            }
            for item in figures
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print(machine())
        width = max(len(item.name) for item in figures)
        for item in figures:
            verdict = "" if not item.bound else f"  {item.bound} {'✓' if item.kept else 'MISSED'}"
            print(
                f"{item.name:<{width}}  {item.value:10.3f} {item.unit:<8}{verdict}"
                + (f"  ({item.note})" if item.note else "")
            )
    sys.exit(0 if all(item.kept for item in figures) else 1)


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median wall time of `work`, in seconds, after one run to warm up."""
    work()
    return median(once(work) for _ in range(runs))


def once(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def natural_picture(width: int, height: int, seed: int) -> np.ndarray:
    """A drawn H×W×3 uint8 picture with the 1/f spectrum of photographs and a little grain.

    JPEGs of it weigh about what a camera's do (24 MP: 6–9 MB at quality 90), which is what a
    decoder's time depends on.
    """
    import cv2

    random = np.random.default_rng(seed)
    picture = np.full((height, width, 3), 118, np.float32)
    step = 2
    while step < min(width, height) / 2:
        size = (max(2, width // step), max(2, height // step))
        layer = random.normal(0, 1, (size[1], size[0], 3)).astype(np.float32)
        layer = 0.8 * layer.mean(axis=2, keepdims=True) + 0.2 * layer
        picture += cv2.resize(layer, (width, height), interpolation=cv2.INTER_CUBIC) * (
            1.6 * step**0.5
        )
        step *= 2
    picture += random.normal(0, 3.0, (height, width, 1)).astype(np.float32)
    return np.clip(picture, 0, 255).astype(np.uint8)


def write_jpegs(folder: Path, count: int, width: int, height: int, distinct: int = 4) -> list[Path]:
    """Writes `count` drawn JPEGs (quality 90, 4:2:0) of which every `distinct` ones differ.

    Copies of one drawing differ in one byte of their comment, so that no identity is shared.
    """
    import simplejpeg

    folder.mkdir(parents=True, exist_ok=True)
    sources = [
        simplejpeg.encode_jpeg(
            natural_picture(width, height, seed), quality=90, colorsubsampling="420"
        )
        for seed in range(min(count, distinct))
    ]
    files = []
    for number in range(count):
        data = sources[number % len(sources)]
        comment = f"{number:08d}".encode()
        marked = data[:2] + b"\xff\xfe\x00\x0a" + comment + data[2:]
        file = folder / f"IMG_{number:05d}.jpg"
        file.write_bytes(marked)
        files.append(file)
    return files


def pictures(folder: Path) -> list[Path]:
    """All JPEG and PNG files at or below `folder`, sorted."""
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)


def peak_memory() -> float:
    """The largest resident memory of this process so far, in MB."""
    try:
        # Not `ru_maxrss`: a child starts with its parent's.
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    except FileNotFoundError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)

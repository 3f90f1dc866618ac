"""Where a model computes, in which precision, and how much at once: found out, then remembered.

Reduced precision (bfloat16, or half where there is no bfloat16) is used only where it is clearly
faster and moves no score of a set of drawn pictures by more than half a point of 100. Both are
measured when a model is first loaded on a device; what was found is kept beside the model, so the
next run starts at once and gives the same bytes.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from uniqa_desktop import atomic
from uniqa_desktop.errors import WrongUse

_log = logging.getLogger(__name__)

DEVICES = ("auto", "cuda", "mps", "cpu")
MAX_DIFFERENCE = 0.5
"""Points of 100 by which reduced precision may move a score."""
MIN_GAIN = 1.3
"""How many times faster it has to be. A wide margin, so that a second measurement agrees."""
_SMALL = 20_000_000
"""Below this many weights an image tower is not worth the trial: precision is not its cost."""
_BATCHES = (8, 16, 32, 64, 128, 256, 512)
_WORTHWHILE = 1.05
"""A larger batch has to be this much faster to be kept: memory and response time cost as well."""

_NAMES = {torch.float32: "float32", torch.bfloat16: "bfloat16", torch.float16: "float16"}
_TYPES = {name: kind for kind, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Pace:
    """How a model runs on a device.

    `precision` is `float32`, `bfloat16` or `float16`; `batch` the number of crops per pass, `None`
    for one photo per pass; `note` one sentence for the user on what was found.
    """

    precision: str
    batch: int | None
    note: str

    @property
    def dtype(self) -> torch.dtype:
        return _TYPES[self.precision]


def choose(wanted: str = "auto") -> torch.device:
    """The device for `auto`, `cuda`, `mps` or `cpu`.

    Raises:
        WrongUse: no such device in this machine, or no such name.
    """
    if wanted not in DEVICES:
        raise WrongUse(f"There is no device called {wanted} (known: {', '.join(DEVICES)}).")
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return torch.device(next((name for name, is_there in there.items() if is_there), "cpu"))
    if not there.get(wanted, True):
        raise WrongUse(f"This machine has no {wanted} device that torch can use.")
    return torch.device(wanted)


def title(device: torch.device) -> str:
    """The device for people, and as a key: the graphics card's own name where there is one."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return {"mps": "Apple graphics", "cpu": "processor"}[device.type]


def reduced_type(device: torch.device) -> torch.dtype | None:
    """The reduced precision worth trying there, `None` if the hardware has none."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    if device.type == "mps":
        return torch.float16
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else None


def check_pictures(size: int, count: int = 6) -> NDArray[np.uint8]:
    """Drawn pictures, always the same: count×size×size×3.

    Noise whose power falls with the square of frequency, as in photographs, at several contrasts
    and brightnesses, with white noise on top of every other one.
    """
    generator = np.random.Generator(np.random.PCG64(3))
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size)))
    frequency[0, 0] = 1 / size
    pictures = np.empty((count, size, size, 3), dtype=np.uint8)
    for number in range(count):
        spectrum = np.fft.fft2(generator.standard_normal((3, size, size))) / frequency
        scene = np.fft.ifft2(spectrum).real.transpose(1, 2, 0)
        scene = scene / scene.std() * (15 + 10 * number) + (60 + 22 * number)
        if number % 2:
            scene = scene + generator.standard_normal(scene.shape) * 12
        pictures[number] = np.clip(scene, 0, 255)
    return pictures


def precision_for(
    device: torch.device,
    weights: int,
    run: Callable[[torch.dtype, int], NDArray[np.float32]],
    count: int,
) -> tuple[torch.dtype, str]:
    """The precision to use, and one sentence on why.

    Args:
        device: where.
        weights: the number of weights of the image tower.
        run: scores so many check pictures in a precision: an array of points of 100.
        count: how many there are.
    """
    reduced = reduced_type(device)
    on_card = device.type != "cpu"
    if reduced is None or (weights < _SMALL and not on_card):
        return torch.float32, f"Single precision on the {title(device)}."
    name = _NAMES[reduced]
    exact, slow = _timed(run, torch.float32, count, on_card=on_card)
    near, fast = _timed(run, reduced, count, on_card=on_card)
    moved = float(np.abs(exact - near).max())
    gain = slow / fast
    if not moved <= MAX_DIFFERENCE:  # also true of NaN
        note = f"Single precision: {name} would move scores by up to {moved:.2f} of 100."
        return torch.float32, note
    if gain < MIN_GAIN:
        return torch.float32, f"Single precision: {name} is not faster here ({gain:.1f} ×)."
    note = f"{name}: {gain:.1f} × as fast, and it moves scores by at most {moved:.2f} of 100."
    return reduced, note


def _timed(
    run: Callable[[torch.dtype, int], NDArray[np.float32]],
    precision: torch.dtype,
    count: int,
    *,
    on_card: bool,
) -> tuple[NDArray[np.float32], float]:
    """The result and its seconds, after a short pass to warm up.

    On a processor these are one thread's own seconds at work, which other programs do not change.
    """
    if on_card:
        run(precision, 1)
        start = time.perf_counter()
        result = run(precision, count)
        return result, time.perf_counter() - start
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        run(precision, 1)
        start = time.thread_time()
        result = run(precision, count)
        return result, time.thread_time() - start
    finally:
        torch.set_num_threads(threads)


def best_batch(run: Callable[[int], None]) -> int:
    """The number of crops per pass that is fastest, larger ones only if they pay.

    Args:
        run: one pass with that many crops, waiting until it is done; raises when memory is short.
    """
    best, best_rate = _BATCHES[0], 0.0
    for batch in _BATCHES:
        try:
            run(batch)
            start = time.perf_counter()
            run(batch)
            rate = batch / (time.perf_counter() - start)
        except (torch.OutOfMemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            break
        if rate < best_rate * _WORTHWHILE:
            break
        best, best_rate = batch, rate
    return best


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch ran out of the device's or the machine's memory."""
    if isinstance(error, torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "can't allocate memory" in text
    )


class Paces:
    """What was found before, in a file beside the model."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, key: str) -> Pace | None:
        """The pace stored under `key`, or `None`."""
        found = self._read().get(key)
        try:
            return Pace(**found) if found and found["precision"] in _TYPES else None
        except (TypeError, KeyError):
            return None

    def put(self, key: str, pace: Pace) -> None:
        """Stores it; a folder that cannot be written only costs time at the next start."""
        known = self._read() | {key: asdict(pace)}
        try:
            atomic.write_bytes(self._file, (json.dumps(known, indent=2) + "\n").encode("utf-8"))
        except OSError as error:
            _log.warning("The measured speed cannot be kept: %s", error)

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

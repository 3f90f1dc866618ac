"""The teacher's embeddings of all views, computed once and kept with the views.

MobileNet V1 1.0 224, quantised (Apache-2.0), read by `ai-edge-litert`, which only training needs.
Its 1024 numbers per picture are what the student learns to predict; nothing of the teacher itself
goes into the bundled model.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from uniqa_desktop import atomic, mini_view
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini.pictures import Pixels
from uniqa_desktop.training.mini.storage import opened
from uniqa_desktop.training.mini.views import Pool, square, view

FILE = "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"
SIZE = 224
WIDTH = 1024

Embed = Callable[[np.ndarray], np.ndarray]
"""From a 224×224×3 uint8 picture to 1024 numbers ≥ 0; called from several threads."""

_BLOCK = 512
"""Views between two notes of how far it is: what a kill can cost."""


class Teacher:
    """MobileNet's embedding; safe to call from several threads, each with its own interpreter."""

    def __init__(self, file: Path) -> None:
        """Reads the file.

        Raises:
            WrongUse: the file or `ai-edge-litert` is missing.
        """
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise WrongUse(
                "The teacher needs ai-edge-litert, which only training uses: install it with "
                "`pip install -c constraints.txt 'uniqa-desktop[train]'`."
            ) from error
        if not file.is_file():
            raise WrongUse(f"There is no {file}: the recipe needs the teacher's file.")
        self._new: Any = lambda: Interpreter(str(file), num_threads=1)
        self._own = threading.local()

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        """The embedding of a 224×224×3 uint8 picture: 1024 numbers ≥ 0, float32."""
        network = getattr(self._own, "network", None)
        if network is None:
            network = self._new()
            network.allocate_tensors()
            self._own.network = network
        (into,), (out,) = network.get_input_details(), network.get_output_details()
        network.set_tensor(into["index"], picture[None])
        network.invoke()
        scale, zero = out["quantization"]
        raw = network.get_tensor(out["index"]).reshape(-1).astype(np.float32)
        return (raw - zero) * np.float32(scale)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the student learns from: views (N×S×S×3 uint8) and their embeddings (N×1024 float16)."""

    views: np.ndarray
    embeddings: np.ndarray


def lessons(
    folder: Path, pool: Pool, embed: Embed, *, count: int, size: int, seed: int
) -> Generator[Progress, None, Lessons]:
    """Makes `count` views and their embeddings in `folder`, or goes on where a run was ended."""
    folder.mkdir(parents=True, exist_ok=True)
    views = opened(folder / "views.npy", (count, size, size, 3), np.uint8)
    embeddings = opened(folder / "embeddings.npy", (count, WIDTH), np.float16)
    note = folder / "done.json"
    kind = {"count": count, "size": size, "seed": seed}
    done = _done(note, kind)

    def make(number: int) -> None:
        small, large = view(pool, seed, number, (size, SIZE))
        views[number] = small
        embeddings[number] = embed(large)

    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="teacher") as threads:
        while done < count:
            yield Progress("lessons", done, count)
            until = min(count, done + _BLOCK)
            list(threads.map(make, range(done, until)))
            done = until
            views.flush()
            embeddings.flush()
            atomic.write_bytes(note, json.dumps({**kind, "done": done}).encode())
    yield Progress("lessons", count, count)
    return Lessons(views, embeddings)


def seen(embed: Embed, picture: Pixels) -> np.ndarray:
    """What the teacher sees in all of a picture: the mean root of its embeddings (1024 numbers ≥ 0)
    over both ends, as the model sees them, and their mirror images."""
    squares = [square(part, SIZE) for part in mini_view.halves(picture)]
    both = [*squares, *(np.ascontiguousarray(one[:, ::-1]) for one in squares)]
    return np.mean([np.sqrt(np.maximum(embed(one), 0)) for one in both], axis=0)


def _done(note: Path, kind: dict[str, int]) -> int:
    try:
        found = json.loads(note.read_text())
    except (OSError, ValueError):
        return 0
    return int(found.pop("done", 0)) if {**found, "done": 0} == {**kind, "done": 0} else 0

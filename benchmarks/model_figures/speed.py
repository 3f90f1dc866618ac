"""Photos a second and memory, on two processor cores.

    python -m model_figures.speed rates|memory|bare MODEL

Timed from decoded pictures of 512 px to scores, in turns with five crops of a ViT-B/16 (random
weights: speed does not depend on them) through the same protocol, in a process held to two cores.
Memory is the peak of a process that loads the model and scores, above one that imports torch and
holds the same pictures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import kit
import numpy as np

from model_figures.estimates import Estimate
from model_figures.tables import Section, Table
from uniqa_desktop.scoring import Scorer

CORES = 2
SIDE = 512
LEAST_RATE, LEAST_RATIO, MOST_MEMORY = 40.0, 20.0, 300.0
PHOTOS, VIT_PHOTOS, ROUNDS = 96, 6, 5
YARDSTICK = "ViT-B/16, five crops"


def section(model: str) -> Section:
    """Measures in processes of their own: three, one after the other."""
    times = _measured("rates", model)
    above = _measured("memory", model) - _measured("bare", model)
    own, yardstick = (Estimate(max(times[name])) for name in ("own", "yardstick"))
    ratio = own.value / yardstick.value
    table = Table(
        f"Photos a second from decoded {SIDE} px pictures, {CORES} cores",
        f"best of {ROUNDS} rounds in turns, {kit.machine()}",
        {model: {"1/s": own}, YARDSTICK: {"1/s": yardstick}},
    )
    return Section(
        [table],
        [
            kit.Figure("photos a second", own.value, "1/s", least=LEAST_RATE),
            kit.Figure(f"speed over {YARDSTICK}", ratio, "×", least=LEAST_RATIO),
            kit.Figure("memory above torch alone, MB", above, "MB", most=MOST_MEMORY),
        ],
    )


def _measured(what: str, model: str) -> Any:
    folder = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "model_figures.speed", what, model],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": str(CORES)},
    )
    return json.loads(run.stdout.splitlines()[-1])


def rates(model: str) -> dict[str, list[float]]:
    """Photos a second of each round, of the model and of the ViT."""
    from engine import random_vit

    from uniqa_desktop import scorers
    from uniqa_desktop.clip_scorer import ClipScorer
    from uniqa_desktop.installed import Models

    pictures = _pictures()
    with tempfile.TemporaryDirectory() as temporary:
        file = random_vit(Path(temporary) / "random.pt")
        installed = Models(Path(temporary) / "models").install(file, model_id="random-vitb16")
        yardstick: Scorer = ClipScorer(installed, "cpu")
        own = scorers.load(model, "cpu")
        turns = {
            "own": (own, [pictures[place % len(pictures)] for place in range(PHOTOS)]),
            "yardstick": (yardstick, pictures[:VIT_PHOTOS]),
        }
        for scorer, photos in turns.values():
            scorer.open()
            _score(scorer, photos)
        found: dict[str, list[float]] = {name: [] for name in turns}
        for _ in range(ROUNDS):
            for name, (scorer, photos) in turns.items():
                took = kit.once(lambda scorer=scorer, photos=photos: _score(scorer, photos))
                found[name].append(len(photos) / took)
    return found


def memory(model: str) -> float:
    """Peak memory in MB of this process after scoring some batches."""
    from uniqa_desktop import scorers

    pictures = _pictures()
    scorer = scorers.load(model, "cpu")
    scorer.open()
    _score(scorer, pictures * 4)
    return kit.peak_memory()


def bare(_model: str) -> float:
    """Peak memory in MB of this process with torch imported and the pictures drawn."""
    import torch

    pictures = _pictures()
    torch.ones(len(pictures)).sum()
    return kit.peak_memory()


def _score(scorer: Scorer, pictures: list[np.ndarray]) -> None:
    from model_figures.subjects import ask, chunks

    with ThreadPoolExecutor(CORES) as pool:
        for chunk in chunks(pictures, max(scorer.batch_size, CORES)):
            ask(scorer, chunk, pool)


def _pictures() -> list[np.ndarray]:
    return [kit.natural_picture(SIDE, SIDE, seed) for seed in range(16)]


def _hold_to_cores() -> None:
    """Where the system can; before torch counts the cores."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


if __name__ == "__main__":
    _hold_to_cores()
    what, name = sys.argv[1:]
    print(json.dumps({"rates": rates, "memory": memory, "bare": bare}[what](name)))

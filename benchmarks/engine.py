"""The UniQA engine against the authors' protocol and against its own bare encoder.

    python benchmarks/engine.py [--images DIR] [--count N] [--rounds N] [--json]

A ViT-B/16 of full size with random weights is written in OpenAI's layout, installed like any file
and used: speed does not depend on what the weights say. Compared in turns, on the same photos:

- the authors' protocol: Pillow decodes, ten random crops of 224 at native size, one photo at a
  time, single precision, open_clip's own forward pass. Their code also encodes the prompts anew for
  every photo; the bound is held against a version that does not, the other one is printed;
- this program, end to end: decoding and preparing in threads, features, scores;
- this program's bare encoder on crops prepared beforehand.

Scoring anew is measured on 100,000 photos' features in memory. How long loading a model in a thread
holds up another thread, the window's in the program, is measured in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

import kit
import numpy as np
from PIL import Image

from uniqa_desktop import decode, engine, prompts
from uniqa_desktop.installed import Models
from uniqa_desktop.model_card import Installed
from uniqa_desktop.uniqa import Readout

if TYPE_CHECKING:
    from uniqa_desktop.encoders import UniqaScorer

POLICIES = {"five-384": 2.0, "whole-224": 8.0}
"""The crop policies and how many times the authors' rate each must reach on a processor."""
LEAST_OF_BARE = 0.9
PHOTOS_TO_RESCORE = 100_000
MOST_RESCORING = 2.0
MOST_STOP = 150.0
THREADS = os.cpu_count() or 1


def random_vit(file: Path) -> Path:
    """Writes a full-size ViT-B/16 in OpenAI's layout, half and single precision mixed."""
    import torch

    from uniqa_desktop import clip_model, torch_setup

    open_clip = torch_setup.open_clip()
    torch.manual_seed(0)
    original = open_clip.create_model("ViT-B-16-quickgelu", pretrained=None)
    weights = clip_model.canonical(original.state_dict(), rounded=True)
    torch.save(weights | {"input_resolution": torch.tensor(224)}, file)
    return file


class AuthorsProtocol:
    """What the published code does with one photo, through open_clip's own towers."""

    def __init__(self, model: Installed) -> None:
        import open_clip
        import torch
        from safetensors.torch import load_file

        self._torch = torch
        self._model: Any = open_clip.create_model("ViT-B-16-quickgelu", pretrained=None).eval()
        weights = {name: tensor.float() for name, tensor in load_file(model.weights_file).items()}
        self._model.load_state_dict(weights)
        self._tokens = open_clip.tokenize(list(prompts.ENSEMBLE.texts))
        self._mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
        self._deviation = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)
        with torch.no_grad():
            self._texts = self._model.encode_text(self._tokens)

    def score(self, file: Path, *, texts_anew: bool = False) -> float:
        torch = self._torch
        picture = torch.from_numpy(np.array(Image.open(file).convert("RGB")))
        picture = picture.permute(2, 0, 1).float().div(255)
        height, width = picture.shape[1:]
        cut = []
        for _ in range(10):
            top = int(torch.randint(0, height - 223, (1,)))
            left = int(torch.randint(0, width - 223, (1,)))
            cut.append(picture[:, top : top + 224, left : left + 224])
        with torch.no_grad():
            texts = self._model.encode_text(self._tokens) if texts_anew else self._texts
            batch = (torch.stack(cut) - self._mean) / self._deviation
            features = self._model.encode_image(batch)
            features = features / features.norm(dim=-1, keepdim=True)
            texts = texts / texts.norm(dim=-1, keepdim=True)
            logits = self._model.logit_scale.exp() * features @ texts.T
            levels = torch.tensor(prompts.LEVELS)
            scores = (logits.reshape(10, -1, 5).softmax(-1) * levels).sum(-1).mean(-1)
        return float(scores.mean())


def end_to_end(scorer: UniqaScorer, files: list[Path]) -> None:
    """Decoding and preparing in threads, a bounded number of photos ahead of the encoder."""

    def prepared(file: Path) -> np.ndarray:
        return scorer.prepare(decode.full(file).pixels)

    size = scorer.photos_per_batch
    with ThreadPoolExecutor(THREADS) as pool:
        for batch in batches(ahead(pool, prepared, files, 2 * size + THREADS), size):
            for features in scorer.features(batch):
                scorer.scores(features)


def ahead(
    pool: ThreadPoolExecutor, work: Callable[[Path], np.ndarray], files: list[Path], most: int
) -> Iterator[np.ndarray]:
    waiting: deque[Future[np.ndarray]] = deque()
    for file in files:
        waiting.append(pool.submit(work, file))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def batches(items: Iterator[np.ndarray], size: int) -> Iterator[list[np.ndarray]]:
    batch: list[np.ndarray] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def bare_encoder(scorer: UniqaScorer, crops: list[np.ndarray]) -> None:
    for at in range(0, len(crops), scorer.photos_per_batch):
        scorer.features(crops[at : at + scorer.photos_per_batch])


def bare_decoding(files: list[Path]) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(decode.full, files):
            pass


def rescoring(readout: Readout, crops: int) -> kit.Figure:
    """Scoring 100,000 photos anew from their features in memory."""
    width = readout.quality.shape[1]
    some = np.random.default_rng(0).standard_normal((1000, crops, width)).astype(np.float16)
    features = np.tile(some, (PHOTOS_TO_RESCORE // len(some), 1, 1))
    seconds = kit.seconds(lambda: readout.raw_scores(features, threads=THREADS), runs=3)
    return kit.Figure(f"scoring 100,000 × {crops} anew", seconds, "s", most=MOST_RESCORING)


def fresh_stop(model: Installed) -> float:
    """`longest_stop` in a new process, which has to import everything."""
    command = [sys.executable, "-W", "ignore", __file__, "--stop-of", str(model.folder)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(run.stdout)


def speed(model: Installed, files: list[Path], rounds: int) -> Iterator[kit.Figure]:
    scorers = {policy: engine.load(model, crop_policy=policy, progress=None) for policy in POLICIES}
    exact = {
        policy: engine.load(model, crop_policy=policy, device="cpu", precision="float32")
        for policy in POLICIES
    }
    on_processor = scorers["five-384"].device == exact["five-384"].device
    authors = AuthorsProtocol(model)
    decoded = [decode.full(file).pixels for file in files]
    work: dict[str, Callable[[], object]] = {
        "authors": lambda: [authors.score(file) for file in files],
        "authors, texts anew": lambda: [authors.score(file, texts_anew=True) for file in files],
        "decoding": lambda: bare_decoding(files),
    }
    for policy, scorer in scorers.items():
        crops = [scorer.prepare(pixels) for pixels in decoded]
        work[policy] = lambda scorer=scorer: end_to_end(scorer, files)
        work[f"{policy}, bare"] = lambda scorer=scorer, crops=crops: bare_encoder(scorer, crops)
        work[f"{policy}, float32"] = lambda policy=policy: end_to_end(exact[policy], files)
    times: dict[str, list[float]] = {name: [] for name in work}
    for one in work.values():
        one()
    for _ in range(rounds):
        for name, one in work.items():
            times[name].append(kit.once(one))
    scorer = scorers["five-384"]
    yield kit.Figure("photos", len(files), note=f"{scorer.device}, {THREADS} threads")
    yield kit.Figure("crops per pass", scorer.pace.batch or scorer.policy.count, note=scorer.note)
    for name, seconds in times.items():
        yield kit.Figure(name, len(files) / min(seconds), "1/s")
    for policy, least in POLICIES.items():
        for name in (policy, f"{policy}, float32"):
            yield ratio(f"{name} / authors", times["authors"], times[name], least)
        yield of_bare(policy, times, on_processor)


def of_bare(policy: str, times: dict[str, list[float]], on_processor: bool) -> kit.Figure:
    """The rate end to end over that of what takes the most time, alone.

    On a processor the encoder and the decoder use the same cores, so with a small crop and a large
    photo neither is the bottleneck: then both together, one after the other, are the bare work.
    """
    encoder, decoder = times[f"{policy}, bare"], times["decoding"]
    if not on_processor:
        bare, name = max((encoder, "encoder"), (decoder, "decoding"), key=lambda one: min(one[0]))
    elif min(encoder) > 10 * min(decoder):
        bare, name = encoder, "encoder"
    else:
        bare, name = [min(encoder) + min(decoder)], "decoding, then encoder"
    return ratio(f"{policy} / bare {name}", bare, times[policy], LEAST_OF_BARE)


def ratio(name: str, base: list[float], own: list[float], least: float) -> kit.Figure:
    """The ratio of the shortest times: what else runs on a machine only ever adds to a time."""
    note = f"best of {len(own)} rounds"
    return kit.Figure(name, min(base) / min(own), "×", least=least, note=note)


def longest_stop(folder: Path) -> float:
    """The longest time (ms) the main thread stands still while a worker loads the model."""
    model = Installed.open(folder)
    worker = Thread(target=engine.load, args=(model,))
    worker.start()
    longest, last = 0.0, perf_counter()
    while worker.is_alive():
        sleep(0.002)
        longest, last = max(longest, perf_counter() - last), perf_counter()
    return longest * 1000


def main() -> None:
    options = kit.parser(__doc__, images=True)
    options.add_argument("--stop-of", type=Path, help="load this model, print the longest stop")
    options.add_argument("--count", type=int, default=6, help="photos a round")
    options.add_argument("--rounds", type=int, default=5)
    arguments = options.parse_args()
    if arguments.stop_of:
        print(longest_stop(arguments.stop_of))
        return
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        if arguments.images:
            files = kit.pictures(arguments.images)[: arguments.count]
        else:
            files = kit.write_jpegs(base / "photos", arguments.count, 6000, 4000)
        file = random_vit(base / "random.pt")
        began = perf_counter()
        model = Models(base / "models").install(file, model_id="random-vitb16")
        installing = perf_counter() - began
        began = perf_counter()
        scorer = engine.load(model)
        first = perf_counter() - began
        began = perf_counter()
        engine.load(model)
        again = perf_counter() - began
        figures = [
            kit.Figure("file", file.stat().st_size / 1e6, "MB", note=model.card.architecture.name),
            kit.Figure("installing", installing, "s"),
            kit.Figure("loading, first time", first, "s", note="measures the device"),
            kit.Figure("loading, later", again, "s"),
            kit.Figure("longest stop while loading", fresh_stop(model), "ms", most=MOST_STOP),
            *(rescoring(scorer.readout, crops) for crops in (1, 5)),
            *speed(model, files, arguments.rounds),
        ]
    kit.report(figures, arguments.json)


if __name__ == "__main__":
    main()

"""Unified image–text pre-training (UniQA, arXiv 2406.01069, step 3).

Both towers of a CLIP learn to bring pictures and the texts that fit them together, texts on
quality and on aesthetics alike: each step takes one text of each picture at random, and the
symmetric cross-entropy over all pictures and texts of the step is what it lowers.

From the authors' code: that loss, the texts at random, CLIP's preparation of pictures without
augmentation, and, when a checkpoint is trained on, Adam (β 0.9 and 0.98, ε 1e-6, decay 0.2), a
constant rate of 5e-6 and 5 epochs. The paper's own figures are not public. Ours: everything about
training from scratch (AdamW, rate 1e-3 with warm-up and cosine, 30 epochs), no decay of gains and
biases, passes of 64 pictures, and a tenth of the pictures held out.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from uniqa_desktop import torch_setup
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.training import crew as crews
from uniqa_desktop.training import pairs as pair_files
from uniqa_desktop.training import towers
from uniqa_desktop.training.crew import Crew
from uniqa_desktop.training.feed import Feed, Rows
from uniqa_desktop.training.learner import Learner, precision_for
from uniqa_desktop.training.pairs import Pairs
from uniqa_desktop.training.pictures import Augment, Shelf, ahead
from uniqa_desktop.training.run import Run, fingerprint, set_seeds

KIND = "contrastive"
WEIGHTS = "weights.safetensors"
SCHEDULES = ("constant", "cosine")
_JOB = "train contrastive"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; `None` means what fits: one value from a checkpoint, another from scratch.

    Attributes:
        epochs: passes over all pictures (5; 30 from scratch).
        batch: pictures a pass and process; memory grows with it.
        accumulate: passes a step; all pictures of a step are compared with each other.
        rate: learning rate (5e-6; 1e-3 from scratch).
        optimiser: `adam`, or from scratch `adamw`.
        decay: weight decay.
        schedule: `constant`, or from scratch `cosine` down to 0.
        warmup: share of all steps over which the rate rises from 0 (0; 0.05 from scratch).
        precision: `auto`, `float32`, `bfloat16`, `float16`.
        augment: `none` as CLIP, `shift` moves and mirrors pictures.
        hold_out: share of the pictures that is not trained on but examined after each epoch.
        seed: of everything that is drawn.
    """

    epochs: int | None = None
    batch: int = 64
    accumulate: int = 1
    rate: float | None = None
    optimiser: str | None = None
    decay: float = 0.2
    schedule: str | None = None
    warmup: float | None = None
    precision: str = "auto"
    augment: Augment = Augment.NONE
    hold_out: float = 0.1
    seed: int = 0

    def settled(self, *, from_scratch: bool, precision: str) -> dict[str, Any]:
        """Every setting as plain JSON, none left open."""

        def chosen(value: Any, on: Any, scratch: Any) -> Any:
            return value if value is not None else scratch if from_scratch else on

        return {
            "epochs": chosen(self.epochs, 5, 30),
            "batch": self.batch,
            "accumulate": self.accumulate,
            "rate": chosen(self.rate, 5e-6, 1e-3),
            "optimiser": chosen(self.optimiser, "adam", "adamw"),
            "decay": self.decay,
            "schedule": chosen(self.schedule, "constant", "cosine"),
            "warmup": chosen(self.warmup, 0.0, 0.05),
            "precision": precision,
            "augment": str(self.augment),
            "hold_out": self.hold_out,
            "seed": self.seed,
        }


def train(
    pairs: Path,
    images: Path,
    out: Path,
    recipe: Recipe | None = None,
    *,
    source: str | None = None,
    architecture: str | None = None,
    device: str = "auto",
    skip_bad: bool = False,
    resume: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Trains a CLIP on pictures with texts, and leaves it as `OUT/weights.safetensors`.

    Started by `torchrun`, every process calls this with the same arguments; the first one writes
    and reports, the others yield nothing.

    Args:
        pairs: JSON as in `pairs`.
        images: the folder that its paths start from.
        out: the run's folder.
        recipe: the settings.
        source: a weights file of any form, or an installed model's id; without it the towers are
            new, drawn from the seed.
        architecture: of new towers: `tiny` or open_clip's name (default `ViT-B-16`).
        device: `auto`, `cuda`, `mps`, `cpu`.
        skip_bad: leave pictures out that are missing, unreadable or without text, and count them.
        resume: go on from the newest epoch of a run in `out`.
        stop: ends the run after the step under way; what was learned since the newest epoch is
            learned again, to the same bit on a processor.

    Returns:
        The run's record (`finished` is `None` if it was stopped). Figures: losses, and
        `held_out_order` (see `Learner.examine`), both also before training.

    Raises:
        WrongUse: something in the request or the data makes no sense.
        WeightsError: the checkpoint is refused.
        DiskFull: no room; free some and go on.
        KnownError: the loss became no number.
    """
    recipe = recipe or Recipe()
    if source is not None and architecture is not None:
        raise WrongUse("The architecture is that of the checkpoint: give one of the two.")
    content = pair_files.read(pairs, images, skip_bad=skip_bad)
    torch_setup.open_clip()
    with crews.joined(device) as crew:
        start = towers.read(source) if source is not None else None
        shape = start.architecture if start else towers.named(architecture or "ViT-B-16")
        assert shape is not None
        shelf = Shelf([row.picture for row in content.rows], recipe.augment.short_side(shape.image))
        hashes, bad = yield from _look_at_all(shelf, crew, stop)
        if hashes is None:
            return {"kind": KIND, "finished": None, "figures": {}, "curve": []}
        content, shelf = _without(content, shelf, bad, skip_bad=skip_bad)
        settings = recipe.settled(
            from_scratch=start is None, precision=precision_for(recipe.precision, crew.device)
        ) | {
            "architecture": shape.to_json(),
            "start": start.sha256 if start else None,
            "processes": crew.size,
        }
        data = {
            "pairs": fingerprint([pairs]) | dict(content.notes),
            "pictures": {"files": len(shelf), "sha256": hashes},
        }
        feed = Feed(
            shelf,
            [row.texts for row in content.rows],
            side=shape.image,
            context=shape.context,
            augment=recipe.augment,
            seed=recipe.seed,
        )
        lessons = _Lessons(feed, settings, crew)
        run = _begin(out, settings, data, crew, resume=resume)
        if run.is_finished:
            return run.record()
        set_seeds(recipe.seed)
        model = towers.build(shape, start.tensors if start else None)
        learner = Learner(
            model,
            crew,
            optimiser=settings["optimiser"],
            decay=settings["decay"],
            precision=settings["precision"],
        )
        return (yield from lessons.give(run, learner, stop))


class _Lessons:
    """The epochs of a run."""

    def __init__(self, feed: Feed, settings: dict[str, Any], crew: Crew) -> None:
        self._feed, self._settings, self._crew = feed, settings, crew
        self._rows, self._held = feed.split(settings["hold_out"])
        whole = settings["batch"] * settings["accumulate"] * crew.size
        self._steps = len(self._rows) // whole
        self._whole = whole
        if not self._steps:
            raise WrongUse(
                f"A step takes {whole} pictures (batch × accumulate × processes), but there are "
                f"{len(self._rows)} to train on: choose a smaller --batch."
            )

    def give(
        self, run: Run, learner: Learner, stop: threading.Event | None
    ) -> Generator[Progress, None, dict[str, Any]]:
        """Trains to the end, or to `stop`; returns the record."""
        epochs: int = self._settings["epochs"]
        state = run.load()
        done = 0
        if state is None:
            run.note(0, **self._examined(learner, self._held))
        else:
            learner.restore(state["learner"])
            done = int(state["epoch"])
        pace = Pace(_JOB, (epochs - done) * self._steps * self._whole)
        for epoch in range(done, epochs):
            losses = []
            steps = self._feed.steps(
                self._rows,
                epoch,
                batch=self._settings["batch"],
                parts=self._settings["accumulate"],
                rank=self._crew.rank,
                crew=self._crew.size,
            )
            for number, parts in enumerate(steps):
                if self._stopped(stop):
                    steps.close()
                    return run.record()
                losses.append(learner.step(parts, self._rate(epoch * self._steps + number)))
                pace.add(self._whole)
                if self._crew.is_first and pace.due:
                    yield pace.step()
            figures = self._examined(learner, self._held)
            run.note(epoch + 1, loss=sum(losses) / len(losses), **figures)
            self._crew.wait()
            if self._crew.is_first:
                run.save({"epoch": epoch + 1, "learner": learner.state()})
                yield pace.step()
        record = run.record()
        if self._crew.is_first:
            file = towers.store(learner.model, run.folder / WEIGHTS)
            record = run.finish(self._figures(run, file))
        self._crew.wait()
        if not self._crew.is_first:
            record = Run.begin(run.folder, KIND, run.settings, run.data, resume=True).record()
        return record

    def _examined(self, learner: Learner, held: Rows) -> dict[str, float]:
        """By the first process alone: the others have the same weights."""
        if not len(held) or not self._crew.is_first:
            return {}
        texts = self._feed.first_texts(held)
        tokens = self._feed.tokens(list(dict.fromkeys(texts)))
        return learner.examine(self._feed.held(held, self._settings["batch"]), texts, tokens)

    def _stopped(self, stop: threading.Event | None) -> bool:
        flag = torch.tensor([stop is not None and stop.is_set()], dtype=torch.uint8)
        return bool(self._crew.any(flag))

    def _rate(self, step: int) -> float:
        """The learning rate of a step, counted from the beginning of the run."""
        total = self._settings["epochs"] * self._steps
        warm = round(self._settings["warmup"] * total)
        peak: float = self._settings["rate"]
        if step < warm:
            return peak * (step + 1) / warm
        if self._settings["schedule"] == "constant":
            return peak
        return peak * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))

    def _figures(self, run: Run, file: dict[str, Any]) -> dict[str, Any]:
        first, last = run.curve[0], run.curve[-1]
        before = {f"{name}_before": value for name, value in first.items() if name != "step"}
        after = {name: value for name, value in last.items() if name != "step"}
        return {
            **after,
            **before,
            "pictures": len(self._rows),
            "pictures_held_out": len(self._held),
            "steps": self._steps * self._settings["epochs"],
            "weights": file,
        }


def _look_at_all(
    shelf: Shelf, crew: Crew, stop: threading.Event | None
) -> Generator[Progress, None, tuple[str | None, dict[int, Failure]]]:
    """Reads every picture once: a damaged one is better named now than hours later.

    Returns:
        One hash over all readable pictures (`None` if it was stopped), and the failures by number.
    """

    def look(index: int) -> tuple[str, Failure | None]:
        failure = shelf.failure(index)
        return ("" if failure else fingerprint([shelf.files[index]])["sha256"]), failure

    pace = Pace("read pictures", len(shelf))
    total, failures = hashlib.sha256(), {}
    looks = ahead(look, range(len(shelf)))
    for index, (one, failure) in enumerate(looks):
        if stop is not None and stop.is_set() and crew.size == 1:
            looks.close()
            return None, {}
        if failure is not None:
            failures[index] = failure
        total.update(one.encode())
        pace.add(failures=(failure,) if failure else ())
        if crew.is_first and pace.due:
            yield pace.step()
    return total.hexdigest(), failures


def _without(
    content: Pairs, shelf: Shelf, bad: dict[int, Failure], *, skip_bad: bool
) -> tuple[Pairs, Shelf]:
    """Pairs and shelf less the pictures that cannot be read."""
    if not bad:
        return content, shelf
    if not skip_bad:
        first = next(iter(bad.values()))
        raise WrongUse(
            f"{len(bad)} of {len(shelf)} pictures cannot be read, the first is {first.path} "
            f"({first.error.rstrip('.')}): put that right, or leave such ones out by --skip-bad."
        )
    left = content.without(frozenset(bad))
    pair_files.check_enough(left)
    return left, shelf.without(frozenset(bad))


def _begin(
    out: Path, settings: dict[str, Any], data: dict[str, Any], crew: Crew, *, resume: bool
) -> Run:
    """The run, begun by the first process and joined by the others."""
    run = Run.begin(out, KIND, settings, data, resume=resume) if crew.is_first else None
    crew.wait()
    return run or Run.begin(out, KIND, settings, data, resume=True)

"""How `uniqa-mini` is made, from data to weights and figures, in one resumable run.

    OUT/lessons, OUT/faults      what is learned from, made once (6 GB; may be deleted afterwards)
    OUT/extractor, OUT/senses    the two trainings, each a run of its own
    OUT/weights.safetensors, OUT/config.json, OUT/record.json       the model and how it came about

1. `views` of unlabelled pictures and the teacher's embeddings of them (`teacher`);
2. the extractor, distilled from them (`distil`); it sees no rating;
3. pictures with known faults (`impair`), and the quality and attribute heads (`senses`);
4. the aesthetics head, fitted to ratings on the finished features (`aesthetics`): so a figure
   with whole groups held out costs a new head a fold, and nothing has seen what it is asked.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from uniqa_desktop import mini_view
from uniqa_desktop.errors import DiskFull
from uniqa_desktop.mini import Config, Mini, encode
from uniqa_desktop.mini_heads import LIKENESS
from uniqa_desktop.mini_layers import LEVELS, Senses, fused
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini import aesthetics, distil, impair, pictures, senses, teacher
from uniqa_desktop.training.mini.aesthetics import Rated
from uniqa_desktop.training.mini.pictures import Pixels
from uniqa_desktop.training.mini.views import Pool
from uniqa_desktop.training.run import Run, fingerprint

HELD_OUT_EVERY = 3
"""Of the detailed crops every third is never learned from: `benchmarks/model.py` asks about it."""
_VIEW_SIZE = 128


@dataclass(frozen=True, slots=True)
class Plan:
    """All that shapes the model beside the data.

    `views` and `faults` are how many are made; the shares say how often each source is drawn from:
    photos, scenes, details; and details, photos.
    """

    views: int = 62_464
    view_size: int = _VIEW_SIZE
    view_shares: tuple[float, float, float] = (0.62, 0.33, 0.05)
    faults: int = 3000
    fault_shares: tuple[float, float] = (0.6, 0.4)
    seed: int = 1
    extractor: distil.Plan = field(default_factory=distil.Plan)
    senses: senses.Plan = field(default_factory=senses.Plan)


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from: three sources of pictures, ratings, and the teacher."""

    photos: list[Pixels]
    scenes: list[Pixels]
    details: list[Pixels]
    rated: Rated
    embed: teacher.Embed
    hashes: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, data: Path) -> Material:
        """From the data folder.

        Raises:
            WrongUse: a part of it is missing or cannot be read.
        """
        names = (pictures.PHOTOS, pictures.SCENES, pictures.DETAILS)
        archives = [pictures.archive(data, name) for name in names]
        table = data / "ratings/oasis_public/labels.csv"
        network = data / "teacher" / teacher.FILE
        rated = Rated.read(table)
        photos, scenes, details = (pictures.read(file) for file in archives)
        return cls(
            photos,
            scenes,
            details,
            rated,
            teacher.Teacher(network),
            {file.name: fingerprint([file]) for file in (*archives, network)}
            | {"oasis_public": fingerprint([table, *rated.files])},
        )


def make(
    material: Material, out: Path, plan: Plan, *, resume: bool = False
) -> Generator[Progress, None, dict[str, Any]]:
    """Makes the model in `out`, or goes on with it; returns the record.

    Raises:
        WrongUse: the folder holds a run that is not to be gone on with.
        DiskFull: no room; free some, and go on.
    """
    run = Run.begin(out, "mini", asdict(plan), material.hashes, resume=resume)
    if run.is_finished:
        return run.record()
    _check_room(out, plan)
    pool = Pool((material.photos, material.scenes, material.details), plan.view_shares)
    lessons = yield from teacher.lessons(
        out / "lessons", pool, material.embed, count=plan.views, size=plan.view_size, seed=plan.seed
    )
    extracting = _part(out, "extractor", plan.extractor, plan.seed)
    student = yield from distil.distil(lessons, plan.extractor, extracting)
    known = [one for n, one in enumerate(material.details) if n % HELD_OUT_EVERY != 2]
    faults = yield from impair.faults(
        out / "faults",
        (known, material.photos),
        plan.fault_shares,
        count=plan.faults,
        seed=plan.seed,
    )
    sensing = _part(out, "senses", plan.senses, plan.seed)
    sensed = yield from senses.learn(faults, plan.senses, sensing)
    figures = yield from assemble(out, plan, lessons, student, sensed, material)
    curves = {"extractor": extracting.curve, "senses": sensing.curve}
    return run.finish(figures | {"curves": curves})


def assemble(
    out: Path,
    plan: Plan,
    lessons: teacher.Lessons,
    student: distil.Student,
    sensed: Senses,
    material: Material,
) -> Generator[Progress, None, dict[str, Any]]:
    """Puts the parts together, fits the aesthetics head, writes the model, and tells figures."""
    yield Progress("assemble", 0, 2)
    own, teachers = distil.projections(student, lessons, plan.seed)
    network = Mini(
        fused(student.trunk),
        own,
        fused(sensed),
        nn.Linear(LIKENESS.stop, LEVELS),
    )
    config = Config(plan.extractor.widths, plan.extractor.blocks, plan.senses.widths)
    network.save(out, config)
    # What is rated goes through the model as it will be read from disk, rounding and all.
    saved, _ = Mini.open(out)
    rated = material.rated
    photos = rated.pictures()
    features = rows(saved, photos)[:, LIKENESS].astype(np.float64)
    roots = np.stack([teacher.seen(material.embed, photo) for photo in photos])
    with torch.no_grad():
        targets = distil.Targets.of(lessons.embeddings)
        taught = teachers(targets.of_roots(roots)).double().numpy()
    weight, bias = aesthetics.head(features, taught, rated.ratings, rated.groups)
    with torch.no_grad():
        network.aesthetics.weight.copy_(torch.from_numpy(weight))
        network.aesthetics.bias.copy_(torch.from_numpy(bias))
    network.save(out, config)
    yield Progress("assemble", 1, 2)
    found = aesthetics.held_out(features, taught, rated.ratings, rated.groups)
    yield Progress("assemble", 2, 2)
    return {"aesthetics_groups_held_out": found}


def rows(network: Mini, photos: list[Pixels]) -> np.ndarray:
    """The features of photos, as scoring stores them."""
    views = [mini_view.view(photo) for photo in photos]
    return np.stack(encode(network, views, torch.get_num_threads()))


def _part(out: Path, name: str, plan: distil.Plan | senses.Plan, seed: int) -> Run:
    return Run.begin(out / name, name, asdict(plan) | {"seed": seed}, {}, resume=True)


def _check_room(out: Path, plan: Plan) -> None:
    side = mini_view.DETAIL
    view = plan.view_size**2 * 3 + 2 * teacher.WIDTH
    fault = impair.VERSIONS * mini_view.DETAILS * side**2 * 3
    needed = int(1.1 * (plan.views * view + plan.faults * fault))
    if not (out / "lessons").exists() and shutil.disk_usage(out).free < needed:
        raise DiskFull(
            f"The recipe needs {needed / 1e9:.1f} GB on the drive of {out}: free some space and "
            "try again."
        )


def brings_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 itself; elsewhere it would be slower."""
    known: Callable[[], bool] = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return known()

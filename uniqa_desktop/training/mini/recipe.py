"""How `uniqa-mini` is made, from data to weights and figures, in one resumable run.

    OUT/lessons, OUT/finer, OUT/faults, OUT/traces
                                 what is learned from, made once (11 GB; may be deleted afterwards)
    OUT/extractor, OUT/finish, OUT/senses
                                 the trainings that take long, each a run of its own
    OUT/weights.safetensors, OUT/config.json, OUT/record.json       the model and how it came about

1. `views` of unlabelled pictures and the teacher's embeddings of them (`teacher`);
2. the extractor, distilled from them (`distil`), then from larger views; it sees no rating;
3. pictures with known faults (`impair`), the quality and attribute heads on details (`senses`) and
   on traces (`reading`), and what good photos' traces are like (`natural`);
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
from uniqa_desktop.mini_layers import LEVELS, Natural, Senses, TraceReading, fused
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini import (
    aesthetics,
    distil,
    faults,
    impair,
    natural,
    pictures,
    reading,
    senses,
    teacher,
)
from uniqa_desktop.training.mini.aesthetics import Rated
from uniqa_desktop.training.mini.impair import Bases
from uniqa_desktop.training.mini.pictures import Pixels
from uniqa_desktop.training.mini.school import Pace
from uniqa_desktop.training.mini.views import Pool
from uniqa_desktop.training.run import Run, fingerprint

HELD_OUT_EVERY = 3
"""Of the detailed crops every third is never learned from: `benchmarks/model.py` asks about it."""
_FINER_SEED = 100
"""Added to the seed for the larger views: they are other cuts of the pictures."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that shapes the model beside the data.

    `views`, `finer_views`, `faults` and, of each course, `traces` are how many are made; the shares
    say how often each source is drawn from: photos, scenes, details; and details, photos.
    """

    views: int = 62_464
    view_size: int = 128
    finer_views: int = 49_152
    finer_size: int = mini_view.END
    view_shares: tuple[float, float, float] = (0.62, 0.33, 0.05)
    faults: int = 3000
    traces: int = 5000
    fault_shares: tuple[float, float] = (0.6, 0.4)
    seed: int = 1
    extractor: distil.Plan = field(default_factory=distil.Plan)
    finish: distil.Plan = field(
        default_factory=lambda: distil.Plan(
            sizes=(160, mini_view.END), pace=Pace(epochs=4, minutes=40, batch=96, rate=8e-4)
        )
    )
    senses: senses.Plan = field(default_factory=senses.Plan)
    reading: reading.Plan = field(default_factory=reading.Plan)


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
    student, finer, targets, curves = yield from _extractor(material, out, plan)
    known = [one for n, one in enumerate(material.details) if n % HELD_OUT_EVERY != 2]
    bases = Bases((known, material.photos), plan.fault_shares)
    lessons = yield from faults.faults(out / "faults", bases, count=plan.faults, seed=plan.seed)
    sensing = _part(out, "senses", plan.senses, plan.seed)
    branch = yield from senses.learn(lessons, plan.senses, sensing)
    courses = []
    for name, course in (("worn", impair.WORN), ("coded", impair.CODED)):
        folder = out / "traces" / name
        courses.append(
            (yield from faults.traced(folder, course, bases, count=plan.traces, seed=plan.seed))
        )
    read, read_figures = yield from reading.learn(courses, plan.reading, plan.seed)
    branch, read = reading.together(fused(branch), read)
    usual = natural.usual(known, plan.seed)
    parts = Parts(student, branch, read, usual)
    figures = yield from assemble(out, plan, finer, targets, parts, material)
    curves["senses"] = sensing.curve
    return run.finish(figures | {"reading": read_figures, "curves": curves})


def _extractor(
    material: Material, out: Path, plan: Plan
) -> Generator[
    Progress, None, tuple[distil.Student, teacher.Lessons, distil.Targets, dict[str, Any]]
]:
    """The student, the larger views that it learned from last, and its curves."""
    pool = Pool((material.photos, material.scenes, material.details), plan.view_shares)
    first = yield from teacher.lessons(
        out / "lessons", pool, material.embed, count=plan.views, size=plan.view_size, seed=plan.seed
    )
    targets = distil.Targets.of(first.embeddings)
    extracting = _part(out, "extractor", plan.extractor, plan.seed)
    student = yield from distil.distil(first, targets, plan.extractor, extracting)
    finer = yield from teacher.lessons(
        out / "finer",
        pool,
        material.embed,
        count=plan.finer_views,
        size=plan.finer_size,
        seed=plan.seed + _FINER_SEED,
    )
    finishing = _part(out, "finish", plan.finish, plan.seed)
    student = yield from distil.distil(finer, targets, plan.finish, finishing, start=student)
    return student, finer, targets, {"extractor": extracting.curve, "finish": finishing.curve}


@dataclass(frozen=True, slots=True)
class Parts:
    """What was learned, ready to be put together; the branch is folded."""

    student: distil.Student
    branch: Senses
    reading: TraceReading
    natural: Natural


def assemble(
    out: Path,
    plan: Plan,
    lessons: teacher.Lessons,
    targets: distil.Targets,
    parts: Parts,
    material: Material,
) -> Generator[Progress, None, dict[str, Any]]:
    """Puts the parts together, fits the aesthetics head, writes the model, and tells figures."""
    yield Progress("assemble", 0, 2)
    own, teachers = distil.projections(parts.student, lessons, plan.seed)
    network = Mini(
        fused(parts.student.trunk),
        own,
        parts.branch,
        parts.reading,
        parts.natural,
        nn.Linear(LIKENESS.stop, LEVELS),
    )
    config = Config(
        plan.extractor.widths,
        plan.extractor.blocks,
        plan.senses.widths,
        parts.reading.hidden.out_features,
    )
    network.save(out, config)
    # What is rated goes through the model as it will be read from disk, rounding and all.
    saved, _ = Mini.open(out)
    rated = material.rated
    photos = rated.pictures()
    features = rows(saved, photos)[:, LIKENESS].astype(np.float64)
    roots = np.stack([teacher.seen(material.embed, photo) for photo in photos])
    with torch.no_grad():
        taught = teachers(targets.of_roots(roots)).double().numpy()
    weight, bias = aesthetics.head(features, taught, rated.ratings, rated.groups)
    said = aesthetics.expected(features, weight, bias)
    with torch.no_grad():
        network.aesthetics.weight.copy_(torch.from_numpy(weight))
        network.aesthetics.bias.copy_(torch.from_numpy(bias))
        network.natural.usual[2], network.natural.usual[3] = said.mean(), said.std()
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
    views = sum(
        count * (size**2 * 3 + 2 * teacher.WIDTH)
        for count, size in ((plan.views, plan.view_size), (plan.finer_views, plan.finer_size))
    )
    fault = impair.VERSIONS * mini_view.DETAILS * side**2 * 3
    needed = int(1.1 * (views + plan.faults * fault))
    if not (out / "lessons").exists() and shutil.disk_usage(out).free < needed:
        raise DiskFull(
            f"The recipe needs {needed / 1e9:.1f} GB on the drive of {out}: free some space and "
            "try again."
        )


def brings_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 itself; elsewhere it would be slower."""
    known: Callable[[], bool] = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return known()

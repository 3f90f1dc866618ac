"""Beauty by heads fitted as the recipe of `uniqa-mini` fits its own, themes held out.

There each rated photo is learned from twice: as the model sees it, and as its teacher does. Where
the teacher's numbers lie among the model's features is learned here from unlabelled photos.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model_figures.sets import Labelled
from model_figures.subjects import Panel
from uniqa_desktop.training.mini import aesthetics, pictures
from uniqa_desktop.training.mini.teacher import FILE, Teacher, seen

STRENGTH = 0.1
"""Ridge penalty of the map, as a share of the numbers of photos."""


def held_out(panel: Panel, data: Path, photos: Labelled, likeness: np.ndarray) -> np.ndarray:
    """What heads say of each rated photo that have not learned from its theme.

    Args:
        panel: its model sees the unlabelled photos.
        data: the folder of the data, with the teacher.
        photos: those that were rated.
        likeness: the part of the model's features that aesthetics is read from.

    Raises:
        WrongUse: the teacher, what reads it, or the unlabelled photos are not there.
    """
    teacher = Teacher(data / "teacher" / FILE)
    unlabelled = pictures.read(pictures.archive(data, pictures.PHOTOS))
    theirs = np.stack([seen(teacher, one) for one in unlabelled])
    ours = panel.features(unlabelled)[:, : likeness.shape[1]]
    taught = _mapped(theirs, ours, np.stack([seen(teacher, one) for one in photos]))
    return aesthetics.said_held_out(likeness, taught, photos.numbers(), photos.columns["group"])


def _mapped(given: np.ndarray, wanted: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Ridge regression from `given` to `wanted`, of `asked`."""
    middle, spread = given.mean(axis=0), given.std(axis=0) + 0.02
    even = (given - middle) / spread
    penalty = STRENGTH * len(even) * np.eye(even.shape[1])
    weights = np.linalg.solve(even.T @ even + penalty, even.T @ (wanted - wanted.mean(axis=0)))
    return (asked - middle) / spread @ weights + wanted.mean(axis=0)

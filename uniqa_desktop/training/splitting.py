"""Which photos are learned from and which are kept to test: by name, or drawn by groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import agreement
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.labels import Labels

Places = NDArray[np.int64]
Split = tuple[Places, Places]
"""Rows to train on, rows to test on."""


def named(labels: Labels, name: str) -> Split:
    """A split that comes with the labels: a column of the CSV, or an entry of a split file.

    A number also finds IQA-PyTorch's numbered columns (`1` is `ratio802_seed123_split_01`). Rows
    marked `test` are tested on, or `val` where a split has no `test`, as in UniQA's files.

    Raises:
        WrongUse: there is no such split, or it has nothing to train or to test on.
    """
    key = name.lower()
    if key not in labels.splits and key.isdigit():
        ends = f"_split_{int(key):02d}"
        key = next((column for column in labels.splits if column.endswith(ends)), key)
    if key not in labels.splits:
        there = ", ".join(labels.splits) or "none"
        raise WrongUse(f"The labels have no split {name!r} (there are: {there}).")
    phases = np.array(labels.splits[key])
    train, test = np.flatnonzero(phases == "train"), np.flatnonzero(phases == "test")
    if not len(test):
        test = np.flatnonzero(phases == "val")
    if not len(train) or not len(test):
        missing = "training" if not len(train) else "testing"
        raise WrongUse(f"The split {name!r} of the labels has no photos for {missing}.")
    return train, test


def belongs(labels: Labels) -> Sequence[object]:
    """What each row belongs to: its group, or itself where the labels have no groups.

    Raises:
        WrongUse: all rows belong to one group, so that none can be kept apart.
    """
    if labels.groups is None:
        return range(len(labels))
    if len(set(labels.groups)) < 2:
        raise WrongUse(
            f"All photos in {labels.source.name} belong to one group "
            f"({labels.groups[0] or 'without a name'}), so none can be kept apart for testing."
        )
    return labels.groups


def drawn(labels: Labels, count: int, *, test: float = 0.2, seed: int = 0) -> Iterator[Split]:
    """Random splits that part no group; see `agreement.random_splits`.

    Raises:
        WrongUse: all rows belong to one group.
    """
    return agreement.random_splits(belongs(labels), count=count, test=test, seed=seed)


def some(train: Places, number: int, *, seed: int, turn: int = 0) -> Places:
    """`number` of the rows to train on, drawn at random: the few labels."""
    random = np.random.default_rng((seed, turn, number))
    return np.sort(random.choice(train, number, replace=False))

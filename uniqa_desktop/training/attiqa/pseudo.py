"""Which pictures can be read, and ATTIQA's pseudo-labels: a CLIP's antonym prompts on each.

The paper takes the similarity to both prompts of a pair; its own pairs have not been published, so
they are CLIP-IQA's (`prompts.ATTRIBUTE_PAIRS`) and the label is the share of the first.
"""

from __future__ import annotations

import threading
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import decode, scorers
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Progress
from uniqa_desktop.training.pictures import Shelf, ahead


def readable(shelf: Shelf, stop: threading.Event) -> Generator[Progress, None, list[int]]:
    """The numbers of the pictures that can be read; the others are reported."""
    pace, usable = Pace("reading", len(shelf)), []
    for number, failure in ahead(lambda n: (n, shelf.failure(n)), range(len(shelf))):
        if stop.is_set():
            break
        pace.add(failures=() if failure is None else (failure,))
        if failure is None:
            usable.append(number)
        if pace.due or failure is not None:
            yield pace.step()
    yield pace.step()
    return usable


def labels(
    shelf: Shelf, usable: list[int], model: str | None, device: str, stop: threading.Event
) -> Generator[Progress, None, NDArray[np.float32] | None]:
    """What a model's antonym prompts say of each picture: files×5, NaN where there is nothing."""
    if model is None:
        return None
    scorer = scorers.load(model, device)
    scorer.open()
    found = np.full((len(shelf), len(ATTRIBUTE_NAMES)), np.nan, np.float32)
    pace = Pace("pseudo-labels", len(usable))
    try:
        for at in range(0, len(usable), scorer.batch_size):
            numbers = usable[at : at + scorer.batch_size]
            if stop.is_set():
                break
            pictures = [decode.full(shelf.files[number]).pixels for number in numbers]
            features = scorer.encode([scorer.prepare(pixels, b"") for pixels in pictures])
            said = scorer.cues(np.stack([np.ravel(one) for one in features]))
            if said is None:
                raise WrongUse(f"{model} says nothing of the attributes: choose a CLIP model.")
            found[numbers] = said
            pace.add(len(numbers))
            yield pace.step()
    finally:
        scorer.close()
    return found


def ranks(cues: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each column as shares of its ranks, 0–1; NaN stays, equal values share the lower rank."""
    ranks = np.full_like(cues, np.nan)
    for column in range(cues.shape[1]):
        known = np.isfinite(cues[:, column])
        values = cues[known, column]
        below = np.searchsorted(np.sort(values), values)
        ranks[known, column] = below / max(1, len(values) - 1)
    return ranks

"""Which model judges: one by its id, or a network in the folder of a training run."""

from __future__ import annotations

from pathlib import Path

from uniqa_desktop import scorers, settings
from uniqa_desktop.scoring import Scorer


def judge(model: str | None, device: str | None) -> Scorer:
    """The scorer of a model's id, of a run's folder, or (`None`) of the model in use.

    Raises:
        WeightsError: there is none, or it gives no scores.
    """
    chosen = settings.load()
    name, device = model or chosen.model, device or chosen.device
    if model is not None and Path(model).is_dir():
        from uniqa_desktop.training.attiqa.scorer import NetScorer

        return NetScorer(Path(model), device)
    return scorers.load(name, device)

"""Which scorers there are: the bundled model, the measured attributes, every installed model."""

from __future__ import annotations

from collections.abc import Sequence

from uniqa_desktop import attributes as measured
from uniqa_desktop import weights
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import Features, Scorer

MEASURED = "attributes-1"
BUNDLED = "uniqa-mini"


class MeasuredScorer(Scorer):
    """`attributes-1`: quality computed from the measured attributes; it has no aesthetics."""

    model = MEASURED
    batch_size = 32

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        return [
            Scores(model=self.model, quality=value, quality_raw=raw)
            for value, raw in map(measured.quality, attributes)
        ]


def check(model: str) -> None:
    """Says at once, before any file is opened or torch is imported, whether a model can be used.

    Raises:
        WeightsError: it is not installed, or its card cannot be read.
    """
    if model in (MEASURED, BUNDLED):
        return
    models = Models()
    if not (models.folder / model).is_dir():
        row = weights.find(model)
        raise WeightsError(
            f"There is no model {model!r} here: `uniqa-desktop model list` lists what there is."
            if row is None
            else f"{row.title} is not installed: `uniqa-desktop model info {row.id}` says how to "
            "get it."
        )
    models.get(model)


def edition(model: str) -> object:
    """What is another thing, by `==`, once a model of that id has been installed anew.

    Raises:
        WeightsError: its card cannot be read.
    """
    models = Models()
    return models.get(model).card if (models.folder / model).is_dir() else None


def load(model: str, device: str = "auto") -> Scorer:
    """The scorer of a model by its id. It is quick: what takes seconds waits for `open`.

    Raises:
        WeightsError: it is not installed, or its card cannot be read.
    """
    check(model)
    if model == MEASURED:
        return MeasuredScorer()
    if model == BUNDLED:
        from uniqa_desktop.mini_scorer import MiniScorer

        return MiniScorer(device)
    from uniqa_desktop.clip_scorer import ClipScorer

    return ClipScorer(Models().get(model), device)

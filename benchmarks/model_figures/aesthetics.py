"""Do the scores follow what people find beautiful?

`oasis`: the public half of OASIS. The head that a model ships may have seen these ratings, so the
figure that counts comes from heads fitted without the themes that they are asked about; the
features stay as shipped. For `uniqa-mini` they are fitted as its recipe does (see `taught`), for
others, and beside that, by plain regression (see `refit`). `generated`: pictures mostly made by
image generators, never trained on; there the model's metric for such pictures counts, if it has
one, and its mean by generator against people's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import kit
import numpy as np
from baselines import appeal

from model_figures import refit, taught
from model_figures.estimates import (
    AGREEMENT,
    NONE,
    Bootstrap,
    Estimate,
    Statistic,
    agreeing,
    kendall,
)
from model_figures.sets import Labelled
from model_figures.subjects import Judged, Panel
from model_figures.tables import Section, Table, better
from uniqa_desktop import agreement, mini_scorer
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.mini_heads import LIKENESS

LEAST_HELD_OUT = 0.60
PHOTOGRAPHS = "own"
"""The source in the AI set that is a camera."""
HAND_MADE = "hand-made features"


def section(panel: Panel, data: Path) -> Section:
    """Both tables. Hand-made features are fitted on OASIS, as a learned model's head is."""
    oasis = Labelled.read(data / "ratings/oasis_public/labels.csv")
    vectors = np.stack([appeal.vector(one) for one in oasis])
    result = _oasis(panel, data, oasis, vectors)
    hand_made = refit.fit(vectors, oasis.numbers(), np.array(oasis.columns["group"]))
    result += _generated(panel, Labelled.read(data / "ratings/ai_appeal/labels.csv"), hand_made)
    return result


def _oasis(panel: Panel, data: Path, photos: Labelled, vectors: np.ndarray) -> Section:
    truth, groups = photos.numbers(), photos.columns["group"]
    judged = panel.judge(photos, dict(appeal.SINGLE))
    bootstrap = Bootstrap(groups)
    said: dict[str, np.ndarray] = {}
    plain, own = f"{panel.model}, head refitted", f"{panel.model}, head as by its recipe"
    if judged.features is not None:
        said[plain] = refit.held_out(judged.features, truth, groups)
    counts, missing = plain, ()
    if judged.features is not None and panel.model == mini_scorer.ID:
        try:
            said[own] = taught.held_out(panel, data, photos, judged.features[:, LIKENESS])
            counts = own
        except WrongUse as problem:
            missing = (f"not fitted as by its recipe: {problem}",)
    if judged.aesthetics is not None:
        said[f"{panel.model}, as shipped"] = judged.aesthetics
    said[f"{HAND_MADE}, refitted"] = refit.held_out(vectors, truth, groups)
    rows = {
        name: {measure: bootstrap(agreeing(measure, truth, values)) for measure in AGREEMENT}
        for name, values in (said | judged.others).items()
    }
    table = Table(
        "Beauty of photos, OASIS public half",
        f"n = {len(photos)}, {bootstrap.groups} themes",
        rows,
        (
            f"refitted: {refit.FOLDS} folds of whole themes, mean of {refit.REPEATS} ways to deal "
            "them; standardised features, kernel ridge, kernel and strength chosen inside the "
            "training folds; predicted is the distance from their mean",
            "as by its recipe: ridge regression on the model's features and, of the photos fitted "
            "to, on its teacher's view as well; the same folds",
            "as shipped: its head may have seen these ratings, so it is no measure of success",
            *missing,
        ),
    )
    reached = rows.get(counts, {}).get("SRCC", NONE)
    note = f"{reached}" if counts in rows else f"{panel.model} has no features to fit a head to"
    bound = kit.Figure("SRCC on OASIS, themes held out", reached.value, least=LEAST_HELD_OUT)
    return Section([table], [kit.Figure(bound.name, bound.value, least=bound.least, note=note)])


def _generated(panel: Panel, pictures: Labelled, hand_made: refit.Predictor) -> Section:
    truth = pictures.numbers()
    prompts, sources = pictures.columns["group"], np.array(pictures.columns["source"])
    judged = panel.judge(pictures, dict(appeal.SINGLE))
    vectors = np.stack([appeal.vector(one) for one in pictures])
    bootstrap = Bootstrap(prompts)
    own = _own(panel, judged)
    said = own | {f"{HAND_MADE}, fitted on OASIS": hand_made(vectors)} | judged.others
    rows = {
        name: {measure: bootstrap(agreeing(measure, truth, values)) for measure in AGREEMENT}
        for name, values in said.items()
    }
    told_apart = _told_apart(bootstrap, truth, sources)
    batches = {
        name: {
            "Kendall": bootstrap(_by_source(truth, values, sources, kendall)),
            "SRCC": bootstrap(_by_source(truth, values, sources, agreement.spearman)),
            "told apart": Estimate(_share_right(values, sources, told_apart)),
        }
        for name, values in said.items()
    }
    people = {name: float(truth[sources == name].mean()) for name in _generators(sources)}
    ranked = sorted(people, key=people.__getitem__)
    order = ", ".join(f"{name} {people[name]:.2f}" for name in ranked)
    generated = int((sources != PHOTOGRAPHS).sum())
    tables = [
        Table(
            "Appeal of AI pictures, never trained on",
            f"n = {len(pictures)}, {bootstrap.groups} prompts",
            rows,
        ),
        Table(
            "Mean score by generator against people's mean",
            f"{len(people)} generators, n = {generated}",
            batches,
            (
                f"people: {order}; the {len(pictures) - generated} photographs are left out",
                f"told apart: of the {len(told_apart)} pairs of generators between which people's "
                "means differ beyond their 95 % interval, the share ordered as people order them",
            ),
        ),
    ]
    rivals = {name: row["SRCC"] for name, row in rows.items() if name not in own}
    # The last is the model's metric for such pictures, where it has one.
    mine = rows[[*own][-1]]["SRCC"] if own else NONE
    right = batches[[*own][-1]]["told apart"] if own else NONE
    bounds = [
        better("SRCC with appeal of AI pictures", mine, rivals),
        kit.Figure("generators ordered as people order them", right.value, "share", least=1.0),
    ]
    return Section(tables, bounds)


def _own(panel: Panel, judged: Judged) -> dict[str, np.ndarray]:
    found = {"aesthetics": judged.aesthetics, "appeal": judged.appeal}
    return {
        f"{panel.model}, {name}": values for name, values in found.items() if values is not None
    }


def _generators(sources: np.ndarray) -> list[str]:
    return sorted(set(sources.tolist()) - {PHOTOGRAPHS})


def _means(values: np.ndarray, sources: np.ndarray) -> np.ndarray:
    return np.array([values[sources == name].mean() for name in _generators(sources)])


def _by_source(
    truth: np.ndarray,
    values: np.ndarray,
    sources: np.ndarray,
    measure: Callable[[np.ndarray, np.ndarray], float],
) -> Statistic:
    def statistic(places: np.ndarray, _blocks: np.ndarray) -> float:
        drawn = sources[places]
        if not {*_generators(sources)} <= {*drawn.tolist()}:
            return float("nan")
        return measure(_means(truth[places], drawn), _means(values[places], drawn))

    return statistic


def _told_apart(
    bootstrap: Bootstrap, truth: np.ndarray, sources: np.ndarray
) -> list[tuple[str, str]]:
    """Pairs of generators, the better first, that people's means keep apart in 95 % of draws."""
    found = []
    for one in _generators(sources):
        for other in _generators(sources):

            def ahead(places: np.ndarray, _blocks: np.ndarray, one=one, other=other) -> float:
                drawn, values = sources[places], truth[places]
                if one not in drawn or other not in drawn:
                    return float("nan")
                return float(values[drawn == one].mean() - values[drawn == other].mean())

            between = bootstrap(ahead).interval if one != other else None
            if between and between[0] > 0:
                found.append((one, other))
    return found


def _share_right(values: np.ndarray, sources: np.ndarray, pairs: list[tuple[str, str]]) -> float:
    means = {name: values[sources == name].mean() for name in _generators(sources)}
    return float(np.mean([means[one] > means[other] for one, other in pairs]))

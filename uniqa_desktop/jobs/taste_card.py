"""The card of a taste: all that is said of it, as plain JSON, made when it is learned.

Shares are 0–1. `null` stands for a figure that does not exist.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np

from uniqa_desktop.jobs import taste_view
from uniqa_desktop.jobs.taste_view import View
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile
from uniqa_desktop.taste import honesty, suggesting
from uniqa_desktop.taste.choosing import Choice
from uniqa_desktop.taste.evidence import Gathered
from uniqa_desktop.taste.files import Learned
from uniqa_desktop.taste.honesty import Agreement, Estimate
from uniqa_desktop.taste.posterior import Fit

BETTER = "better than the generic score"
OPEN = "not yet distinguishable"
UNKNOWN = "too few ratings"
"""What the held-out figures come to."""


def card_of(
    profile: Profile,
    scorer: Scorer,
    gathered: Gathered,
    known: Gathered,
    view: View,
    fitted: Fit | None,
    learned: Learned,
    groups: Sequence[object],
    choice: Choice | None,
) -> dict[str, Any]:
    """The card of what was just learned from `known`, which is `gathered` less the photos that
    lack features, or a sample of it."""
    usable = len(view.holds(gathered.photos))
    missing = len(gathered.photos) - usable
    held_out, calibration, curve, more = None, None, [], None
    if fitted is not None:
        seen = view.seen.of(view.rows(known.photos))
        if choice is not None and learned.adapter is not None:
            held_out = honesty.by_rounds(
                known.evidence, choice.said, choice.folds, seen.generic, groups
            )
        else:
            held_out = honesty.held_out(fitted, seen, groups)
            calibration = honesty.calibration(fitted)
            curve = honesty.curve(seen, known.evidence)
        inside = set(known.photos)
        others = np.array([row for row, one in enumerate(view.ids) if one not in inside], np.int64)
        if len(others) > 1:
            more = suggesting.needed(fitted.posterior, view.seen.of(others))
    return {
        "profile": profile.name,
        "model": scorer.model,
        "weights": view.weights,
        "method": learned.method,
        "n": known.rated,
        "pairs": known.pairs,
        "suggestions_left_out": gathered.left_out,
        "without_features": missing,
        "evidence": fingerprint(known),
        "verdict": _verdict(held_out),
        "held_out": _held_out(held_out, "accuracy", "spearman"),
        "generic": _held_out(held_out, "generic_accuracy", "generic_spearman"),
        "gain": None if held_out is None else _estimate(held_out.gain),
        "learning_curve": [
            {"ratings": size, "pairwise_accuracy": _plain(mine), "generic": _plain(generic)}
            for size, mine, generic in curve
        ],
        "more": None if more is None else {"ratings": more[0], "pairs_changed": _plain(more[1])},
        "calibration": None
        if calibration is None
        else {"within_50": calibration.within_50, "within_95": calibration.within_95},
        "methods": None
        if choice is None
        else {
            **{name: _plain(value) for name, value in choice.inner.items()},
            "chosen": choice.method,
        },
        "notes": _notes(scorer, known, fitted, missing, usable),
        "learned_from": list(known.photos),
        "said": [_plain(value) for value in known.evidence.values],
    }


def status(store: Store, scorer: Scorer, name: str | None = None) -> dict[str, Any]:
    """The card of a profile with a model as `taste status` says it, with what changed since:
    `version`, `up_to_date`, `folders`; figures are `null` before anything was learned."""
    profile = store.tastes.profile(name)
    gathered = taste_view.evidence(store, profile)
    version = store.tastes.current(profile, scorer.model)
    place = {
        "profile": profile.name,
        "in_use": profile.in_use,
        "on": [str(folder) for folder in profile.on],
        "off": [str(folder) for folder in profile.off],
        "version": None if version is None else version.number,
        "at": None if version is None else version.at.isoformat(),
    }
    if version is None:
        return place | {
            **dict.fromkeys(_FIGURES),
            "model": scorer.model,
            "method": None,
            "n": gathered.rated,
            "pairs": gathered.pairs,
            "suggestions_left_out": gathered.left_out,
            "without_features": 0,
            "verdict": UNKNOWN,
            "learning_curve": [],
            "notes": ["Nothing was learned with this model yet: run `taste train`."],
            "up_to_date": False,
            "waiting": gathered.rated + gathered.pairs,
        }
    card = dict(version.card)
    now = gathered.of_photos(_known(store, scorer, gathered)).sampled()
    fresh = fingerprint(now) == card["evidence"]
    weights = taste_view.weights_of(scorer)
    if version.weights != weights:
        card["notes"] = [*card["notes"], "The weights of the model are others now: train anew."]
    waiting = len(set(now.photos) ^ set(card["learned_from"]))
    hidden = ("learned_from", "said", "evidence", "weights")
    return (
        {key: value for key, value in card.items() if key not in hidden}
        | place
        | {"up_to_date": fresh and version.weights == weights, "waiting": waiting}
    )


_FIGURES = ("held_out", "generic", "gain", "more", "calibration", "methods")


def fingerprint(known: Gathered) -> str:
    """A hash of the evidence: the same verdicts have the same."""
    digest = hashlib.sha256(np.array(known.photos, np.int64).tobytes())
    said = known.evidence
    for part in (said.values, said.weights, said.pairs.astype(np.int64), said.pair_weights):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def _known(store: Store, scorer: Scorer, gathered: Gathered) -> set[int]:
    """The photos of the evidence that can be learned from with this model."""
    photos: Sequence[int] = gathered.photos
    if scorer.features_key is not None:
        photos, _ = store.features.read(photos, *scorer.features_key)
    measures = store.opinions.measures(photos, scorer.model)
    return {one for one, row in zip(photos, measures, strict=True) if isfinite(row[-1])}


def _verdict(held_out: Agreement | None) -> str:
    if held_out is None:
        return UNKNOWN
    return BETTER if held_out.distinguishable else OPEN


def _notes(
    scorer: Scorer, known: Gathered, fitted: Fit | None, missing: int, usable: int
) -> list[str]:
    """What the person should know, a sentence each."""
    found = []
    if missing:
        found.append(
            f"{missing} rated photos have no features of {scorer.model}: run `score --model "
            f"{scorer.model}` to encode them."
        )
    if len(known.photos) < usable:
        found.append(
            f"Of {usable} photos with a verdict an even sample of {len(known.photos)} is learned "
            "from."
        )
    if not known.rated and not known.pairs:
        found.append("Nothing was rated yet: taste is the generic score.")
    elif fitted is None:
        found.append(
            "One rating tells no order: taste is the generic score."
            if known.rated == 1
            else "All ratings are equal, which tells no order: taste is the generic score."
        )
    return found


def _held_out(found: Agreement | None, accuracy: str, spearman: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "photos": found.photos,
        "pairs": found.pairs,
        "pairwise_accuracy": _estimate(getattr(found, accuracy)),
        "spearman": _estimate(getattr(found, spearman)),
    }


def _estimate(found: Estimate) -> dict[str, float | None]:
    return {"value": _plain(found.value), "low": _plain(found.low), "high": _plain(found.high)}


def _plain(value: float) -> float | None:
    return round(value, 6) if isfinite(value) else None

"""Taking up a taste that came as a file: as a profile of its own, with scores at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from uniqa_desktop import paths
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.jobs import taste_view
from uniqa_desktop.jobs.taste import apply_taste
from uniqa_desktop.jobs.taste_card import UNKNOWN
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.taste import files
from uniqa_desktop.taste.files import Learned


def take_up(store: Store, scorer: Scorer, file: Path, name: str | None) -> tuple[str, int]:
    """Makes a profile of a taste in a file: its name, and how many photos were scored by it.

    The file is checked before anything is stored.

    Raises:
        WeightsError: the file is damaged, no taste, or made from features of another model.
        WrongUse: the name is taken, or no photo has been scored with the model yet.
    """
    learned, card = _read(store, scorer, file)
    profile = store.tastes.create(name or str(card.get("profile") or file.stem))
    try:
        store.tastes.add_version(
            profile,
            model=scorer.model,
            weights=taste_view.weights_of(scorer),
            method=learned.method,
            card=card | {"profile": profile.name, "learned_from": [], "evidence": ""},
            arrays=learned.to_bytes(),
        )
        scored, _ = apply_taste(store, scorer, profile.name)
    except BaseException:
        store.tastes.remove(profile.name)
        raise
    return profile.name, scored


def _read(store: Store, scorer: Scorer, file: Path) -> tuple[Learned, dict[str, Any]]:
    if not file.is_file():
        raise WeightsError(f"There is no file {paths.display(file)}.")
    if file.suffix.lower() not in (*files.AUTHORS, files.SUFFIX):
        raise WeightsError(
            f"{file.name} is no taste: that is a {files.SUFFIX} file with its card (.json) beside "
            f"it, or an adapter ({files.SUFFIX}, {', '.join(files.AUTHORS)})."
        )
    if file.suffix.lower() in files.AUTHORS or not file.with_suffix(".json").is_file():
        adapter = files.read_adapter(file, _width(scorer))
        view = taste_view.read(store, scorer, store.tastes.profile())
        note = "It came as an adapter; what it was trained on is not known here."
        return Learned(view.space, adapter=adapter), _EMPTY | {
            "model": scorer.model,
            "method": files.ADAPTER,
            "notes": [note],
        }
    learned, card = files.read(file)
    if card.get("weights") != taste_view.weights_of(scorer):
        raise WeightsError(
            f"{file.name} was learned from features of another model ({card.get('model')}) or of "
            f"other weights than those of {scorer.model}: use that model, or train anew."
        )
    return learned, _EMPTY | card


def _width(scorer: Scorer) -> int:
    from uniqa_desktop.clip_scorer import ClipScorer
    from uniqa_desktop.installed import Models

    if not isinstance(scorer, ClipScorer):
        raise WeightsError(
            f"An adapter needs a model that reads text, and {scorer.model} does not: choose "
            "another model first."
        )
    return Models().get(scorer.model).card.architecture.embed


_EMPTY: dict[str, Any] = {
    "n": 0, "pairs": 0, "suggestions_left_out": 0, "without_features": 0, "verdict": UNKNOWN,
    "held_out": None, "generic": None, "gain": None, "learning_curve": [], "more": None,
    "calibration": None, "methods": None, "notes": [],
}  # fmt: skip
"""What a card lacks that nothing is known of."""

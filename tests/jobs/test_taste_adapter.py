"""Taste with a model that reads text: UniQA's adapter is tried, taken up, and given away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny
from drawing import draw_folder

from uniqa_desktop import jobs
from uniqa_desktop.adapter import Adapter
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.installed import Models
from uniqa_desktop.jobs import taste, taste_import
from uniqa_desktop.photo import Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, Thumbs
from uniqa_desktop.taste import adapting, choosing

pytestmark = tiny.needs_torch
COUNT, WIDTH = 9, 32


@pytest.fixture
def scorer(tmp_path: Path) -> ClipScorer:
    file = tiny.save(tmp_path / "vit.pt", tiny.vit_arrays())
    return ClipScorer(Models().install(file, model_id="tiny"), "cpu")


@pytest.fixture
def store(tmp_path: Path, scorer: ClipScorer) -> Iterator[Store]:
    draw_folder(tmp_path / "photos", COUNT)
    with (
        Store.open(tmp_path / "library.db") as opened,
        Thumbs(tmp_path / "thumbs.db") as thumbs,
    ):
        for _ in jobs.scan(opened, [tmp_path / "photos"]):
            pass
        for _ in jobs.score(opened, thumbs, lambda: scorer, model="tiny"):
            pass
        yield opened


def adapter(width: int = WIDTH) -> Adapter:
    random = np.random.default_rng(0)
    return Adapter(
        np.linspace(0, 1, 5, dtype=np.float32),
        random.normal(0, 0.3, (width // 2, width)).astype(np.float32),
        random.normal(0, 0.3, (width, width // 2)).astype(np.float32),
    )


def test_the_adapter_is_tried_and_the_choice_is_told(
    store: Store, scorer: ClipScorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapting, "LEAST", 8)
    monkeypatch.setattr(choosing, "INNER", 2)
    for number, photo in enumerate(store.photos.ids(Query("tiny"))):
        store.verdicts.give([photo], stars=1 + number % 5, provenance=Provenance.BLIND)
    fresh = ClipScorer(Models().get("tiny"), "cpu")
    steps = list(taste.train_taste(store, fresh))
    assert steps[-1].done == 4
    (version,) = store.tastes.versions(store.tastes.profile())
    told = version.card["methods"]
    assert told["chosen"] == version.method
    assert {"posterior", "adapter"} <= set(told)
    values = store.tastes.scores(store.tastes.profile(), "tiny").values()
    assert len(values) == COUNT
    assert all(0 <= value <= 100 for value in values)


def test_an_adapter_of_the_authors_is_taken_up_and_given_away(
    store: Store, scorer: ClipScorer, tmp_path: Path
) -> None:
    adapter().save(tmp_path / "net_latest.pth")
    name, scored = taste_import.take_up(store, scorer, tmp_path / "net_latest.pth", None)
    assert (name, scored) == ("net_latest", COUNT)
    learned, version = taste.current(store, scorer, store.tastes.profile(name))
    assert version.method == "adapter"
    assert learned.adapter is not None
    assert (learned.adapter.up == adapter().up).all()
    assert len(set(store.tastes.scores(store.tastes.profile(name), "tiny").values())) > 1
    adapter(8).save(tmp_path / "other.pth")
    with pytest.raises(WeightsError, match="fits features of 8 numbers"):
        taste_import.take_up(store, scorer, tmp_path / "other.pth", None)
    assert len(store.tastes.profiles()) == 2, "what is refused leaves nothing behind"

"""Scoring with a learned model: features are stored, and spare the next pass the files."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from drawing import draw_folder, draw_jpeg

from uniqa_desktop import engine, jobs, scorers
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.installed import Models
from uniqa_desktop.model_card import Installed
from uniqa_desktop.photo import Scores
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, Thumbs

pytestmark = tiny.needs_torch


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("engine")
    file = tiny.save(folder / "vit.pt", tiny.vit_arrays())
    return Models(folder / "models").install(file, model_id="tiny")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def score(store: Store, model: Installed, *folders: Path, **options: Any) -> jobs.ScoreReport:
    for job in (jobs.scan(store, folders),) if folders else ():
        for _ in job:
            pass
    scorer = ClipScorer(model, "cpu")
    if batch := options.pop("batch", None):
        scorer.open()
        scorer.batch_size = batch
    with Thumbs(store.path.with_name("thumbs.db")) as thumbs:
        job = jobs.score(store, thumbs, lambda: scorer, model="tiny", **options)
        while True:
            try:
                next(job)
            except StopIteration as end:
                return end.value


def scores(store: Store) -> dict[str, Scores]:
    photos = store.photos.get(store.photos.ids(Query("tiny")), model="tiny")
    return {photo.path.name: photo.scores for photo in photos if photo.scores}


def test_features_are_stored_under_the_weights_and_the_crops(
    store: Store, model: Installed, folder: Path
) -> None:
    draw_folder(folder, 3)
    assert score(store, model, folder).scored == 3
    ids, vectors = store.features.read(
        store.photos.ids(Query("tiny")), model.card.weights, "five-384@64"
    )
    assert len(ids) == 3
    assert vectors.shape == (3, 5 * 32)
    encoder = engine.load(model, device="cpu")
    assert ClipScorer(model).features_key == (encoder.weights, encoder.feature_key)
    assert encoder.scores(vectors[0].reshape(5, 32)).quality == pytest.approx(
        store.scores.all_of(ids[0])[0].quality, abs=1e-4
    )


def test_with_features_no_file_is_opened_and_no_score_changes(
    store: Store, model: Installed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = draw_folder(folder, 5)
    score(store, model, folder)
    before = scores(store)
    store.scores.forget("tiny")
    for file in files:
        file.unlink()
    monkeypatch.setattr(engine, "load", lambda *_a, **_k: pytest.fail("the model was loaded"))
    assert score(store, model).scored == 5
    assert scores(store) == before


def test_a_rewritten_photo_is_opened_again(store: Store, model: Installed, folder: Path) -> None:
    files = draw_folder(folder, 3)
    score(store, model, folder)
    before = scores(store)
    store.scores.forget("tiny")
    draw_jpeg(files[1], seed=77, width=200)
    assert score(store, model, folder).scored == 3
    after = scores(store)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {files[1].name}


def test_order_and_batch_change_no_score(store: Store, model: Installed, folder: Path) -> None:
    files = draw_folder(folder, 7)
    score(store, model, folder, batch=1)
    before = scores(store)
    for number, file in enumerate(files):  # the same contents, now the other way round by name
        file.rename(folder / f"{9 - number}.jpg")
    with Store.open(store.path.with_name("other.db")) as other:
        score(other, model, folder, batch=5, threads=1)
        after = scores(other)
    for number, file in enumerate(files):
        one, two = before[file.name], after[f"{9 - number}.jpg"]
        assert one.quality == pytest.approx(two.quality, abs=1e-4)
        assert one.aesthetics == pytest.approx(two.aesthetics, abs=1e-4)


def test_features_without_measures_do_not_spare_the_file(
    store: Store, model: Installed, folder: Path
) -> None:
    """As after a kill between storing the features and the rest."""
    draw_folder(folder, 1)
    for _ in jobs.scan(store, (folder,)):
        pass
    store.features.write([(1, model.card.weights, "five-384@64", np.ones((5, 32), np.float16))])
    assert score(store, model).scored >= 1
    (photo,) = store.photos.get([1], model="tiny")
    assert photo.scores is not None
    assert photo.attributes is not None


def test_stopping_between_blocks_keeps_the_rest_pending(
    store: Store, model: Installed, folder: Path
) -> None:
    draw_folder(folder, 2)
    score(store, model, folder)
    store.scores.forget("tiny")
    stop = threading.Event()
    stop.set()
    report = score(store, model, stop=stop)
    assert report.stopped
    assert report.scored == 0
    assert len(store.photos.pending("tiny")) == 2


def test_checking_a_model_does_not_import_torch(model: Installed, home: Path) -> None:
    import subprocess

    (home / "data").mkdir(parents=True)
    (home / "data" / "models").symlink_to(model.folder.parent)
    code = (
        "import sys; from uniqa_desktop import scorers; scorers.check('tiny'); scorers.load('tiny')"
    )
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; sys.exit('torch' in sys.modules)"], check=False
    )
    assert run.returncode == 0


def test_an_unknown_model_is_refused_before_anything_is_opened() -> None:
    with pytest.raises(scorers.WeightsError, match="model list"):
        scorers.check("no-such")

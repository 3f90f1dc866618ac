"""Learning a taste from a library: from verdicts to scores, and the ways in which it may not go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tasting import MODEL, DrawnScorer, drawn, fill, ids, score_all

from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.jobs import taste, taste_audit, taste_card, taste_export, taste_import
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store
from uniqa_desktop.taste import evidence
from uniqa_desktop.taste.space import CUES

COUNT = 60
BRIGHT = drawn(COUNT)[1][:, CUES.index("brightness")]
STARS = np.digitize(BRIGHT, np.quantile(BRIGHT, [0.2, 0.4, 0.6, 0.8])) + 1


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def store(tmp_path: Path, photos: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        fill(opened, photos, COUNT)
        yield opened


def rate(store: Store, photos: Path, count: int, given: Provenance = Provenance.BLIND) -> list[int]:
    found = ids(store, photos, COUNT)
    for number in range(count):
        store.verdicts.give([found[number]], stars=int(STARS[number]), provenance=given)
    return found


def train(store: Store, scorer: DrawnScorer | None = None, name: str | None = None):
    job = taste.train_taste(store, scorer or DrawnScorer(), name)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def order(store: Store, sort: Sort = Sort.TASTE) -> list[int]:
    return list(store.photos.ids(Query(model=MODEL, sort=sort, descending=True)))


def test_nothing_rated_is_the_generic_order_and_says_so(store: Store) -> None:
    report = train(store)
    assert report.scored == COUNT
    assert order(store) == order(store, Sort.QUALITY)
    assert report.card["method"] == "generic"
    assert "Nothing was rated yet" in report.card["notes"][0]
    assert report.card["held_out"] is None


def test_verdicts_become_an_order_of_the_persons_own(store: Store, photos: Path) -> None:
    found = rate(store, photos, 30)
    report = train(store)
    by_brightness = [found[place] for place in np.argsort(-BRIGHT)]
    top = set(order(store)[:15])
    assert len(top & set(by_brightness[:15])) >= 12
    assert report.card["n"] == 30
    assert report.card["held_out"]["pairwise_accuracy"]["value"] > 0.8
    assert report.card["verdict"] == taste_card.BETTER
    assert [point["ratings"] for point in report.card["learning_curve"]] == [5, 10, 20]


def test_the_same_verdicts_make_no_new_version(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    first, second = train(store), train(store)
    assert (first.version, first.new) == (1, True)
    assert (second.version, second.new, second.moved) == (1, False, 0)
    store.verdicts.give([ids(store, photos, COUNT)[40]], stars=5, provenance=Provenance.BLIND)
    assert train(store).version == 2


def test_taking_back_a_rating_takes_its_effect_back(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    train(store)
    before = order(store)
    store.verdicts.give([ids(store, photos, COUNT)[40]], stars=1, provenance=Provenance.BLIND)
    train(store)
    store.verdicts.undo()
    assert train(store).card["n"] == 12
    assert order(store) == before


@pytest.mark.parametrize(("stars", "says"), [([3] * 5, "equal"), ([4], "One rating")])
def test_what_tells_no_order_leaves_the_generic_one(
    store: Store, photos: Path, stars: list[int], says: str
) -> None:
    found = ids(store, photos, COUNT)
    for photo, given in zip(found, stars, strict=False):
        store.verdicts.give([photo], stars=given, provenance=Provenance.BLIND)
    report = train(store)
    assert says in report.card["notes"][0]
    assert order(store) == order(store, Sort.QUALITY)


def test_accepted_suggestions_teach_nothing(store: Store, photos: Path) -> None:
    rate(store, photos, 20, Provenance.SUGGESTION)
    report = train(store)
    assert (report.card["n"], report.card["suggestions_left_out"]) == (0, 20)
    assert report.card["method"] == "generic"


def test_rated_photos_without_features_are_counted_and_encoding_is_offered(
    store: Store, photos: Path
) -> None:
    found = rate(store, photos, 10)
    (photos / "new.jpg").write_bytes(b"new")
    from shelf import take_up

    take_up(store, photos)
    new = store.photos.by_path(photos / "new.jpg")
    assert new is not None
    store.verdicts.give([new], stars=5, provenance=Provenance.BLIND)
    report = train(store)
    assert report.card["n"] == 10
    assert report.card["without_features"] == 1
    assert f"score --model {MODEL}" in report.card["notes"][0]
    assert new not in store.tastes.scores(store.tastes.profile(), MODEL)
    assert found[0] in store.tastes.scores(store.tastes.profile(), MODEL)


def test_nothing_scored_is_said(store: Store) -> None:
    with pytest.raises(WrongUse, match="run `score` first"):
        train(store, DrawnScorer("another"))


def test_each_model_learns_from_the_same_ratings(store: Store, photos: Path) -> None:
    rate(store, photos, 20)
    train(store)
    score_all(store, photos, COUNT, "other", "v")
    other = DrawnScorer("other", "v")
    waiting = taste_card.status(store, other)
    assert (waiting["version"], waiting["n"]) == (None, 20)
    assert train(store, other).card["n"] == 20
    assert taste_card.status(store, DrawnScorer())["version"] == 1, "the first is kept"


def test_other_weights_of_a_model_are_noticed(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    train(store)
    changed = DrawnScorer(MODEL, "new weights")
    assert not taste_card.status(store, changed)["up_to_date"]
    with pytest.raises(WeightsError, match="other weights"):
        taste.apply_taste(store, changed)


def test_status_says_when_verdicts_are_waiting(store: Store, photos: Path) -> None:
    found = rate(store, photos, 12)
    train(store)
    assert taste_card.status(store, DrawnScorer())["up_to_date"]
    store.verdicts.give(found[30:33], stars=2, provenance=Provenance.BLIND)
    said = taste_card.status(store, DrawnScorer())
    assert (said["up_to_date"], said["waiting"]) == (False, 3)


def test_an_earlier_version_orders_as_it_did(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    train(store)
    before = order(store)
    rate(store, photos, 40)
    train(store)
    assert order(store) != before
    assert taste.roll_back(store, DrawnScorer(), "my taste", 1)[0] == COUNT
    assert order(store) == before
    with pytest.raises(WrongUse, match="Version 2 of My taste was learned from other weights"):
        taste.roll_back(store, DrawnScorer(MODEL, "new weights"), "my taste", 2)
    now = store.tastes.current(store.tastes.profile(), MODEL)
    assert now is not None
    assert now.number == 1, "what was refused changed nothing"


def test_stopping_stores_nothing(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    stop = threading.Event()
    job = taste.train_taste(store, DrawnScorer(), stop=stop)
    next(job)
    stop.set()
    assert [step.done for step in job][-1] < 4
    assert store.tastes.versions(store.tastes.profile()) == []
    assert store.tastes.scores(store.tastes.profile(), MODEL) == {}


def test_suggestions_are_photos_without_a_verdict(store: Store, photos: Path) -> None:
    found = rate(store, photos, 12)
    store.verdicts.give([found[20]], flag=Flag.MAYBE, provenance=Provenance.SUGGESTION)
    suggested = taste.suggest(store, DrawnScorer(), count=10)
    assert len(set(suggested)) == 10
    assert not set(suggested) & {*found[:12], found[20]}
    pairs = taste.suggest_pairs(store, DrawnScorer(), count=4)
    assert len({photo for pair in pairs for photo in pair}) == 8
    assert not {photo for pair in pairs for photo in pair} & set(found[:12])


def test_of_very_many_ratings_a_sample_is_learned_from_and_said(
    store: Store, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(store, photos, 30)
    monkeypatch.setattr(evidence, "MOST", 20)
    report = train(store)
    assert report.card["n"] == 15
    assert "even sample of 15" in report.card["notes"][0]
    assert taste_card.status(store, DrawnScorer())["up_to_date"]


def test_in_a_large_library_suggestions_come_from_a_sample(
    store: Store, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = rate(store, photos, 12)
    monkeypatch.setattr(taste, "_ASKED_AMONG", 20)
    suggested = taste.suggest(store, DrawnScorer(), count=50)
    assert 10 <= len(suggested) <= 20
    assert not set(suggested) & set(found[:12])


def test_the_reasons_add_up_to_the_score(store: Store, photos: Path) -> None:
    found = rate(store, photos, 30)
    train(store)
    explained = taste.explain_taste(store, DrawnScorer(), found[45])
    assert explained is not None
    why, learned_from = explained
    parts = why.generic + why.shown + sum(points for _, points in why.cues)
    assert why.taste == pytest.approx(parts, abs=0.6)
    assert why.cues[0][0] == "brightness"
    assert {learned_from[one.place] for one in (*why.liked, *why.disliked)} <= set(found[:30])
    assert all(one.value > 0.5 for one in why.liked)


def test_a_profile_learns_in_its_folders_alone(store: Store, photos: Path) -> None:
    rate(store, photos, 12)
    other = store.tastes.create("Elsewhere")
    store.tastes.set_folder(other, photos / "not here", True)
    with pytest.raises(WrongUse, match="Elsewhere"):
        train(store, name="Elsewhere")
    assert taste_card.status(store, DrawnScorer(), "Elsewhere")["n"] == 0


def test_a_taste_is_carried_to_another_library(store: Store, photos: Path, tmp_path: Path) -> None:
    rate(store, photos, 30)
    store.tastes.rename("My taste", "Mine")
    report = train(store)
    file = tmp_path / "mine.safetensors"
    version, written = taste_export.write_out(store, DrawnScorer(), "mine", file)
    assert (version, written) == (report.version, [file, file.with_suffix(".json")])
    for private in ("learned_from", "said", str(photos)):
        assert private not in file.with_suffix(".json").read_text()
    with pytest.raises(WrongUse, match=r"ends in \.safetensors"):
        taste_export.write_out(store, DrawnScorer(), "mine", tmp_path / "mine.jpg")
    assert not (tmp_path / "mine.jpg").exists()
    before = order(store)
    with Store.open(tmp_path / "second.db") as second:
        fill(second, photos, COUNT)
        name, scored = taste_import.take_up(
            second, DrawnScorer(), tmp_path / "mine.safetensors", None
        )
        second.tastes.use(name)
        assert (name, scored) == ("Mine", report.scored)
        assert order(second) == before
        with pytest.raises(WeightsError, match="features of another model"):
            taste_import.take_up(
                second, DrawnScorer(MODEL, "v"), tmp_path / "mine.safetensors", "X"
            )
        assert [one.name for one in second.tastes.profiles()] == ["Mine", "My taste"]


def test_an_audit_without_a_report_goes_on_with_what_is_left(store: Store, photos: Path) -> None:
    rate(store, photos, 20)
    assert taste_audit.unfinished(store, MODEL) is None, "none was begun"
    number, chosen = taste_audit.begin_audit(store, MODEL, count=10)
    for photo in chosen[:3]:
        store.verdicts.give([photo], flag=Flag.PICK, provenance=Provenance.BLIND)
    store.verdicts.give([chosen[5]], stars=4, provenance=Provenance.SCORE_VISIBLE)
    found = taste_audit.unfinished(store, MODEL)
    assert found is not None
    assert (found.audit, found.judged) == (number, 3)
    assert found.left == (*chosen[3:5], *chosen[6:])
    assert taste_audit.unfinished(store, "another model") is None
    store.verdicts.give(list(found.left), flag=Flag.REJECT, provenance=Provenance.BLIND)
    found = taste_audit.unfinished(store, MODEL)
    assert found is not None
    assert (found.judged, found.left) == (9, ()), "only the report is missing"
    assert taste_audit.report_audit(store)["answered"] == 9
    assert taste_audit.unfinished(store, MODEL) is None


def test_a_blind_audit_from_drawing_to_report(store: Store, photos: Path) -> None:
    found = rate(store, photos, 20)
    train(store)
    number, chosen = taste_audit.begin_audit(store, MODEL, count=10)
    assert len(chosen) == 10
    assert not set(chosen) & set(found[:20])
    with pytest.raises(WrongUse, match="No blind verdict"):
        taste_audit.report_audit(store)
    for photo in chosen:
        bright = STARS[found.index(photo)] >= 4
        store.verdicts.give(
            [photo], flag=Flag.PICK if bright else Flag.REJECT, provenance=Provenance.BLIND
        )
    report = taste_audit.report_audit(store, number=number)
    assert report["answered"] == 10
    assert report["taste"]["keepers_dropped"]["count"] <= 1
    assert store.opinions.audits(store.tastes.profile().id)[0].report is not None
    with pytest.raises(WrongUse, match="no audit 99"):
        taste_audit.report_audit(store, number=99)

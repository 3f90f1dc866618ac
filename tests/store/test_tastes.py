"""Tastes in the library: profiles, versions that are kept, scores that lists are sorted by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import take_up
from tasting import MODEL, fill, ids

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        fill(opened, tmp_path / "photos", 4)
        yield opened


def learn(store: Store, profile: Profile, model: str = MODEL, n: int = 0) -> int:
    return store.tastes.add_version(
        profile, model=model, weights="w", method="posterior", card={"n": n}, arrays=b"%d" % n
    )


def by_taste(store: Store, model: str = MODEL) -> list[int]:
    return list(store.photos.ids(Query(model=model, sort=Sort.TASTE, descending=True)))


def test_a_library_has_one_taste_in_use_from_the_start(store: Store) -> None:
    (only,) = store.tastes.profiles()
    assert only.in_use
    assert store.tastes.profile() == only
    assert store.tastes.profile(only.name.upper()) == only


def test_photos_are_sorted_by_the_taste_in_use(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", 4)
    mine, other = store.tastes.profile(), store.tastes.create("Family")
    store.tastes.write_scores(mine, MODEL, zip(photos, [10.0, 40.0, 30.0], strict=False))
    store.tastes.write_scores(other, MODEL, zip(photos, [5.0, 6.0, 7.0, 8.0], strict=True))
    assert by_taste(store) == [photos[1], photos[2], photos[0], photos[3]]
    assert [one.taste for one in store.photos.get(photos, MODEL)] == [10, 40, 30, None]
    store.tastes.use("family")
    assert by_taste(store) == photos[::-1]
    assert {one.taste for one in store.photos.get(photos, "another model")} == {None}


def test_names_are_taken_once_whatever_their_case(store: Store) -> None:
    store.tastes.create("Client X")
    for bad in ("client x", "  ", ""):
        with pytest.raises(WrongUse):
            store.tastes.create(bad)
    with pytest.raises(WrongUse, match="already"):
        store.tastes.rename("my taste", "CLIENT X")
    assert store.tastes.rename("client x", "Client Y").name == "Client Y"
    assert store.tastes.rename("client y", "CLIENT Y").name == "CLIENT Y"
    with pytest.raises(WrongUse, match="no taste called 'Client X'"):
        store.tastes.profile("Client X")


def test_a_copy_goes_its_own_way(store: Store, tmp_path: Path) -> None:
    mine = store.tastes.profile()
    learn(store, mine, n=1)
    store.tastes.set_folder(mine, tmp_path / "photos", True)
    copied = store.tastes.copy(mine.name, "Copy")
    learn(store, copied, n=2)
    assert [one.number for one in store.tastes.versions(copied)] == [2, 1]
    assert [one.number for one in store.tastes.versions(mine)] == [1]
    assert copied.on == (tmp_path / "photos",)


def test_every_version_is_kept_and_can_come_back(store: Store) -> None:
    mine = store.tastes.profile()
    for n in (5, 10, 20):
        learn(store, mine, n=n)
    learn(store, mine, "another model", n=7)
    store.tastes.roll_back(mine, 1)
    current = store.tastes.current(mine, MODEL)
    assert current is not None
    assert (current.number, current.card["n"]) == (1, 5)
    assert store.tastes.arrays(mine, 1) == b"5"
    other = store.tastes.current(mine, "another model")
    assert other is not None
    assert other.number == 4, "a model's versions go back alone"
    assert learn(store, mine) == 5
    with pytest.raises(WrongUse, match="no version 9"):
        store.tastes.roll_back(mine, 9)


def test_a_profile_counts_where_it_is_on(store: Store, tmp_path: Path) -> None:
    for name in ("family", "family/work"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.jpg").write_bytes(name.encode())
    take_up(store, tmp_path)
    mine = store.tastes.profile()
    assert len(store.tastes.within(mine)) == 6
    store.tastes.set_folder(mine, tmp_path / "family", True)
    assert len(store.tastes.within(store.tastes.profile())) == 2
    store.tastes.set_folder(mine, tmp_path / "family/work", False)
    assert len(store.tastes.within(store.tastes.profile())) == 1
    store.tastes.set_folder(mine, tmp_path / "family", None)
    assert len(store.tastes.within(store.tastes.profile())) == 5


def test_the_taste_in_use_is_not_dropped_others_go_with_all_of_theirs(store: Store) -> None:
    other = store.tastes.create("Other")
    learn(store, other)
    with pytest.raises(WrongUse, match="in use"):
        store.tastes.remove("My taste")
    store.tastes.remove("Other")
    assert [one.name for one in store.tastes.profiles()] == ["My taste"]


def test_resetting_forgets_what_was_learned_and_no_verdict(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", 4)
    mine = store.tastes.profile()
    store.verdicts.give(photos[:2], stars=3, provenance=Provenance.BLIND)
    learn(store, mine)
    store.tastes.write_scores(mine, MODEL, [(photos[0], 1.0)])
    assert store.tastes.reset(mine) == (1, 1)
    assert len(store.opinions.given()) == 2
    assert store.tastes.versions(mine) == []


def test_verdicts_are_known_by_how_they_were_given(store: Store, tmp_path: Path) -> None:
    one, other, *_ = ids(store, tmp_path / "photos", 4)
    store.verdicts.give([one], stars=3, provenance=Provenance.BLIND)
    store.verdicts.give([one], flag=Flag.PICK, provenance=Provenance.SUGGESTION)
    store.verdicts.give([other], stars=5, provenance=Provenance.SCORE_VISIBLE)
    store.verdicts.give([other], stars=1, provenance=Provenance.BLIND)
    store.verdicts.undo()
    first, second = store.opinions.given()
    assert (first.flag_given, first.stars_given) == (Provenance.SUGGESTION, Provenance.BLIND)
    assert (second.stars, second.stars_given) == (5, Provenance.SCORE_VISIBLE)


def test_choices_are_remembered_and_taken_back(store: Store, tmp_path: Path) -> None:
    one, other, *_ = ids(store, tmp_path / "photos", 4)
    store.preferences.choose(one, other, Provenance.BLIND)
    store.preferences.choose(other, one, Provenance.SCORE_VISIBLE)
    assert [(c.better, c.worse) for c in store.opinions.choices()] == [(one, other), (other, one)]
    store.verdicts.undo()
    assert [(c.better, c.worse) for c in store.opinions.choices()] == [(one, other)]
    with pytest.raises(ValueError, match="itself"):
        store.preferences.choose(one, one, Provenance.BLIND)


def test_only_blind_verdicts_after_it_answer_an_audit(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", 4)
    store.verdicts.give(photos[:1], flag=Flag.PICK, provenance=Provenance.BLIND)
    mine = store.tastes.profile()
    number = store.opinions.add_audit(mine.id, MODEL, [(photo, 1.0, None) for photo in photos])
    store.verdicts.give(photos[1:2], flag=Flag.PICK, provenance=Provenance.BLIND)
    store.verdicts.give(photos[2:3], flag=Flag.PICK, provenance=Provenance.SCORE_VISIBLE)
    (audit,) = store.opinions.audits(mine.id)
    assert audit.id == number
    assert [one.photo for one in store.opinions.verdicts_since(audit.after, photos)] == photos[1:2]
    store.opinions.keep_report(number, {"answered": 1})
    (audit,) = store.opinions.audits(mine.id)
    assert audit.report == {"answered": 1}

"""Verdicts: undo and redo without end, across restarts, and a history that forgets nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import photo, take_up

from uniqa_desktop.photo import Flag, Label, Provenance, Verdict
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

BLIND = Provenance.BLIND


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "photos").mkdir()
    for number in range(5):
        (tmp_path / "photos" / f"{number}.jpg").write_bytes(b"%d" % number)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, tmp_path / "photos")
        yield opened


def verdicts(store: Store) -> list[Verdict]:
    photos = store.photos.get(store.photos.ids(Query(model="m")))
    return [found.verdict for found in photos]


def test_only_what_is_given_changes(store: Store) -> None:
    assert store.verdicts.give([1], flag=Flag.PICK, provenance=BLIND) == 1
    assert store.verdicts.give([1], stars=3, provenance=BLIND) == 1
    assert store.verdicts.give([1], label=Label.RED, provenance=BLIND) == 1
    assert photo(store, 1).verdict == Verdict(Flag.PICK, 3, Label.RED)
    assert store.verdicts.give([1], flag=Flag.NONE, stars=0, provenance=BLIND) == 1
    assert photo(store, 1).verdict == Verdict(label=Label.RED)


def test_one_key_press_on_many_photos_is_one_act(store: Store) -> None:
    store.verdicts.give([2], flag=Flag.REJECT, provenance=BLIND)
    assert store.verdicts.give([1, 2, 3, 99], flag=Flag.REJECT, provenance=BLIND) == 2
    assert [change.photo for change in store.verdicts.undo()] == [1, 3]
    assert [verdict.flag for verdict in verdicts(store)] == [
        Flag.NONE, Flag.REJECT, Flag.NONE, Flag.NONE, Flag.NONE,
    ]  # fmt: skip


def test_what_changes_nothing_is_no_act(store: Store) -> None:
    store.verdicts.give([1], flag=Flag.PICK, provenance=BLIND)
    store.verdicts.undo()
    assert store.verdicts.give([1], flag=Flag.NONE, provenance=BLIND) == 0
    assert store.verdicts.redo(), "the redo line is still there"
    assert photo(store, 1).verdict.flag is Flag.PICK


def test_nothing_to_undo_or_redo_is_no_error(store: Store) -> None:
    assert store.verdicts.undo() == []
    assert store.verdicts.redo() == []


@pytest.mark.parametrize("stars", [-1, 6])
def test_there_are_five_stars(store: Store, stars: int) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        store.verdicts.give([1], stars=stars, provenance=BLIND)


def test_undo_and_redo_survive_a_restart(store: Store) -> None:
    store.verdicts.give([1], stars=1, provenance=BLIND)
    store.verdicts.give([1], stars=2, provenance=BLIND)
    store.verdicts.undo()
    with Store.open(store.path) as again:
        assert photo(again, 1).verdict.stars == 1
        (redone,) = again.verdicts.redo()
        assert (redone.before.stars, redone.after.stars, redone.undone) == (1, 2, False)
        again.verdicts.undo(), again.verdicts.undo()
    assert photo(store, 1).verdict.stars == 0


def test_the_history_tells_all_newest_first(store: Store) -> None:
    store.verdicts.give([1, 2], flag=Flag.MAYBE, provenance=Provenance.SCORE_VISIBLE)
    store.verdicts.give([1], stars=5, provenance=BLIND)
    store.verdicts.undo()
    store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.SUGGESTION)
    history = store.verdicts.history(1)
    assert [(change.after, change.undone, change.provenance) for change in history] == [
        (Verdict(Flag.PICK), False, Provenance.SUGGESTION),
        (Verdict(Flag.MAYBE, 5), True, BLIND),
        (Verdict(Flag.MAYBE), False, Provenance.SCORE_VISIBLE),
    ]
    assert history[0].before == Verdict(Flag.MAYBE)
    assert abs(datetime.now(UTC) - history[0].at) < timedelta(minutes=1)
    assert len(store.verdicts.history(2)) == 1
    assert store.verdicts.history(3) == []


def test_a_new_verdict_ends_the_redo_line(store: Store) -> None:
    for stars in (1, 2):
        store.verdicts.give([1], stars=stars, provenance=BLIND)
    store.verdicts.undo()
    store.verdicts.give([1], stars=3, provenance=BLIND)
    assert store.verdicts.redo() == []
    store.verdicts.undo()
    assert [change.after.stars for change in store.verdicts.redo()] == [3]
    assert [change.after.stars for change in store.verdicts.undo()] == [3]
    assert [change.after.stars for change in store.verdicts.undo()] == [1]
    assert photo(store, 1).verdict.stars == 0


KEYS = st.one_of(
    st.tuples(
        st.just("give"),
        st.sets(st.integers(min_value=1, max_value=5), min_size=1),
        st.integers(min_value=0, max_value=5),
    ),
    st.just(("undo",)),
    st.just(("redo",)),
    st.just(("restart",)),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(KEYS, max_size=30))
def test_any_keys_undo_and_redo_like_a_stack(
    tmp_path_factory: pytest.TempPathFactory, keys: list[tuple]
) -> None:
    folder = tmp_path_factory.mktemp("keys")
    for number in range(5):
        (folder / f"{number}.jpg").write_bytes(b"%d" % number)
    now = [0] * 5
    done: list[list[int]] = []
    undone: list[list[int]] = []
    store = Store.open(folder / "library.db")
    try:
        take_up(store, folder)
        for what, *arguments in keys:
            if what == "give":
                ids, stars = arguments
                after = [stars if i + 1 in ids else old for i, old in enumerate(now)]
                store.verdicts.give(sorted(ids), stars=stars, provenance=BLIND)
                if after != now:
                    done.append(now)
                    undone.clear()
                    now = after
            elif what == "undo":
                assert bool(store.verdicts.undo()) is bool(done)
                if done:
                    undone.append(now)
                    now = done.pop()
            elif what == "redo":
                assert bool(store.verdicts.redo()) is bool(undone)
                if undone:
                    done.append(now)
                    now = undone.pop()
            else:
                store.close()
                store = Store.open(folder / "library.db")
            assert [verdict.stars for verdict in verdicts(store)] == now
    finally:
        store.close()


def test_many_photos_may_get_verdicts_of_their_own_in_one_act(store: Store) -> None:
    wanted = {1: Verdict(Flag.PICK, 5), 2: Verdict(label=Label.BLUE), 3: Verdict()}
    assert store.verdicts.put(wanted, Provenance.SIDECAR) == 2
    assert verdicts(store)[:3] == list(wanted.values())
    assert len(store.verdicts.undo()) == 2
    assert verdicts(store) == [Verdict()] * 5


def test_the_history_lists_acts_newest_first_with_what_became_of_them(store: Store) -> None:
    for number in (1, 2, 3):
        store.verdicts.give([number, 4], stars=number, provenance=BLIND)
    store.verdicts.undo()
    acts = store.verdicts.acts()
    assert [(act.state, act.count, act.first) for act in acts] == [
        ("undone", 2, 3), ("done", 2, 2), ("done", 2, 1),
    ]  # fmt: skip
    assert store.verdicts.acts(limit=1, before=acts[0].id) == acts[1:2]
    changes = store.verdicts.changes(acts[1].id)
    assert [(change.photo, change.before.stars, change.after.stars) for change in changes] == [
        (2, 0, 2),
        (4, 1, 2),
    ]
    assert {change.act for change in changes} == {acts[1].id}
    firsts = store.verdicts.firsts(acts)
    assert {act: change.photo for act, change in firsts.items()} == {
        act.id: act.first for act in acts
    }
    assert firsts[acts[0].id].undone


def test_acts_of_a_span_of_time(store: Store) -> None:
    for number in (1, 2, 3):
        store.verdicts.give([number], stars=number, provenance=BLIND)
        time.sleep(0.002)  # the library keeps milliseconds
    last, middle, first = store.verdicts.acts()
    elsewhere = middle.at.astimezone(timezone(timedelta(hours=-9)))
    assert store.verdicts.acts(since=elsewhere) == [last, middle]
    assert store.verdicts.acts(until=elsewhere) == [first]
    assert store.verdicts.acts(-1, since=first.at, until=last.at) == [middle, first]


def test_verdicts_that_revised_an_earlier_one_are_counted(store: Store, tmp_path: Path) -> None:
    store.verdicts.give([1, 2], stars=1, provenance=BLIND)
    store.verdicts.give([1], stars=2, provenance=BLIND)
    store.verdicts.give([2], stars=3, provenance=BLIND)
    store.verdicts.undo()
    assert store.verdicts.count() == (3, 1)
    assert store.verdicts.count((tmp_path / "elsewhere",)) == (0, 0)

"""Choices of two photos are acts: in line with verdicts, in the history, across restarts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import photo, take_up

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.store import Store

BLIND = Provenance.BLIND


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with shelved(tmp_path) as opened:
        yield opened


def shelved(folder: Path) -> Store:
    photos = folder / "photos"
    photos.mkdir(parents=True)
    for number in range(4):
        (photos / f"{number}.jpg").write_bytes(b"%d" % number)
    store = Store.open(folder / "library.db")
    take_up(store, photos)
    return store


def chosen(store: Store) -> list[tuple[int, int]]:
    return [(one.better, one.worse) for one in store.opinions.choices()]


def test_one_undo_takes_back_whichever_came_last(store: Store) -> None:
    store.verdicts.give([1], flag=Flag.PICK, provenance=BLIND)
    store.preferences.choose(2, 1, Provenance.SCORE_VISIBLE)
    store.groups.merge([3, 4])
    store.verdicts.undo()
    assert chosen(store) == [(2, 1)], "the correction of groups came last"
    next_one = store.preferences.next_undo()
    assert next_one is not None
    assert (next_one.better, next_one.worse, next_one.given) == (2, 1, Provenance.SCORE_VISIBLE)
    assert store.verdicts.undo() == []
    assert chosen(store) == []
    assert photo(store, 1).verdict.flag is Flag.PICK
    assert store.preferences.next_undo() is None, "now it is the verdict's turn"
    assert [change.photo for change in store.verdicts.undo()] == [1]


def test_undone_choices_come_back_after_a_restart(store: Store) -> None:
    store.preferences.choose(1, 2, BLIND)
    store.preferences.choose(3, 2, BLIND)
    store.verdicts.undo()
    store.verdicts.undo()
    with Store.open(store.path) as again:
        assert chosen(again) == []
        following = again.preferences.next_redo()
        assert following is not None
        assert (following.better, following.worse) == (1, 2)
        again.verdicts.redo()
        assert chosen(again) == [(1, 2)]
    store.preferences.choose(4, 2, BLIND)
    assert store.verdicts.redo() == []
    assert chosen(store) == [(1, 2), (4, 2)], "a new act ends what could be redone"


def test_the_history_tells_choices_among_verdicts(store: Store) -> None:
    store.verdicts.give([1, 2], stars=3, provenance=BLIND)
    number = store.preferences.choose(2, 1, Provenance.SCORE_VISIBLE)
    store.verdicts.give([1], stars=1, provenance=BLIND)
    acts = store.verdicts.acts()
    assert [(act.count, act.first) for act in acts] == [(1, 1), (0, 0), (2, 1)]
    assert acts[1].id == number
    assert acts[1].provenance is Provenance.SCORE_VISIBLE
    (found,) = store.preferences.of_acts([act.id for act in acts]).values()
    assert (found.act, found.better, found.worse, found.stands) == (number, 2, 1, True)
    assert [one.act for one in store.preferences.of_photo(1)] == [number]
    assert store.preferences.of_photo(3) == []
    store.verdicts.undo()
    store.verdicts.undo()
    (found,) = store.preferences.of_acts([number]).values()
    assert (found.undone, found.stands) == (True, False)


def test_an_earlier_state_of_a_choice_comes_back_as_an_act(store: Store) -> None:
    first = store.preferences.choose(1, 2, BLIND)
    store.verdicts.give([3], stars=1, provenance=BLIND)
    assert not store.preferences.put(1, 2, True, BLIND), "it stands already"
    assert store.preferences.put(1, 2, False, BLIND)
    assert chosen(store) == []
    assert not store.preferences.put(1, 2, False, BLIND)
    withdrawal, made = store.preferences.of_photo(2)
    assert (withdrawal.withdrawn, made.withdrawn, made.act) == (True, False, first)
    assert (made.undone, made.stands) == (False, False)
    store.verdicts.undo()
    assert chosen(store) == [(1, 2)], "taking it back is taken back"
    store.verdicts.redo()
    assert store.preferences.put(1, 2, True, BLIND)
    assert chosen(store) == [(1, 2)]
    assert photo(store, 3).verdict.stars == 1


KEYS = st.one_of(
    st.tuples(st.just("choose"), st.sampled_from([(1, 2), (2, 1), (3, 1)])),
    st.tuples(st.just("withdraw"), st.sampled_from([(1, 2), (2, 1), (3, 1)])),
    st.tuples(st.just("rate"), st.integers(0, 5)),
    st.just(("undo", None)),
    st.just(("redo", None)),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(KEYS, max_size=25))
def test_any_keys_undo_and_redo_like_a_stack(
    tmp_path_factory: pytest.TempPathFactory, keys: list[tuple[str, Any]]
) -> None:
    done: list[tuple[frozenset, int]] = [(frozenset(), 0)]
    undone: list[tuple[frozenset, int]] = []
    with shelved(tmp_path_factory.mktemp("keys")) as store:
        for what, value in keys:
            pairs, stars = done[-1]
            if what == "choose":
                better, worse = value
                store.preferences.choose(better, worse, BLIND)
                done.append((pairs | {value}, stars))
                undone.clear()
            elif what == "withdraw":
                better, worse = value
                assert store.preferences.put(better, worse, False, BLIND) == (value in pairs)
                if value in pairs:
                    done.append((pairs - {value}, stars))
                    undone.clear()
            elif what == "rate":
                store.verdicts.give([4], stars=value, provenance=BLIND)
                if value != stars:
                    done.append((pairs, value))
                    undone.clear()
            elif what == "undo":
                store.verdicts.undo()
                if len(done) > 1:
                    undone.append(done.pop())
            elif undone:
                store.verdicts.redo()
                done.append(undone.pop())
            pairs, stars = done[-1]
            assert set(chosen(store)) == pairs
            assert photo(store, 4).verdict.stars == stars

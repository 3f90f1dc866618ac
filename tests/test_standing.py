"""Where a score stands among those of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawing import draw_jpeg
from hypothesis import given
from hypothesis import strategies as st
from shelf import MODEL, photo_at, scored, take_up

from uniqa_desktop.standing import Standing, better_than
from uniqa_desktop.store import Store

SCORES = st.floats(0, 100)


def test_the_best_is_better_than_all_others_and_the_lowest_than_none() -> None:
    assert better_than([10, 20, 30], 30) == 100
    assert better_than([10, 20, 30], 20) == 50
    assert better_than([10, 20, 30], 10) == 0
    assert better_than([10], 10) is None
    assert better_than([], 10) is None


@given(st.lists(SCORES, min_size=2), st.data())
def test_it_counts_those_that_are_lower(values: list[float], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(values))
    share = better_than(sorted(values), value)
    assert share == pytest.approx(100 * sum(v < value for v in values) / (len(values) - 1))


def test_the_store_gives_the_scores_of_a_folder_and_a_model(tmp_path: Path) -> None:
    folder, other = tmp_path / "a", tmp_path / "b"
    files = [draw_jpeg(folder / f"{n}.jpg", seed=n) for n in range(3)]
    draw_jpeg(other / "9.jpg", seed=9)
    with Store.open(tmp_path / "library.db") as store:
        take_up(store, folder, other)
        assert store.scores.standing(MODEL, (folder,)) == Standing([], [])
        numbers = [photo_at(store, file).id for file in files]
        elsewhere = photo_at(store, other / "9.jpg").id
        store.scores.write(
            [scored(n, q) for n, q in zip([*numbers, elsewhere], [50, 20, None, 99], strict=True)]
        )
        store.scores.write([scored(numbers[0], 1, model="another")])
        found = store.scores.standing(MODEL, (folder,))
        assert found == Standing([20.0, 50.0], [])
        files[1].unlink()
        take_up(store, folder)
        assert store.scores.standing(MODEL, (folder,)).quality == [50.0]

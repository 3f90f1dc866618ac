"""Learning: the generic score first, every rating counts, nothing is left to chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tasting import seen

from uniqa_desktop.agreement import pairwise_accuracy
from uniqa_desktop.taste import posterior
from uniqa_desktop.taste.observations import Evidence, to_percent
from uniqa_desktop.taste.space import CUES, Seen, Space

PHOTOS = seen(200)
KNOWN, REST = np.arange(20), np.arange(20, 200)


def learned(
    values: np.ndarray, rows: np.ndarray = KNOWN, **more: np.ndarray
) -> posterior.Posterior:
    return posterior.fit(PHOTOS.of(rows), Evidence.of(values, **more)).posterior


def rated(taste: np.ndarray, rows: np.ndarray = KNOWN) -> np.ndarray:
    """Stars for a taste: quintiles of it, 0–1."""
    return np.digitize(taste, np.quantile(taste, [0.2, 0.4, 0.6, 0.8]))[rows] / 4


def test_without_ratings_the_order_is_the_generic_one() -> None:
    said = posterior.blank(PHOTOS.likeness.shape[1], PHOTOS.cues.shape[1]).latent(PHOTOS)
    assert (np.argsort(said) == np.argsort(PHOTOS.generic)).all()


@pytest.mark.parametrize("cue", ["brightness", "warmth"])
def test_a_liking_for_one_cue_is_found_from_twenty_ratings(cue: str) -> None:
    taste = PHOTOS.cues[:, CUES.index(cue)]
    said = learned(rated(taste)).latent(PHOTOS.of(REST))
    assert pairwise_accuracy(taste[REST], said) > 0.85
    assert pairwise_accuracy(taste[REST], PHOTOS.generic[REST]) < 0.6


def test_a_liking_for_one_subject_is_found() -> None:
    taste = (np.arange(200) % 4 == 1).astype(float)
    said = learned(taste[KNOWN]).latent(PHOTOS.of(REST))
    assert pairwise_accuracy(taste[REST], said) > 0.85


def test_someone_like_everybody_keeps_the_generic_order_nearly() -> None:
    said = learned(rated(PHOTOS.generic)).latent(PHOTOS.of(REST))
    assert pairwise_accuracy(PHOTOS.generic[REST], said) > 0.85


def test_a_better_rating_raises_its_photo_and_those_like_it() -> None:
    values = rated(PHOTOS.generic)
    higher = values.copy()
    higher[3] = 1.0 if values[3] < 1 else 0.0
    rise = learned(higher).ratings(PHOTOS) - learned(values).ratings(PHOTOS)
    sign = np.sign(higher[3] - values[3])
    near = np.argsort(-(PHOTOS.likeness @ PHOTOS.likeness[3]))[:10]
    assert (sign * rise[near] > 0).all()


def test_the_same_ratings_give_the_same_bits() -> None:
    values = rated(PHOTOS.generic + PHOTOS.cues[:, 0])
    one, other = learned(values), learned(values.copy())
    assert one.latent(PHOTOS).tobytes() == other.latent(PHOTOS).tobytes()
    assert one.precision.tobytes() == other.precision.tobytes()


def test_leaving_out_in_closed_form_is_learning_without(monkeypatch: pytest.MonkeyPatch) -> None:
    # A person's scale is estimated from all ratings; here it is known.
    monkeypatch.setattr(posterior, "_scale", lambda evidence: (0.5, 0.3))
    values = rated(PHOTOS.cues[:, 1] + PHOTOS.generic)
    fitted = posterior.fit(PHOTOS.of(KNOWN), Evidence.of(values))
    places = np.array([[2, 11], [5, 6], [0, 19]])
    for row, left_out in zip(fitted.without(places), places, strict=True):
        kept = np.setdiff1d(KNOWN, left_out)
        again = learned(values[kept], kept).latent(PHOTOS.of(left_out))
        assert row == pytest.approx(again, abs=1e-4)


def test_choices_alone_are_enough_to_learn_from() -> None:
    taste = PHOTOS.cues[:, 1]
    pairs = np.arange(40).reshape(20, 2)
    better = np.where((taste[pairs[:, 0]] > taste[pairs[:, 1]])[:, None], pairs, pairs[:, ::-1])
    nothing = np.full(40, np.nan)
    said = learned(nothing, np.arange(40), pairs=better).latent(PHOTOS)
    assert pairwise_accuracy(taste[40:], said[40:]) > 0.8
    assert (said[better[:, 0]] > said[better[:, 1]]).mean() > 0.9


def test_contradictory_ratings_of_duplicates_cancel() -> None:
    twice = np.repeat(np.arange(10), 2)
    values = np.tile([0.0, 1.0], 10)
    found = learned(values, twice)
    assert np.isfinite(found.latent(PHOTOS)).all()
    assert found.ratings(PHOTOS.of(np.arange(10))) == pytest.approx(0.5, abs=0.25)


def test_one_rating_and_equal_ratings_tell_no_order() -> None:
    assert not Evidence.of(np.array([0.75])).tells_order
    assert not Evidence.of(np.full(9, 0.5)).tells_order
    assert Evidence.of(np.array([0.5, np.nan, np.nan]), pairs=np.array([[1, 2]])).tells_order
    with pytest.raises(ValueError, match="cannot be learned"):
        posterior.fit(PHOTOS.of(np.arange(0)), Evidence.of(np.zeros(0)))


def test_doubt_shrinks_where_ratings_are() -> None:
    found = learned(rated(PHOTOS.generic))
    before = posterior.blank(PHOTOS.likeness.shape[1], len(CUES)).variance(PHOTOS.of(KNOWN))
    assert (found.variance(PHOTOS.of(KNOWN)) < before).all()


def test_a_model_without_features_learns_from_cues() -> None:
    plain = Seen(np.zeros((200, 0)), PHOTOS.cues, PHOTOS.generic)
    taste = plain.cues[:, 3]
    found = posterior.fit(plain.of(KNOWN), Evidence.of(rated(taste))).posterior
    assert pairwise_accuracy(taste[REST], found.latent(plain.of(REST))) > 0.85


def test_many_ratings_are_learned_from_as_well() -> None:
    photos = seen(700)
    taste = photos.cues[:, 1] + photos.generic
    rows = np.arange(600)
    values = np.digitize(taste, np.quantile(taste, [0.2, 0.4, 0.6, 0.8]))[rows] / 4
    found = posterior.fit(photos.of(rows), Evidence.of(values)).posterior
    assert pairwise_accuracy(taste[600:], found.latent(photos.of(slice(600, None)))) > 0.9


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=20, unique=True))
def test_scores_for_people_stay_in_range_and_in_order(ratings: list[float]) -> None:
    shown = to_percent(np.array(sorted(ratings)))
    assert (shown >= 0).all()
    assert (shown <= 100).all()
    assert (np.diff(shown) >= 0).all()


def test_a_cue_that_was_not_measured_counts_as_average() -> None:
    cues = np.full((4, len(CUES)), 50.0)
    cues[:, 5] = np.nan
    space = Space.of(None, cues, np.arange(4.0))
    assert (space.place(None, cues, np.arange(4.0)).cues == 0).all()

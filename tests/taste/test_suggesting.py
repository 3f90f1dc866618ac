"""What to rate next: telling photos, different from each other."""

from __future__ import annotations

import numpy as np
from tasting import seen

from uniqa_desktop.taste import posterior, suggesting
from uniqa_desktop.taste.observations import Evidence
from uniqa_desktop.taste.space import Seen

PHOTOS = seen(200)
BLANK = posterior.blank(PHOTOS.likeness.shape[1], PHOTOS.cues.shape[1])


def test_suggestions_cover_what_is_shown() -> None:
    chosen = suggesting.photos(BLANK, PHOTOS, 8)
    assert len(set(chosen)) == 8
    assert {place % 4 for place in chosen} == {0, 1, 2, 3}, "each of the four subjects"


def test_a_copy_of_a_suggested_photo_is_not_suggested() -> None:
    rows = np.concatenate([np.arange(100), np.arange(100)])
    chosen = suggesting.photos(BLANK, PHOTOS.of(rows), 20)
    assert len({place % 100 for place in chosen}) == 20


def test_what_is_known_is_not_asked_again() -> None:
    rows = np.flatnonzero(np.arange(200) % 4 == 0)[:30]
    values = np.random.default_rng(0).integers(0, 5, 30) / 4
    learned = posterior.fit(PHOTOS.of(rows), Evidence.of(values)).posterior
    rest = np.setdiff1d(np.arange(200), rows)
    subjects = [rest[place] % 4 for place in suggesting.photos(learned, PHOTOS.of(rest), 12)]
    assert subjects.count(0) <= 3


def test_all_photos_are_suggested_once_where_there_are_few() -> None:
    assert sorted(suggesting.photos(BLANK, PHOTOS.of(np.arange(3)), 20)) == [0, 1, 2]
    nobody = Seen(PHOTOS.likeness[:0], PHOTOS.cues[:0], PHOTOS.generic[:0])
    assert suggesting.photos(BLANK, nobody, 5) == []
    assert suggesting.pairs(BLANK, nobody, 5) == []


def test_pairs_are_of_different_photos_each_asked_once() -> None:
    found = suggesting.pairs(BLANK, PHOTOS, 5)
    assert len(found) == 5
    assert len({photo for pair in found for photo in pair}) == 10


def test_more_ratings_change_more_and_known_tastes_less() -> None:
    assert suggesting.change(BLANK, PHOTOS, 2) < suggesting.change(BLANK, PHOTOS, 20)
    rows = np.arange(150)
    values = np.digitize(PHOTOS.cues[rows, 1], [-0.8, -0.2, 0.2, 0.8]) / 4
    learned = posterior.fit(PHOTOS.of(rows), Evidence.of(values)).posterior
    assert suggesting.change(learned, PHOTOS, 5) < suggesting.change(BLANK, PHOTOS, 5)
    few = suggesting.needed(BLANK, PHOTOS)
    assert few is not None
    assert few[1] >= 0.05
    assert suggesting.needed(learned, PHOTOS, share=0.9) is None

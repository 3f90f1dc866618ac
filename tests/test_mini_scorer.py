"""The bundled model: it scores, steadily, and its scores come from stored features again."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from drawing import pixels

from uniqa_desktop import mini_scorer, scorers, weights
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.mini_heads import LIKENESS, WIDTH
from uniqa_desktop.mini_scorer import MiniScorer


@pytest.fixture(scope="module")
def scorer() -> MiniScorer:
    return MiniScorer("cpu")


def rows(scorer: MiniScorer, *pictures: np.ndarray) -> np.ndarray:
    return np.stack(scorer.encode([scorer.prepare(picture, b"") for picture in pictures]))


def quality(scorer: MiniScorer, *pictures: np.ndarray) -> list[float]:
    return [one.quality or 0.0 for one in scorer.score(rows(scorer, *pictures), ())]


def test_it_is_loaded_by_its_id_without_being_installed() -> None:
    scorers.check("uniqa-mini")
    assert isinstance(scorers.load("uniqa-mini"), MiniScorer)
    assert not weights.get("uniqa-mini").needs_file


def test_the_bundled_file_is_small() -> None:
    assert (mini_scorer.folder() / mini_scorer.WEIGHTS).stat().st_size <= 16_000_000


def test_scores_are_in_their_range_and_two_different_numbers(scorer: MiniScorer) -> None:
    found = scorer.score(rows(scorer, *(pixels(320, 240, seed) for seed in range(6))), ())
    for one in found:
        assert one.model == "uniqa-mini"
        for value, raw in (
            (one.quality, one.quality_raw),
            (one.aesthetics, one.aesthetics_raw),
        ):
            assert value is not None
            assert raw is not None
            assert 0 <= value <= 100
            assert 0.2 <= raw <= 1.0
            assert value == pytest.approx((raw - 0.2) / 0.8 * 100, abs=1e-3)
        assert one.quality != one.aesthetics


def test_neighbours_and_batches_change_nothing(scorer: MiniScorer) -> None:
    pictures = [pixels(300 + 20 * seed, 200, seed) for seed in range(7)]
    together = rows(scorer, *pictures)
    alone = np.concatenate([rows(scorer, picture) for picture in pictures])
    assert (together == alone).all()
    assert scorer.score(together, ()) == [scorer.score(row[None], ())[0] for row in together]


def test_rows_hold_all_that_scores_need(scorer: MiniScorer) -> None:
    """A scorer that has loaded nothing reads them alike."""
    found = rows(scorer, pixels(200, 150, 1), pixels(200, 150, 2))
    assert found.shape == (2, WIDTH)
    assert found.dtype == np.float16
    assert np.isfinite(found).all()
    assert MiniScorer("cpu").score(found, ()) == scorer.score(found, ())


@pytest.mark.parametrize(
    "worse",
    [
        lambda p: cv2.GaussianBlur(p, (0, 0), 3),
        lambda p: np.clip(p + np.random.default_rng(0).normal(0, 25, p.shape), 0, 255).astype(
            np.uint8
        ),
        lambda p: (p * 0.15).astype(np.uint8),
        lambda p: (p * 0.15 + 110).astype(np.uint8),
    ],
    ids=["blurred", "noisy", "dark", "flat"],
)
def test_what_is_done_to_a_picture_lowers_its_quality(scorer: MiniScorer, worse) -> None:
    plain, spoilt = quality(scorer, pixels(480, 360, 4), worse(pixels(480, 360, 4)))
    assert spoilt < plain - 5


def test_cues_follow_what_is_done(scorer: MiniScorer) -> None:
    picture = pixels(480, 360, 4)
    noisy = picture + np.random.default_rng(0).normal(0, 25, picture.shape)
    plain, blurred, dark, grainy = scorer.cues(
        rows(
            scorer,
            picture,
            cv2.GaussianBlur(picture, (0, 0), 4),
            (picture * 0.3).astype(np.uint8),
            np.clip(noisy, 0, 255).astype(np.uint8),
        )
    )
    assert ((plain >= 0) & (plain <= 100)).all()
    assert blurred[0] < plain[0]
    assert dark[1] < plain[1]
    assert grainy[4] > plain[4]


def test_generated_looking_pictures_appeal_less(scorer: MiniScorer) -> None:
    """Smoothed out as early generators do, or with an even pattern all over."""
    picture = pixels(480, 360, 4)
    small = cv2.resize(picture, (48, 36), interpolation=cv2.INTER_AREA)
    smooth = cv2.resize(small, (480, 360), interpolation=cv2.INTER_CUBIC)
    rough = picture.astype(int) + 24 * (np.indices((360, 480)).sum(axis=0) % 2 * 2 - 1)[..., None]
    found = scorer.appeal(rows(scorer, picture, smooth, np.clip(rough, 0, 255).astype(np.uint8)))
    assert found.shape == (3,)
    assert ((found >= 0) & (found <= 100)).all()
    assert found[0] > found[1:].max()


def test_a_copy_is_more_alike_than_another_picture(scorer: MiniScorer) -> None:
    picture = pixels(400, 300, 5)
    smaller = cv2.resize(picture, (200, 150), interpolation=cv2.INTER_AREA)
    others = [pixels(400, 300, seed) for seed in range(6, 12)]
    directions = scorer.directions(rows(scorer, picture, smaller, *others))
    assert directions.shape[1] == LIKENESS.stop
    assert np.linalg.norm(directions, axis=1) == pytest.approx(1, abs=1e-5)
    likeness = directions[1:] @ directions[0]
    assert likeness[0] > likeness[1:].max()


def test_no_photos_no_scores(scorer: MiniScorer) -> None:
    assert scorer.score(np.empty((0, WIDTH), np.float16), ()) == []


def test_a_missing_or_damaged_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="install the program again"):
        MiniScorer("cpu", tmp_path)
    (tmp_path / mini_scorer.WEIGHTS).write_bytes(b"no weights")
    with pytest.raises(WeightsError, match="cannot be used"):
        MiniScorer("cpu", tmp_path)


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(WrongUse, match="no device called abacus"):
        MiniScorer("abacus").open()

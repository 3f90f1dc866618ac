"""Enhancing leaves good pictures alone and brings damaged ones back, by any scorer."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import scorers
from uniqa_desktop.adjusting import LIMITS, Adjustment, adjusted
from uniqa_desktop.demo.light import develop
from uniqa_desktop.demo.scenes import SCENES
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.enhance import Enhancement, Wish, enhance
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import Features, Scorer
from uniqa_desktop.training import degradations

WELL_MADE = ("poppy", "pebbles", "portrait")


@cache
def scene(name: str) -> np.ndarray:
    return develop(SCENES[name](240, 160, 0).at())


def found(pixels: np.ndarray, scorer: Scorer | None = None, **wish: object) -> Enhancement:
    job = enhance(pixels, scorer or scorers.load("attributes-1"), Wish(**wish))  # type: ignore[arg-type]
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((one.astype(float) - other) ** 2)))


@pytest.mark.parametrize("name", WELL_MADE)
def test_a_well_made_picture_is_left_nearly_as_it_is(name: str) -> None:
    change = found(scene(name)).change
    assert abs(change.exposure) < 0.2
    assert abs(change.contrast) < 0.1
    assert abs(change.saturation) < 0.12
    assert change.sharpening < 0.1


@pytest.mark.parametrize("name", [*WELL_MADE, "hills"])
def test_a_dark_picture_comes_back_towards_the_original(name: str) -> None:
    dark = degradations.expose(scene(name), -1.5)
    result = found(dark)
    assert result.change.exposure > 0.4
    assert result.after > result.before
    assert psnr(adjusted(dark, result.change), scene(name)) > psnr(dark, scene(name)) + 2


@pytest.mark.parametrize("name", ["poppy", "portrait"])
def test_a_faded_picture_gets_colour_back(name: str) -> None:
    faded = degradations.saturate(scene(name), 0.1)
    result = found(faded)
    assert result.change.saturation > 0.2
    assert psnr(adjusted(faded, result.change), scene(name)) > psnr(faded, scene(name)) + 0.2


def test_a_picture_without_colour_stays_so() -> None:
    grey = degradations.saturate(scene("hills"), 0)
    assert found(grey).change.saturation == 0


class Greedy(Scorer):
    """A made-up judge that wants nothing but more contrast."""

    model = "greedy"
    batch_size = 4

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        return [Scores(self.model, quality=one.contrast.value / 4) for one in attributes]


def test_a_judge_that_loves_contrast_does_not_get_all_of_it() -> None:
    change = found(scene("pebbles"), Greedy()).change
    assert change.contrast < LIMITS["contrast"][1] / 2
    eager = found(scene("pebbles"), Greedy(), reluctance=0.0, balance=0.0, margin=0.0).change
    assert eager.contrast > change.contrast


def test_nothing_is_changed_for_less_than_the_margin() -> None:
    dark = degradations.expose(scene("poppy"), -1.5)
    result = found(dark, margin=1000.0)
    assert result.change == Adjustment()
    assert result.best != Adjustment()
    assert result.gain > 0


def test_it_keeps_to_its_tries_and_stops_when_told() -> None:
    assert found(scene("hills"), tries=20).tried <= 20
    stop = threading.Event()
    job = enhance(scene("hills"), scorers.load("attributes-1"), Wish(), stop=stop)
    next(job)
    stop.set()
    with pytest.raises(StopIteration) as end:
        next(job)
    assert end.value.value is None


def test_a_score_that_the_model_does_not_have_is_said() -> None:
    with pytest.raises(WrongUse, match="no score for aesthetics"):
        found(scene("poppy"), by="aesthetics")


@given(
    values=st.tuples(*(st.floats(*limits) for limits in LIMITS.values())),
    height=st.integers(1, 30),
    width=st.integers(1, 30),
)
@settings(max_examples=40, deadline=None)
def test_any_adjustment_fits_any_picture(
    values: tuple[float, ...], height: int, width: int
) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    before = picture.copy()
    result = adjusted(picture, Adjustment.of(values))
    assert result.shape == picture.shape
    assert result.dtype == np.uint8
    assert np.array_equal(picture, before)
    assert np.array_equal(adjusted(picture, Adjustment()), picture)


def test_an_adjustment_reads_as_an_editor_would_say_it() -> None:
    assert str(Adjustment(0.4, 0.08, -0.1, 0.2)) == (
        "exposure +0.40 EV, contrast +8 %, saturation -10 %, sharpening +20 %"
    )
    assert str(Adjustment()) == "nothing"
    assert Adjustment(0.01, 0.001, 0.001, 0.001).plain == Adjustment()
    assert Adjustment.of((9, 9, 9, 9)).values == (2.0, 0.5, 1.0, 1.0)

"""How warm the light is: measured from pixels, kept beside the attributes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from uniqa_desktop import attributes, jobs, scorers
from uniqa_desktop.store import Store, Thumbs
from uniqa_desktop.taste.space import CUES

WARM, GREY, COLD = (200, 150, 90), (128, 128, 128), (90, 140, 200)


def plain(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((48, 64, 3), colour, np.uint8)


def test_warm_light_is_above_grey_and_cold_light_below() -> None:
    warm, grey, cold = (attributes.warmth(plain(colour)) for colour in (WARM, GREY, COLD))
    assert warm > 10
    assert grey == pytest.approx(0, abs=0.1)
    assert cold < -10


def test_scoring_stores_it_as_a_cue(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, colour in (("a", WARM), ("b", COLD)):
        cv2.imwrite(str(folder / f"{name}.png"), cv2.cvtColor(plain(colour), cv2.COLOR_RGB2BGR))
    with Store.open(tmp_path / "a.db") as store, Thumbs(tmp_path / "thumbs.db") as thumbs:
        for _ in jobs.scan(store, [folder]):
            pass
        for _ in jobs.score(store, thumbs, scorers.MeasuredScorer, model=scorers.MEASURED):
            pass
        photos = [store.photos.by_path(folder / f"{name}.png") for name in "ab"]
        found = store.opinions.measures([one for one in photos if one], scorers.MEASURED)
    warm, cold = found[:, CUES.index("warmth")]
    assert warm > 10 > -10 > cold
    assert np.isfinite(found).all()

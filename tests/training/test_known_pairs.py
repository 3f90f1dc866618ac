"""Texts from known damage and measured looks, and the pairs that are made of them."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from drawing import draw_folder, pixels
from PIL import Image

from uniqa_desktop import prompts
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import known_pairs, known_text, pairs
from uniqa_desktop.training.degradations import DEGRADATIONS
from uniqa_desktop.training.guidance import LEVELS, Kind
from uniqa_desktop.training.known_pairs import Original, Report
from uniqa_desktop.training.known_text import Looks, Taste


def made(photos: list[Path], out: Path, **options: object) -> Report:
    job = known_pairs.make([Original(path) for path in photos], out, **options)  # type: ignore[arg-type]
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_levels_fall_with_damage() -> None:
    levels = [known_text.quality_level(at) for at in (0, 0.01, 0.25, 0.26, 0.5, 0.75, 0.76, 1.0)]
    assert levels == [4, 3, 3, 2, 2, 1, 0, 0]


@pytest.mark.parametrize("kind", DEGRADATIONS)
def test_the_text_names_level_and_damage(kind: str) -> None:
    random = np.random.default_rng(0)
    bad = known_text.quality_texts(kind, 1.0, 40, random)
    perfect = known_text.quality_texts(kind, 0.0, 40, random)
    assert all("bad" in text or "extremely low" in text for text in bad)
    assert all("perfect" in text or "extremely high" in text for text in perfect)
    assert not any("extremely blurry" in text for text in perfect)
    assert len({text.split(",")[0] for text in bad}) > 2
    known = set(prompts.ENSEMBLE.texts) | set(prompts.AESTHETICS.texts)
    assert not known & {*bad, *perfect}


def test_looks_tell_colour_contrast_and_calm_apart() -> None:
    plain = np.full((64, 96, 3), 128, np.uint8)
    busy = np.indices((64, 96)).sum(axis=0) % 2 * 255
    striped = np.repeat(busy[..., None].astype(np.uint8), 3, axis=2)
    colourful = pixels(96, 64, 3)
    grey = np.repeat(colourful.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    assert known_text.looks(plain).calm == 1
    assert known_text.looks(striped).calm == 0
    assert known_text.looks(striped).contrast > known_text.looks(plain).contrast
    assert known_text.looks(colourful).colour > known_text.looks(grey).colour
    assert known_text.looks(np.zeros((1, 1, 3), np.uint8)).calm == 1


def test_taste_ranks_within_the_collection_and_heeds_what_is_known_of_a_theme() -> None:
    known = [Looks(n, n, n / 100) for n in range(50)]
    taste = Taste(known)
    levels = [taste.level(one) for one in known]
    assert levels == sorted(levels)
    assert [levels.count(level) for level in range(5)] == pytest.approx([10] * 5, abs=1)
    random = np.random.default_rng(1)
    worst = taste.texts(known[0], 30, random)
    best = taste.texts(known[-1], 30, random, theme="a forest")
    assert all("bad" in text or "extremely ugly" in text for text in worst)
    assert all("perfect" in text or "extremely beautiful" in text for text in best)
    assert any("of a forest" in text for text in best)
    liked = Taste(known, [0.0] * 25 + [1.0] * 25)
    assert liked.level(known[10], 0.0) < liked.level(known[10], 1.0)


def test_pairs_are_made_that_training_reads(tmp_path: Path) -> None:
    photos = draw_folder(tmp_path / "photos", 6)
    out = tmp_path / "out"
    report = made(photos, out, versions=2, short_side=48, kinds=("blur", "dark"), seed=3)
    assert len(report.rows) == 18
    read = pairs.read(out / "pairs.json", out / "pictures")
    assert len(read.rows) == 18
    for row in report.rows:
        picture = np.asarray(Image.open(out / "pictures" / row.name))
        assert picture.shape == (48, 72, 3)
        untouched = row.name.endswith("-0.png")
        assert (Kind.AESTHETICS in row.texts) == untouched
        level = "perfect" if untouched else None
        said = row.texts[Kind.QUALITY]
        assert all(level in text or "extremely high" in text for text in said if level)
        assert any(word in text for text in said for word in (*LEVELS, "low", "high"))
    again = made(
        photos, tmp_path / "again", versions=2, short_side=48, kinds=("blur", "dark"), seed=3
    )
    assert again.rows == report.rows
    for row in report.rows:
        one, two = ((tmp_path / f / "pictures" / row.name).read_bytes() for f in ("out", "again"))
        assert one == two
    known_pairs.write(out / "quality.json", report.rows, [Kind.QUALITY])
    only = pairs.read(out / "quality.json", out / "pictures")
    assert not any("aesthetics" in text for row in only.rows for text in row.texts)


def test_what_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    photos = draw_folder(tmp_path / "photos", 3)
    photos[1].write_bytes(b"no photo")
    report = made(photos, tmp_path / "out", versions=1, short_side=32)
    assert [failure.path for failure in report.failed] == [photos[1]]
    assert len(report.rows) == 4
    with pytest.raises(WrongUse, match="no photo to make pairs of"):
        made([photos[1]], tmp_path / "none")
    with pytest.raises(WrongUse, match=r"no degradation called fog"):
        made(photos, tmp_path / "none", kinds=("blur", "fog"))


def test_a_stop_leaves_no_pairs_file(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    report = made(draw_folder(tmp_path / "photos", 3), tmp_path / "out", stop=stop)
    assert report.stopped
    assert not (tmp_path / "out" / "pairs.json").exists()

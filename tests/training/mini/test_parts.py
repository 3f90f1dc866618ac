"""The parts of the recipe: views, archives, the aesthetics head, the drawn curves."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.dom import minidom

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from drawing import pixels

from uniqa_desktop.cli.main import group
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.mini_heads import SHAPES, TRACES, WIDTH, Heads
from uniqa_desktop.training.mini import aesthetics, curves, natural, pictures, teacher
from uniqa_desktop.training.mini.aesthetics import Rated
from uniqa_desktop.training.mini.views import Pool, view


@pytest.fixture
def pool() -> Pool:
    return Pool(([pixels(90, 70, n) for n in range(5)], [pixels(64, 64, 9)]), (0.8, 0.2))


def test_a_view_is_the_same_each_time_and_another_for_each_number(pool: Pool) -> None:
    first, again, other = (view(pool, 1, number, (48, 96)) for number in (3, 3, 4))
    assert [one.shape for one in first] == [(48, 48, 3), (96, 96, 3)]
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert (first[0] != other[0]).any()


def test_teacher_and_student_see_the_same(pool: Pool) -> None:
    for number in range(12):
        small, large = view(pool, 1, number, (48, 96))
        reduced = cv2.resize(large, (48, 48), interpolation=cv2.INTER_AREA)
        assert np.abs(reduced.astype(int) - small).mean() < 12


def test_lessons_go_on_where_they_were_stopped(pool: Pool, tmp_path: Path) -> None:
    asked: list[int] = []

    def embed(picture: np.ndarray) -> np.ndarray:
        asked.append(1)
        return np.full(teacher.WIDTH, picture.mean(), np.float32)

    def made(count: int) -> teacher.Lessons:
        steps = teacher.lessons(tmp_path, pool, embed, count=count, size=32, seed=2)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value

    first = np.array(made(6).embeddings)
    assert len(asked) == 6
    assert (np.array(made(6).embeddings) == first).all()
    assert len(asked) == 6, "nothing is made twice"
    assert len(made(8).views) == 8


def test_an_archive_is_read_in_order_of_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as zipped:
        for name, level in (("b.png", 200), ("a.png", 10)):
            encoded = cv2.imencode(".png", np.full((4, 6, 3), level, np.uint8))[1]
            zipped.writestr(name, encoded.tobytes())
    assert [int(one[0, 0, 0]) for one in pictures.read(tmp_path / "some.zip")] == [10, 200]


def test_a_damaged_archive_is_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as zipped:
        zipped.writestr("a.jpg", b"nothing")
    with pytest.raises(WrongUse, match=r"a\.jpg in .*bad\.zip"):
        pictures.read(tmp_path / "bad.zip")
    (tmp_path / "none.zip").write_bytes(b"PK")
    with pytest.raises(WrongUse, match="cannot be read as an archive"):
        pictures.read(tmp_path / "none.zip")


def test_without_the_data_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        group, ["train", "mini", "--data", str(tmp_path), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 2
    assert "photos-160.zip" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("score", ["8", "0.5", "nan", "good"])
def test_a_rating_off_the_scale_is_refused(score: str, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(f"file,score,group\na.png,{score},g\n")
    with pytest.raises(WrongUse, match=r"labels\.csv"):
        Rated.read(tmp_path / "labels.csv")


def test_the_head_gives_what_ridge_regression_learned() -> None:
    chance = np.random.default_rng(0)
    features = chance.standard_normal((160, 512))
    truth = 4 + features[:, :4] @ [0.5, -0.5, 0.3, 0.2]
    ratings = np.clip(truth, 1, 7)
    weight, bias = aesthetics.head(features, features, ratings, [str(n // 2) for n in range(160)])
    empty = {
        name: np.zeros([4 if length is None else length for length in shape])
        for name, shape in SHAPES.items()
    }
    empty["traces.spread"] += 1
    heads = Heads.of({**empty, "aesthetics.weight": weight, "aesthetics.bias": bias})
    rows = np.zeros((160, WIDTH))
    rows[:, :512] = features
    said = heads.read(rows).aesthetics
    assert said == pytest.approx(aesthetics.expected(features, weight, bias), abs=1e-4)
    assert np.corrcoef(said, ratings)[0, 1] > 0.8
    assert abs(float(said.mean()) - (0.2 + 0.8 * 0.5)) < 0.05


def test_the_teacher_makes_up_for_what_the_student_misses() -> None:
    """On whole groups kept back, heads that also learned from a clearer view do better."""
    chance = np.random.default_rng(1)
    clear = chance.standard_normal((240, 60))
    ratings = np.clip(4 + clear[:, :6].sum(axis=1) / 3, 1, 7)
    groups = [str(n // 4) for n in range(240)]
    blurred = clear + chance.standard_normal(clear.shape)
    alone, helped = (
        aesthetics.held_out(blurred, other, ratings, groups) for other in (blurred, clear)
    )
    assert helped["srcc"]["value"] > alone["srcc"]["value"] + 0.01  # type: ignore[index]


@pytest.mark.parametrize("name", SHAPES)
def test_heads_of_another_shape_are_refused(name: str) -> None:
    arrays = {
        known: np.ones([4 if length is None else length for length in shape])
        for known, shape in SHAPES.items()
    }
    Heads.of(arrays)
    for wrong in (np.ones((3, 2, 1)), np.ones(7), np.ones((2, 7))):
        with pytest.raises(ValueError, match=name.split(".")[0]):
            Heads.of({**arrays, name: wrong})
    del arrays[name]
    with pytest.raises(ValueError, match=f"{name} is missing"):
        Heads.of(arrays)


def test_naturalness_falls_with_the_distance_from_good_photos() -> None:
    chance = np.random.default_rng(2)
    mixing = chance.standard_normal((60, 60))
    known = natural.fitted(chance.standard_normal((4000, 60)) @ mixing)
    arrays = {
        name: np.ones([4 if length is None else length for length in shape])
        for name, shape in SHAPES.items()
    } | {f"natural.{name}": part.numpy() for name, part in known.named_buffers()}
    heads = Heads.of(arrays)
    rows = np.zeros((200, WIDTH))
    rows[:, TRACES] = chance.standard_normal((200, 60)) @ mixing
    usual = heads.naturalness(rows)
    assert usual.mean() == pytest.approx(0, abs=0.3)
    assert usual.std() == pytest.approx(1, abs=0.3)
    for further in (1.5, 3.0):
        rows[:, TRACES] *= further
        less = heads.naturalness(rows)
        assert (less < usual).all()
        assert (heads.appeal(rows) >= 0).all()
        usual = less


def test_the_curves_are_a_picture() -> None:
    points = [{"step": n, "cosine": n / 4, "explained": n / 5, "pairs_right": 0.5} for n in (1, 2)]
    runs: dict[str, list[dict[str, Any]]] = dict.fromkeys(("extractor", "finish", "senses"), points)
    drawn = minidom.parseString(curves.svg(runs))
    assert len(drawn.getElementsByTagName("polyline")) == 5

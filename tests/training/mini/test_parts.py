"""The parts of the recipe: views, archives, the aesthetics head, the drawn curves."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.dom import minidom

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from drawing import pixels

from uniqa_desktop.cli.main import group
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.mini_heads import Heads
from uniqa_desktop.training.mini import aesthetics, curves, pictures, teacher
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
        "senses.hidden.weight": np.zeros((4, 152)),
        "senses.hidden.bias": np.zeros(4),
        "senses.heads.weight": np.zeros((30, 4)),
        "senses.heads.bias": np.zeros(30),
        "aesthetics.weight": weight,
        "aesthetics.bias": bias,
    }
    rows = np.zeros((160, 664))
    rows[:, :512] = features
    said = Heads.of(empty).read(rows).aesthetics
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


def test_heads_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        Heads.of({})


def test_the_curves_are_a_picture() -> None:
    points = [{"step": n, "cosine": n / 4, "explained": n / 5, "pairs_right": 0.5} for n in (1, 2)]
    drawn = minidom.parseString(curves.svg({"extractor": points, "senses": points}))
    assert len(drawn.getElementsByTagName("polyline")) == 3

"""`enhance` and `compare` as users see them: files, sentences, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from drawing import draw_folder, jpeg_bytes
from PIL import Image

from uniqa_desktop.cli.main import group
from uniqa_desktop.training import degradations


def uniqa(*words: object, code: int = 0) -> Any:
    done = CliRunner().invoke(group, [*map(str, words), "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


@pytest.fixture
def dark(tmp_path: Path) -> Path:
    """A dark photo that lies on its side, with what a camera writes."""
    path = tmp_path / "dark.jpg"
    path.write_bytes(jpeg_bytes(160, 120, 3, orientation=6, model="Drawn D1"))
    with Image.open(path) as image:
        exif = image.getexif()
        pixels = degradations.expose(np.asarray(image), -2)
    Image.fromarray(pixels).save(path, quality=95, exif=exif.tobytes())
    return path


def test_a_dark_photo_becomes_brighter_in_a_new_file(dark: Path, tmp_path: Path) -> None:
    before = dark.read_bytes()
    out, both = tmp_path / "better.jpg", tmp_path / "both.png"
    report = uniqa("enhance", dark, "--out", out, "--before-after", both)
    assert report["change"]["exposure"] > 0.3
    assert report["after"] > report["before"]
    assert dark.read_bytes() == before
    with Image.open(out) as image:
        assert image.size == (120, 160)  # upright, and said so
        assert image.getexif()[0x0112] == 1
        assert image.getexif()[0x0110] == "Drawn D1"
        assert "icc_profile" in image.info
        with Image.open(dark) as original:
            assert np.asarray(image).mean() > np.asarray(original).mean() + 10
    with Image.open(both) as image:
        assert image.size == (2 * 120 + 16, 160)


def test_no_file_is_overwritten(dark: Path, tmp_path: Path) -> None:
    (tmp_path / "there.jpg").write_bytes(b"mine")
    link = tmp_path / "link.jpg"
    link.symlink_to(dark)
    for name, words in (
        (dark, "never overwritten"),
        (link, "never overwritten"),
        (tmp_path / "there.jpg", "exists already"),
        (tmp_path / "out.gif", "cannot be written"),
        (tmp_path / "none" / "out.jpg", "There is no folder"),
    ):
        assert words in uniqa("enhance", dark, "--out", name, code=2)["error"]
    assert (tmp_path / "there.jpg").read_bytes() == b"mine"
    assert (
        "gone"
        in uniqa("enhance", tmp_path / "no.jpg", "--out", tmp_path / "o.jpg", code=2)["error"]
    )


def test_where_nothing_better_is_found_it_says_so(dark: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jpg"
    words = ["enhance", str(dark), "--out", str(out), "--margin", "1000"]
    done = CliRunner().invoke(group, words)
    assert done.exit_code == 0
    assert "Nothing better was found" in done.output
    assert not out.exists()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Ten pictures, and the same blurred."""
    for file in draw_folder(tmp_path / "sharp", 10):
        with Image.open(file) as image:
            soft = degradations.blur(np.asarray(image), 2)
        (tmp_path / "soft").mkdir(exist_ok=True)
        Image.fromarray(soft).save(tmp_path / "soft" / file.name, quality=90)
    return tmp_path


def test_folders_are_compared_in_pairs(sources: Path) -> None:
    report = uniqa("compare", sources / "soft", sources / "sharp")
    assert [source["source"] for source in report["sources"]] == ["sharp", "soft"]
    (found,) = report["differences"]
    assert found["better"] == "sharp"
    assert found["pairs"] == 10
    assert found["p"] < 0.05
    low, high = report["sources"][0]["interval"]
    assert low < report["sources"][0]["mean"] < high
    assert len(report["scores"]["soft"]) == 10
    human = CliRunner().invoke(group, ["compare", *(str(sources / n) for n in ("soft", "sharp"))])
    assert "sharp is better than soft by" in human.output


def test_generated_pictures_are_compared_by_their_appeal(sources: Path) -> None:
    """Which only a model can say that knows what photos are like."""
    report = uniqa(
        "compare", sources / "soft", sources / "sharp", "--by", "appeal", "--model", "uniqa-mini"
    )
    assert report["by"] == "appeal"
    assert report["sources"][0]["source"] == "sharp"
    assert all(0 <= source["mean"] <= 100 for source in report["sources"])
    words = ("compare", sources / "soft", sources / "sharp", "--by", "appeal")
    refused = uniqa(*words, "--model", "attributes-1", code=2)
    assert "attributes-1 has no score for appeal" in refused["error"]


def test_a_table_names_sources_and_what_pairs_them(sources: Path) -> None:
    lines = ["file,source,group"]
    for name in ("sharp", "soft"):
        lines += [f"{name}/IMG_{n:04d}.jpg,{name},prompt {n}" for n in range(6)]
    lines.append("gone.jpg,soft,prompt 9")
    (sources / "t.csv").write_text("\n".join(lines))
    report = uniqa("compare", "--csv", sources / "t.csv", code=1)
    assert report["differences"][0]["pairs"] == 6
    assert "prompt 3" in report["scores"]["soft"]
    assert report["failed"][0]["path"].endswith("gone.jpg")


@pytest.mark.parametrize(
    ("text", "words"),
    [("file\na.jpg\n", "no column 'source'"), ("file,source\na.jpg,\n", "Line 2"),
     ("file,source\na.jpg,one\n", "one source"),
     ("file,source\na.jpg,x\nb.jpg,y\n", "No picture of")],
)  # fmt: skip
def test_a_bad_table_is_said(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    assert words in uniqa("compare", "--csv", tmp_path / "t.csv", code=2)["error"]


def test_empty_and_missing_folders_are_said(tmp_path: Path) -> None:
    draw_folder(tmp_path / "a", 1)
    (tmp_path / "empty").mkdir()
    assert "no picture" in uniqa("compare", tmp_path / "a", tmp_path / "empty", code=2)["error"]
    assert "does not exist" in uniqa("compare", tmp_path / "a", tmp_path / "no", code=2)["error"]
    assert "one source" in uniqa("compare", tmp_path / "a", code=2)["error"]
    assert "Name either" in uniqa("compare", code=2)["error"]

"""`evaluate`: figures that follow from the pictures, for models with and without a text tower."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import tiny_models as tiny
from click.testing import CliRunner
from labelled_pictures import draw

from uniqa_desktop.cli.main import group
from uniqa_desktop.installed import Models


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("pictures"), 60)


def evaluate(*words: object, code: int = 0) -> Any:
    """What the command prints with `--json`; few draws, as the intervals are tested elsewhere."""
    line = ["evaluate", "--draws", 40, *words, "--json"]
    done = CliRunner().invoke(group, [str(word) for word in line])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_the_measured_attributes_learn_what_people_like(pictures: Path) -> None:
    words = ["--labels", pictures, "--model", "attributes-1", "--splits", 4]
    words += ["--few", "12,500", "--range", 1, 5]
    found = evaluate(*words)
    assert found["model"] == "attributes-1"
    assert found["labels"]["groups"] == 20
    assert found["zero_shot"]["aesthetics"] is None
    own = found["zero_shot"]["quality"]["srcc"]["value"]
    few, full = (part["ridge"]["srcc"]["value"] for part in (found["few"]["12"], found["full"]))
    assert own < 0.7 < 0.85 < min(few, full)
    assert found["splits"]["by"] == "group"
    assert "500" not in found["few"]
    assert any("not 500" in note for note in found["notes"])
    assert found["failed"] == []
    assert evaluate(*words)["full"] == found["full"]


@tiny.needs_torch
def test_a_model_with_a_text_tower_trains_adapters_as_well(pictures: Path, tmp_path: Path) -> None:
    file = tiny.save(tmp_path / "tiny.pt", tiny.vit_arrays())
    Models().install(file, model_id="tiny")
    words = ["--labels", pictures, "--model", "tiny", "--splits", 2, "--few", "20", "--epochs", 3]
    found = evaluate(*words, "--dataset", "aadb", "--range", 1, 5)
    assert found["zero_shot"]["quality"]["n"] == 60
    assert found["zero_shot"]["aesthetics"] is not None
    assert found["full"].keys() == found["few"]["20"].keys() == {"adapter", "ridge"}
    assert found["full"]["ridge"]["srcc"]["value"] > 0.8
    assert found["full"]["adapter"]["srcc"]["value"] is not None
    assert found["dataset"] == "aadb"
    ours = [row for row in found["published"] if row["method"] == "UniQA"]
    assert ours[0]["srcc"] == 0.786
    for_people = CliRunner().invoke(
        group, [str(word) for word in ["evaluate", *words, "--dataset", "aadb", "--range", 1, 5]]
    )
    assert "all labels, adapter" in for_people.output
    assert "UniQA README, table 3" in for_people.output


def test_without_groups_it_says_what_that_means(pictures: Path, tmp_path: Path) -> None:
    lines = [",".join(line.split(",")[:2]) for line in pictures.read_text().splitlines()]
    (tmp_path / "plain.csv").write_text("\n".join(lines))
    words = ["--labels", tmp_path / "plain.csv", "--images", pictures.parent, "--few", ""]
    found = evaluate(*words, "--splits", 1)
    assert found["splits"]["by"] == "photo"
    assert any("no groups" in note for note in found["notes"])
    alone = evaluate(*words, "--splits", 0)
    assert "full" not in alone
    assert alone["zero_shot"]["quality"]["n"] == 60


def test_splits_of_the_labels(pictures: Path, tmp_path: Path) -> None:
    split = {"official": {"train": list(range(40)), "test": list(range(40, 60))}}
    (tmp_path / "split.json").write_text(json.dumps(split))
    words = ["--labels", pictures, "--split-file", tmp_path / "split.json", "--few", ""]
    found = evaluate(*words, "--split", "official")
    assert found["splits"] == {"count": 1, "by": "labels", "train": [40], "test": [20]}
    wrong = evaluate(*words, "--split", "other", code=2)
    assert "no split 'other' (there are: official)" in wrong["error"]


def test_missing_photos_are_listed_and_left_out(pictures: Path, tmp_path: Path) -> None:
    shutil.copytree(pictures.parent, tmp_path / "some")
    (tmp_path / "some" / "010.png").unlink()
    (tmp_path / "some" / "011.png").write_bytes(b"no picture")
    found = evaluate("--labels", tmp_path / "some" / "labels.csv", "--splits", 0, code=1)
    assert [Path(item["path"]).name for item in found["failed"]] == ["010.png", "011.png"]
    assert found["labels"]["photos"] == 60
    assert found["labels"]["scored"] == found["zero_shot"]["quality"]["n"] == 58


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("file,score\n000.png,nan\n001.png,2\n", [], "line 2 has a score that is not a number"),
        ("file,score\n000.png,3\n001.png,3\n", [], "all 2 photos have the same score"),
        ("file,score\n000.png,3\n001.png,9\n", ["--range", 1, 5], "outside of 1 to 5"),
        ("file,score\n000.png,3\n000.png,2\n", [], "listed more than once"),
        ("file,score,group\n000.png,3,a\n001.png,2,a\n", [], "belong to one group (a)"),
        ("file,score\nx.png,3\ny.png,2\n", [], "None of the photos"),
        ("file,dmos\n000.png,3\n001.png,2\n", [], "--lower-better or --higher-better"),
        ("file,score\n000.png,3\n001.png,2\n", ["--dataset", "mine"], "dataset 'mine'"),
        ("file,score\n000.png,3\n001.png,2\n", ["--model", "gone"], "no model 'gone'"),
        ("file,score\n000.png,3\n001.png,2\n", ["--images", "nowhere"], "is not a folder"),
    ],
)
def test_bad_labels_are_refused_in_a_sentence(
    pictures: Path, tmp_path: Path, text: str, options: list[object], words: str
) -> None:
    (tmp_path / "bad.csv").write_text(text)
    images = [] if "--images" in options else ["--images", pictures.parent]
    found = evaluate("--labels", tmp_path / "bad.csv", *images, *options, code=2)
    assert words in found["error"]


def test_kept_numbers_are_used_again_and_by_nobody_else(pictures: Path, tmp_path: Path) -> None:
    words = ["--labels", pictures, "--splits", 0, "--keep", tmp_path / "kept"]
    first = evaluate(*words)
    blocks = list((tmp_path / "kept" / "features").iterdir())
    made = [block.stat().st_mtime_ns for block in blocks]
    again = evaluate(*words)
    assert again["zero_shot"] == first["zero_shot"]
    assert [block.stat().st_mtime_ns for block in blocks] == made
    (tmp_path / "some.csv").write_text("\n".join(pictures.read_text().splitlines()[:30]))
    words = ["--labels", tmp_path / "some.csv", "--images", pictures.parent, *words[2:]]
    assert "other data (photos)" in evaluate(*words, code=2)["error"]


def test_direction_can_be_said(pictures: Path) -> None:
    words = ["--labels", pictures, "--splits", 0]
    up = evaluate(*words)["zero_shot"]["quality"]["srcc"]["value"]
    down = evaluate(*words, "--lower-better")["zero_shot"]["quality"]["srcc"]["value"]
    assert down == -up

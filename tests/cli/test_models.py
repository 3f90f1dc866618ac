"""The commands on models, from a weights file to a ranked list and a search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiny_models as tiny
from click.testing import CliRunner
from drawing import draw_folder
from file_server import FileServer, put_on_hub

from uniqa_desktop import weights
from uniqa_desktop.cli.main import group

pytestmark = tiny.needs_torch


def uniqa(*words: object, code: int = 0) -> Any:
    """What the program prints with `--json`; one process for all, as torch takes seconds."""
    done = CliRunner().invoke(group, [*map(str, words), "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("files") / "tiny.pt", tiny.vit_arrays())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw_folder(tmp_path / "photos", 4)
    return tmp_path / "photos"


@pytest.fixture
def ready(file: Path) -> None:
    uniqa("model", "install", file, "--id", "tiny")
    uniqa("model", "use", "tiny")


def test_the_table_is_known_before_anything_is_installed() -> None:
    rows = {row["id"]: row for row in uniqa("model", "list")}
    assert rows["uniqa-mini"]["installed"]
    assert rows["uniqa-mini"]["in_use"]
    assert rows["attributes-1"]["installed"]
    assert rows["uniqa-vitb16"]["non_commercial"]
    assert not rows["uniqa-vitb16"]["installed"]
    for_people = CliRunner().invoke(group, ["model", "list"])
    assert "uniqa-vitb16" in for_people.output
    assert "1. " in CliRunner().invoke(group, ["model", "info", "uniqa-vitb16"]).output


def test_from_a_file_to_scores_and_back(file: Path, folder: Path) -> None:
    row = uniqa("model", "install", file, "--id", "tiny")
    assert row["installed"]
    assert not row["in_use"]
    assert row["size"] == file.stat().st_size
    assert Path(row["path"]).is_dir()
    assert uniqa("model", "use", "tiny") == {"model": "tiny"}
    assert uniqa("model", "info", "tiny")["in_use"]
    assert uniqa("score", folder)["scored"] == 4
    for photo in uniqa("list", folder):
        assert photo["model"] == "tiny"
        assert 0 <= photo["quality"] <= 100
        assert 0 <= photo["aesthetics"] <= 100
        assert photo["quality_raw"] != photo["aesthetics_raw"]
    report = uniqa("doctor")
    assert report["weights"] == [{"id": "tiny", "licence": row["licence"], "intact": True}]
    assert uniqa("model", "remove", "tiny")["model"] == "uniqa-mini"
    assert "tiny" not in [row["id"] for row in uniqa("model", "list")]


def test_scoring_again_and_in_another_library_gives_identical_bytes(
    ready: None, folder: Path, tmp_path: Path
) -> None:
    def listed(*library: object) -> str:
        return CliRunner().invoke(group, ["list", str(folder), "--json", *map(str, library)]).stdout

    other = ("--library", tmp_path / "other.db")
    uniqa("score", folder)
    first = listed()
    assert uniqa("score", folder, "--again")["scored"] == 4
    assert listed() == first
    uniqa("score", folder, *other)
    assert listed(*other) == first


def test_other_weights_under_the_same_id_score_anew(
    ready: None, folder: Path, tmp_path: Path
) -> None:
    uniqa("score", folder)
    before = [photo["quality_raw"] for photo in uniqa("list", folder, "--sort", "name")]
    uniqa("model", "remove", "tiny")
    other = tiny.save(tmp_path / "other.pt", tiny.vit_arrays(seed=9))
    uniqa("model", "install", other, "--id", "tiny")
    uniqa("model", "use", "tiny")
    assert uniqa("score", folder)["scored"] == 4
    after = [photo["quality_raw"] for photo in uniqa("list", folder, "--sort", "name")]
    assert all(one != two for one, two in zip(before, after, strict=True))


def test_search_by_words_and_by_example(ready: None, folder: Path) -> None:
    uniqa("score", folder)
    by_words = uniqa("search", "sunset on the beach", "-n", "3")
    values = [row["similarity"] for row in by_words]
    assert len(values) == 3
    assert values == sorted(values, reverse=True)
    best = uniqa("search", "--like", folder / "IMG_0002.jpg")[0]
    assert best["path"] == str(folder / "IMG_0002.jpg")
    assert best["similarity"] == pytest.approx(1, abs=0.01)


def test_a_damaged_model_is_named(ready: None, folder: Path) -> None:
    path = Path(uniqa("model", "info", "tiny")["path"]) / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    report = uniqa("doctor", code=1)
    assert report["weights"][0]["intact"] is False
    assert "remove the model and install it again" in " ".join(report["problems"])
    assert "tiny" in uniqa("score", folder, code=2)["error"]


@pytest.fixture
def hub(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A hub on this machine with the tiny model, which is in the table as `tiny-hub`."""
    with FileServer(file.read_bytes(), "tiny.pt") as server:
        put_on_hub(server, monkeypatch)
        yield server


def test_a_model_is_fetched_checked_and_installed(hub: FileServer, file: Path, home: Path) -> None:
    done = CliRunner().invoke(group, ["model", "get", "tiny-hub", "--yes", "--json"])
    row = json.loads(done.stdout)
    assert row["installed"]
    assert row["sha256"] == hub.etag.strip('"')
    for shown in ("Tiny CLIP", f"{file.stat().st_size / 1e6:.1f} MB", "MIT", row["sha256"]):
        assert shown in done.stderr
    assert not list((home / "cache").rglob("tiny.pt*")), "what was fetched is not kept twice"
    assert uniqa("model", "use", "tiny-hub") == {"model": "tiny-hub"}
    assert "installed already" in uniqa("model", "get", "tiny-hub", "--yes", code=2)["error"]


def test_nothing_is_fetched_unasked(hub: FileServer) -> None:
    assert "--yes" in uniqa("model", "get", "tiny-hub", code=2)["error"]
    assert {method for method, _, _ in hub.asked} == {"HEAD"}


def test_a_cut_download_goes_on(hub: FileServer) -> None:
    hub.cut_after = 1_000_000
    assert "get it again" in uniqa("model", "get", "tiny-hub", "--yes", code=2)["error"]
    assert "tiny-hub" not in [row["id"] for row in uniqa("model", "list") if row["installed"]]
    hub.cut_after = None
    assert uniqa("model", "get", "tiny-hub", "--yes")["installed"]
    assert hub.asked[-1][2]["Range"] == "bytes=1000000-"


def test_what_cannot_be_fetched_is_said_with_its_steps() -> None:
    done = CliRunner().invoke(group, ["model", "get", "uniqa-vitb16"])
    assert done.exit_code == 2
    assert "1. Open the authors' download page" in done.stdout
    assert weights.get("uniqa-vitb16").source in done.stderr
    assert "nothing to fetch" in uniqa("model", "get", "attributes-1", code=2)["error"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("model", "use", "uniqa-vitb16"), "model info uniqa-vitb16"),
        (("model", "use", "no-such"), "model list"),
        (("model", "info", "no-such"), "model list"),
        (("model", "remove", "no-such"), "not installed"),
        (("model", "install", "/no/such/file.pt", "--id", "x"), "no file"),
        (("model", "install", "/no/such/file.pt", "--id", "uniqa-vitb16"), "licence accepted"),
        (("search", "a dog"), "uniqa-mini reads no words"),
        (("search",), "--like"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_exit_2(
    words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in uniqa(*words, code=2)["error"]

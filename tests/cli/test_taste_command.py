"""`taste` as a shell sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drawing import draw_folder
from test_cli import Outcome

from uniqa_desktop.cli.main import group

FIGURES = ("held_out", "generic", "learning_curve", "more", "calibration", "verdict", "n")


def uniqa(*words: object) -> Outcome:
    """Runs a command in this process: forty of their own would take as many half seconds."""
    run = CliRunner().invoke(group, [str(word) for word in words])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    return Outcome(run.exit_code, run.stdout, run.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 8)
    uniqa("model", "use", "attributes-1")
    assert uniqa("score", folder).code == 0
    return folder


def test_from_ratings_to_an_order_and_back(folder: Path) -> None:
    files = sorted(folder.iterdir())
    for stars, file in zip((1, 2, 3, 4, 5, 5), files, strict=False):
        uniqa("rate", file, "--stars", stars)
    trained = uniqa("taste", "train", "--json")
    assert (trained.code, trained.json["n"], trained.json["scored"]) == (0, 6, 8)
    assert trained.json["version"] == 1
    said = uniqa("taste", "status", "--json").json
    assert set(FIGURES) <= set(said)
    assert said["n"] == said["held_out"]["photos"] == 6
    assert said["verdict"] in ("not yet distinguishable", "better than the generic score")
    listed = uniqa("list", folder, "--sort", "taste", "--json").json
    values = [photo["taste"] for photo in listed]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 100 for value in values)
    left = {photo["path"] for photo in uniqa("taste", "suggest", "-n", 5, "--json").json}
    assert left == {str(file) for file in files[6:]}
    why = uniqa("taste", "why", files[7], "--json").json
    assert set(why) >= {"taste", "generic", "cues", "liked", "disliked"}
    assert uniqa("taste", "reset", "--json").json["versions"] == 1
    assert uniqa("list", folder, "--sort", "taste", "--json").json[0]["taste"] is None


def test_profiles_are_made_used_copied_carried_and_dropped(folder: Path, tmp_path: Path) -> None:
    for stars, file in zip((1, 5, 2), sorted(folder.iterdir()), strict=False):
        uniqa("rate", file, "--stars", stars)
    assert uniqa("taste", "train").code == 0
    assert uniqa("taste", "new", "Family", "--json").json["name"] == "Family"
    assert uniqa("taste", "use", "family", "--json").json["in_use"]
    assert uniqa("taste", "copy", "My taste", "Client", "--json").json["versions"][0]["n"] == 3
    assert uniqa("taste", "rename", "Client", "Client X", "--json").json["name"] == "Client X"
    assert uniqa("taste", "folders", "family", "--off", folder, "--json").json["off"]
    file = tmp_path / "taste.safetensors"
    assert uniqa("taste", "export", "Client X", "--to", file, "--json").code == 0
    assert str(folder) not in file.with_suffix(".json").read_text()
    came = uniqa("taste", "import", file, "--name", "Back", "--json")
    assert (came.code, came.json["scored"]) == (0, 8)
    back = uniqa("taste", "rollback", 1, "--profile", "My taste", "--json")
    assert (back.code, back.json["version"]) == (0, 1)
    assert uniqa("taste", "remove", "Back").code == 0
    names = [row["name"] for row in uniqa("taste", "profiles", "--json").json]
    assert names == ["Client X", "Family", "My taste"]


def test_mistakes_are_one_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"nonsense")
    (tmp_path / "bad.json").write_text('{"form": "uniqa-desktop taste 1"}')
    for words in (
        ("taste", "train", "--profile", "nobody"),
        ("taste", "rollback", 7),
        ("taste", "why", folder / "nothing.jpg"),
        ("taste", "import", tmp_path / "bad.safetensors"),
        ("taste", "import", tmp_path / "nothing.pth"),
        ("taste", "export", "My taste", "--to", tmp_path / "x.txt"),
        ("taste", "audit", "--report"),
    ):
        found = uniqa(*words, "--json")
        assert (found.code, set(found.json)) == (2, {"error"}), words


def test_a_file_that_is_no_taste_is_called_that(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("nothing learned here")
    found = uniqa("taste", "import", tmp_path / "notes.md", "--json")
    assert found.code == 2
    assert "notes.md is no taste" in found.json["error"]
    assert ".safetensors" in found.json["error"]


def test_one_is_not_called_several(folder: Path) -> None:
    first, second = sorted(folder.iterdir())[:2]
    uniqa("rate", first, "--stars", 4)
    uniqa("taste", "prefer", first, second)
    said = CliRunner().invoke(group, ["taste", "train"]).output
    assert "learned from 1 rating and 1 choice; 8 photos scored" in said


def test_an_audit_is_drawn_judged_and_reported(folder: Path) -> None:
    drawn = uniqa("taste", "audit", "-n", 4, "--json").json
    assert len(drawn["photos"]) == 4
    uniqa("rate", drawn["photos"][0], "--flag", "reject")
    left = uniqa("taste", "audit", "--json")
    assert left.json == {"audit": drawn["audit"], "judged": 1, "photos": drawn["photos"][1:]}
    assert "goes on" in left.err
    for number, file in enumerate(drawn["photos"]):
        uniqa("rate", file, "--flag", "pick" if number % 2 else "reject")
    report = uniqa("taste", "audit", "--report", "--json").json
    assert (report["answered"], report["keepers"], report["rejects"]) == (4, 2, 2)
    assert report["taste"] is None
    assert report["generic"]["keepers_dropped"]["of"] == 2
    assert uniqa("taste", "audit", "--list", "--json").json[0]["report"]["answered"] == 4
    following = uniqa("taste", "audit", "-n", 2, "--json").json
    assert (following["audit"], following["judged"]) == (drawn["audit"] + 1, 0)
    other = uniqa("taste", "audit", "-n", 3, "--anew", "--json").json
    assert (other["audit"], len(other["photos"])) == (drawn["audit"] + 2, 3)


def test_a_choice_is_an_act_with_history_undo_and_redo(folder: Path) -> None:
    one, two, *_ = sorted(folder.iterdir())
    uniqa("rate", one, "--stars", 2)
    made = uniqa("taste", "prefer", two, one, "--json")
    assert (made.code, made.json["better"], made.json["worse"]) == (0, str(two), str(one))
    assert uniqa("taste", "train", "--json").json["pairs"] == 1
    newest, before = uniqa("history", one, "--json").json
    assert newest["choice"]["better"] == str(two)
    assert (newest["act"], newest["photos"]) == (made.json["act"], [])
    assert (before["choice"], len(before["photos"])) == (None, 1)
    assert f"{two} is preferred to {one}" in uniqa("history").out
    assert uniqa("history", "--flag", "pick", "--json").json == []
    assert uniqa("undo", "--json").json["undone"][0]["better"] == str(two)
    assert uniqa("taste", "train", "--json").json["pairs"] == 0
    assert f"choice redone: {two} is preferred to {one}" in uniqa("redo").out
    back = uniqa("history", "--restore", made.json["act"], "--before", "--json")
    assert (back.code, back.json["changed"]) == (0, 1)
    assert uniqa("taste", "train", "--json").json["pairs"] == 0
    assert "is no longer preferred to" in uniqa("history", two, "--limit", 1).out
    assert uniqa("history", "--restore", made.json["act"], "--json").json["changed"] == 1
    assert uniqa("history", "--restore", made.json["act"], "--json").json["changed"] == 0
    assert uniqa("taste", "train", "--json").json["pairs"] == 1
    assert uniqa("taste", "prefer", one, one, "--json").code == 2


def test_lists_for_people_have_a_column_of_taste_where_it_was_learned(folder: Path) -> None:
    plain = uniqa("list", folder, "--sort", "name")
    assert "taste" not in plain.err
    for stars, file in zip((1, 5, 2, 4), sorted(folder.iterdir()), strict=False):
        uniqa("rate", file, "--stars", stars)
    uniqa("taste", "train")
    listed = uniqa("list", folder, "--sort", "name")
    values = [photo["taste"] for photo in uniqa("list", folder, "--sort", "name", "--json").json]
    assert listed.err.split() == ["quality", "aesth.", "taste", "flag", "stars"]
    lines = listed.out.splitlines()
    assert len(lines) == len(plain.out.splitlines()) == len(values) == 8
    for line, before, value in zip(lines, plain.out.splitlines(), values, strict=True):
        assert float(line.split()[3]) == pytest.approx(value, abs=0.06)
        assert line.split()[1:3] == before.split()[1:3]
    uniqa("taste", "new", "Family")
    uniqa("taste", "use", "Family")
    assert "taste" not in uniqa("list", folder).err, "this one has learned nothing yet"

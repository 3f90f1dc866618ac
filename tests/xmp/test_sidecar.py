"""One sidecar file: planned, written without risk, and left alone where it must be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_packet import LIGHTROOM, stripped, wrapped

from uniqa_desktop import atomic
from uniqa_desktop.errors import DiskFull
from uniqa_desktop.photo import Flag, Label, Verdict
from uniqa_desktop.xmp import naming, sidecar
from uniqa_desktop.xmp.fields import Fields
from uniqa_desktop.xmp.packet import SidecarError
from uniqa_desktop.xmp.sidecar import Action

PICKED = Verdict(Flag.PICK, 4, Label.GREEN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "IMG_1.xmp"


def written(path: Path, verdict: Verdict, base: Fields | None = None) -> Fields:
    return sidecar.carry_out(sidecar.plan(path, verdict, base)).fields


def test_a_new_sidecar_states_the_verdict_and_then_there_is_nothing_to_do(path: Path) -> None:
    plan = sidecar.plan(path, PICKED)
    assert plan.action is Action.CREATE
    assert not path.exists()
    base = sidecar.carry_out(plan).fields
    assert sidecar.look(path).fields == base
    assert sidecar.plan(path, PICKED, base).action is Action.NOTHING
    assert [each.name for each in path.parent.iterdir()] == ["IMG_1.xmp"]


def test_an_undecided_photo_gets_no_sidecar(path: Path) -> None:
    assert sidecar.plan(path, Verdict()).action is Action.NOTHING


def test_an_existing_sidecar_is_merged(path: Path) -> None:
    path.write_bytes(LIGHTROOM)
    base = sidecar.look(path).fields
    plan = sidecar.plan(path, Verdict(Flag.NONE, 5, Label.RED), base)
    assert plan.action is Action.CHANGE
    assert ("rating", 2, 5) in plan.differences
    sidecar.carry_out(plan)
    assert stripped(path.read_bytes()) == stripped(LIGHTROOM)
    assert sidecar.look(path).fields.rating == 5


def test_another_programs_verdict_is_a_conflict_until_the_user_decides(path: Path) -> None:
    path.write_bytes(LIGHTROOM)
    plan = sidecar.plan(path, PICKED)
    assert plan.action is Action.CONFLICT
    assert plan.theirs is not None
    assert (plan.theirs.stars, plan.theirs.label) == (2, Label.RED)
    with pytest.raises(ValueError, match="conflict"):
        sidecar.carry_out(plan)
    assert path.read_bytes() == LIGHTROOM
    assert sidecar.plan(path, PICKED, ours=True).action is Action.CHANGE


def test_a_change_outside_after_the_last_writing_is_a_conflict(path: Path) -> None:
    base = written(path, PICKED)
    path.write_text(path.read_text().replace('Rating="4"', 'Rating="1"'))
    plan = sidecar.plan(path, Verdict(Flag.PICK, 5, Label.GREEN), base)
    assert plan.action is Action.CONFLICT
    assert plan.theirs is not None
    assert plan.theirs.stars == 1


def test_other_programs_edits_of_their_own_things_are_no_conflict(path: Path) -> None:
    base = written(path, PICKED)
    path.write_bytes(path.read_bytes().replace(b"rdf:about", b'xml:lang="de" rdf:about'))
    assert sidecar.plan(path, Verdict(Flag.PICK, 5), base).action is Action.CHANGE


@pytest.mark.parametrize("data", [b"", b"<html/>", LIGHTROOM[:300], b"<!DOCTYPE a>" + wrapped("")])
def test_what_cannot_be_read_is_never_overwritten(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    plan = sidecar.plan(path, PICKED, ours=True)
    assert plan.action is Action.KEEP_BACK
    assert plan.why
    assert path.read_bytes() == data


def test_a_change_between_plan_and_writing_is_noticed(path: Path) -> None:
    plan = sidecar.plan(path, PICKED)
    path.write_bytes(LIGHTROOM)
    with pytest.raises(SidecarError, match="just now"):
        sidecar.carry_out(plan)
    assert path.read_bytes() == LIGHTROOM


def test_a_full_drive_leaves_the_sidecar_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(LIGHTROOM)
    plan = sidecar.plan(path, PICKED, ours=True)

    def full(path: Path, data: bytes) -> None:
        raise DiskFull("No room left.")

    monkeypatch.setattr(atomic, "write_bytes", full)
    with pytest.raises(DiskFull):
        sidecar.carry_out(plan)
    assert path.read_bytes() == LIGHTROOM


def test_a_drive_that_lies_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "write_bytes", lambda path, data: path.write_bytes(data[:-40]))
    with pytest.raises(SidecarError):
        sidecar.carry_out(sidecar.plan(path, PICKED))


def test_a_camera_card_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "DCIM" / "100CANON"
    folder.mkdir(parents=True)
    path = folder / "IMG_1.xmp"
    assert sidecar.plan(path, PICKED).action is Action.CREATE
    monkeypatch.setattr(os.path, "ismount", lambda each: Path(each) == tmp_path)
    plan = sidecar.plan(path, PICKED)
    assert plan.action is Action.KEEP_BACK
    assert "card" in plan.why


def test_a_folder_without_the_right_to_write_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "no right" in sidecar.plan(path, PICKED).why
    gone = path.parent / "gone" / "a.xmp"
    assert "gone" in sidecar.plan(gone, PICKED).why


def test_names_for_each_program() -> None:
    raw, jpeg = Path("/a/IMG_1.CR2"), Path("/a/IMG_1.JPG")
    assert [p.name for p in naming.sidecars([raw, jpeg], naming.Naming.LIGHTROOM)] == ["IMG_1.xmp"]
    assert [p.name for p in naming.sidecars([raw, jpeg], naming.Naming.DARKTABLE)] == [
        "IMG_1.CR2.xmp",
        "IMG_1.JPG.xmp",
    ]
    assert len(naming.sidecars([raw, jpeg], naming.Naming.BOTH)) == 3


def test_sidecars_are_found_in_any_letter_case(tmp_path: Path) -> None:
    for name in ("IMG_1.XMP", "img_1.cr2.xmp", "IMG_10.xmp", "IMG_1.JPG"):
        (tmp_path / name).touch()
    found = naming.Folders().present([tmp_path / "IMG_1.CR2"])
    assert [path.name for path in found] == ["IMG_1.XMP", "img_1.cr2.xmp"]
    assert naming.Folders().present([tmp_path / "gone" / "a.jpg"]) == []


def test_of_two_photos_that_differ_in_letter_case_each_has_its_own_sidecars(tmp_path: Path) -> None:
    if (tmp_path / "A").mkdir() or (tmp_path / "a").exists():
        pytest.skip("this drive takes both letter cases for the same name")
    names = ("IMG_1.JPG", "img_1.jpg", "IMG_1.JPG.xmp", "img_1.jpg.xmp", "img_1.xmp")
    for name in names:
        (tmp_path / name).touch()
    beside = naming.Folders()
    found = [path.name for path in beside.present([tmp_path / "IMG_1.JPG"])]
    assert found == ["IMG_1.JPG.xmp"]
    found = [path.name for path in beside.present([tmp_path / "img_1.jpg"])]
    assert found == ["img_1.xmp", "img_1.jpg.xmp"]


def test_a_sidecar_that_would_speak_for_two_photos_is_noticed(tmp_path: Path) -> None:
    for name in ("IMG_1.CR2", "IMG_1.JPG", "img_1.png", "IMG_1.mov", "IMG_10.JPG"):
        (tmp_path / name).touch()
    files = [tmp_path / "IMG_1.CR2", tmp_path / "IMG_1.JPG"]
    assert naming.Folders().rivals(tmp_path / "IMG_1.xmp", files) == [tmp_path / "img_1.png"]
    assert naming.Folders().rivals(tmp_path / "IMG_1.CR2.xmp", files) == []


def test_what_a_killed_writing_left_is_found_once_it_is_old(tmp_path: Path) -> None:
    left = tmp_path / ".IMG_1.xmp.abcd_123"
    for path in (left, tmp_path / ".IMG_1.xmp.x", tmp_path / "IMG_1.xmp", tmp_path / ".a.abcd_123"):
        path.touch()
    beside = naming.Folders()
    assert beside.remains() == []
    beside.present([tmp_path / "IMG_1.JPG"])
    assert beside.remains() == []
    os.utime(left, (1, 1))
    assert beside.remains() == [left]

"""Sidecars after ten edits: others' nodes are all there, and exiv2 and ExifTool read our tags."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from test_packet import DARKTABLE, DIGIKAM, LIGHTROOM, stripped

from uniqa_desktop.photo import Flag, Label, Verdict
from uniqa_desktop.xmp import sidecar
from uniqa_desktop.xmp.sidecar import Action

EDITS = 10
DIALECTS = {"lightroom": LIGHTROOM, "darktable": DARKTABLE, "digikam": DIGIKAM, "new": None}
LAST = {
    Verdict(Flag.PICK, 4, Label.PURPLE): ("4", "Purple", "3", "1", "6", "4"),
    Verdict(Flag.REJECT, 2, Label.GREEN): ("-1", "Green", "1", "-1", "4", "2"),
    Verdict(Flag.MAYBE, 0, Label.RED): ("0", "Red", "2", "0", "1", "0"),
}
"""A verdict, and the values of `TAGS` that state it."""
TAGS = (
    ("xmp", "Rating"),
    ("xmp", "Label"),
    ("digiKam", "PickLabel"),
    ("xmpDM", "pick"),
    ("digiKam", "ColorLabel"),
    ("darktable", "colorlabels"),
)


def edited(path: Path, dialect: str, last: Verdict) -> Path:
    """A sidecar of this dialect after ten verdicts of ours, of which `last` is the last."""
    data = DIALECTS[dialect]
    if data is not None:
        path.write_bytes(data)
    chance = random.Random(dialect)
    for _ in range(EDITS - 1):
        flag, stars, label = (
            chance.choice(list(Flag)),
            chance.randrange(6),
            chance.choice(list(Label)),
        )
        write(path, Verdict(flag, stars, label))
    # So that the rating is there to be set, whatever came before.
    write(path, Verdict(Flag.NONE, 5))
    write(path, last)
    return path


def write(path: Path, verdict: Verdict) -> None:
    plan = sidecar.plan(path, verdict, ours=True)
    if plan.action is not Action.NOTHING:
        sidecar.carry_out(plan)


def by_exiv2(path: Path) -> tuple[str, ...]:
    """What `exiv2` prints for `TAGS`."""
    keys = [f"Xmp.{space}.{name}" for space, name in TAGS]
    words = ["exiv2", "-PXkv", *(word for key in keys for word in ("-K", key)), "pr", str(path)]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    said = dict(line.split(maxsplit=1) for line in printed.splitlines())
    return tuple(said[key].strip() for key in keys)


def by_exiftool(path: Path) -> tuple[str, ...]:
    """What `exiftool` prints for `TAGS`, whose names it capitalises."""
    names = [f"XMP-{space}:{name[0].upper()}{name[1:]}" for space, name in TAGS]
    words = ["exiftool", "-j", "-n", "-G1", *(f"-{name}" for name in names), str(path)]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    (said,) = json.loads(printed)
    return tuple(str(said[name]) for name in names)


READERS = {"exiv2": by_exiv2, "exiftool": by_exiftool}


@pytest.mark.parametrize("dialect", ["lightroom", "darktable", "digikam"])
def test_ten_edits_of_a_sidecar_keep_every_foreign_node(tmp_path: Path, dialect: str) -> None:
    for number, last in enumerate(LAST):
        path = edited(tmp_path / f"IMG_{number}.xmp", dialect, last)
        assert stripped(path.read_bytes()) == stripped(DIALECTS[dialect] or b"")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_other_programs_read_what_we_wrote(tmp_path: Path, dialect: str, reader: str) -> None:
    if shutil.which(reader) is None:
        pytest.skip(f"{reader} is not installed, so it cannot be asked what it reads")
    for number, (last, wanted) in enumerate(LAST.items()):
        path = edited(tmp_path / f"IMG_{number}.xmp", dialect, last)
        assert READERS[reader](path) == wanted

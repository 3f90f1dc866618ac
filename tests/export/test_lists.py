"""Tables and the report: everything known, nothing made up, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from uniqa_desktop.export import lists, report
from uniqa_desktop.photo import Failure, Flag, Label, Meta, Photo, Place, Scores, Verdict

BARE = Photo(1, Path("/p/a.jpg"), b"1")
FULL = Photo(
    2,
    Path("/p/b & <c>.jpg"),
    b"2",
    companions=(Path("/p/b.CR2"),),
    meta=Meta(taken=datetime(2026, 7, 1, 12, 30), camera="=cmd()", place=Place(48.1, -4.2)),
    scores=Scores("attributes-1", 71.25, 0.7125),
    verdict=Verdict(Flag.PICK, 4, Label.GREEN),
)
GONE = replace(BARE, id=3, path=Path("/p/z.jpg"), verdict=Verdict(Flag.REJECT))


def rows(photos: list[Photo]) -> list[dict[str, str]]:
    text = lists.as_csv(photos).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_unknown_values_are_empty_and_known_ones_exact() -> None:
    bare, full = rows([BARE, FULL])
    assert bare["quality"] == bare["aesthetics"] == bare["taken"] == bare["label"] == ""
    assert (full["quality"], full["aesthetics"]) == ("71.25", "")
    assert (full["flag"], full["stars"], full["label"]) == ("pick", "4", "green")
    assert (full["latitude"], full["longitude"]) == ("48.1", "'-4.2") or (
        full["longitude"] == "-4.2"
    )
    assert full["companions"] == "/p/b.CR2"


def test_a_spreadsheet_is_given_no_formula() -> None:
    assert rows([FULL])[0]["camera"] == "'=cmd()"


def test_json_says_the_same() -> None:
    bare, full = json.loads(lists.as_json([BARE, FULL]))
    assert bare["quality"] is None
    assert full["quality"] == 71.25
    assert full["camera"] == "=cmd()"
    assert list(bare) == [name for name, _ in lists.COLUMNS]


def test_the_report_shows_every_photo_in_its_group(tmp_path: Path) -> None:
    facts = report.Facts(
        title="Lisbon <1>",
        model="Measured attributes",
        weights="ab12",
        failures=[Failure(Path("/p/bad.jpg"), "It is empty & <sad>.")],
        given=7,
        revised=2,
        groups={"burst": 2, "panorama": 1},
        made=datetime(2026, 7, 2, 9, 0),
    )
    page = report.write(
        tmp_path / "out",
        [BARE, FULL, GONE],
        facts,
        lambda photo: b"jpeg" if photo.id == 2 else None,
    )
    text = page.read_text()
    order = [
        text.index(word) for word in ("Picked (1)", "Undecided (1)", "Rejected (1)", "read (1)")
    ]
    assert order == sorted(order)
    assert "b &amp; &lt;c&gt;.jpg" in text
    assert "Lisbon &lt;1&gt;" in text
    assert "It is empty &amp; &lt;sad&gt;." in text
    assert "7, 2 of them" in text
    assert "SHA-256 ab12" in text
    assert "2 bursts, 1 panorama" in text
    assert "★★★★" in text
    assert "<script" not in text
    assert "http" not in text
    (picture,) = (tmp_path / "out" / report.PICTURES).iterdir()
    assert f"pictures/{picture.name}" in text
    assert picture.read_bytes() == b"jpeg"

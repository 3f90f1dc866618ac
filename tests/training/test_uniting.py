"""The unified data set: all texts of all parts, each photo once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drawing import draw_folder

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import pairs
from uniqa_desktop.training.uniting import unite


def part(file: Path, rows: dict[str, list[str]]) -> Path:
    pairs.write(file, rows.items())
    return file


def test_a_photo_has_the_texts_of_all_parts(tmp_path: Path) -> None:
    draw_folder(tmp_path / "all" / "koniq", 2)
    draw_folder(tmp_path / "all" / "ava" / "images", 1)
    quality = part(tmp_path / "q.json", {"IMG_0000.jpg": ["Sharp."], "IMG_0001.jpg": ["Soft."]})
    beauty = part(tmp_path / "b.json", {"images/IMG_0000.jpg": ["Fine light.", " "]})
    human = part(tmp_path / "h.json", {"IMG_0000.jpg": ["Fine light.", "Lovely colours"]})
    out = tmp_path / "unified.json"
    record = unite([(quality, "koniq"), (beauty, "ava"), (human, "./ava/images/")], out)
    read = {str(row.picture.relative_to(tmp_path / "all")): row.texts
            for row in pairs.read(out, tmp_path / "all").rows}  # fmt: skip
    assert read == {
        "koniq/IMG_0000.jpg": ("Sharp.",),
        "koniq/IMG_0001.jpg": ("Soft.",),
        "ava/images/IMG_0000.jpg": ("Fine light.", "Lovely colours"),
    }
    assert record["figures"]["photos"] == 3
    assert record["figures"]["texts"] == 4
    stored = json.loads((tmp_path / "unified.run" / "record.json").read_text())
    assert record["figures"] == stored["figures"]
    assert record["finished"]
    with pytest.raises(WrongUse, match="exists already"):
        unite([(quality, "koniq")], out)


def test_what_cannot_be_united_is_said(tmp_path: Path) -> None:
    good = part(tmp_path / "a.json", {"a.jpg": ["Good."]})
    empty = part(tmp_path / "e.json", {"a.jpg": [""]})
    for parts, words in (
        ([], "which files"),
        ([(good, "../other")], "not a folder below"),
        ([(good, "/photos")], "not a folder below"),
        ([(empty, ".")], "no text"),
        ([(tmp_path / "gone.json", ".")], "cannot be read"),
    ):
        with pytest.raises(WrongUse, match=words):
            unite(parts, tmp_path / "out.json")
    with pytest.raises(WrongUse, match="exists already"):
        unite([(good, ".")], good)

"""Pairs files: what is read, what is put right, what is refused and in which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_models import needs_torch

from uniqa_desktop import torch_setup
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import pairs


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "sub/c.jpg"):
        (folder / name).write_bytes(b"x")
    return folder


def written(folder: Path, content: Any) -> Path:
    file = folder / "pairs.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def row(name: str, prompt: Any) -> dict[str, Any]:
    return {"image_path": name, "prompt": prompt}


def test_the_authors_json_with_one_text_or_several(tmp_path: Path, images: Path) -> None:
    file = written(tmp_path, [row("a.jpg", "a sharp photo"), row("sub/c.jpg", ["one", "two"])])
    found = pairs.read(file, images)
    assert [(pair.picture, pair.texts) for pair in found.rows] == [
        (images / "a.jpg", ("a sharp photo",)),
        (images / "sub/c.jpg", ("one", "two")),
    ]
    assert not any(found.notes.values())


def test_what_is_written_is_read(tmp_path: Path, images: Path) -> None:
    file = tmp_path / "made" / "pairs.json"
    pairs.write(file, [("a.jpg", ["gut & schön ñ"]), ("b.jpg", ["x", "y"])])
    assert [pair.texts for pair in pairs.read(file, images).rows] == [
        ("gut & schön ñ",),
        ("x", "y"),
    ]


def test_repeated_rows_are_one_picture_and_every_correction_is_counted(
    tmp_path: Path, images: Path
) -> None:
    long = "word " * 2000 + "the end is cut"
    file = written(
        tmp_path,
        [
            row("a.jpg", ["good", "good", "  "]),
            row("a.jpg", "good"),
            row("a.jpg", "sharp"),
            row("b.jpg", long),
        ],
    )
    found = pairs.read(file, images)
    assert found.rows[0].texts == ("good", "sharp")
    assert len(found.rows[1].texts[0]) <= pairs.LONGEST
    assert found.notes == {
        "rows_merged": 2,
        "texts_repeated": 2,
        "texts_empty": 1,
        "texts_shortened": 1,
        "pictures_missing": 0,
        "pictures_without_text": 0,
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({"a": 1}, "not a list"),
        ([], "There are 0 pictures"),
        ([3], "Row 1 of .* is not an object"),
        ([row("a.jpg", "x"), {"prompt": "y"}], "Row 2 of .* no usable image_path"),
        ([row("", "x")], "no usable image_path"),
        ([row("a\0.jpg", "x")], "no usable image_path"),
        ([row("a.jpg", None)], "neither a text nor a list"),
        ('[{"image_path": "a.jpg", "prompt": NaN}]', "neither a text nor a list"),
        ([row("a.jpg", ["x", 3])], "neither a text nor a list"),
        ([row("a.jpg", "x"), row("b.jpg", " ")], r"1 of 2 pictures .* no text, .*b\.jpg.*--skip"),
        ([row("a.jpg", "x"), row("gone.jpg", "y")], r"1 of 2 .* not there, .*gone\.jpg.*--skip"),
        ([row("a.jpg", "x")], "There are 1 pictures"),
        ([row("a.jpg", "same"), row("b.jpg", "same")], "the same text"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, images: Path, content: Any, words: str
) -> None:
    with pytest.raises(WrongUse, match=words):
        pairs.read(written(tmp_path, content), images)


def test_files_and_folders_that_are_not_there(tmp_path: Path, images: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        pairs.read(tmp_path / "no.json", images)
    with pytest.raises(WrongUse, match="no folder"):
        pairs.read(written(tmp_path, []), tmp_path / "no")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongUse, match="not JSON in UTF-8"):
        pairs.read(tmp_path / "binary", images)


def test_bad_rows_are_left_out_and_counted_only_when_asked(tmp_path: Path, images: Path) -> None:
    rows = [row("a.jpg", "x"), row("gone.jpg", "y"), row("b.jpg", "z"), row("sub/c.jpg", [])]
    found = pairs.read(written(tmp_path, rows), images, skip_bad=True)
    assert [pair.picture.name for pair in found.rows] == ["a.jpg", "b.jpg"]
    assert found.notes["pictures_missing"] == found.notes["pictures_without_text"] == 1


_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(st.characters()) | st.just("a.jpg"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["image_path", "prompt", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@needs_torch
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.lists(_ANY, max_size=4) | _ANY)
def test_any_json_is_read_or_refused_and_what_is_read_can_be_tokenised(
    tmp_path_factory: pytest.TempPathFactory, content: Any
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(b"x")
    rows = [*content, row("b.jpg", "other")] if isinstance(content, list) else content
    try:
        found = pairs.read(written(folder, rows), folder, skip_bad=True)
    except WrongUse:
        return
    texts = [text for pair in found.rows for text in pair.texts]
    assert torch_setup.open_clip().tokenize(texts).shape == (len(texts), 77)


@needs_torch
def test_a_text_of_ten_thousand_letters_and_halves_of_characters_are_taken(
    tmp_path: Path, images: Path
) -> None:
    file = written(tmp_path, [row("a.jpg", "x" * 10_000), row("b.jpg", "half \ud800 a sign")])
    texts = [pair.texts[0] for pair in pairs.read(file, images).rows]
    assert texts[1] == "half  a sign"
    assert torch_setup.open_clip().tokenize(texts).shape == (2, 77)

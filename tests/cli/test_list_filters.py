"""`list` narrowed: every option against what the photos say of themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from shelf import scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.cli.main import group
from uniqa_desktop.photo import Flag, Label, Meta, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

MODEL = settings.DEFAULT_MODEL
NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")
Lister = Callable[..., Result]


@pytest.fixture
def listed(tmp_path: Path) -> Lister:
    """Runs `list` over four photos and gives the names, or the refusal."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(name.encode())
    library = tmp_path / "library.db"
    with Store.open(library) as store:
        take_up(store, folder)
        ids = store.photos.ids(Query(MODEL))
        for n, id in enumerate(ids):
            meta = Meta(taken=datetime(2026, 6, 14 + n // 2, 12, n), camera=f"Camera {n % 2}",
                        lens=f"Lens {n}")  # fmt: skip
            store.scores.write([scored(id, 20.0 * n, model=MODEL, meta=meta, sharpness=30.0 * n)])
        store.verdicts.give(ids[:1], flag=Flag.PICK, provenance=Provenance.BLIND)
        store.verdicts.give(ids[1:2], stars=4, provenance=Provenance.BLIND)
        store.verdicts.give(ids[2:3], label=Label.RED, provenance=Provenance.BLIND)

    def run(*words: object) -> Result:
        texts = ["list", "--library", str(library), "--json", "--sort", "name", *map(str, words)]
        return CliRunner().invoke(group, texts)

    return run


def names(result: Result) -> str:
    assert result.exit_code == 0, result.output
    photos: list[dict[str, Any]] = json.loads(result.stdout)
    return "".join(Path(photo["path"]).stem for photo in photos)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "abcd"),
        (("--min-quality", 20, "--max-quality", 40), "bc"),
        (("--within", "sharpness=30..60"), "bc"),
        (("--within", "sharpness=60.."), "cd"),
        (("--within", "quality=..20", "--within", "sharpness=1.."), "b"),
        (("--within", "taste=1.."), ""),
        (("--flag", "pick", "--flag", "none"), "abcd"),
        (("--label", "red"), "c"),
        (("--label", "none"), "abd"),
        (("--flag", "pick", "--stars", ">=4", "--label", "red"), ""),
        (("--flag", "pick", "--stars", ">=4", "--label", "red", "--any"), "abc"),
        (("--stars", "!=4"), "acd"),
        (("--camera", "Camera 1"), "bd"),
        (("--lens", "Lens 0", "--lens", "Lens 3"), "ad"),
        (("--day", "2026-06-14"), "ab"),
        (("--day", "2026-06-15/"), "cd"),
        (("--day", "2026-06-14/2026-06-15"), "abcd"),
        (("--name", "C"), "c"),
        (("--by-day", "--sort", "quality"), "badc"),
        (("--by-day", "--sort", "taken", "--reverse"), "dcba"),
    ],
)
def test_each_option_narrows_as_it_says(
    listed: Lister, words: tuple[object, ...], expected: str
) -> None:
    assert names(listed(*words)) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--within", "sharpness"), "is not a range such as"),
        (("--within", "size=1..2"), "is not a range such as"),
        (("--within", "quality=1..200"), "is not a range such as"),
        (("--within", "quality=nan..2"), "is not a range such as"),
        (("--day", "yesterday"), "is not a day"),
        (("--stars", "many"), "is not a condition on stars"),
        (("--filter", "Best"), "none is saved yet"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    listed: Lister, words: tuple[object, ...], said: str
) -> None:
    result = listed(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_saved_filter_is_used_by_name_and_options_come_on_top(listed: Lister) -> None:
    saved = {"Sharp": {"sharpness": [30, 100]}, "Worn": {"sharpness": "very"}}
    settings.save(replace(settings.load(), filters=saved))
    assert names(listed("--filter", "Sharp")) == "bcd"
    assert names(listed("--filter", "Sharp", "--max-quality", 40)) == "bc"
    result = listed("--filter", "Worn")
    assert result.exit_code == 2
    assert "there are Sharp" in result.output

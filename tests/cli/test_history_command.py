"""`history` as a shell sees it: what was decided, and the way back to any of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import photo_at, take_up
from test_cli import uniqa

from uniqa_desktop import paths
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos: all picked (act 1), the first with four stars (2) and rejected (3)."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(name.encode())
    with library() as store:
        take_up(store, folder)
        first, *others = (photo_at(store, path).id for path in sorted(folder.iterdir()))
        store.verdicts.give([first, *others], flag=Flag.PICK, provenance=Provenance.BLIND)
        store.verdicts.give([first], stars=4, provenance=Provenance.BLIND)
        store.verdicts.give([first], flag=Flag.REJECT, provenance=Provenance.BLIND)
    return folder


def library() -> Store:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    return Store.open(paths.library_file())


def verdicts(folder: Path) -> list[tuple[str, int]]:
    with library() as store:
        found = [photo_at(store, path).verdict for path in sorted(folder.iterdir())]
    return [(verdict.flag.value, verdict.stars) for verdict in found]


def undo() -> None:
    with library() as store:
        store.verdicts.undo()


def test_acts_are_listed_newest_first_for_the_library_or_one_photo(folder: Path) -> None:
    acts = uniqa("history", "--json").json
    assert [(act["act"], len(act["photos"])) for act in acts] == [(3, 1), (2, 1), (1, 3)]
    assert acts[0]["photos"][0]["path"] == str(folder / "a.jpg")
    assert acts[0]["photos"][0]["before"] == {"flag": "pick", "stars": 4, "label": None}
    assert acts[0]["photos"][0]["after"]["flag"] == "reject"
    assert [act["act"] for act in uniqa("history", folder / "b.jpg", "--json").json] == [1]
    assert "a.jpg: pick **** → reject ****" in uniqa("history", "--limit", 2).out


def test_what_was_rejected_since_some_day(folder: Path) -> None:
    undo()
    rejected = uniqa("history", "--since", "7d", "--flag", "reject", "--json").json
    assert [(act["act"], act["undone"]) for act in rejected] == [(3, True)]
    assert uniqa("history", "--until", "yesterday", "--json").json == []
    assert len(uniqa("history", "--since", "today", "--until", "today", "--json").json) == 3


def test_any_past_state_comes_back_and_can_be_undone(folder: Path) -> None:
    back = uniqa("history", folder / "a.jpg", "--restore", 1, "--json")
    assert (back.code, back.json["changed"]) == (0, 1)
    assert back.json["restored"] == [
        {
            "path": str(folder / "a.jpg"),
            "verdict": {"flag": "pick", "stars": 0, "label": None},
            "instead_of": {"flag": "reject", "stars": 4, "label": None},
        }
    ]
    assert verdicts(folder) == [("pick", 0), ("pick", 0), ("pick", 0)]
    undo()
    assert verdicts(folder) == [("reject", 4), ("pick", 0), ("pick", 0)]
    uniqa("history", "--restore", 1, "--before")
    assert verdicts(folder) == [("none", 0)] * 3
    assert uniqa("history", "--restore", 1, "--before", "--json").json["changed"] == 0


def test_what_cannot_be_restored_is_one_sentence(folder: Path) -> None:
    for words, sentence in (
        (("--restore", 99), "no act 99"),
        ((folder / "b.jpg", "--restore", 2), "did not change"),
        ((folder / "none.jpg",), "not in the library"),
        (("--since", "soon"), "is not a day"),
        (("--before",), "--restore"),
    ):
        refused = uniqa("history", *words, "--json")
        assert refused.code == 2
        assert sentence in refused.json["error"]

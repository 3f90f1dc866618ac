"""Bursts in the real program, by the keyboard alone: fold, open, split, merge, keep the best, undo,
and all of it again after a restart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from typist import Keyboard, stored

from uniqa_desktop import demo, paths, settings
from uniqa_desktop.bursts.group import Kind
from uniqa_desktop.gui.burst_view import BurstView
from uniqa_desktop.photo import Flag

SMALL = 480
"""Long side of the shoot as it is drawn here: enough to tell a sharp frame from a blurred one."""


def bursts(person: Keyboard) -> dict[str, list[str]]:
    """The groups of alternatives that the window knows: the names of their frames, by the cover."""
    groups = person.window.shoot.stacks.shown.groups.values()
    names = {photo.id: photo.path.name for photo in _photos(person, groups)}
    return {
        names[group.cover]: [names[id] for id in group.members]
        for group in groups
        if group.kind is Kind.BURST
    }


def _photos(person: Keyboard, groups):
    return person.desk.browser._get([id for group in groups for id in group.members])


def flags(library: Path, names: list[str]) -> list[str]:
    verdicts = stored(library)
    return [verdicts[name].flag for name in names]


def walk_to(person: Keyboard, name: str) -> None:
    person.press("home")
    for _ in person.names:
        current = person.window.browser.current
        if current is not None and current.path.name == name:
            return
        person.press("right")
    raise AssertionError(f"{name} is not listed")


def test_bursts_are_folded_put_right_and_decided_by_keys(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "draw", partial(demo.draw, long_side=SMALL))
    settings.save(settings.Settings(model="attributes-1", sidecars="off"))
    library = paths.library_file()
    library.parent.mkdir(parents=True, exist_ok=True)

    with Keyboard(qtbot, library) as person:
        person.go_to("Try the demo shoot")
        person.press("space")
        person.settle()
        person.wait(lambda: bool(person.window.shoot.stacks.shown.groups))
        every = list(person.names)
        found = bursts(person)
        cover, frames = max(found.items(), key=lambda entry: len(entry[1]))
        assert len(frames) >= 5
        person.press("g", "s")
        folded = list(person.names)
        away = {name for members in found.values() for name in members} - set(found)
        assert away.isdisjoint(folded)
        assert len(folded) < len(every) - 10

        walk_to(person, cover)
        person.press("d")
        assert set(frames) <= set(person.names)
        walk_to(person, frames[-1])
        person.press("ctrl+shift+g")
        assert frames[-1] not in bursts(person).get(cover, [])
        person.press("shift+left", "ctrl+g")
        assert bursts(person)[cover] == frames, "put together again"
        person.press("ctrl+z", "ctrl+z")
        assert bursts(person) == found

        walk_to(person, cover)
        person.press("b")
        view = person.window.browser.board
        assert isinstance(view, BurstView)
        assert view.proposed is not None, "its frames were compared after scoring"
        person.press("y" if view.proposed.best is not None else "t")
        kept = [name for name, flag in zip(frames, flags(library, frames), strict=True)
                if flag == Flag.PICK]  # fmt: skip
        assert len(kept) == 1
        assert flags(library, frames).count(Flag.REJECT) == len(frames) - 1
        person.press("ctrl+z")
        assert set(flags(library, frames)) == {Flag.NONE}
        person.press("ctrl+shift+z", "g")

    with Keyboard(qtbot, library) as person:
        person.go_to(str(paths.demo_dir()))
        person.press("space")
        person.settle()
        assert person.names == folded, "still folded, and nothing is open"
        assert flags(library, frames).count(Flag.PICK) == 1
        person.press("g", "ctrl+z")
        assert set(flags(library, frames)) == {Flag.NONE}, "what was kept can still be taken back"
        person.press("s")
        assert person.names == every

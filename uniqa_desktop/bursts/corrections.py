"""What the user has put right in the grouping, said again over whatever was found.

A correction names photos, not groups: it holds at any strictness and after every re-scan. Undoing
one is leaving it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from uniqa_desktop.bursts.group import Group, Kind


class Action(StrEnum):
    """What was done: photos taken out of their groups, photos put together, a cover chosen."""

    SPLIT = "split"
    MERGE = "merge"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class Correction:
    """One act: `split` makes its photos a group of their own, a single one alone; `merge` makes
    them one group; `cover` lets its one photo stand for its group, whatever that is."""

    action: Action
    photos: tuple[int, ...]


def replay(
    found: Iterable[Group],
    corrections: Sequence[Correction],
    when: Callable[[int], tuple[int, int]],
) -> list[Group]:
    """The groups after `corrections`, in their order; `when` puts photos in order of capture."""
    groups = dict(enumerate(found))
    home = {photo: number for number, group in groups.items() for photo in group.members}
    for correction in corrections:
        if correction.action is Action.COVER:
            number = home.get(correction.photos[0])
            if number is not None:
                groups[number] = replace(groups[number], cover=correction.photos[0])
            continue
        before = [home[photo] for photo in correction.photos if photo in home]
        kind = _kind([groups[number].kind for number in before])
        covers = [groups[number].cover for number in before]
        for photo in correction.photos:
            _take_out(photo, groups, home)
        if len(correction.photos) > 1:
            number = max(groups, default=-1) + 1
            members = tuple(sorted(correction.photos, key=when))
            cover = next((cover for cover in covers if cover in members), members[0])
            groups[number] = Group(kind, members, cover, 1.0)
            home.update(dict.fromkeys(members, number))
    return list(groups.values())


def _kind(kinds: Sequence[Kind]) -> Kind:
    """The kind of most of the photos; what was in no group is a burst."""
    return Counter(kinds).most_common(1)[0][0] if kinds else Kind.BURST


def _take_out(photo: int, groups: dict[int, Group], home: dict[int, int]) -> None:
    number = home.pop(photo, None)
    if number is None:
        return
    group = groups[number]
    members = tuple(member for member in group.members if member != photo)
    if len(members) < 2:
        for member in members:
            del home[member]
        del groups[number]
    else:
        cover = group.cover if group.cover != photo else members[0]
        groups[number] = replace(group, members=members, cover=cover)


def fold(ids: Sequence[int], groups: Iterable[Group]) -> list[int]:
    """`ids` with one photo a group, in their order: the cover, or the first without it."""
    place = {photo: at for at, photo in enumerate(ids)}
    stands: dict[int, int] = {}
    for group in groups:
        listed = [photo for photo in group.members if photo in place]
        if listed:
            cover = group.cover if group.cover in place else min(listed, key=place.__getitem__)
            stands.update(dict.fromkeys(listed, cover))
    return [photo for photo in ids if stands.get(photo, photo) == photo]

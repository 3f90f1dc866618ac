"""Lists of photos folded to one photo a group; groups that are open stand in the list as a whole.

Pure and quick: a list of 100,000 photos is folded anew whenever a filter changes.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence

from uniqa_desktop.bursts.group import Group


class Folding:
    """Groups by number (the least id of their photos), as lists are folded by them."""

    def __init__(self, groups: Mapping[int, Group] | None = None) -> None:
        self.groups: Mapping[int, Group] = groups or {}
        self._cover: dict[int, int] = {}
        for group in self.groups.values():
            self._cover.update(dict.fromkeys(group.members, group.cover))
        self._by_cover = {group.cover: number for number, group in self.groups.items()}

    def number_of(self, photo: int) -> int | None:
        """The number of the group that a photo is in."""
        cover = self._cover.get(photo)
        return None if cover is None else self._by_cover[cover]

    def of(self, photo: int) -> Group | None:
        """The group that a photo is in."""
        number = self.number_of(photo)
        return None if number is None else self.groups[number]

    def fold(
        self, ids: Sequence[int], sections: Sequence[int] = (), opened: Collection[int] = ()
    ) -> tuple[array[int], list[int]]:
        """A list with one photo of each group: its cover, or where that is not listed the first.

        Args:
            ids: the photos that pass, in order.
            sections: the sizes of the list's sections, from its beginning; none for a list in one.
            opened: numbers of groups of which all listed photos are shown, side by side in their
                own order, where one of them would stand.

        Returns:
            The list (type code `q`), and the sizes of its sections; one may be empty.
        """
        listed, instead = set(ids), {}
        cover = self._cover
        shown = array("q")
        sizes = []
        start = 0
        for size in sections or (len(ids),):
            part = [
                id
                for id in ids[start : start + size]
                if (stands := cover.get(id, id)) == id
                or (stands not in listed and instead.setdefault(stands, id) == id)
            ]
            start += size
            if opened:
                part = [each for id in part for each in self._spread(id, listed, opened)]
            shown.extend(part)
            sizes.append(len(part))
        return shown, sizes

    def _spread(self, id: int, listed: set[int], opened: Collection[int]) -> Sequence[int]:
        number = self.number_of(id)
        if number is None or number not in opened:
            return (id,)
        return [photo for photo in self.groups[number].members if photo in listed]

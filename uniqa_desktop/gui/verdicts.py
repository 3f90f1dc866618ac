"""The user's verdicts: stored before the key is up, undone one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict
from uniqa_desktop.store import Store


class Verdicts(QObject):
    """Gives verdicts to photos, prefers one photo to another, and takes both back.

    Signals:
        given(list[int]): the verdicts of these photos differ now.
        regrouped(): a correction of groups was taken back, or made again.
        preferred(int, int, bool): the user prefers the first photo to the second now, or no longer.
        trouble(str): it could not be stored, one sentence; nothing changed.
    """

    given = Signal(list)
    regrouped = Signal()
    preferred = Signal(int, int, bool)
    trouble = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store

    def give(
        self,
        ids: Sequence[int],
        *,
        flag: str | None = None,
        stars: int | None = None,
        label: str | None = None,
        provenance: Provenance = Provenance.SCORE_VISIBLE,
    ) -> bool:
        """One act on all these photos; whether it was stored. As a rule scores are on screen, so
        the verdicts are not blind."""
        if not ids:
            return False

        def act() -> list[int]:
            self._store.verdicts.give(
                ids,
                flag=None if flag is None else Flag(flag),
                stars=stars,
                label=None if label is None else Label(label),
                provenance=provenance,
            )
            return list(ids)

        return self._do(act)

    def put(
        self, wanted: Mapping[int, Verdict], provenance: Provenance = Provenance.SCORE_VISIBLE
    ) -> bool:
        """Gives each photo its own verdict, such as one of an earlier state, all as one act;
        whether it was stored."""
        if not wanted:
            return False

        def act() -> list[int]:
            self._store.verdicts.put(wanted, provenance)
            return list(wanted)

        return self._do(act)

    def prefer(
        self, better: int, worse: int, provenance: Provenance = Provenance.SCORE_VISIBLE
    ) -> bool:
        """Prefers one photo to another, as one act; whether it was stored."""

        def act() -> list[int]:
            self._store.preferences.choose(better, worse, provenance)
            return []

        stored = self._do(act)
        if stored:
            self.preferred.emit(better, worse, True)
        return stored

    def put_preference(
        self,
        better: int,
        worse: int,
        stands: bool,
        provenance: Provenance = Provenance.SCORE_VISIBLE,
    ) -> None:
        """Lets a preference stand or not, such as an earlier act had it, as one act."""
        changed = False

        def act() -> list[int]:
            nonlocal changed
            changed = self._store.preferences.put(better, worse, stands, provenance)
            return []

        if self._do(act) and changed:
            self.preferred.emit(better, worse, stands)

    def undo(self) -> None:
        """Takes the last act back, also one of an earlier run of the program."""
        self._turn(undo=True)

    def redo(self) -> None:
        """Gives the act that was taken back last again."""
        self._turn(undo=False)

    def _turn(self, *, undo: bool) -> None:
        """Undoes or redoes what is next in line: verdicts, a correction of groups, a preference."""
        store = self._store
        regroups, preference = False, None

        def act() -> list[int]:
            nonlocal regroups, preference
            others = store.groups, store.preferences
            correction, preference = (
                each.next_undo() if undo else each.next_redo() for each in others
            )
            regroups = correction is not None
            turn = store.verdicts.undo if undo else store.verdicts.redo
            return [change.photo for change in turn()]

        if not self._do(act):
            return
        if regroups:
            self.regrouped.emit()
        if preference is not None:
            self.preferred.emit(preference.better, preference.worse, preference.withdrawn == undo)

    def _do(self, act: Callable[[], list[int]]) -> bool:
        try:
            changed = act()
        except KnownError as error:
            self.trouble.emit(str(error))
            return False
        if changed:
            self.given.emit(changed)
        return True

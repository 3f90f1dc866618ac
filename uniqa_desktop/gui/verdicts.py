"""The user's verdicts: stored before the key is up, undone one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict, VerdictChange
from uniqa_desktop.store import Store


class Verdicts(QObject):
    """Gives verdicts to photos and takes them back.

    Signals:
        given(list[int]): the verdicts of these photos differ now.
        regrouped(): a correction of groups was taken back, or made again.
        trouble(str): it could not be stored, one sentence; nothing changed.
    """

    given = Signal(list)
    regrouped = Signal()
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

    def undo(self) -> None:
        """Takes the last act back, also one of an earlier run of the program."""
        self._turn(self._store.groups.next_undo, self._store.verdicts.undo)

    def redo(self) -> None:
        """Gives the act that was taken back last again."""
        self._turn(self._store.groups.next_redo, self._store.verdicts.redo)

    def _turn(
        self, correction: Callable[[], object], turn: Callable[[], Sequence[VerdictChange]]
    ) -> None:
        """Undoes or redoes what is next in line: verdicts, or a `correction` of groups."""
        regroups = False

        def act() -> list[int]:
            nonlocal regroups
            regroups = correction() is not None
            return [change.photo for change in turn()]

        if self._do(act) and regroups:
            self.regrouped.emit()

    def _do(self, act: Callable[[], list[int]]) -> bool:
        try:
            changed = act()
        except KnownError as error:
            self.trouble.emit(str(error))
            return False
        if changed:
            self.given.emit(changed)
        return True

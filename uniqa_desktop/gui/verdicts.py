"""The user's verdicts: stored before the key is up, undone one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.photo import Flag, Label, Provenance, VerdictChange
from uniqa_desktop.store import Store


class Verdicts(QObject):
    """Gives verdicts to photos and takes them back.

    Signals:
        given(list[int]): the verdicts of these photos differ now.
        trouble(str): it could not be stored, one sentence; nothing changed.
    """

    given = Signal(list)
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
    ) -> None:
        """One act on all these photos. Scores are on screen, so the verdicts are not blind."""
        if not ids:
            return

        def act() -> list[int]:
            self._store.verdicts.give(
                ids,
                flag=None if flag is None else Flag(flag),
                stars=stars,
                label=None if label is None else Label(label),
                provenance=Provenance.SCORE_VISIBLE,
            )
            return list(ids)

        self._do(act)

    def undo(self) -> None:
        """Takes the last act back, also one of an earlier run of the program."""
        self._do(lambda: _photos(self._store.verdicts.undo()))

    def redo(self) -> None:
        """Gives the act that was taken back last again."""
        self._do(lambda: _photos(self._store.verdicts.redo()))

    def _do(self, act: Callable[[], list[int]]) -> None:
        try:
            changed = act()
        except KnownError as error:
            self.trouble.emit(str(error))
        else:
            if changed:
                self.given.emit(changed)


def _photos(changes: Sequence[VerdictChange]) -> list[int]:
    return [change.photo for change in changes]

"""What a person believes that each key does: an independent model of culling.

It shares no code with the program. It is given the photos' names in their order and the keys as a
person would name them (`p`, `shift+right`, `ctrl+z`), and knows at any moment what every photo's
verdict must be, where one is and what the next verdict would act on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

SURVEYED_ALONE = 4
SURVEYED_AT_MOST = 16


@dataclass(frozen=True)
class Judged:
    """A photo's verdict."""

    flag: str = "none"
    stars: int = 0
    label: str = "none"

    def sidecar(self) -> dict[str, str]:
        """The properties that a new sidecar for this verdict holds, without their prefixes."""
        said: dict[str, str] = {}
        if self.flag == "reject":
            said["Rating"] = "-1"
        elif self.stars:
            said["Rating"] = str(self.stars)
        if self.flag != "none":
            said["PickLabel"] = {"reject": "1", "maybe": "2", "pick": "3"}[self.flag]
            said["pick"] = {"reject": "-1", "maybe": "0", "pick": "1"}[self.flag]
        if self.label != "none":
            said["Label"] = self.label.capitalize()
            numbers = {"red": "1", "yellow": "3", "green": "4", "blue": "5", "purple": "6"}
            said["ColorLabel"] = numbers[self.label]
        return said


_FLAGS = {"p": "pick", "m": "maybe", "x": "reject", "u": "none"}
_LABELS = {"6": "red", "7": "yellow", "8": "green", "9": "blue", "shift+6": "purple"}
_STARS = {str(stars): stars for stars in range(6)}


def given_by(key: str) -> dict[str, object] | None:
    """What a verdict key gives, and `None` for any other key."""
    for name, keys in (("flag", _FLAGS), ("stars", _STARS), ("label", _LABELS)):
        if key in keys:
            return {name: keys[key]}
    return None


@dataclass
class Ledger:
    """The photos in order and everything that keys have changed so far."""

    names: Sequence[str]
    verdicts: dict[str, Judged] = field(default_factory=dict)
    done: list[dict[str, tuple[Judged, Judged]]] = field(default_factory=list)
    undone: list[dict[str, tuple[Judged, Judged]]] = field(default_factory=list)
    view: str = "grid"
    row: int = 0
    anchor: int = 0
    selected: set[int] = field(default_factory=lambda: {0})
    advances: bool = False
    seats: list[int] = field(default_factory=list)
    active: int = 0

    def __post_init__(self) -> None:
        self.verdicts = dict.fromkeys(self.names, Judged())

    def restarted(self) -> None:
        """The program was closed and opened again on the same folder."""
        self.view, self.advances = "grid", False
        self._stand(0)

    @property
    def targets(self) -> list[str]:
        """The photos that a verdict acts on now."""
        rows = sorted(self.selected) if self.view == "grid" else [self.row]
        return [self.names[row] for row in rows]

    def tells(self) -> dict[str, object]:
        """What must be seen now."""
        seen: dict[str, object] = {
            "view": self.view,
            "verdicts": dict(self.verdicts),
            "targets": self.targets,
            "at": self.names[self.row],
        }
        if self.view in ("compare", "survey"):
            shown = [self.names[row] for row in self.seats]
            seen["together"] = [(name, self.verdicts[name]) for name in shown]
        return seen

    def with_flag(self, flag: str) -> list[str]:
        return [name for name in self.names if self.verdicts[name].flag == flag]

    def press(self, key: str) -> None:
        """Does what the key does."""
        opposite = False
        bare = key
        if key.startswith("alt+"):
            bare, opposite = key.removeprefix("alt+"), True
        elif key.startswith("shift+") and key.removeprefix("shift+") in "xum":
            bare, opposite = key.removeprefix("shift+"), True
        given = given_by(bare)
        if given is not None:
            self._judge(given, opposite)
        elif key in _COMMANDS:
            _COMMANDS[key](self)
        else:
            getattr(self, f"_in_{self.view}")(key)

    # Verdicts

    def _judge(self, given: dict[str, object], opposite: bool) -> None:
        targets = self.targets
        self._act({name: replace(self.verdicts[name], **given) for name in targets})  # type: ignore[arg-type]
        if len(targets) == 1 and self.advances != opposite:
            self._advance()

    def _act(self, wanted: dict[str, Judged]) -> None:
        changes = {
            name: (self.verdicts[name], after)
            for name, after in wanted.items()
            if after != self.verdicts[name]
        }
        if changes:
            self.done.append(changes)
            self.undone.clear()
            for name, (_, after) in changes.items():
                self.verdicts[name] = after

    def _more_stars(self, more: int) -> None:
        self._act(
            {
                name: replace(verdict, stars=min(5, max(0, verdict.stars + more)))
                for name in self.targets
                for verdict in [self.verdicts[name]]
            }
        )

    def _undo(self) -> None:
        if self.done:
            self.undone.append(self.done.pop())
            self.verdicts |= {name: before for name, (before, _) in self.undone[-1].items()}

    def _redo(self) -> None:
        if self.undone:
            self.done.append(self.undone.pop())
            self.verdicts |= {name: after for name, (_, after) in self.done[-1].items()}

    # Where one is

    def _stand(self, row: int) -> None:
        """At this row, and only it selected."""
        self.row = self.anchor = row
        self.selected = {row}

    def _advance(self) -> None:
        if self.view == "survey":
            self._activate(self.active + 1)
        elif self.view == "compare":
            if self.active == 1:
                self._challenge(self.seats[1] + 1, 1)
        elif self.row + 1 < len(self.names):
            self._stand(self.row + 1)

    def _undecided(self, step: int) -> None:
        if self.view in ("compare", "survey"):
            if len(self.seats) > 1:
                self._activate((self.active + step) % len(self.seats))
            return
        count = len(self.names)
        for away in range(1, count + 1):
            row = (self.row + step * away) % count
            if self.verdicts[self.names[row]].flag == "none":
                self._stand(row)
                return

    def _activate(self, seat: int) -> None:
        if 0 <= seat < len(self.seats):
            self.active = seat
            self._stand(self.seats[seat])

    # Views

    def _grid(self) -> None:
        self.view = "grid"

    def _loupe(self) -> None:
        self.view = "loupe"

    def _compare(self) -> None:
        others = sorted(self.selected - {self.row})
        other = others[0] if len(self.selected) == 2 and others else self._beside(self.row)
        self.view, self.seats = "compare", [self.row, other]
        self._activate(1)

    def _survey(self) -> None:
        rows = sorted(self.selected)
        if not rows:
            return
        if len(rows) == 1:
            rows = list(range(rows[0], rows[0] + SURVEYED_ALONE))
        rows = [row for row in rows if row < len(self.names)][:SURVEYED_AT_MOST]
        self.view, self.seats = "survey", rows
        self._activate(rows.index(self.row) if self.row in rows else 0)

    def _beside(self, row: int) -> int:
        return row + 1 if row + 1 < len(self.names) else row - 1

    def _challenge(self, row: int, step: int) -> None:
        if row == self.seats[0]:
            row += step
        if 0 <= row < len(self.names):
            self.seats[1] = row
            if self.active == 1:
                self._activate(1)

    # Keys that mean something else in each view

    def _in_grid(self, key: str) -> None:
        last = len(self.names) - 1
        steps = {"left": self.row - 1, "right": self.row + 1, "home": 0, "end": last}
        if key in steps:
            self._stand(min(last, max(0, steps[key])))
        elif key in ("shift+left", "shift+right"):
            self.row = min(last, max(0, steps[key.removeprefix("shift+")]))
            ends = sorted((self.anchor, self.row))
            self.selected = set(range(ends[0], ends[1] + 1))
        elif key == "ctrl+a":
            self.selected = set(range(len(self.names)))
        elif key == "ctrl+i":
            self.selected = set(range(len(self.names))) - self.selected
        elif key == "enter":
            self._stand(self.row)
            self.view = "loupe"

    def _in_loupe(self, key: str) -> None:
        last = len(self.names) - 1
        rows = {"left": self.row - 1, "right": self.row + 1, "home": 0, "end": last}
        if key in rows and 0 <= rows[key] <= last:
            self._stand(rows[key])
        elif key == "esc":
            self.view = "grid"

    def _in_compare(self, key: str) -> None:
        last = len(self.names) - 1
        if key in ("left", "right"):
            step = 1 if key == "right" else -1
            self._challenge(self.seats[1] + step, step)
        elif key == "home":
            self._challenge(0, 1)
        elif key == "end":
            self._challenge(last, -1)
        elif key in ("up", "enter"):
            champion = self.seats[1]
            self.seats = [champion, self._beside(champion)]
            # A choice is an act that changes no verdict.
            self.done.append({})
            self.undone.clear()
            self._activate(self.active)
        elif key == "esc":
            self.view = "grid"

    def _in_survey(self, key: str) -> None:
        moves = {
            "left": self.active - 1,
            "right": self.active + 1,
            "home": 0,
            "end": len(self.seats) - 1,
        }
        if key in moves:
            self._activate(moves[key])
        elif key in ("delete", "backspace"):
            del self.seats[self.active]
            if self.seats:
                self._activate(min(self.active, len(self.seats) - 1))
            else:
                self.view = "grid"
        elif key == "enter":
            self.view = "loupe"
        elif key == "esc":
            self.view = "grid"

    def _switch_advance(self) -> None:
        self.advances = not self.advances


_COMMANDS: dict[str, Callable[[Ledger], None]] = {
    "[": lambda ledger: ledger._more_stars(-1),
    "]": lambda ledger: ledger._more_stars(1),
    "ctrl+z": Ledger._undo,
    "ctrl+shift+z": Ledger._redo,
    "ctrl+y": Ledger._redo,
    "tab": lambda ledger: ledger._undecided(1),
    "shift+tab": lambda ledger: ledger._undecided(-1),
    "g": Ledger._grid,
    "e": Ledger._loupe,
    "c": Ledger._compare,
    "n": Ledger._survey,
    "ctrl+shift+a": Ledger._switch_advance,
}
"""Keys that mean the same in every view."""

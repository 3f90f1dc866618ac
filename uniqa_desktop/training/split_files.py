"""Split files: which rows of a file of labels are for training and which for testing.

IQA-PyTorch and UniQA keep them as pickles of `{index: {'train': [rows], 'val': […], 'test': […]}}`.
A pickle is a program; loading one runs it. Here none is loaded: its instructions are read one by
one, those that build dictionaries, lists, tuples, texts and whole numbers are carried out by this
module, and a file with any other one is refused. The result is plain JSON of the same form.
"""

from __future__ import annotations

import json
import pickletools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.labels import PHASES

Splits = dict[str, dict[str, list[int]]]
"""Split → phase → rows, counted from 0."""

_LARGEST = 64 << 20
"""Bytes; the split file of AVA, a quarter of a million photos, has under 2 MB."""
_MOST_ROWS = 20_000_000
"""Over all splits: a small pickle may name the same long list many times."""

_MARK = object()


def read(path: Path) -> Splits:
    """Reads a split file: JSON, or a pickle of plain data in any protocol.

    Raises:
        WrongUse: the file cannot be read, holds something else, or would run a program.
    """
    try:
        if path.stat().st_size > _LARGEST:
            _refuse(path, "it is larger than any split file")
        data = path.read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror or error}.") from None
    if data.lstrip()[:1] == b"{":
        try:
            found = json.loads(data)
        except (ValueError, RecursionError) as error:
            _refuse(path, f"it is no sound JSON ({error})")
    else:
        found = _unpickled(path, data)
    return _checked(path, found)


def phases(splits: Splits, rows: int, source: Path) -> Mapping[str, tuple[str, ...]]:
    """The splits as columns of labels: by name, the phase of each of `rows` rows.

    Raises:
        WrongUse: a split names a row that is not there, or the same row for training and testing.
    """
    columns = {}
    for name, parts in splits.items():
        column = [""] * rows
        # Published files repeat the test part as `val`; the word `test` is what counts then.
        for phase in ("val", "test", "train"):
            for row in parts.get(phase, ()):
                if not 0 <= row < rows:
                    _refuse(
                        source,
                        f"its split {name!r} names row {row}, but there are {rows} rows of labels "
                        "(counted from 0); it belongs to another file of labels",
                    )
                if phase == "train" and column[row]:
                    _refuse(
                        source, f"its split {name!r} has row {row} for training and for testing"
                    )
                column[row] = phase
        columns[name] = tuple(column)
    return columns


def _checked(path: Path, found: Any) -> Splits:
    """`found` in the one form that is accepted, with texts as keys."""
    form = "it does not hold {split: {'train': [rows], 'val': [rows], 'test': [rows]}}"
    if not isinstance(found, dict) or not found:
        _refuse(path, form)
    if found.keys() & set(PHASES):
        found = {"1": found}
    count = 0
    splits: Splits = {}
    for name, parts in found.items():
        if not isinstance(name, str | int) or not isinstance(parts, dict):
            _refuse(path, form)
        ours = splits[str(name)] = {}
        for phase, rows in parts.items():
            if phase not in PHASES or not isinstance(rows, list | tuple):
                _refuse(path, form)
            count += len(rows)
            if count > _MOST_ROWS:
                _refuse(path, f"it names more than {_MOST_ROWS:,} rows")
            if not all(type(row) is int for row in rows):
                _refuse(path, form)
            ours[phase] = list(rows)
    return splits


def _unpickled(path: Path, data: bytes) -> Any:
    """The plain data that a pickle describes, put together without running it."""
    machine = _Machine()
    try:
        for instruction, argument, _ in pickletools.genops(data):
            act = _ACTS.get(instruction.name)
            if act is None:
                _refuse(
                    path,
                    f"it is a pickle that holds more than plain data (it asks for "
                    f"{instruction.name}{f' {argument}' if isinstance(argument, str) else ''}), "
                    "and such a file can run any program; nothing of it was run",
                )
            act(machine, argument)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        _refuse(path, f"it is neither JSON nor a sound pickle ({type(error).__name__})")
    if len(machine.stack) != 1:
        _refuse(path, "it is no sound pickle")
    return machine.stack[0]


class _Machine:
    """What a pickle's instructions work on: a stack, and a memory of earlier values."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.memory: dict[int, Any] = {}

    def since_mark(self) -> list[Any]:
        """Takes what was put on the stack after the newest mark, and the mark."""
        at = len(self.stack) - 1
        while self.stack[at] is not _MARK:
            at -= 1
            if at < 0:
                raise ValueError("no mark")
        taken = self.stack[at + 1 :]
        del self.stack[at:]
        return taken

    def take(self, count: int) -> list[Any]:
        if len(self.stack) < count:
            raise ValueError("empty stack")
        taken = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        if any(value is _MARK for value in taken):
            raise ValueError("a mark is no value")
        return taken

    def push(self, value: Any) -> None:
        self.stack.append(value)

    def append(self, values: list[Any]) -> None:
        target = self.stack[-1]
        if type(target) is not list:
            raise TypeError("not a list")
        target.extend(values)

    def set_items(self, values: list[Any]) -> None:
        target = self.stack[-1]
        if type(target) is not dict:
            raise TypeError("not a dictionary")
        target.update(_dictionary(values))

    def remember(self, place: int) -> None:
        self.memory[place] = self.stack[-1]


def _dictionary(values: list[Any]) -> dict[Any, Any]:
    # Only plain keys: hashing tuples a million deep would end the process.
    if not all(isinstance(key, str | int) for key in values[::2]):
        raise TypeError("not a key of a split file")
    return dict(zip(values[::2], values[1::2], strict=True))


_Act = Callable[[_Machine, Any], None]

_ACTS: dict[str, _Act] = {
    "PROTO": lambda machine, _: None,
    "FRAME": lambda machine, _: None,
    "STOP": lambda machine, _: None,
    "MARK": lambda machine, _: machine.push(_MARK),
    "NONE": lambda machine, _: machine.push(None),
    "NEWTRUE": lambda machine, _: machine.push(True),
    "NEWFALSE": lambda machine, _: machine.push(False),
    "EMPTY_DICT": lambda machine, _: machine.push({}),
    "EMPTY_LIST": lambda machine, _: machine.push([]),
    "EMPTY_TUPLE": lambda machine, _: machine.push(()),
    "DICT": lambda machine, _: machine.push(_dictionary(machine.since_mark())),
    "LIST": lambda machine, _: machine.push(machine.since_mark()),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.since_mark())),
    "TUPLE1": lambda machine, _: machine.push(tuple(machine.take(1))),
    "TUPLE2": lambda machine, _: machine.push(tuple(machine.take(2))),
    "TUPLE3": lambda machine, _: machine.push(tuple(machine.take(3))),
    "APPEND": lambda machine, _: machine.append(machine.take(1)),
    "APPENDS": lambda machine, _: machine.append(machine.since_mark()),
    "SETITEM": lambda machine, _: machine.set_items(machine.take(2)),
    "SETITEMS": lambda machine, _: machine.set_items(machine.since_mark()),
    "MEMOIZE": lambda machine, _: machine.remember(len(machine.memory)),
    **{
        name: lambda machine, value: machine.push(value)
        for name in (
            *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4"),
            *("UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"),
            *("STRING", "BINSTRING", "SHORT_BINSTRING"),
        )
    },
    **{
        name: lambda machine, place: machine.remember(int(place))
        for name in ("PUT", "BINPUT", "LONG_BINPUT")
    },
    **{
        name: lambda machine, place: machine.push(machine.memory[int(place)])
        for name in ("GET", "BINGET", "LONG_BINGET")
    },
}
"""The instructions that build plain data. All others are refused."""


def _refuse(path: Path, why: str) -> NoReturn:
    raise WrongUse(f"{path.name} cannot be used as a split file: {why}.")

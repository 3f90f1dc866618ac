"""One pass over photos that leaves a model's numbers for each: no later step opens a photo again.

With a folder, the numbers are kept there in blocks as soon as they are made, so an interrupted
pass loses at most a block. A block that cannot be read is made again.
"""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import atomic, decode, scan
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.training.pictures import ahead

_log = logging.getLogger(__name__)

_BLOCK = 32
"""Photos that are kept together: minutes of work for a large model on a processor."""
_ROWS, _ERRORS = "rows", "errors"

Arrays = dict[str, NDArray[Any]]
"""By name, an array with a row for each photo."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What a pass gave.

    Attributes:
        rows: the places, in the list of files, of the photos that could be read.
        arrays: what `encode` gave of them, stacked, in the order of `rows`.
        failed: the photos that could not.
        stopped: whether the pass was interrupted; the rest is as far as it came.
    """

    rows: NDArray[np.int64]
    arrays: Arrays
    failed: tuple[Failure, ...]
    stopped: bool = False


def encode(
    files: Sequence[Path],
    see: Callable[[NDArray[np.uint8], bytes], Any],
    encode_batch: Callable[[Sequence[Any]], Arrays],
    *,
    batch: Callable[[], int] = lambda: 1,
    folder: Path | None = None,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, Encoded]:
    """Opens each photo once and encodes it.

    Args:
        files: the photos.
        see: makes what the model needs of a picture (H×W×3 uint8) and its file's content hash;
            called in several threads.
        encode_batch: gives arrays with a row for each thing seen; called in this thread.
        batch: how many photos it takes best, asked before each block.
        folder: where to keep the numbers; they belong to these files and this model only.
        stop: ends the pass after the running block.

    Raises:
        DiskFull: no room in `folder`; what was kept stays.
    """
    stop = stop or threading.Event()
    pace = Pace("encode", len(files))
    yield pace.step()
    parts: list[Arrays] = []
    failed: list[Failure] = []

    def look(place: int) -> tuple[int, Any] | tuple[int, Failure]:
        return place, _seen(files[place], see)

    starts = range(0, len(files), _BLOCK)
    kept = {start: _kept(folder, start) for start in starts} if folder else {}
    to_open = [
        place
        for start in starts
        if kept.get(start) is None
        for place in range(start, min(start + _BLOCK, len(files)))
    ]
    opened = ahead(look, to_open)
    try:
        for start in starts:
            if stop.is_set():
                break
            block = kept.pop(start, None)
            if block is None:
                outcomes = [next(opened) for _ in range(start, min(start + _BLOCK, len(files)))]
                block = _encoded(outcomes, encode_batch, batch())
                if folder is not None:
                    _keep(folder, start, block)
            bad = tuple(
                Failure(files[int(place)], error)
                for place, error in json.loads(str(block.pop(_ERRORS))).items()
            )
            failed += bad
            if len(block[_ROWS]):
                parts.append(block)
            pace.add(min(_BLOCK, len(files) - start), failures=bad)
            yield pace.step()
    finally:
        opened.close()
    names = parts[0].keys() if parts else ()
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in names}
    rows = arrays.pop(_ROWS, np.empty(0, dtype=np.int64))
    return Encoded(rows, arrays, tuple(failed), stop.is_set())


def _seen(path: Path, see: Callable[[NDArray[np.uint8], bytes], Any]) -> Any:
    try:
        data = path.read_bytes()
        return see(decode.full(path, data).pixels, scan.content_of(data))
    except PhotoError as error:
        return Failure(path, str(error))
    except OSError as error:
        return Failure(path, f"The file cannot be read: {error.strerror or error}.")
    except MemoryError:
        return Failure(path, "There is not enough memory to open this picture.")
    except Exception as error:  # one photo never ends a pass over thousands
        _log.exception("Bug while reading %s", path)
        return Failure(
            path, f"The program met a bug in this file ({type(error).__name__}); see the log."
        )


def _encoded(
    outcomes: Sequence[tuple[int, Any]],
    encode_batch: Callable[[Sequence[Any]], Arrays],
    batch: int,
) -> Arrays:
    """A block: the arrays, the places they belong to, and the errors by place."""
    there = [(place, seen) for place, seen in outcomes if not isinstance(seen, Failure)]
    errors = {place: seen.error for place, seen in outcomes if isinstance(seen, Failure)}
    parts = [
        encode_batch([seen for _, seen in there[at : at + batch]])
        for at in range(0, len(there), batch)
    ]
    names = parts[0].keys() if parts else ()
    return {
        **{name: np.concatenate([part[name] for part in parts]) for name in names},
        _ROWS: np.array([place for place, _ in there], dtype=np.int64),
        _ERRORS: np.array(json.dumps(errors)),
    }


def _file(folder: Path, start: int) -> Path:
    return folder / f"{start:07d}.npz"


def _keep(folder: Path, start: int, block: Arrays) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **block)  # type: ignore[arg-type]
    atomic.write_bytes(_file(folder, start), buffer.getvalue())


def _kept(folder: Path, start: int) -> Arrays | None:
    path = _file(folder, start)
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except FileNotFoundError:
        return None
    except Exception as error:  # numpy and zipfile name their troubles in many ways
        _log.warning("%s cannot be read (%s): making it again.", path.name, error)
        return None

"""A training run's folder: its record, its checkpoint, and how it goes on after an interruption.

    RUN/record.json      what was trained on what, with which settings, and the figures so far
    RUN/checkpoint.pt    the state of the newest whole epoch, while the run is unfinished

Both are replaced atomically, so a full drive or a killed process costs the epoch under way and
nothing else. The record holds no path of this machine: data are known by their hashes.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from uniqa_desktop import __version__, atomic
from uniqa_desktop.errors import WrongUse

RECORD, CHECKPOINT = "record.json", "checkpoint.pt"
_BLOCK = 1 << 20


@dataclass(slots=True)
class Run:
    """One run. Make it with `Run.begin`.

    Attributes:
        folder: where it lives; weights that a step makes are put there, too.
        kind: the step's name, such as `contrastive`.
        settings: all that shapes the result and is plain JSON; the seed among them.
        data: what each input was: see `fingerprint`.
        curve: figures along the way, one entry a `note`, each with its `step`.
        figures: the results; empty until `finish`.
        seconds: time spent so far, over all interruptions.
    """

    folder: Path
    kind: str
    settings: dict[str, Any]
    data: dict[str, dict[str, Any]]
    curve: list[dict[str, float]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    started: str = ""
    finished: str | None = None
    _clock: float = field(default_factory=time.monotonic)

    @classmethod
    def begin(
        cls,
        folder: Path,
        kind: str,
        settings: Mapping[str, Any],
        data: Mapping[str, Mapping[str, Any]],
        *,
        resume: bool = False,
    ) -> Run:
        """Starts a run in `folder`, or goes on with the one that is there.

        Args:
            folder: made if it is missing.
            kind: the step's name.
            settings: plain JSON; with `resume` they must be those of the run that is there.
            data: fingerprints by name; likewise.
            resume: go on with an unfinished run; a folder without one begins anew.

        Raises:
            WrongUse: the folder holds a run already and `resume` is not set; or another run than
                the one to go on with; or its record cannot be read.
            DiskFull: no room.
        """
        ours: dict[str, Any] = json.loads(json.dumps(dict(settings)))
        inputs: dict[str, dict[str, Any]] = json.loads(json.dumps(dict(data)))
        record = folder / RECORD
        if record.exists():
            if not resume:
                raise WrongUse(
                    f"{folder} holds a run already: go on with it by --resume, or choose an empty "
                    "folder."
                )
            return cls._again(folder, kind, ours, inputs)
        run = cls(folder, kind, ours, inputs, started=_now())
        run.write()
        return run

    @classmethod
    def _again(
        cls, folder: Path, kind: str, settings: dict[str, Any], data: dict[str, dict[str, Any]]
    ) -> Run:
        try:
            found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            run = cls(
                folder,
                found["kind"],
                found["settings"],
                found["data"],
                found["curve"],
                found["figures"],
                found["seconds"],
                found["started"],
                found["finished"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WrongUse(
                f"The record of the run in {folder} cannot be read ({error}): choose an empty "
                "folder."
            ) from None
        if run.kind != kind:
            raise WrongUse(f"{folder} holds a run of another kind ({run.kind}).")
        for what, old, new in (("settings", run.settings, settings), ("data", run.data, data)):
            differing = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
            if differing:
                raise WrongUse(
                    f"The run in {folder} has other {what} ({', '.join(sorted(differing))}): go on "
                    "with the same ones, or choose an empty folder."
                )
        return run

    @property
    def seed(self) -> int:
        """The seed in the settings (0 if there is none)."""
        return int(self.settings.get("seed", 0))

    @property
    def is_finished(self) -> bool:
        """Whether its figures are there: to go on with such a run means to do nothing."""
        return self.finished is not None

    def note(self, step: int, **figures: float) -> None:
        """Adds a point to the learning curve; it is on disk after the next `save` or `finish`."""
        self.curve.append({"step": step, **{name: float(value) for name, value in figures.items()}})

    def save(self, state: Mapping[str, Any]) -> None:
        """Stores what is needed to go on: tensors, numbers, texts, lists and dicts of them.

        Raises:
            DiskFull: no room; the checkpoint before is as it was.
        """
        import torch

        buffer = io.BytesIO()
        # The curve belongs to the state: after a kill between the two files they still agree.
        torch.save({"state": dict(state), "curve": self.curve}, buffer)
        atomic.write_bytes(self.folder / CHECKPOINT, buffer.getvalue())
        self.write()

    def load(self) -> dict[str, Any] | None:
        """The newest state that was saved, `None` if there is none.

        Raises:
            WrongUse: the checkpoint cannot be read.
        """
        import torch

        path = self.folder / CHECKPOINT
        if not path.exists():
            self.curve.clear()
            return None
        try:
            found = torch.load(path, map_location="cpu", weights_only=True)
            self.curve = found["curve"]
            return found["state"]
        except Exception as error:
            raise WrongUse(
                f"The checkpoint in {self.folder} cannot be read ({type(error).__name__}): choose "
                "an empty folder."
            ) from None

    def finish(self, figures: Mapping[str, Any]) -> dict[str, Any]:
        """Writes the figures, drops the checkpoint and returns the record.

        Raises:
            DiskFull: no room; the run can be finished later.
        """
        self.figures, self.finished = dict(figures), _now()
        self.write()
        (self.folder / CHECKPOINT).unlink(missing_ok=True)
        return self.record()

    def write(self) -> None:
        """Replaces the record on disk by the present one."""
        text = json.dumps(self.record(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        atomic.write_bytes(self.folder / RECORD, text.encode())

    def record(self) -> dict[str, Any]:
        """The record as JSON."""
        now = time.monotonic()
        self.seconds, self._clock = self.seconds + now - self._clock, now
        return {
            "kind": self.kind,
            "program": __version__,
            "settings": self.settings,
            "data": self.data,
            "started": self.started,
            "finished": self.finished,
            "seconds": round(self.seconds, 1),
            "figures": self.figures,
            "curve": self.curve,
        }


def fingerprint(files: Iterable[Path]) -> dict[str, Any]:
    """How many files there are and one hash over their contents, in the order given.

    Raises:
        WrongUse: a file cannot be read.
    """
    total, count = hashlib.sha256(), 0
    for path in files:
        one = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    one.update(block)
        except OSError as error:
            raise WrongUse(f"{path} cannot be read ({error.strerror}).") from None
        total.update(one.digest())
        count += 1
    return {"files": count, "sha256": total.hexdigest()}


def set_seeds(seed: int) -> np.random.Generator:
    """Fixes torch's seed and returns a generator of its own for everything else."""
    import torch

    torch.manual_seed(seed)
    return np.random.default_rng(seed)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

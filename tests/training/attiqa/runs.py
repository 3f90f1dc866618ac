"""Driving the steps of attribute-aware training in tests."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from uniqa_desktop.photo import Failure, Progress

SMALL: dict[str, Any] = {
    "size": 48,
    "short_side": 64,
    "epochs": 3,
    "pictures": 6,
    "held_out": 0.25,
    "rate": 2e-3,
}


def settings(**changed: Any) -> Any:
    from uniqa_desktop.training.attiqa.pretrain import Settings

    return Settings(**SMALL | changed)


def pretrain(files: list[Path], out: Path, chosen: Any = None, **options: Any) -> Any:
    """The generator; on the processor, so that results are the same to the bit."""
    from uniqa_desktop.training.attiqa import pretrain as module

    return module.pretrain(files, out, chosen or settings(), device="cpu", **options)


def finish(job: Generator[Progress, None, dict[str, Any]]) -> tuple[dict[str, Any], list[Failure]]:
    """Runs a step to its end: its record, and what it could not read."""
    failures: list[Failure] = []
    while True:
        try:
            failures.extend(next(job).failures)
        except StopIteration as end:
            return end.value, failures

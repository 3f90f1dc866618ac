"""Driving a job from a terminal: its progress on stderr, Ctrl-C after the running batch."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from uniqa_desktop.photo import Progress

Report = TypeVar("Report")
_LINE_EVERY = 10.0
"""Seconds between progress lines where stderr is not a terminal."""


@contextmanager
def stop_on_interrupt(
    saying: str = "Stopping after this batch (Ctrl-C again: at once) …",
) -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets, `saying` so; the second ends the program at once."""
    stop = threading.Event()

    def interrupt(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        click.echo(f"\n{saying}", err=True)

    previous = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, previous)


def drive(job: Generator[Progress, None, Report]) -> Report:
    """Runs a job to its end, showing where it is, and returns its report."""
    live = sys.stderr.isatty()
    shown = time.monotonic()
    try:
        while True:
            try:
                step = next(job)
            except StopIteration as end:
                return end.value
            now = time.monotonic()
            if live:
                click.echo(f"\r\x1b[K{describe(step)}", nl=False, err=True)
            elif now - shown >= _LINE_EVERY:
                click.echo(describe(step), err=True)
                shown = now
    finally:
        job.close()
        if live:
            click.echo("\r\x1b[K", nl=False, err=True)


def describe(step: Progress) -> str:
    """One line such as `score 120/2000 · 23.4 a second · 1 min 20 s left`; bytes as MB."""
    if step.job == "fetch":
        of_all = "" if step.total is None else f"/{step.total / 1e6:.1f}"
        parts = [f"{step.job} {step.done / 1e6:.1f}{of_all} MB"]
        rate = f"{step.rate / 1e6:.1f} MB" if step.rate else ""
    else:
        parts = [f"{step.job} {step.done}" + ("" if step.total is None else f"/{step.total}")]
        rate = f"{step.rate:.1f}" if step.rate else ""
    if rate:
        parts.append(f"{rate} a second")
    if step.remaining is not None:
        parts.append(f"{_duration(step.remaining)} left")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"

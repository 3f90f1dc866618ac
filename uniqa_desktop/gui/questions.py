"""What the window may ask the worker between two steps of a job. Light: nothing is imported here.

| kind | asks for | answer |
|---|---|---|
| `heat` | the heat map of `photo` at `path` | `explain.HeatMap`, growing |
| `standing` | how the scores of `folders` are spread | `standing.Standing` |
| `cues` | what the model sees of `photo`, within `folders` | `cues.Cues` or `None` |
| `words` | the photos of `folders` by `text` | `searching.Ranking` |
| `groups` | the groups of `folders` at the strictness `number` | `regrouping.Regrouped` |
| `untold` | which of `folders`' bursts cannot be decided | `regrouping.Untold` |
| `order` | what `query` lists | `store.Listing` |
| `like` | the photos of `folders` like `photo` at `path` | `searching.Ranking` |
| `taste status` | how well the taste in use agrees | its card, as `taste status --json` |
| `taste why` | why `photo` has its taste | `taste_answers.Grounds` or `None` |
| `taste suggest` | what to rate next, with `text` = `pairs` in pairs | tuples of `Photo` |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop.query import Query


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its kind in the table above, and what it is about."""

    kind: str
    model: str
    device: str = "auto"
    folders: tuple[Path, ...] = ()
    photo: int = 0
    path: Path = Path()
    identity: bytes = b""
    text: str = ""
    number: float = 0.0
    query: Query | None = None

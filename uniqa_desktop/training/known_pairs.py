"""Makes a pairs file without people and without a language model: from photos and known damage.

Of every photo there is one untouched copy, with text on quality and on aesthetics, and as many
degraded copies as asked for, with text on quality. See `known_text` for what the texts are worth.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from uniqa_desktop import atomic, crops, decode
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.training import known_text, pairs
from uniqa_desktop.training.degradations import DEGRADATIONS
from uniqa_desktop.training.guidance import Kind
from uniqa_desktop.training.known_text import Looks, Taste
from uniqa_desktop.training.pictures import Pixels, ahead

PAIRS, PICTURES = "pairs.json", "pictures"
_LOOKS_SIDE = 128
"""The short side at which looks are measured, whatever the photo's size."""


@dataclass(frozen=True, slots=True)
class Original:
    """A photo to make pairs of. `theme` ("a forest") and `liking` (0–1) where they are known."""

    path: Path
    theme: str | None = None
    liking: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A picture that was made: its name below the run's pictures, and its texts by what of."""

    name: str
    texts: Mapping[Kind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was made; `stopped` if not all of it. `failed` photos were left out."""

    rows: tuple[Row, ...]
    failed: tuple[Failure, ...]
    stopped: bool = False


def make(
    originals: Sequence[Original],
    out: Path,
    *,
    kinds: Sequence[str] = tuple(DEGRADATIONS),
    versions: int = 2,
    texts: int = 3,
    short_side: int = 448,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, Report]:
    """Writes `OUT/pictures/*.png` and `OUT/pairs.json`, which `train contrastive` reads.

    Args:
        originals: the photos.
        out: a folder; what an earlier call made there is replaced.
        kinds: the degradations to draw from.
        versions: degraded copies of each photo.
        texts: texts of each sort for each picture.
        short_side: of the pictures, pixels; degraded at that size and kept without loss.
        seed: of all that is drawn: kinds, degrees (even over 0–1) and wording.
        stop: leaves everything unwritten but the pictures so far.

    Raises:
        WrongUse: no photo could be read, or there is no degradation of a name.
        DiskFull: no room.
    """
    unknown = sorted(set(kinds) - set(DEGRADATIONS))
    if unknown or not kinds:
        raise WrongUse(
            f"There is no degradation called {', '.join(unknown)}: {', '.join(DEGRADATIONS)} "
            "are known."
        )
    measured, failed = yield from _measured(originals, stop)
    if not measured and not (stop and stop.is_set()):
        why = f" ({failed[0].path}: {failed[0].error})" if failed else ""
        raise WrongUse(f"There is no photo to make pairs of{why}.")
    if stop is not None and stop.is_set():
        return Report((), tuple(failed), stopped=True)
    taste = Taste(list(measured.values()), [originals[place].liking for place in measured])

    def made(place: int) -> list[Row]:
        random = np.random.default_rng([seed, place])
        one = originals[place]
        picture = _working(one.path, short_side)
        clean = {
            Kind.QUALITY: known_text.quality_texts("", known_text.CLEAN, texts, random),
            Kind.AESTHETICS: taste.texts(
                measured[place], texts, random, liking=one.liking, theme=one.theme
            ),
        }
        rows = [_stored(out, f"{place:06d}-0.png", picture, clean)]
        for version in range(1, versions + 1):
            kind = kinds[int(random.integers(len(kinds)))]
            damage = 1 - random.random()  # above 0, up to 1
            degradation = DEGRADATIONS[kind]
            worse = degradation(
                picture, degradation.strength(damage), int(random.integers(1 << 31))
            )
            said = {Kind.QUALITY: known_text.quality_texts(kind, damage, texts, random)}
            rows.append(_stored(out, f"{place:06d}-{version}.png", worse, said))
        return rows

    pace = Pace("make pairs", len(measured))
    rows: list[Row] = []
    working = ahead(made, list(measured))
    for some in working:
        rows += some
        pace.add()
        if stop is not None and stop.is_set():
            working.close()
            return Report(tuple(rows), tuple(failed), stopped=True)
        if pace.due:
            yield pace.step()
    write(out / PAIRS, rows)
    return Report(tuple(rows), tuple(failed))


def write(file: Path, rows: Sequence[Row], kinds: Sequence[Kind] = tuple(Kind)) -> None:
    """Writes a pairs file with the texts of these kinds, paths relative to `pictures`."""
    pairs.write(
        file, [(row.name, [t for kind in kinds for t in row.texts.get(kind, ())]) for row in rows]
    )


def _measured(
    originals: Sequence[Original], stop: threading.Event | None
) -> Generator[Progress, None, tuple[dict[int, Looks], list[Failure]]]:
    """The looks of each photo by its number, and those that cannot be read."""

    def look(one: Original) -> Looks | Failure:
        try:
            return known_text.looks(_working(one.path, _LOOKS_SIDE))
        except PhotoError as error:
            return Failure(one.path, str(error))

    pace = Pace("measure photos", len(originals))
    found: dict[int, Looks] = {}
    failed: list[Failure] = []
    looking = ahead(look, originals)
    for place, result in enumerate(looking):
        if isinstance(result, Failure):
            failed.append(result)
            pace.add(failures=(result,))
        else:
            found[place] = result
            pace.add()
        if stop is not None and stop.is_set():
            looking.close()
            break
        if pace.due:
            yield pace.step()
    return found, failed


def _working(path: Path, short_side: int) -> Pixels:
    return crops.working_picture(decode.full(path).pixels, short_side)


def _stored(out: Path, name: str, picture: Pixels, texts: Mapping[Kind, Sequence[str]]) -> Row:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG", compress_level=1)
    atomic.write_bytes(out / PICTURES / name, buffer.getvalue())
    return Row(name, {kind: tuple(said) for kind, said in texts.items()})

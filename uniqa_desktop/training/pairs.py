"""Pictures with their texts: the JSON that UniQA's training code reads, checked before use.

    [{"image_path": "a/001.jpg", "prompt": "a sharp photo of good quality"},
     {"image_path": "a/002.jpg", "prompt": ["a blurred photo", "the light is flat"]}]

`image_path` is relative to the folder given beside the file. Several rows of one picture are one
picture with all their texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uniqa_desktop import atomic
from uniqa_desktop.errors import WrongUse

PICTURE, TEXT = "image_path", "prompt"
LONGEST = 10_000
"""Characters of a text that are kept; CLIP reads 77 tokens, a few hundred characters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One picture and the texts that fit it, at least one; none is empty."""

    picture: Path
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The content of a pairs file, fit for training.

    `notes` counts what was put right or left out: `rows_merged` (further rows of a picture),
    `texts_repeated`, `texts_empty`, `texts_shortened` (to `LONGEST`), `pictures_missing`,
    `pictures_without_text`.
    """

    rows: tuple[Pair, ...]
    notes: Mapping[str, int]

    def without(self, bad: frozenset[int]) -> Pairs:
        """The same less the rows of those numbers, which cannot be read."""
        rows = tuple(row for number, row in enumerate(self.rows) if number not in bad)
        return Pairs(rows, {**self.notes, "pictures_unreadable": len(bad)})


def read(file: Path, images: Path, *, skip_bad: bool = False) -> Pairs:
    """Reads a pairs file.

    Args:
        file: the JSON.
        images: the folder that its paths start from.
        skip_bad: leave out (and count) pictures that are missing or have no text, instead of
            refusing the file.

    Raises:
        WrongUse: the file cannot be read or is not of this form; pictures are missing or have no
            text; or nothing is left that could be told apart. One sentence says which.
    """
    if not images.is_dir():
        raise WrongUse(f"There is no folder {images}.")
    notes = dict.fromkeys(("rows_merged", "texts_repeated", "texts_empty", "texts_shortened"), 0)
    merged: dict[str, list[str]] = {}
    for number, entry in enumerate(_entries(file), 1):
        name, texts = _row(file, number, entry)
        notes["rows_merged"] += name in merged
        kept = merged.setdefault(name, [])
        for text in texts:
            clean = _clean(text[:LONGEST])
            notes["texts_shortened"] += len(text) > LONGEST
            if not clean:
                notes["texts_empty"] += 1
            elif clean in kept:
                notes["texts_repeated"] += 1
            else:
                kept.append(clean)
    rows = [Pair(images / name, tuple(texts)) for name, texts in merged.items()]
    silent = [row for row in rows if not row.texts]
    gone = [row for row in rows if row.texts and not row.picture.is_file()]
    if not skip_bad:
        _refuse_any(file, silent, len(rows), "have no text")
        _refuse_any(file, gone, len(rows), "are not there")
    good = tuple(row for row in rows if row.texts and row.picture.is_file())
    notes |= {"pictures_missing": len(gone), "pictures_without_text": len(silent)}
    pairs = Pairs(good, notes)
    check_enough(pairs)
    return pairs


def write(file: Path, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Writes a pairs file of (path relative to the pictures' folder, texts), atomically.

    Raises:
        DiskFull: no room; the file is as it was.
    """
    entries = [{PICTURE: name, TEXT: list(texts)} for name, texts in rows]
    text = json.dumps(entries, ensure_ascii=False, indent=0) + "\n"
    atomic.write_bytes(file, text.encode())


def check_enough(pairs: Pairs) -> None:
    """Whether there is something to learn from.

    Raises:
        WrongUse: fewer than two pictures, or one text for all of them.
    """
    if len(pairs.rows) < 2:
        raise WrongUse(
            f"There are {len(pairs.rows)} pictures with text: contrastive training needs two at "
            "the very least, and learns something from hundreds on."
        )
    if len({text for row in pairs.rows for text in row.texts}) < 2:
        raise WrongUse(
            f"All pictures have the same text ({pairs.rows[0].texts[0][:60]!r}): there is nothing "
            "to tell them apart by."
        )


def _entries(file: Path) -> list[Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{file} is not JSON in UTF-8 ({error}).") from None
    if not isinstance(content, list):
        raise WrongUse(f'{file} is not a list of {{"{PICTURE}": …, "{TEXT}": …}}.')
    return content


def _row(file: Path, number: int, entry: Any) -> tuple[str, list[str]]:
    """Path and texts of one entry, of whatever form."""
    if not isinstance(entry, dict):
        raise WrongUse(f"Row {number} of {file} is not an object with {PICTURE} and {TEXT}.")
    name, said = entry.get(PICTURE), entry.get(TEXT)
    if not isinstance(name, str) or not name.strip() or "\0" in name or name != _clean(name):
        raise WrongUse(f"Row {number} of {file} has no usable {PICTURE}.")
    texts = [said] if isinstance(said, str) else said
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise WrongUse(f"Row {number} of {file}: {TEXT} is neither a text nor a list of texts.")
    return name, texts


def _clean(text: str) -> str:
    """Without halves of characters, which JSON can hold and no tokeniser takes, and outer space."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").strip()


def _refuse_any(file: Path, bad: list[Pair], total: int, what: str) -> None:
    if bad:
        raise WrongUse(
            f"{len(bad)} of {total} pictures in {file} {what}, the first is {bad[0].picture}: "
            "put that right, or leave such ones out by --skip-bad."
        )

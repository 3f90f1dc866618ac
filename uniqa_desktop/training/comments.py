"""Reading people's comments on photos, and putting aside what is none.

    [{"image_path": "a/001.jpg", "prompt": ["Lovely light!", "I have been there"]}, …]

as in the authors' JSON, or a CSV with the columns `file` and `comment`, one comment a row.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training.pairs import PICTURE, TEXT

FILE, COMMENT = "file", "comment"
_LONGEST_CELL = 1 << 20


def read(file: Path) -> dict[str, list[str]]:
    """All comments by photo, as they are; rows of the same photo are joined.

    Raises:
        WrongUse: the file cannot be read, is not of this form, or holds no photo.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror or error}).") from None
    except UnicodeDecodeError:
        raise WrongUse(f"{file} is not a text file in UTF-8.") from None
    rows = _csv(file, text) if file.suffix.lower() in (".csv", ".tsv") else _json(file, text)
    found: dict[str, list[str]] = {}
    for name, comments in rows:
        found.setdefault(name.replace("\\", "/").removeprefix("./"), []).extend(comments)
    if not found:
        raise WrongUse(f"{file} holds no photos.")
    return found


def tidy(comments: Sequence[str], *, longest: int) -> tuple[list[str], Counter[str]]:
    """The comments of one photo on one line each, without those that are no use.

    Returns:
        What is left, and how many were `empty` (no letter in them), `repeated`, or `too_long`
        (over `longest` characters: pasted articles and accidents).
    """
    kept: dict[str, str] = {}
    dropped: Counter[str] = Counter()
    for comment in comments:
        text = comment.encode("utf-8", "ignore").decode()
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        if not any(mark.isalpha() for mark in text):
            dropped["empty"] += 1
        elif len(text) > longest:
            dropped["too_long"] += 1
        elif text.casefold() in kept:
            dropped["repeated"] += 1
        else:
            kept[text.casefold()] = text
    return list(kept.values()), dropped


def _json(file: Path, text: str) -> Iterable[tuple[str, list[str]]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{file} is not JSON ({error}).") from None
    if not isinstance(content, list):
        raise WrongUse(f'{file} is not a list of {{"{PICTURE}": …, "{TEXT}": …}}.')
    return [_row(file, number, entry) for number, entry in enumerate(content, 1)]


def _row(file: Path, number: int, entry: Any) -> tuple[str, list[str]]:
    name, said = (entry.get(PICTURE), entry.get(TEXT)) if isinstance(entry, dict) else (None, None)
    comments = [said] if isinstance(said, str) else said
    if not isinstance(name, str) or not name.strip():
        raise WrongUse(f"Row {number} of {file} has no {PICTURE}.")
    if not isinstance(comments, list) or not all(isinstance(one, str) for one in comments):
        raise WrongUse(f"Row {number} of {file}: {TEXT} is neither a text nor a list of texts.")
    return name, comments


def _csv(file: Path, text: str) -> Iterable[tuple[str, list[str]]]:
    lines = text.splitlines(keepends=True)
    first = lines[0] if lines else ""
    usual = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(lines, delimiter=max((",", ";", "\t"), key=first.count), strict=True)
        header = [name.strip().lower() for name in next(reader, [])]
        if FILE not in header or COMMENT not in header:
            raise WrongUse(f"{file} has no columns '{FILE}' and '{COMMENT}'.")
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise WrongUse(f"{file} is no CSV file ({error}).") from None
    finally:
        csv.field_size_limit(usual)
    for line, row in rows:
        if len(row) < len(header) or not row[header.index(FILE)].strip():
            raise WrongUse(f"Line {line} of {file} has too few columns or names no file.")
    return [(row[header.index(FILE)].strip(), [row[header.index(COMMENT)]]) for _, row in rows]

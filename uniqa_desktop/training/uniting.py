"""The unified data set: texts on quality and aesthetics, generated and human, in one pairs file.

UniQA trains on the union of three: generated text on quality, generated text on aesthetics, and
people's purified comments. Their photos may lie in different folders below a common one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import comments, pairs
from uniqa_desktop.training.journal import begin
from uniqa_desktop.training.run import fingerprint

Part = tuple[Path, str]
"""A file of texts, and the folder of its photos as seen from the common one (`.` is that one)."""


def unite(parts: Sequence[Part], out: Path) -> dict[str, Any]:
    """Writes all texts of all parts into the pairs file `out`; a photo in several has them all.

    Returns:
        The record, with how many photos and texts each part brought.

    Raises:
        WrongUse: no parts; a part cannot be read; a folder leads out of the common one; or `out`
            exists.
        DiskFull: no room.
    """
    if not parts:
        raise WrongUse("Say which files to unite.")
    merged: dict[str, list[str]] = {}
    brought: list[dict[str, int]] = []
    for file, folder in parts:
        below = PurePosixPath(folder.replace("\\", "/"))
        if below.is_absolute() or ".." in below.parts:
            raise WrongUse(f"{folder} is not a folder below the common one, such as ava/images.")
        texts = 0
        said = comments.read(file)
        for name, given in said.items():
            kept, _ = comments.tidy(given, longest=pairs.LONGEST)
            texts += len(kept)
            merged.setdefault(str(below / name), []).extend(kept)
        brought.append({"photos": len(said), "texts": texts})
    rows = [(name, list(dict.fromkeys(texts))) for name, texts in merged.items() if texts]
    if not rows:
        raise WrongUse("There is no text in these files.")
    if out.exists():
        raise WrongUse(f"{out} exists already: choose another name.")
    data = {f"part_{number}": fingerprint([file]) for number, (file, _) in enumerate(parts, 1)}
    run, journal = begin(
        out, "unite", {"folders": [below for _, below in parts]}, data, resume=False
    )
    with journal:
        pairs.write(out, rows)
    figures = {"photos": len(rows), "texts": sum(len(texts) for _, texts in rows), "parts": brought}
    return run.finish(figures)

"""A model against people, against known degradations and against measures that need no training.

    python benchmarks/model.py [--model ID] [--data DIR] [--only SECTION] [--json]

The table that the README and the model card quote, for any model that can be scored with. Compared
on the same files: `attributes-1`, BRISQUE, NIQE and, for beauty, classical measures of colour and
texture. Intervals are 95 % bootstrap intervals; pictures that belong together are drawn together.

Exit 1 if a stated bound is missed, 2 if the model or the data are not there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import kit
from model_figures import aesthetics, monotone, quality, sets, speed, tables
from model_figures.subjects import Panel
from model_figures.tables import Section

from uniqa_desktop import scorers
from uniqa_desktop.errors import KnownError

SECTIONS = ("aesthetics", "quality", "monotone", "speed")


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--model", default="uniqa-mini", help="the id of an installed model")
    options.add_argument("--data", type=Path, help="the folder of rated and degraded pictures")
    options.add_argument("--only", choices=SECTIONS, action="append", help="one section")
    options.add_argument("--device", default="cpu", help="for everything but speed")
    options.add_argument("--limit", type=int, help="photos to degrade, evenly spread (all)")
    arguments = options.parse_args()
    chosen = arguments.only or list(SECTIONS)
    try:
        scorers.check(arguments.model)
        folder = sets.find(arguments.data) if set(chosen) - {"speed"} else None
        found = measured(arguments.model, folder, chosen, arguments.device, arguments.limit)
    except KnownError as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    if arguments.json:
        head = {"machine": kit.machine(), "model": arguments.model}
        print(tables.as_json(head | {"sections": tables.document(found)}))
    else:
        print(f"{arguments.model}; {kit.machine()}")
        for name, one in found.items():
            print(f"\n=== {name}\n{tables.text(one)}")
    sys.exit(0 if tables.kept(list(found.values())) else 1)


def measured(
    model: str, data: Path | None, chosen: Sequence[str], device: str, limit: int | None
) -> dict[str, Section]:
    """The chosen sections by name; speed first, as it wants the machine for itself."""
    found: dict[str, Section] = {}
    if "speed" in chosen:
        found["speed"] = speed.section(model)
    if data is None:
        return found
    # The pictures are shared out among threads here.
    cv2.setNumThreads(1)
    panel = Panel(model, data / "baselines", device)
    work: dict[str, Callable[[], Section]] = {
        "aesthetics": lambda: aesthetics.section(panel, data),
        "quality": lambda: quality.section(panel, data),
        "monotone": lambda: monotone.section(panel, data, limit),
    }
    for name, run in work.items():
        if name in chosen:
            print(f"{name} …", file=sys.stderr)
            found[name] = run()
    return {name: found[name] for name in SECTIONS if name in found}


if __name__ == "__main__":
    main()

"""The N best of 100,000 photos: how long choosing takes, and how much memory.

A made-up trip over days and places, with the look of each moment near that of a scene; what is
measured is choosing and explaining, without reading the library. How the time grows is measured
against a tenth of the photos in the same run.
"""

from __future__ import annotations

from time import process_time

import kit
import numpy as np

from uniqa_desktop import select

_SECONDS = 5.0
_DIMENSIONS = 512


def main() -> None:
    parser = kit.parser(__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--keep", type=int, default=100)
    arguments = parser.parse_args()
    few, many = (_trip(count) for count in (arguments.photos // 10, arguments.photos))
    figures = []
    small = kit.once(lambda: select.select(few, arguments.keep))
    for varied in (0.0, 0.5, 1.0):
        chosen: list[select.Selection] = []
        began = process_time()
        took = kit.once(lambda v=varied, c=chosen: c.append(select.select(many, arguments.keep, v)))
        busy = process_time() - began
        assert len(chosen[0].kept) + len(chosen[0].left_out) == arguments.photos
        figures.append(kit.Figure(f"varied {varied:g}", took, "s", most=_SECONDS))
        figures.append(
            kit.Figure("  of all processors", busy, "s", note="waits for others are not in it")
        )
        if varied == 0.5:
            figures.append(kit.Figure("time for ten times as many", took / small, "×"))
    figures.append(
        kit.Figure(
            "peak memory", kit.peak_memory(), "MB",
            note=f"the looks of {arguments.photos} moments are "
            f"{arguments.photos * _DIMENSIONS * 4 / 1e6:.0f} MB",
        )
    )  # fmt: skip
    kit.report(figures, arguments.json)


def _trip(count: int) -> select.Trip:
    random = np.random.default_rng(1)
    scenes = random.normal(0, 1, (count // 40 + 1, _DIMENSIONS)).astype(np.float32)
    scene = np.sort(random.integers(0, len(scenes), count))
    look = scenes[scene] + random.normal(0, 0.4, (count, _DIMENSIONS)).astype(np.float32) + 1
    look /= np.linalg.norm(look, axis=1, keepdims=True)
    return select.Trip(
        score=random.uniform(20, 90, count),
        frames=np.ones(count, int),
        day=scene * 60 // len(scenes),
        place=scene * 200 // len(scenes),
        look=look,
    )


if __name__ == "__main__":
    main()

"""Does quality fall with every step of what is done to a photo?

Spearman's rank correlation of step and quality within each photo and degradation, the untouched
photo being the first step. Each is what an editor or a camera would do to the sRGB values; exposure
is scaled in linear light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import pi
from pathlib import Path

import kit
import numpy as np
import simplejpeg
from attributes import blurred, contrasted, exposed, noisy, shaken, spearman

from model_figures.estimates import Bootstrap, Estimate, Statistic
from model_figures.sets import zipped
from model_figures.subjects import Panel
from model_figures.tables import Section, Table

LEAST_MEAN = 0.95

Change = Callable[[np.ndarray, float, np.random.Generator], np.ndarray]


def _compressed(pixels: np.ndarray, quality: float) -> np.ndarray:
    data = simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels), quality=int(quality), colorsubsampling="420"
    )
    return simplejpeg.decode_jpeg(data)


SERIES: dict[str, tuple[tuple[float, ...], Change]] = {
    "blur, σ px": ((0.7, 1, 1.5, 2.5, 4), lambda p, step, _: blurred(p, step)),
    "shake, px": (
        (4, 7, 12, 18, 27),
        lambda p, step, random: shaken(p, step, random.uniform(0, pi)),
    ),
    "noise, σ levels": ((4, 8, 15, 25, 40), noisy),
    "JPEG, quality": ((60, 40, 25, 15, 8), lambda p, step, _: _compressed(p, step)),
    "underexposed, EV": ((-0.75, -1.5, -2.25, -3, -4), lambda p, step, _: exposed(p, step)),
    "overexposed, EV": ((0.75, 1.5, 2.25, 3, 4), lambda p, step, _: exposed(p, step)),
    "contrast, factor": ((0.8, 0.6, 0.4, 0.25, 0.12), lambda p, step, _: contrasted(p, step)),
}
"""Name, steps from little to much, and the change. A shake keeps its direction within a photo."""


def degraded(pixels: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    """The photo, then every step of every series in turn."""
    yield pixels
    for place, (steps, change) in enumerate(SERIES.values()):
        for step in steps:
            # The same numbers at each step: one direction of shake, one grain of noise.
            yield change(pixels, step, np.random.default_rng((seed, place)))


def section(panel: Panel, data: Path, limit: int | None = None) -> Section:
    """Every third photo, or `limit` of those evenly spread, through every series.

    Of the same archive, the two others of three teach `uniqa-mini` its faults
    (`training.mini.recipe.HELD_OUT_EVERY`).
    """
    photos = zipped(data / "unlabelled/crops-512.zip", limit, every=3, first=2)
    judged = panel.judge(
        one for seed, pixels in enumerate(photos) for one in degraded(pixels, seed)
    )
    said = {panel.model: judged.quality} | {name: judged.others[name] for name in panel.rivals}
    rows: dict[str, dict[str, Estimate]] = {}
    count = len(judged.quality) // (1 + sum(len(steps) for steps, _ in SERIES.values()))
    bootstrap = Bootstrap(list(range(count)))
    for name, values in said.items():
        by_photo = correlations(values.reshape(count, -1))
        rows[name] = {
            series: bootstrap(_mean(by_photo[:, place])) for place, series in enumerate(SERIES)
        } | {"mean": bootstrap(_mean(by_photo.mean(axis=1)))}
    steps = "; ".join(
        f"{name} {', '.join(f'{step:g}' for step in steps)}" for name, (steps, _) in SERIES.items()
    )
    table = Table(
        "Quality falls with the step: Spearman within a photo, mean over photos",
        f"n = {count} photos × {len(SERIES)} degradations",
        rows,
        (f"steps after the untouched photo: {steps}",),
    )
    own = rows[panel.model]["mean"]
    bound = kit.Figure("quality falls with the step", own.value, least=LEAST_MEAN, note=str(own))
    return Section([table], [bound])


def correlations(values: np.ndarray) -> np.ndarray:
    """Photos×series, from photos×(untouched, then the steps of all series); 1: always falls."""
    found = np.empty((len(values), len(SERIES)))
    at = 1
    for place, (steps, _) in enumerate(SERIES.values()):
        after = values[:, at : at + len(steps)]
        for photo, (plain, series) in enumerate(zip(values[:, 0], after, strict=True)):
            found[photo, place] = -spearman([plain, *series], range(1 + len(steps)))
        at += len(steps)
    return found


def _mean(values: np.ndarray) -> Statistic:
    return lambda places, _blocks: float(values[places].mean())

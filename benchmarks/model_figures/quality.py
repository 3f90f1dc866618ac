"""Does quality follow what cameras and codecs do to a photo?

Compression with people's scores; single shots against the mean of many; sharp against blurred
photos; exposure brackets. BRISQUE, NIQE and `attributes-1` judge the same pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path

import cv2
import kit
import numpy as np

from model_figures.estimates import (
    Bootstrap,
    Estimate,
    Statistic,
    above,
    agreeing,
)
from model_figures.sets import Labelled, pixels
from model_figures.subjects import Panel
from model_figures.tables import Section, Table, better
from uniqa_desktop import agreement, meta

SHOWN_HEIGHT = 1080
"""In pixels: people saw the compressed pictures at the full height of their screen."""
LEAST_SHARP = 0.97


def section(panel: Panel, data: Path) -> Section:
    folder = data / "quality"
    result = _compression(panel, Labelled.read(folder / "compression/labels.csv"))
    result += _noise(panel, folder / "noise/pairs.csv")
    result += _blur(panel, Labelled.read(folder / "blur/labels.csv"))
    result += _exposure(panel, data / "burst/truth.csv")
    return result


def _said(panel: Panel, pictures: Iterator[np.ndarray] | Labelled) -> dict[str, np.ndarray]:
    judged = panel.judge(pictures)
    return {panel.model: judged.quality} | {name: judged.others[name] for name in panel.rivals}


def _bounds(
    panel: Panel, rows: dict[str, dict[str, Estimate]], measure: str, title: str
) -> list[kit.Figure]:
    rivals = {name: rows[name][measure] for name in panel.rivals}
    return [better(f"{title}, above the others", rows[panel.model][measure], rivals)]


def _compression(panel: Panel, pictures: Labelled) -> Section:
    truth, contents = pictures.numbers(), np.array(pictures.columns["group"])
    bootstrap = Bootstrap(contents.tolist())

    def within(values: np.ndarray) -> Statistic:
        def statistic(places: np.ndarray, blocks: np.ndarray) -> float:
            each = [places[blocks == one] for one in np.unique(blocks)]
            found = [agreement.spearman(truth[one], values[one]) for one in each]
            return float(np.mean(found))

        return statistic

    rows = {
        name: {
            "SRCC": bootstrap(agreeing("SRCC", truth, values)),
            "PLCC": bootstrap(agreeing("PLCC", truth, values)),
            "SRCC within a content": bootstrap(within(values)),
        }
        for name, values in _said(panel, (shown(one) for one in pictures)).items()
    }
    table = Table(
        f"Compression against people's scores, scaled to {SHOWN_HEIGHT} high",
        f"n = {len(pictures)}, {bootstrap.groups} contents",
        rows,
    )
    return Section([table], _bounds(panel, rows, "SRCC", "compression, SRCC with MOS"))


def shown(picture: np.ndarray) -> np.ndarray:
    """As people saw it: full screen height, by a cubic filter."""
    width = round(picture.shape[1] * SHOWN_HEIGHT / picture.shape[0])
    return cv2.resize(picture, (width, SHOWN_HEIGHT), interpolation=cv2.INTER_CUBIC)


def _noise(panel: Panel, table: Path) -> Section:
    noisy, clean = Labelled.read(table, "noisy"), Labelled.read(table, "clean")
    bootstrap = Bootstrap([_scene(file) for file in noisy.files])
    worse, cleaner = _said(panel, noisy), _said(panel, clean)
    rows = {
        name: {"pairs right": bootstrap(_mean(_right(cleaner[name] - worse[name])))}
        for name in worse
    }
    found = Table(
        "Sensor noise: single shot against the mean of many",
        f"n = {len(noisy)} pairs, {bootstrap.groups} scenes",
        rows,
    )
    return Section([found], _bounds(panel, rows, "pairs right", "sensor noise, pairs right"))


def _scene(file: Path) -> tuple[str, str]:
    """Camera and thing, from CAMERA_APERTURE_SHUTTER_ISO_THING_CROP_KIND."""
    parts = file.stem.split("_")
    return parts[0], parts[4]


def _blur(panel: Panel, pictures: Labelled) -> Section:
    sharp = np.array([label == "sharp" for label in pictures.columns["label"]])
    bootstrap = Bootstrap(list(range(len(pictures))))

    def share(values: np.ndarray) -> Statistic:
        def statistic(places: np.ndarray, _blocks: np.ndarray) -> float:
            drawn, which = values[places], sharp[places]
            return above(drawn[which], drawn[~which]) if which.any() and (~which).any() else np.nan

        return statistic

    said = _said(panel, pictures)
    rows = {name: {"AUC": bootstrap(share(values))} for name, values in said.items()}
    table = Table(
        "Photos in focus against blurred ones: share of all pairs right",
        f"n = {int(sharp.sum())} × {int((~sharp).sum())}",
        rows,
        ("NIQE reads whole blocks of 96 pixels; the smallest photos have one or two",),
    )
    own = rows[panel.model]["AUC"]
    bounds = _bounds(panel, rows, "AUC", "sharp against blurred, AUC")
    bounds.append(
        kit.Figure("sharp against blurred, AUC", own.value, least=LEAST_SHARP, note=str(own))
    )
    return Section([table], bounds)


def _exposure(panel: Panel, table: Path) -> Section:
    """Within a bracket the frame with less bias should be the better one."""
    listed = Labelled.read(table)
    frames: dict[str, list[Path]] = {}
    for file, kind, group in zip(
        listed.files, listed.columns["kind"], listed.columns["group"], strict=True
    ):
        if kind == "bracket":
            frames.setdefault(group, []).append(file.parent / "photos" / file.name)
    files = [file for group in frames.values() for file in group]
    brackets = np.array([name for name, group in frames.items() for _ in group])
    off = np.array([abs(_bias(file)) for file in files])
    near = (brackets[:, None] == brackets) & (off[:, None] < off)
    rows = {
        name: {"pairs right": Estimate(float(_right(values[:, None] - values)[near].mean()))}
        for name, values in _said(panel, pixels(files)).items()
    }
    found = Table(
        "Exposure brackets: less bias against more",
        f"n = {int(near.sum())} pairs, {len(frames)} brackets",
        rows,
        ("no interval: two brackets cannot say how others would do",),
    )
    return Section([found], _bounds(panel, rows, "pairs right", "exposure brackets, pairs right"))


def _bias(file: Path) -> float:
    """The exposure bias that the camera wrote, in EV; without one a frame is never the better."""
    bias = meta.read(file).bias
    return inf if bias is None else bias


def _right(ahead: np.ndarray) -> np.ndarray:
    """1 where the better one is ahead, a half where both are equal."""
    return 0.5 + 0.5 * np.sign(ahead)


def _mean(values: np.ndarray) -> Statistic:
    return lambda places, _blocks: float(values[places].mean())

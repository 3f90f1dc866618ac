"""Readings of cues from the measured tiles of all frames, with the errors that the tiles tell.

Every frame is measured on the same places of one scene, so that frames are compared pair by pair
of tiles and the scene itself cancels out. The error of a reading is found by drawing the tiles
again and again with replacement, the same draw for all frames (Efron, "Bootstrap methods: another
look at the jackknife", Annals of Statistics 7(1), 1979): where tiles contradict each other, because
something moved, the error is large and the burst is left undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.best.evidence import Reading
from uniqa_desktop.best.tiles import Lattice, Tiles

_DRAWS = 200
_SEED = 20_261_121
_REGION = 0.45
"""The subject region is so large a part of both sides of the picture."""
_CENTRE = 0.4
"""How fast attention falls off from the centre, in half sides: photographers put subjects there."""
_FLAT, _FLATTEST, _FEWEST = 0.2, 0.02, 12
"""Noise is compared on as large a share of the cells, and read off as large a share in the calmest
frame; there must be as many cells at least."""
_NOISE_IN_DETAIL = 2.0
"""Energy of [1 -2 1] at half size on noise whose variance Immerkær's mask sees as 1: 1.5 if it is
white, more where JPEG has taken its finest part."""
_UNSEEN = 3.0
"""Levels of noise that nobody sees, and that compression takes away or leaves."""
_PLAIN = 1.0
"""Detail, in (levels)², below which a tile has nothing that could be sharp."""
_LEAST = 0.05
"""Detail in (levels)² that rounding makes."""
_TOE = 14.0
"""Levels added before a change of exposure is a factor: sRGB's curve is a power of that sum."""
_DARK = 0.002
"""Linear light below which a tile does not tell the exposure."""
_MORE = 2.0
"""A frame shows more where another is clipped if its detail there is as many times as large."""
_NOTHING = cv2.BORDER_CONSTANT
_WORTH_BLACK = 0.5
"""Lost shadows count half as much as lost highlights."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The subject: left, top, width and height in pixels of the reference, and its tiles (T)."""

    box: tuple[float, float, float, float]
    tiles: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The tiles of N frames as arrays N×T…, the detail freed of exposure and excess noise."""

    detail: np.ndarray
    light: np.ndarray
    white: np.ndarray
    black: np.ndarray
    noise: np.ndarray | None
    """N, standard deviation in levels at equal brightness; `None` if no place tells it."""
    common: np.ndarray
    """T, whether a tile lies in all frames."""


def stack(frames: Sequence[Tiles]) -> Stack:
    """Lays the tiles of all frames together."""
    detail = np.stack([each.detail for each in frames]).astype(np.float64)
    level = np.stack([each.level for each in frames]).astype(np.float64)
    common = np.asarray(np.isfinite(level).all(axis=0))
    # At equal brightness: what is dark has less of everything, and more noise once it is lit up.
    gain = (np.median(level, axis=0) + _TOE) / (level + _TOE)
    grain = np.stack([each.grain for each in frames]) * gain[..., None] ** 2
    detail *= gain[..., None] ** 2
    variance = _noise(grain[:, common])
    if variance is not None:
        detail = np.maximum(detail - _excess(grain)[..., None], 0)
    return Stack(
        detail=detail,
        light=np.stack([each.light for each in frames]),
        white=np.stack([each.white for each in frames]),
        black=np.stack([each.black for each in frames]),
        noise=None if variance is None else np.sqrt(variance),
        common=common,
    )


def region(grid: Lattice, tiles: Stack, faces: Sequence[tuple[float, ...]] = ()) -> Region:
    """The part of the scene that frames are judged by: faces where there are some, else where
    detail is, the nearer to the centre the rather.

    Args:
        grid: the lattice of the reference.
        tiles: what was measured on it.
        faces: left, top, width and height of faces in the reference.
    """
    width, height = grid.size
    centres = grid.corners + grid.side / 2
    if faces:
        left, top = (min(face[axis] for face in faces) for axis in (0, 1))
        right, bottom = (max(face[axis] + face[axis + 2] for face in faces) for axis in (0, 1))
        more = 0.25 * max(right - left, bottom - top)
        box = _inside((left - more, top - more, right + more, bottom + more), grid)
        chosen = _within(centres, box) & tiles.common
        if np.count_nonzero(chosen) >= 4:
            return Region(box, chosen)
    off = (centres / (width, height) - 0.5) * 2
    attention = np.exp(-(off**2).sum(axis=1) / (2 * _CENTRE))
    worth = np.sqrt(np.nan_to_num(tiles.detail.min(axis=2)).max(axis=0))
    worth = np.where(tiles.common, worth, 0) * attention
    if not len(worth):
        return Region((0.0, 0.0, width, height), tiles.common)
    rows = len(worth) // grid.columns
    size = max(1, round(_REGION * grid.columns)), max(1, round(_REGION * rows))
    sums = cv2.boxFilter(
        worth.reshape(rows, -1), -1, size, anchor=(0, 0), normalize=False, borderType=_NOTHING
    )
    sums = sums[: rows - size[1] + 1, : grid.columns - size[0] + 1]
    row, column = np.unravel_index(int(sums.argmax()), sums.shape)
    first = grid.corners[int(row) * grid.columns + int(column)]
    last = grid.corners[(int(row) + size[1] - 1) * grid.columns + int(column) + size[0] - 1]
    box = (*first.tolist(), *(last - first + grid.side).tolist())
    return Region(box, _within(centres, box) & tiles.common)


def _inside(edges: Sequence[float], grid: Lattice) -> tuple[float, float, float, float]:
    """A box from its left, top, right and bottom edges, cut at those of the picture."""
    left, top = max(0.0, edges[0]), max(0.0, edges[1])
    right, bottom = min(grid.size[0], edges[2]), min(grid.size[1], edges[3])
    return left, top, right - left, bottom - top


def _within(centres: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    left, top, width, height = box
    x, y = centres.T
    return (x >= left) & (x < left + width) & (y >= top) & (y < top + height)


def readings(tiles: Stack, chosen: Region) -> Mapping[str, list[Reading]]:
    """Focus, shake, exposure, clipping and noise of each frame; those that can be read.

    Focus and shake are octaves of detail energy below the frame with most of it in that direction:
    focus what is lost in all directions, shake what one direction lost beyond that. Exposure is
    stops below the brightest frame, clipping percent of the picture (negative) that show nothing
    where another frame does, noise octaves (negative) of its deviation in levels plus `_UNSEEN`.
    """
    random = np.random.default_rng(_SEED)
    found: dict[str, list[Reading]] = {}
    if chosen.tiles.any():
        found |= _sharpness(tiles.detail[:, chosen.tiles], tiles.noise, random)
    if tiles.common.any():
        found |= _exposure(tiles, random)
        found["clipping"] = _clipping(tiles, random)
    if tiles.noise is not None:
        found["noise"] = [Reading(float(-np.log2(noise + _UNSEEN)), 0.0) for noise in tiles.noise]
    return found


def _sharpness(
    detail: np.ndarray, noise: np.ndarray | None, random: np.random.Generator
) -> dict[str, list[Reading]]:
    """Focus and shake from detail, N×T×4."""
    # Detail that noise hides in one of the frames is compared in none.
    hidden = _LEAST + (0 if noise is None else float(noise.max()) ** 2)
    # Tiles weigh by the root of what they hold, so that one hard edge does not speak for all.
    most = np.sqrt(detail.max(axis=0) + _PLAIN)
    sums = np.einsum("bt,nto->bno", _draws(detail.shape[1], random), (detail + hidden) / most)
    octaves = np.log2(sums)
    lost = octaves - octaves.max(axis=1, keepdims=True)
    focus = lost.max(axis=2)
    return {"focus": _read(focus), "shake": _read(lost.min(axis=2) - focus)}


def _exposure(tiles: Stack, random: np.random.Generator) -> dict[str, list[Reading]]:
    telling = tiles.common & (tiles.white < 0.3).all(axis=0)
    middle = np.median(tiles.light, axis=0)
    telling &= middle > _DARK
    if np.count_nonzero(telling) < 4:
        return {}
    stops = np.log2((tiles.light[:, telling] + 1e-4) / (middle[telling] + 1e-4))
    draws = random.integers(0, stops.shape[1], (_DRAWS // 2, stops.shape[1]))
    drawn = np.median(stops[:, draws], axis=2).T
    values = np.concatenate([np.median(stops, axis=1)[None], drawn])
    return {"exposure": _read(values - values.max(axis=1, keepdims=True))}


def _clipping(tiles: Stack, random: np.random.Generator) -> list[Reading]:
    detail = tiles.detail[:, tiles.common].sum(axis=2) + _PLAIN
    # Clipping hides noise; what looks like detail beside it may be no more than that.
    grain = np.zeros(len(detail)) if tiles.noise is None else 8 * _NOISE_IN_DETAIL * tiles.noise**2
    lost = np.zeros_like(detail)
    for clipped, worth in ((tiles.white, 1.0), (tiles.black, _WORTH_BLACK)):
        shares = clipped[:, tiles.common]
        least = shares.argmin(axis=0)
        columns = np.arange(len(least))
        shows_more = detail[least, columns] > _MORE * detail + grain[least]
        lost += worth * np.where(shows_more, shares - shares[least, columns], 0)
    return _read(-100 * (_draws(len(lost.T), random) @ lost.T) / len(lost.T))


def _noise(cells: np.ndarray) -> np.ndarray | None:
    """The variance of each frame's noise (N).

    How much more a frame has than the calmest is told by all cells that are rather flat in every
    frame, as the scene itself cancels out there; what the calmest has, by its few flattest.
    """
    values = cells.reshape(len(cells), -1)
    values = values[:, np.isfinite(values).all(axis=0)]
    count = max(_FEWEST, int(_FLAT * values.shape[1]))
    if values.shape[1] < count:
        return None
    flat = values[:, np.argpartition(values.mean(axis=0), count - 1)[:count]]
    excess = flat.mean(axis=1)
    excess -= excess.min()
    calmest = np.sort(values[int(excess.argmin())])
    return excess + calmest[: max(_FEWEST, int(_FLATTEST * len(calmest)))].mean()


def _excess(cells: np.ndarray) -> np.ndarray:
    """What noise adds to the detail of each tile (N×T), beyond what it adds in the calmest frame.

    Noise depends on brightness, so it is taken tile by tile. Immerkær's mask answers to detail as
    well, but ten times less than second differences at half size do: that little is lost.
    """
    usable = np.isfinite(cells).all(axis=0)
    variance = np.where(usable, cells, 0).sum(axis=2) / np.maximum(usable.sum(axis=1), 1)
    return _NOISE_IN_DETAIL * (variance - variance.min(axis=0))


def _draws(count: int, random: np.random.Generator) -> np.ndarray:
    """How often each of `count` tiles is drawn: first all once, then `_DRAWS` times by chance."""
    drawn = random.multinomial(count, np.full(count, 1 / count), _DRAWS)
    return np.concatenate([np.ones((1, count)), drawn])


def _read(values: np.ndarray) -> list[Reading]:
    """Readings from (1 + draws)×N values: what all frames share in a draw is no error."""
    apart = values[1:] - values[1:].mean(axis=1, keepdims=True)
    errors = apart.std(axis=0)
    return [
        Reading(float(value), float(error)) for value, error in zip(values[0], errors, strict=True)
    ]

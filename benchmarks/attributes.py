"""Do the measured attributes follow what is done to a photo?

    python benchmarks/attributes.py --images DIR [--limit N] [--json]

Every photo is degraded step by step and measured after each step; Spearman's rank correlation of
attribute and step is taken within each photo and averaged over photos. `DIR` is searched with its
sub-folders for JPEG and PNG files and .zip files of them, or is such a file; without it, pictures
are drawn. Blur, noise, contrast and saturation are applied to the sRGB values, as an editor would;
exposure is scaled in linear light.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import ceil, cos, pi, sin
from pathlib import Path
from time import thread_time
from zipfile import ZipFile

import cv2
import kit
import numpy as np
import simplejpeg

from uniqa_desktop import attributes, decode
from uniqa_desktop.errors import PhotoError

LEAST_SPEARMAN = 0.97
LEAST_PAIRS = 0.98
MOST_RISE = 5.0
MOST_TIME = 0.15
"""Time of measuring over time of decoding: what is left of a fifth when thumbnails, hashes and the
database have had their share."""

BLURS = (0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8)
SHAKES = (3, 5, 7, 9, 13, 17, 23, 31)
NOISES = (2, 5, 10, 15, 20, 30, 40, 50)
QUIET_NOISES = (5, 10, 15, 20)
STOPS = (-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3)
CONTRASTS = (0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 1.75, 2)
SATURATIONS = (0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)
PAIR_BLUR = 2.0
COLOURLESS = 1.0
"""Photos with less colourfulness (raw) are black and white: scaling nothing gives no steps."""
ANY_WAY = "sharpness, motion blur, a new direction each step"
UNBOUNDED = (ANY_WAY,)
"""Told without a bound: how much a shake of one length takes differs with its direction, as what is
in the picture does, so the steps have no sure order."""

Degrade = Callable[[np.ndarray, float], np.ndarray]


def main() -> None:
    parser = kit.parser(__doc__, images=True)
    parser.add_argument("--limit", type=int, help="measure on so many photos, evenly spread")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    photos = drawn() if options.images is None else real(options.images, options.limit)
    results: dict[str, list[float]] = defaultdict(list)
    for number, pixels in enumerate(photos):
        for name, value in follow(pixels, np.random.default_rng(number)):
            results[name].append(value)
    if not results:
        sys.exit(f"No readable JPEG or PNG in {options.images}")
    kit.report([*figures(results), speed()], options.json)


def follow(pixels: np.ndarray, random: np.random.Generator) -> Iterator[tuple[str, float]]:
    """Every result of one photo: name and value."""
    plain = attributes.measure(pixels)
    direction = random.uniform(0, pi)

    def rho(attribute: str, steps: Sequence[float], degrade: Degrade, *first: float) -> float:
        values = [*first, *(value_of(attribute, degrade(pixels, step)) for step in steps)]
        return spearman(values, range(len(values)))

    sharp, noise = plain.sharpness.value, plain.noisiness.value
    yield "sharpness, Gaussian blur", -rho("sharpness", BLURS, blurred, sharp)

    def shaken_one_way(pixels: np.ndarray, length: float) -> np.ndarray:
        return shaken(pixels, length, direction)

    def shaken_any_way(pixels: np.ndarray, length: float) -> np.ndarray:
        return shaken(pixels, length, random.uniform(0, pi))

    yield "sharpness, motion blur", -rho("sharpness", SHAKES, shaken_one_way, sharp)
    yield ANY_WAY, -rho("sharpness", SHAKES, shaken_any_way, sharp)
    yield "noisiness, noise", rho("noisiness", NOISES, lambda p, s: noisy(p, s, random), noise)
    yield "brightness, exposure ±3 EV", rho("brightness", STOPS, exposed)
    yield "contrast, scaled about the mean", rho("contrast", CONTRASTS, contrasted)
    yield "contrast, scaled about mid-grey", rho("contrast", CONTRASTS, contrasted_about_grey)
    if plain.colorfulness.raw >= COLOURLESS:
        yield "colorfulness, scaled about luma", rho("colorfulness", SATURATIONS, saturated)
        yield "colorfulness, scaled in HSV", rho("colorfulness", SATURATIONS, saturated_hsv)
    noises = [noisy(pixels, s, random, grey) for s in QUIET_NOISES for grey in (False, True)]
    yield "rise", max(value_of("sharpness", one) for one in noises) - sharp
    soft = attributes.measure(blurred(pixels, PAIR_BLUR))
    yield "pair sharpness", float(soft.sharpness.value < sharp)
    yield "pair quality", float(attributes.quality(soft) < attributes.quality(plain))


def figures(results: dict[str, list[float]]) -> Iterator[kit.Figure]:
    for name, values in results.items():
        photos = f"n = {len(values)}"
        if name == "rise":
            name = f"sharpness gained by noise σ ≤ {QUIET_NOISES[-1]}"
            tail = f"{photos}, 99th percentile {np.quantile(values, 0.99):.2f}"
            yield kit.Figure(name, max(values), "of 100", most=MOST_RISE, note=tail)
        elif name.startswith("pair"):
            name = f"{name.removeprefix('pair ')} falls by blur σ = {PAIR_BLUR:g} px"
            yield kit.Figure(name, float(np.mean(values)), "share", least=LEAST_PAIRS, note=photos)
        else:
            spread = f"{photos}, deviation {np.std(values):.3f}, worst {min(values):.2f}"
            mean, least = float(np.mean(values)), None if name in UNBOUNDED else LEAST_SPEARMAN
            yield kit.Figure(name, mean, "Spearman", least=least, note=spread)


def speed() -> kit.Figure:
    """Processor time of `measure` over that of decoding, for a drawn JPEG of 24 megapixels."""
    pixels = kit.natural_picture(6000, 4000, 1)
    data = simplejpeg.encode_jpeg(pixels, quality=90, colorsubsampling="420")
    decoding, measuring = [], []
    for _ in range(7):
        began = thread_time()
        pixels = decode.full(Path("drawn.jpg"), data).pixels
        decoded = thread_time()
        attributes.measure(pixels)
        decoding.append(decoded - began)
        measuring.append(thread_time() - decoded)
    took, base = float(np.median(measuring)), float(np.median(decoding))
    note = f"{1000 * took:.1f} of {1000 * base:.1f} ms, 24 MP, one thread"
    return kit.Figure("measuring / decoding", took / base, most=MOST_TIME, note=note)


# --- what is done to a photo -------------------------------------------------------------------


def blurred(pixels: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def shaken(pixels: np.ndarray, length: float, direction: float) -> np.ndarray:
    """A straight, even shake of `length` pixels."""
    side = 2 * ceil(length / 2) + 3
    kernel = np.zeros((side, side), np.float32)
    for along in np.linspace(-(length - 1) / 2, (length - 1) / 2, 20 * ceil(length)):
        x, y = side // 2 + along * cos(direction), side // 2 + along * sin(direction)
        column, row = int(x), int(y)
        weights = np.outer([1 - (y - row), y - row], [1 - (x - column), x - column])
        kernel[row : row + 2, column : column + 2] += weights.astype(np.float32)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)


def noisy(
    pixels: np.ndarray, sigma: float, random: np.random.Generator, grey: bool = False
) -> np.ndarray:
    """Normal noise, of its own in each channel or the same in all."""
    height, width, _ = pixels.shape
    size = (height, width, 1 if grey else 3)
    return levels(pixels + sigma * random.standard_normal(size, np.float32))


def exposed(pixels: np.ndarray, stops: float) -> np.ndarray:
    """More or less light: sRGB decoded, scaled, clipped and encoded again."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    linear = np.minimum(linear * 2.0**stops, 1)
    table = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return cv2.LUT(pixels, levels(255 * table))


def contrasted(pixels: np.ndarray, factor: float) -> np.ndarray:
    """Values scaled about their mean."""
    return scaled_about(float(pixels.mean()), pixels, factor)


def contrasted_about_grey(pixels: np.ndarray, factor: float) -> np.ndarray:
    """Values scaled about the middle of the range; a dark photo loses itself in black."""
    return scaled_about(128.0, pixels, factor)


def scaled_about(middle: float, pixels: np.ndarray, factor: float) -> np.ndarray:
    return cv2.LUT(pixels, levels(middle + factor * (np.arange(256) - middle)))


def saturated(pixels: np.ndarray, factor: float) -> np.ndarray:
    """Distance from luma scaled."""
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    return levels(luma + factor * (pixels - luma))


def saturated_hsv(pixels: np.ndarray, factor: float) -> np.ndarray:
    """Saturation of HSV scaled."""
    hsv = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)
    hsv[..., 1] = cv2.LUT(hsv[..., 1], levels(factor * np.arange(256)))
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def levels(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


# --- pictures and arithmetic -------------------------------------------------------------------


def value_of(attribute: str, pixels: np.ndarray) -> float:
    return getattr(attributes.measure(pixels), attribute).value


def spearman(values: Sequence[float], steps: Sequence[float]) -> float:
    """Rank correlation, equal values sharing their mean rank; 0 if all are equal."""
    one, other = ranks(values), ranks(steps)
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def ranks(values: Sequence[float]) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (counts.cumsum() - (counts - 1) / 2)[inverse]


def real(folder: Path, limit: int | None) -> Iterator[np.ndarray]:
    """The photos at or below `folder`, also those in .zip files; unreadable ones are named."""
    found: list[tuple[Path, str | None]] = [(file, None) for file in kit.pictures(folder)]
    for archive in [folder] if folder.is_file() else sorted(folder.rglob("*.zip")):
        with ZipFile(archive) as members:
            found += [
                (archive, name)
                for name in sorted(members.namelist())
                if Path(name).suffix.lower() in kit.SUFFIXES
            ]
    if limit and limit < len(found):
        found = [found[number * len(found) // limit] for number in range(limit)]
    for file, member in found:
        try:
            if member is None:
                yield decode.full(file).pixels
            else:
                with ZipFile(file) as members:
                    yield decode.full(Path(member), members.read(member)).pixels
        except PhotoError as problem:
            print(f"{file} {member or ''}: {problem}", file=sys.stderr)


def drawn(count: int = 8) -> Iterator[np.ndarray]:
    """Scenes of soft ground, hard shapes, strokes and texture, some of it out of focus."""
    for seed in range(count):
        random = np.random.default_rng(seed)
        width, height = (960, 640) if seed % 2 else (480, 640)
        ground = random.uniform(30, 220, (4, 5, 3)).astype(np.float32)
        picture = cv2.resize(ground, (width, height), interpolation=cv2.INTER_CUBIC)
        for number in range(60):
            colour = random.uniform(10, 245, 3).tolist()
            corners = random.uniform((0, 0), (width, height), 2) + random.normal(0, 50, (4, 2))
            points = cv2.convexHull(corners.astype(np.int32))
            if number % 2:
                cv2.fillConvexPoly(picture, points, colour, cv2.LINE_AA)
            else:
                width_of_line = int(random.integers(1, 4))
                cv2.polylines(picture, [points], True, colour, width_of_line, cv2.LINE_AA)
            if number == 30:
                picture = cv2.GaussianBlur(picture, (0, 0), 4)
        x, y = random.integers(0, (width // 2, height // 2))
        texture = random.normal(0, 25, (height // 3, width // 3, 1)).astype(np.float32)
        picture[y : y + height // 3, x : x + width // 3] += texture
        yield levels(cv2.GaussianBlur(picture, (0, 0), 0.6))


if __name__ == "__main__":
    main()

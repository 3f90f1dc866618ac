"""Measured attributes follow what is done to a picture, and are sane for any picture at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import attributes
from uniqa_desktop.attributes import measure, perceptual_hash, quality
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Attributes, Measure


def levels(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def scene(width: int = 480, height: int = 320, seed: int = 0) -> np.ndarray:
    """Coloured ground with hard shapes, lines and a patch of fine texture; no noise."""
    random = np.random.default_rng(seed)
    ground = random.uniform(40, 200, (4, 5, 3)).astype(np.float32)
    picture = cv2.resize(ground, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(25):
        corner = random.uniform((0, 0), (width, height), 2)
        points = cv2.convexHull((corner + random.normal(0, 40, (4, 2))).astype(np.int32))
        cv2.fillConvexPoly(picture, points, random.uniform(10, 245, 3).tolist(), cv2.LINE_AA)
    for _ in range(10):
        start, end = random.uniform((0, 0), (width, height), (2, 2)).astype(int).tolist()
        cv2.line(picture, start, end, random.uniform(10, 245, 3).tolist(), 2, cv2.LINE_AA)
    texture = random.normal(0, 25, (height // 4, width // 4, 1))
    picture[: height // 4, : width // 4] += cv2.GaussianBlur(texture, (0, 0), 0.7)[..., None]
    return levels(picture)


def blurred(pixels: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(pixels, (0, 0), sigma) if sigma else pixels


def shaken(pixels: np.ndarray, length: int, degrees: float) -> np.ndarray:
    """A straight shake: a line of `length` pixels as kernel."""
    side = 2 * length + 1
    kernel = np.zeros((side, side), np.float32)
    kernel[length, length - length // 2 : length + length // 2 + 1] = 1
    turn = cv2.getRotationMatrix2D((length, length), degrees, 1)
    kernel = cv2.warpAffine(kernel, turn, (side, side))
    return cv2.filter2D(pixels, -1, kernel / kernel.sum())


def noisy(pixels: np.ndarray, sigma: float, seed: int = 0) -> np.ndarray:
    return levels(pixels + np.random.default_rng(seed).normal(0, sigma, pixels.shape))


def about(pixels: np.ndarray, middle: np.ndarray | float, factor: float) -> np.ndarray:
    return levels(middle + factor * (pixels.astype(np.float64) - middle))


def luma(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float64)


def series(
    attribute: str, degrade: Callable[[np.ndarray, float], np.ndarray], steps: tuple[float, ...]
) -> list[float]:
    return [getattr(measure(degrade(scene(), step)), attribute).value for step in steps]


def rises(values: list[float]) -> bool:
    return all(before < after for before, after in pairwise(values))


def falls(values: list[float]) -> bool:
    return rises(values[::-1])


@pytest.mark.parametrize(("width", "height"), [(160, 120), (480, 320), (1800, 1200)])
def test_blur_takes_sharpness_at_every_size_of_picture(width: int, height: int):
    picture = scene(width, height)
    values = [measure(blurred(picture, s)).sharpness.value for s in (0, 0.7, 1.2, 2, 4)]
    assert falls(values)
    assert values[0] > 40
    assert values[-1] < values[0] / 4


@pytest.mark.parametrize("degrees", [0, 30, 90, 135])
def test_shake_takes_sharpness_whatever_its_direction(degrees: float):
    values = series("sharpness", lambda p, n: shaken(p, int(n), degrees), (1, 5, 11, 21))
    assert falls(values)
    assert values[-1] < values[0] / 2


def test_edges_along_the_shake_do_not_count_as_sharp():
    stripes = np.zeros((192, 192, 3), np.uint8)
    stripes[(np.arange(192) // 6 % 2).astype(bool)] = 200
    assert measure(stripes).sharpness.value < 5


@pytest.mark.parametrize("sigma", [0, 1.2, 3])
@pytest.mark.parametrize("noise", [5, 12, 20])
def test_noise_adds_no_sharpness(sigma: float, noise: float):
    picture = blurred(scene(), sigma)
    gained = measure(noisy(picture, noise)).sharpness.value - measure(picture).sharpness.value
    assert gained < 1


def test_blocks_of_a_hard_compressed_jpeg_add_little_sharpness():
    soft = blurred(scene(), 3)
    blocky = cv2.imdecode(
        cv2.imencode(".jpg", soft, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], cv2.IMREAD_COLOR
    )
    assert measure(blocky).sharpness.value < measure(soft).sharpness.value + 5


@pytest.mark.parametrize(("width", "height"), [(600, 400), (2400, 1600)])
def test_a_sharp_spot_makes_a_sharp_picture_and_is_found(width: int, height: int):
    sharp = scene(width, height, seed=3)
    picture = blurred(sharp, 5)
    spot = (slice(height * 5 // 8, height * 3 // 4), slice(width // 4, width * 3 // 8))
    picture[spot] = scene(width // 8, height // 8, seed=4)
    measured = measure(picture)
    assert measured.sharpness.value > 60 > measure(blurred(sharp, 5)).sharpness.value
    centre = (
        measured.sharpest.left + measured.sharpest.width / 2,
        measured.sharpest.top + measured.sharpest.height / 2,
    )
    assert 1 / 4 <= centre[0] <= 3 / 8
    assert 5 / 8 <= centre[1] <= 3 / 4


def test_noise_is_measured_in_levels():
    grey = np.full((400, 600, 1), 128.0)
    noise = np.random.default_rng(0).normal(0, 8, grey.shape)
    assert measure(levels(grey + noise).repeat(3, axis=2)).noisiness.raw == pytest.approx(
        8, rel=0.1
    )


def test_noisiness_rises_with_noise_and_not_with_texture():
    assert rises(series("noisiness", noisy, (0, 2, 5, 10, 20, 40)))
    assert measure(scene()).noisiness.value < 5


def test_blown_sky_does_not_hide_noise():
    picture = noisy(scene(), 10)
    clean = measure(picture).noisiness.raw
    picture[:200] = 255
    assert measure(picture).noisiness.raw == pytest.approx(clean, rel=0.3)


def test_a_silhouette_is_not_noisy_and_gets_no_sharper_by_noise():
    silhouette = np.full((300, 400, 3), 255, np.uint8)
    random = np.random.default_rng(0)
    for _ in range(30):
        corner = random.uniform((0, 0), (400, 300), 2)
        points = cv2.convexHull((corner + random.normal(0, 30, (5, 2))).astype(np.int32))
        cv2.fillConvexPoly(silhouette, points, (0, 0, 0), cv2.LINE_AA)
    plain = measure(silhouette)
    assert plain.noisiness.value < 1
    noises = [measure(noisy(silhouette, sigma)) for sigma in (5, 10, 20)]
    assert rises([plain.noisiness.value, *(one.noisiness.value for one in noises)])
    assert max(one.sharpness.value for one in noises) < plain.sharpness.value + 1


def test_brightness_follows_exposure_into_clipping():
    def exposed(pixels: np.ndarray, stops: float) -> np.ndarray:
        return levels(255 * np.minimum((pixels / 255) ** 2.2 * 2**stops, 1) ** (1 / 2.2))

    assert rises(series("brightness", exposed, (-3, -2, -1, 0, 1, 2, 3)))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_brightness_of_even_pictures(level: int):
    measured = measure(np.full((50, 70, 3), level, np.uint8))
    expected = {0: 0, 128: 53.6, 255: 100}[level]
    assert measured.brightness.value == pytest.approx(expected, abs=0.5)
    assert measured.contrast.value == pytest.approx(0, abs=1e-3)
    assert measured.colorfulness.value == 0
    assert measured.noisiness.value == 0


def test_contrast_follows_scaling_about_the_mean_and_about_grey():
    steps = (0.2, 0.5, 0.8, 1, 1.3, 1.6, 2)
    assert rises(series("contrast", lambda p, k: about(p, p.mean(), k), steps))
    assert rises(series("contrast", lambda p, k: about(p, 128, k), steps))


def test_colorfulness_follows_saturation_beyond_clipping():
    steps = (0, 0.3, 0.6, 1, 1.4, 2, 3)
    values = series("colorfulness", lambda p, k: about(p, luma(p), k), steps)
    assert rises(values)
    assert values[0] < 1
    assert values[-1] < 100


def test_clipping_is_counted_in_percent():
    picture = np.full((1000, 1000, 3), 100, np.uint8)
    picture[:100] = 255
    picture[100:300] = 0
    picture[900:, :500] = (255, 90, 40)
    measured = measure(picture)
    assert measured.clipped_highlights == pytest.approx(15, abs=0.5)
    assert measured.clipped_shadows == pytest.approx(20, abs=0.5)


@pytest.mark.parametrize("harm", ["blur", "noise", "dark", "blown", "dull"])
def test_every_technical_fault_lowers_quality(harm: str):
    good = scene()
    bad = {
        "blur": lambda: blurred(good, 2),
        "noise": lambda: noisy(good, 15),
        "dark": lambda: levels(good * 0.1),
        "blown": lambda: levels(good * 3.0),
        "dull": lambda: about(good, good.mean(), 0.2),
    }[harm]()
    value, raw = quality(measure(good))
    harmed, harmed_raw = quality(measure(bad))
    assert harmed < value - 2
    assert harmed_raw < raw


def test_a_low_key_picture_keeps_most_of_its_quality():
    normal = replace(
        measure(scene()), brightness=Measure(50, 50), clipped_shadows=0.0, clipped_highlights=0.0
    )
    low_key = replace(normal, brightness=Measure(15, 15), clipped_shadows=5.0)
    assert quality(low_key)[0] > 0.9 * quality(normal)[0]


def test_weights_of_quality_sum_to_one():
    assert sum(attributes.WEIGHTS.values()) == pytest.approx(1)


def in_order(measured: Attributes) -> bool:
    """All values are finite numbers within their ranges."""
    values = [getattr(measured, name) for name in ATTRIBUTE_NAMES]
    spot = measured.sharpest
    inside = (
        0 <= spot.left < spot.left + spot.width <= 1 and 0 <= spot.top < spot.top + spot.height <= 1
    )
    plain = all(type(n) is float for v in values for n in (v.value, v.raw))
    return (
        inside
        and plain
        and all(0 <= v.value <= 100 and np.isfinite(v.raw) for v in values)
        and 0 <= measured.clipped_shadows <= 100
        and 0 <= measured.clipped_highlights <= 100
        and 0 <= quality(measured)[0] <= 100
    )


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 64),
    height=st.integers(1, 64),
    seed=st.integers(0, 99),
    low=st.integers(0, 255),
    span=st.integers(1, 256),
)
def test_any_small_picture_gives_sane_numbers(
    width: int, height: int, seed: int, low: int, span: int
):
    random = np.random.default_rng(seed)
    picture = random.integers(low, min(256, low + span), (height, width, 3), dtype=np.uint8)
    assert in_order(measure(picture))
    assert 0 <= perceptual_hash(picture) < 2**64


@pytest.mark.parametrize(
    "size", [(1, 1), (3, 2000), (2000, 3), (65, 63), (192, 5300), (1000, 1001)]
)
@pytest.mark.parametrize("level", [0, 255])
def test_black_and_white_pictures_of_any_shape(size: tuple[int, int], level: int):
    measured = measure(np.full((*size, 3), level, np.uint8))
    assert in_order(measured)
    assert measured.sharpness.value == 0
    assert (measured.clipped_shadows, measured.clipped_highlights) == (
        (100, 0) if level == 0 else (0, 100)
    )


def bits_apart(one: np.ndarray, other: np.ndarray) -> int:
    return (perceptual_hash(one) ^ perceptual_hash(other)).bit_count()


def test_hash_survives_resizing_and_recompression():
    picture = scene()
    small = cv2.resize(picture, (211, 140), interpolation=cv2.INTER_AREA)
    coarse = cv2.imdecode(
        cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], cv2.IMREAD_COLOR
    )
    assert bits_apart(picture, small) <= 2
    assert bits_apart(picture, coarse) <= 6
    assert bits_apart(picture, levels(picture * 0.8)) <= 4


def test_hash_tells_pictures_apart():
    scenes = [scene(240, 160, seed) for seed in range(12)]
    apart = [bits_apart(a, b) for i, a in enumerate(scenes) for b in scenes[:i]]
    assert min(apart) > 12


def test_hash_of_an_even_picture_is_not_chance():
    even = np.full((300, 400, 3), 120, np.uint8)
    rounding = np.random.default_rng(0).integers(-1, 2, even.shape)
    assert bits_apart(even, levels(even + rounding)) == 0

"""BRISQUE's and NIQE's features and arithmetic, without their published parameters."""

from __future__ import annotations

import struct
from math import gamma
from pathlib import Path

import cv2
import kit
import numpy as np
import pytest
from baselines import appeal, brisque, natural, niqe

SIDE = 288


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """A drawn picture with a photo's spectrum."""
    return kit.natural_picture(SIDE, SIDE, seed=3)


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(("left", "right"), [(1.0, 1.0), (0.6, 1.4)])
def test_the_fit_finds_the_distribution_that_was_drawn(
    shape: float, left: float, right: float
) -> None:
    random = np.random.default_rng(1)
    size = random.gamma(1 / shape, 1.0, 400_000) ** (1 / shape)
    scale = (gamma(1 / shape) / gamma(3 / shape)) ** 0.5
    rightwards = random.random(size.size) < right / (left + right)
    found = natural.fit(np.where(rightwards, right, -left) * scale * size)
    assert found.shape == pytest.approx(shape, rel=0.05)
    assert (found.left, found.right) == pytest.approx((left, right), rel=0.03)
    assert found.scale == pytest.approx(scale, rel=0.05)
    assert np.sign(found.mean) == np.sign(round(right - left, 3)) or abs(found.mean) < 0.01


def test_coefficients_of_noise_are_standardised_and_brightness_does_not_matter() -> None:
    noise = np.random.default_rng(2).normal(128, 30, (200, 200)).astype(np.float32)
    coefficients = natural.normalised(noise, cv2.BORDER_REPLICATE)
    assert abs(float(coefficients.mean())) < 0.02
    assert 0.7 < float(coefficients.std()) < 1.3
    brighter = natural.normalised(noise + 40, cv2.BORDER_REPLICATE)
    assert brighter == pytest.approx(coefficients, abs=1e-2)


@pytest.mark.parametrize("features", [brisque.features, niqe.features])
def test_an_even_picture_has_finite_features(features) -> None:
    assert np.isfinite(features(np.full((200, 200, 3), 128, np.uint8))).all()


def test_brisque_sees_blur_and_noise_at_both_sizes(photo: np.ndarray) -> None:
    plain = brisque.features(photo)
    assert plain.shape == (36,)
    blurred = brisque.features(cv2.GaussianBlur(photo, (0, 0), 2))
    noise = np.random.default_rng(0).normal(0, 25, photo.shape)
    noisy = brisque.features(np.clip(photo + noise, 0, 255).astype(np.uint8))
    variance, neighbours = 1, 3  # of the coefficients, and the mean of the product with the right
    assert blurred[variance] < plain[variance]
    assert noisy[neighbours] < plain[neighbours] < blurred[neighbours]
    assert noisy[neighbours + 18] < plain[neighbours + 18]


def test_brisque_reads_opencv_s_files_and_weighs_the_vectors(
    photo: np.ndarray, tmp_path: Path
) -> None:
    machine = cv2.FileStorage(str(tmp_path / brisque.MACHINE), cv2.FILE_STORAGE_WRITE)
    numbers = " ".join(["0.,"] * 35 + ["0."])
    machine.release()
    (tmp_path / brisque.MACHINE).write_text(
        "%YAML:1.0\n---\nopencv_ml_svm:\n   kernel:\n      gamma: 0.5\n"
        f"   support_vectors:\n      - [ {numbers} ]\n"
        "   decision_functions:\n      -\n         rho: -20.\n         alpha: [ 30. ]\n"
    )
    ranges = np.stack([brisque.features(photo) - 1, brisque.features(photo) + 1])
    file = cv2.FileStorage(str(tmp_path / brisque.RANGES), cv2.FILE_STORAGE_WRITE)
    file.write("range", ranges.astype(np.float32))
    file.release()
    measure = brisque.Brisque.read(tmp_path)
    assert measure(photo) == pytest.approx(50, abs=0.1)  # the vector itself: 30 · 1 + 20
    far = cv2.GaussianBlur(photo, (0, 0), 4)
    assert 20 < measure(far) < 49


def test_brisque_names_the_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="brisque_model_live"):
        brisque.Brisque.read(tmp_path)


def _matlab(matrices: dict[str, np.ndarray]) -> bytes:
    def element(kind: int, data: bytes) -> bytes:
        return struct.pack("<II", kind, len(data)) + data + b"\0" * (-len(data) % 8)

    data = b"MATLAB 5.0 MAT-file".ljust(124) + struct.pack("<H", 0x0100) + b"IM"
    for name, matrix in matrices.items():
        data += element(
            14,
            element(6, struct.pack("<II", 6, 0))
            + element(5, struct.pack("<ii", *matrix.shape))
            + element(1, name.encode())
            + element(9, matrix.astype("<f8").tobytes(order="F")),
        )
    return data


def test_niqe_is_the_distance_from_the_statistics_in_the_file(
    photo: np.ndarray, tmp_path: Path
) -> None:
    clean = niqe.features(photo)
    assert clean.shape == (9, 36)
    mean, covariance = clean.mean(axis=0, keepdims=True), np.cov(clean.T) + 0.01 * np.eye(36)
    matrices = {"pop_mu": mean, "pop_cov": covariance}
    (tmp_path / niqe.PARAMETERS).write_bytes(_matlab(matrices))
    measure = niqe.Niqe.read(tmp_path)
    assert measure.covariance == pytest.approx(covariance)
    assert measure(photo) == pytest.approx(0, abs=1e-6)
    soft = [measure(cv2.GaussianBlur(photo, (0, 0), sigma)) for sigma in (1, 2, 4)]
    assert 0.1 < soft[0] < soft[1] < soft[2]


def test_niqe_takes_one_block_and_refuses_less(photo: np.ndarray) -> None:
    assert niqe.features(photo[:100, :120]).shape == (1, 36)
    with pytest.raises(ValueError, match="96 pixels"):
        niqe.features(photo[:95])


def test_classical_measures_answer_to_what_they_are_named_after(photo: np.ndarray) -> None:
    grey = np.repeat(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    flat = cv2.convertScaleAbs(photo, alpha=0.5, beta=64)
    darker = cv2.convertScaleAbs(photo, alpha=0.6)
    lesser = {
        "colourfulness": grey,
        "RMS contrast": flat,
        "saturation": grey,
        "sharpness": cv2.GaussianBlur(photo, (0, 0), 2),
        "brightness": darker,
    }
    for name, measure in appeal.SINGLE.items():
        assert measure(lesser[name]) < measure(photo), name
    assert appeal.colourfulness(grey) == pytest.approx(0)


@pytest.mark.parametrize("size", [(40, 300), (300, 40), (256, 256), (900, 700)])
def test_the_vector_of_colour_and_texture_has_one_length(size: tuple[int, int]) -> None:
    found = appeal.vector(kit.natural_picture(*size, seed=1))
    assert found.shape == (81,)
    assert np.isfinite(found).all()

"""One thumbnail: kept once, shown at any size, also when the file is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from gallery import photo
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.gui.thumb_maker import LONG_SIDE, ThumbMaker, fit
from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Thumbs

BOX = QSize(120, 96)


@pytest.fixture
def thumbs(tmp_path: Path) -> Path:
    return tmp_path / "thumbs.db"


@pytest.fixture
def maker(thumbs: Path) -> Iterator[ThumbMaker]:
    made = ThumbMaker(thumbs)
    yield made
    made.close()


@pytest.fixture
def landscape(tmp_path: Path) -> Photo:
    """A photo of 900 × 600: left half red, right half blue."""
    pixels = np.zeros((600, 900, 3), np.uint8)
    pixels[:, :450, 0] = 220
    pixels[:, 450:, 2] = 220
    file = tmp_path / "landscape.jpg"
    Image.fromarray(pixels).save(file, quality=95)
    return photo(1, path=file, identity=b"landscape".ljust(16))


def is_the_landscape(image: QImage) -> bool:
    middle, width = image.height() // 2, image.width()
    left, right = image.pixelColor(width // 4, middle), image.pixelColor(3 * width // 4, middle)
    return left.red() > 180 > 60 > left.blue() and right.blue() > 180 > 60 > right.red()


def test_a_photo_is_fitted_into_the_box(maker: ThumbMaker, landscape: Photo) -> None:
    image = maker.make(landscape, BOX, 1.0)
    assert image.size() == QSize(120, 80)
    assert is_the_landscape(image)


def test_a_kept_thumbnail_serves_without_the_file(
    maker: ThumbMaker, thumbs: Path, landscape: Photo
) -> None:
    maker.make(landscape, BOX, 1.0)
    landscape.path.unlink()
    other = ThumbMaker(thumbs)
    image = other.make(landscape, QSize(60, 60), 2.0)
    other.close()
    assert image.size() == QSize(60, 40)
    assert image.devicePixelRatio() == 2
    assert is_the_landscape(image)


def test_what_is_kept_has_one_size_whatever_is_shown(
    maker: ThumbMaker, thumbs: Path, landscape: Photo
) -> None:
    maker.make(landscape, QSize(20, 20), 1.0)
    store = Thumbs(thumbs)
    kept = QImage.fromData(store.get(landscape.identity) or b"", "jpeg")  # type: ignore[arg-type]
    store.close()
    assert max(kept.width(), kept.height()) == LONG_SIDE


@pytest.mark.qt_log_ignore("JPEG")
def test_a_damaged_thumbnail_is_made_anew(
    maker: ThumbMaker, thumbs: Path, landscape: Photo
) -> None:
    store = Thumbs(thumbs)
    store.put([(landscape.identity, b"\xff\xd8 this is no JPEG")])
    assert is_the_landscape(maker.make(landscape, BOX, 1.0))
    assert len(store.get(landscape.identity) or b"") > 1000
    store.close()


@pytest.mark.parametrize("content", [b"", b"random bytes", b"\xff\xd8\xff\xe0 broken"])
def test_a_broken_file_says_why(maker: ThumbMaker, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.jpg"
    file.write_bytes(content)
    with pytest.raises(PhotoError, match=r"\w"):
        maker.make(photo(1, path=file), BOX, 1.0)


def test_a_missing_file_that_was_never_seen_says_why(maker: ThumbMaker, tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"\w"):
        maker.make(photo(1, path=tmp_path / "gone.jpg"), BOX, 1.0)


def test_corners_are_rounded_and_edges_are_not(maker: ThumbMaker, landscape: Photo) -> None:
    image = maker.make(landscape, BOX, 1.0)
    right, bottom = image.width() - 1, image.height() - 1
    for x, y in ((0, 0), (right, 0), (0, bottom), (right, bottom)):
        assert image.pixelColor(x, y).alpha() < 128
    assert image.pixelColor(right // 2, 0).alpha() == 255
    assert image.pixelColor(0, bottom // 2).alpha() == 255


def test_a_tiny_picture_is_not_blown_up(maker: ThumbMaker, tmp_path: Path) -> None:
    file = tmp_path / "tiny.png"
    Image.new("RGB", (30, 20), (9, 9, 9)).save(file)
    assert maker.make(photo(1, path=file), QSize(300, 300), 1.0).size() == QSize(60, 40)


sides = st.integers(1, 4000)


@given(sides, sides, sides, sides)
def test_fitting_keeps_the_proportions(width: int, height: int, wide: int, high: int) -> None:
    size = fit(QSize(width, height), QSize(wide, high))
    assert 1 <= size.width() <= max(1, wide)
    assert 1 <= size.height() <= max(1, high)
    scale = min(wide / width, high / height, 2)
    assert abs(size.width() - width * scale) <= 1
    assert abs(size.height() - height * scale) <= 1

"""Which files are photos."""

from __future__ import annotations

import pytest

from uniqa_desktop.formats import KIND, PHOTO_EXTENSIONS, Kind, kind_of, stem_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("IMG_0001.JPG", Kind.PICTURE),
        ("a.b.heic", Kind.PICTURE),
        ("DSC1.Arw", Kind.RAW),
        ("GX010.MP4", Kind.VIDEO),
        ("IMG_0001.CR2.xmp", Kind.SIDECAR),
        ("notes.txt", None),
        ("jpg", None),
        ("", None),
        ("ends with a dot.", None),
    ],
)
def test_a_name_tells_what_the_file_is(name: str, kind: Kind | None) -> None:
    assert kind_of(name) is kind


def test_only_pictures_and_raws_become_photos() -> None:
    assert {KIND[extension] for extension in PHOTO_EXTENSIONS} == {Kind.PICTURE, Kind.RAW}
    assert all(extension == extension.lower() and extension[0] == "." for extension in KIND)


def test_raw_and_jpeg_of_one_exposure_share_their_stem() -> None:
    assert stem_of("IMG_0001.CR2") == stem_of("img_0001.jpg") == "img_0001"
    assert stem_of("IMG_0001-2.jpg") != stem_of("IMG_0001.CR2")
    assert stem_of("no extension") == "no extension"


def test_only_plain_letters_are_lowered() -> None:
    """SQLite's NOCASE lowers A–Z only, and pairs are looked up with it."""
    assert stem_of("ÉTÉ.JPG") == "ÉtÉ"
    assert stem_of("ÉTÉ.JPG") != stem_of("été.jpg")

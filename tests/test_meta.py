"""What the camera wrote is read from every container, and a broken block is only a remark."""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from picture_files import dng, encoded, oriented, smooth
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from uniqa_desktop import meta
from uniqa_desktop.photo import Meta, Place

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")

EXIF, GPS = 0x8769, 0x8825


def block(
    image: dict[int, Any] | None = None,
    details: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
) -> Image.Exif:
    exif = Image.Exif()
    exif.update(image or {})
    exif.get_ifd(EXIF).update(details or {})
    exif.get_ifd(GPS).update(gps or {})
    return exif


CAMERA = block(
    {0x010F: "NIKON CORPORATION", 0x0110: "NIKON D750", 0x0112: 6, 0x0132: "2024:06:02 09:00:00"},
    {
        0x9003: "2024:06:01 18:30:15",
        0x9291: "057",
        0x9011: "+02:00",
        0x829A: IFDRational(1, 250),
        0x829D: IFDRational(28, 10),
        0x8827: 400,
        0x9204: IFDRational(-7, 10),
        0x920A: IFDRational(50, 1),
        0xA434: "50.0 mm f/1.8",
        0xA402: 2,
    },
    {1: "N", 2: (47.0, 30.0, 36.0), 3: "W", 4: (8.0, 15.0, 0.0)},
)

KNOWN = Meta(
    taken=datetime(2024, 6, 1, 18, 30, 15, 57_000),
    has_subseconds=True,
    offset_minutes=120,
    camera="NIKON D750",
    lens="50.0 mm f/1.8",
    focal_length=50,
    aperture=2.8,
    shutter=1 / 250,
    iso=400,
    bias=-0.7,
    drive="Auto bracket",
    place=Place(47.51, -8.25),
    width=120,
    height=160,
    orientation=6,
)


def read(data: bytes, name: str = "photo.jpg") -> Meta:
    return meta.read(Path(name), data)


def of(exif: Image.Exif) -> Meta:
    return read(encoded(smooth(), "JPEG", exif=exif))


def with_details(details: dict[int, Any]) -> Meta:
    return of(block(details=details))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIC", "AVIF"])
def test_everything_is_read_from_every_container(kind: str, tmp_path: Path) -> None:
    # Pillow's TIFF writer takes the inner directories only from a block that was written before.
    exif = CAMERA.tobytes() if kind == "TIFF" else CAMERA
    data = encoded(smooth(), kind, exif=exif)
    found = read(data)
    assert found.place is not None
    assert found.place.latitude == pytest.approx(47.51)
    if kind == "AVIF":  # Pillow writes the orientation into the container and 1 into EXIF
        assert found.orientation in (1, 6)
    wanted = {name: getattr(KNOWN, name) for name in Meta.__dataclass_fields__}
    for name in set(wanted) - {"place", "orientation"}:
        assert getattr(found, name) == (
            pytest.approx(wanted[name]) if isinstance(wanted[name], float) else wanted[name]
        ), name
    file = tmp_path / "photo.jpg"
    file.write_bytes(data)
    assert meta.read(file) == found


def test_the_time_is_written_out_with_what_is_known() -> None:
    assert of(CAMERA).taken_text == "2024-06-01T18:30:15.057+02:00"
    assert with_details({0x9003: "2024:06:01 18:30:15"}).taken_text == "2024-06-01T18:30:15"


def test_a_picture_without_exif_has_a_size_and_no_problem() -> None:
    for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF"):
        assert read(encoded(smooth(), kind)) == Meta(width=160, height=120)


def test_the_digitizing_and_changing_times_stand_in_for_the_original() -> None:
    assert of(block({0x0132: "2020:01:02 03:04:05"})).taken == datetime(2020, 1, 2, 3, 4, 5)
    both = block({0x0132: "2020:01:02 03:04:05"}, {0x9004: "2019:01:02 03:04:05", 0x9292: "5"})
    assert of(both).taken == datetime(2019, 1, 2, 3, 4, 5, 500_000)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "", "2024:13:01 00:00:00", "yesterday"]
)
def test_a_time_that_is_none_stays_unknown(text: str) -> None:
    found = with_details({0x9003: text})
    assert found.taken is None
    assert found.problem is None


@pytest.mark.parametrize(
    ("text", "micro"), [("5", 500_000), ("05", 50_000), ("000", 0), ("1234567", 123_456)]
)
def test_fractions_of_a_second_are_decimal_places(text: str, micro: int) -> None:
    found = with_details({0x9003: "2024:06:01 18:30:15", 0x9291: text})
    assert found.taken == datetime(2024, 6, 1, 18, 30, 15, micro)
    assert found.has_subseconds


@pytest.mark.parametrize("text", ["", "   ", "x5"])
def test_no_fraction_of_a_second_is_not_zero(text: str) -> None:
    found = with_details({0x9003: "2024:06:01 18:30:15", 0x9291: text})
    assert found.taken == datetime(2024, 6, 1, 18, 30, 15)
    assert not found.has_subseconds


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("+02:00", 120), ("-08:00", -480), ("+05:45", 345), ("Z", 0), ("+0200", 120)),
        *(("   :  ", None), ("+99:00", None), ("02:00", None)),
    ],
)
def test_offsets_from_utc(text: str, minutes: int | None) -> None:
    found = with_details({0x9003: "2024:06:01 18:30:15", 0x9011: text})
    assert found.offset_minutes == minutes


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("SONY", "ILCE-7M3", "SONY ILCE-7M3"),
        ("OLYMPUS IMAGING CORP.  ", "E-M5", "OLYMPUS E-M5"),
        ("RICOH IMAGING COMPANY, LTD.", "PENTAX K-1", "RICOH PENTAX K-1"),
        ("LEICA CAMERA AG", "LEICA Q2", "LEICA Q2"),
        ("Apple", "iPhone 15 Pro", "Apple iPhone 15 Pro"),
        ("", "X100", "X100"),
        ("FUJIFILM", "  ", "FUJIFILM"),
        ("  ", "", None),
    ],
)
def test_the_make_is_said_once(make: str, model: str, camera: str | None) -> None:
    assert of(block({0x010F: make, 0x0110: model})).camera == camera


def test_a_lens_without_a_name_has_its_numbers() -> None:
    zoom = tuple(IFDRational(n, d) for n, d in ((24, 1), (70, 1), (28, 10), (28, 10)))
    assert with_details({0xA432: zoom}).lens == "24–70 mm f/2.8"
    kit = tuple(IFDRational(n, d) for n, d in ((18, 1), (55, 1), (35, 10), (56, 10)))
    assert with_details({0xA432: kit}).lens == "18–55 mm f/3.5–5.6"
    assert with_details({0xA432: tuple(IFDRational(0, 1) for _ in range(4))}).lens is None


def test_exposure_may_be_told_in_apex_units() -> None:
    found = with_details({0x9201: IFDRational(5, 1), 0x9202: IFDRational(6, 1)})
    assert found.shutter == pytest.approx(1 / 32)
    assert found.aperture == pytest.approx(8)


def test_impossible_numbers_are_unknown() -> None:
    found = with_details(
        {
            0x829A: IFDRational(0, 1),
            0x829D: IFDRational(0, 0),
            0x8827: 0,
            0x9204: IFDRational(500, 1),
            0x920A: IFDRational(0, 1),
        }
    )
    assert found == Meta(width=160, height=120)


def test_an_iso_too_large_for_its_tag_is_found_in_another() -> None:
    assert with_details({0x8827: 65535, 0x8832: 102_400}).iso == 102_400
    assert with_details({0x8827: 65535}).iso is None


@pytest.mark.parametrize(
    ("gps", "place"),
    [
        ({1: "S", 2: (33.0, 52.5, 0.0), 3: "E", 4: (151.0, 12.0, 36.0)}, Place(-33.875, 151.21)),
        ({1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (45.0, 0.0, 0.0), 3: "E", 4: (190.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, None),
        ({2: (45.0, 0.0, 0.0), 4: (10.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (45.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (IFDRational(1, 0),) * 3, 3: "E", 4: (10.0, 0.0, 0.0)}, None),
    ],
)
def test_places(gps: dict[int, Any], place: Place | None) -> None:
    found = of(block(gps=gps)).place
    if place is None:
        assert found is None
    else:
        assert found is not None
        assert found.latitude == pytest.approx(place.latitude)
        assert found.longitude == pytest.approx(place.longitude)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_is_none_is_unknown(orientation: int) -> None:
    found = of(oriented(orientation))
    assert found.orientation is None
    assert (found.width, found.height) == (160, 120)


# Broken blocks


@pytest.mark.parametrize(
    "broken",
    [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0rubbish", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"],
)
def test_a_broken_block_is_a_problem_and_no_error(broken: bytes) -> None:
    found = read(encoded(smooth(), "JPEG", exif=broken))
    assert found == Meta(width=160, height=120, problem="The EXIF block is damaged.")


def test_a_block_made_to_waste_time_is_given_up() -> None:
    entries = b"".join(struct.pack("<HHII", 0xC000 + index, 1, 999, 8) for index in range(4000))
    endless = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 4000) + entries + bytes(4)
    assert read(encoded(smooth(), "JPEG", exif=endless)).problem == "The EXIF block is damaged."


def test_a_file_that_is_no_picture_or_not_there_is_a_problem(tmp_path: Path) -> None:
    assert read(b"nothing").problem == "This is not a picture that the program can read."
    assert "cannot be read" in (meta.read(tmp_path / "gone.jpg").problem or "")


EXAMPLES = {
    kind: encoded(smooth(32, 24), kind, exif=CAMERA.tobytes() if kind == "TIFF" else CAMERA)
    for kind in ("JPEG", "PNG", "TIFF", "HEIC")
}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(sorted(EXAMPLES)),
    damage=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damage_anywhere_never_raises(kind: str, damage: list[tuple[int, int]]) -> None:
    data = bytearray(EXAMPLES[kind])
    for place, value in damage:
        data[place % len(data)] = value
    assert isinstance(read(bytes(data)), Meta)


# RAW files


def test_a_raw_of_the_tiff_family_is_read_as_it_is() -> None:
    found = read(dng(np.zeros((40, 60)), 6), "photo.dng")
    assert found.camera == "Drawn D1"
    assert found.orientation == 6
    assert found.problem is None


def test_the_blocks_of_a_cr3_are_put_together() -> None:
    def box(name: bytes, exif: Image.Exif) -> bytes:
        data = exif.tobytes().removeprefix(b"Exif\0\0")
        return struct.pack(">I", 8 + len(data)) + name + data

    details, gps = Image.Exif(), Image.Exif()
    details.update(
        {0x9003: "2024:06:01 18:30:15", 0x829A: IFDRational(1, 60), 0xA002: 6000, 0xA003: 4000}
    )
    gps.update({1: "S", 2: (10.0, 30.0, 0.0), 3: "W", 4: (20.0, 0.0, 0.0)})
    camera = block({0x010F: "Canon", 0x0110: "Canon EOS R5", 0x0112: 8})
    data = struct.pack(">I", 24) + b"ftypcrx \0\0\0\1crx isom"
    data += box(b"CMT1", camera) + box(b"CMT2", details) + box(b"CMT4", gps) + bytes(100)
    found = read(data, "photo.cr3")
    assert found.camera == "Canon EOS R5"
    assert found.taken == datetime(2024, 6, 1, 18, 30, 15)
    assert found.shutter == pytest.approx(1 / 60)
    assert found.place == Place(-10.5, -20)
    assert (found.width, found.height) == (4000, 6000)


def test_the_jpeg_in_a_raf_tells_for_it() -> None:
    jpeg = encoded(smooth(), "JPEG", exif=CAMERA)
    head = b"FUJIFILMCCD-RAW 0201FF383501".ljust(84, b"\0") + struct.pack(">II", 160, len(jpeg))
    found = read(head.ljust(160, b"\0") + jpeg + bytes(100), "photo.raf")
    assert found.taken == KNOWN.taken
    assert found.camera == "NIKON D750"
    assert read(head, "photo.raf") == Meta()

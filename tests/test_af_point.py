"""Where the camera focused, from notes written here as the makers write them."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from uniqa_desktop import af_point
from uniqa_desktop.photo import Region

_CODES = {2: "B", 3: "H", 4: "I", 5: "II", 7: "B", 8: "h", 10: "ii"}
Entry = tuple[int, int, Sequence[int]]
"""A tag: number, TIFF type, values (two for a fraction)."""
WIDE = (6000, 4000)


def directory(entries: Sequence[Entry], at: int, order: str = "<") -> bytes:
    """An IFD that lies at offset `at`, with its values behind it."""
    head, data = struct.pack(f"{order}H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for number, kind, values in sorted(entries):
        code = _CODES[kind]
        packed = struct.pack(f"{order}{len(values)}{code[0]}", *values)
        count = len(values) // len(code)
        place = packed.ljust(4, b"\0")
        if len(packed) > 4:
            place = struct.pack(f"{order}I", behind + len(data))
            data += packed
        head += struct.pack(f"{order}HHI", number, kind, count) + place[:4]
    return head + b"\0\0\0\0" + data


def text(value: str) -> list[int]:
    return [*value.encode(), 0]


def block(
    make: str,
    model: str,
    note: bytes,
    *,
    orientation: int = 1,
    size: tuple[int, int] | None = WIDE,
    more: Sequence[Entry] = (),
    note_at: int = 2048,
) -> bytes:
    """A TIFF block whose maker note lies at `note_at`."""
    exif = list(more)
    if size is not None:
        exif += [(0xA002, 4, [size[0]]), (0xA003, 4, [size[1]])]
    image = [
        (0x010F, 2, text(make)), (0x0110, 2, text(model)), (0x0112, 3, [orientation]),
        (0x8769, 4, [512]),
    ]  # fmt: skip
    tiff = bytearray(b"II*\0\x08\0\0\0" + directory(image, 8))
    tiff = tiff.ljust(512, b"\0")
    if not note:
        return bytes(tiff + directory(exif, 512))
    # The note's tag is written with the place where the note is going to be.
    entries = sorted([*exif, (0x927C, 7, list(note))])
    packed = directory(entries, 512)
    place = 512 + 2 + 12 * entries.index((0x927C, 7, list(note))) + 8
    tiff = bytearray((tiff + packed).ljust(note_at, b"\0") + note)
    tiff[place : place + 4] = struct.pack("<I", note_at)
    return bytes(tiff)


def areas(
    tmp_path: Path, tiff: bytes, size: tuple[int, int] | None = WIDE, name: str = "a.jpg"
) -> list[tuple[float, float, float, float]]:
    """Centre and size of what is read from a JPEG with this block."""
    file = io.BytesIO()
    Image.new("RGB", (24, 16)).save(file, "JPEG", exif=b"Exif\0\0" + tiff)
    path = tmp_path / name
    path.write_bytes(file.getvalue())
    return [about(area) for area in af_point.read(path, size)]


def about(area: Region) -> tuple[float, float, float, float]:
    """Centre and size, rounded."""
    values = (area.left + area.width / 2, area.top + area.height / 2, area.width, area.height)
    return tuple(round(value, 3) for value in values)  # type: ignore[return-value]


def unsigned(*values: int) -> list[int]:
    return [value & 0xFFFF for value in values]


def canon(focused: int, *, mode: int = 2, selected: int = 0) -> bytes:
    """Two areas: 600 right of and 400 above the middle, and at the left edge."""
    areas = [
        *(600, 300), *(400, 200),  # widths, heights
        *(600, -2400), *(400, 0),  # across, up
        focused, selected,
    ]  # fmt: skip
    record = unsigned(0, mode, 2, 2, 6000, 4000, 6000, 4000, *areas)
    return directory([(0x0026, 3, record)], 2048)


def test_canon_the_areas_in_focus(tmp_path: Path) -> None:
    tiff = block("Canon", "Canon EOS R6", canon(0b01))
    assert areas(tmp_path, tiff) == [(0.6, 0.4, 0.1, 0.1)]
    tiff = block("Canon", "Canon EOS R6", canon(0b11))
    assert len(areas(tmp_path, tiff)) == 2


def test_canon_down_is_positive_on_a_powershot(tmp_path: Path) -> None:
    tiff = block("Canon", "Canon PowerShot G9 X", canon(0b01))
    assert areas(tmp_path, tiff) == [(0.6, 0.6, 0.1, 0.1)]


def test_canon_without_one_in_focus_those_selected(tmp_path: Path) -> None:
    tiff = block("Canon", "Canon EOS R6", canon(0, selected=0b10))
    assert areas(tmp_path, tiff) == [(0.1, 0.5, 0.05, 0.05)]
    assert areas(tmp_path, block("Canon", "Canon EOS R6", canon(0b01, mode=0))) == []


def test_canon_as_it_used_to_be(tmp_path: Path) -> None:
    """One size for all areas, in coordinates that need not have the picture's proportions."""
    record = unsigned(3, 3, 6000, 4000, 100, 100, 18, 18, -20, 0, 20, 0, 0, -10, 0b100)
    tiff = block("Canon", "Canon PowerShot A95", directory([(0x0012, 3, record)], 2048))
    assert areas(tmp_path, tiff) == [(0.7, 0.4, 0.18, 0.18)]


@pytest.mark.parametrize(
    ("orientation", "place", "size"),
    [
        (1, (0.6, 0.4), WIDE),
        (3, (0.4, 0.6), WIDE),
        (6, (0.6, 0.6), WIDE[::-1]),
        (8, (0.4, 0.4), WIDE[::-1]),
        (2, (0.4, 0.4), WIDE),
        (5, (0.4, 0.6), WIDE[::-1]),
    ],
)
def test_areas_are_turned_with_the_picture(
    tmp_path: Path, orientation: int, place: tuple[float, float], size: tuple[int, int]
) -> None:
    tiff = block("Canon", "Canon EOS R6", canon(0b01), orientation=orientation)
    assert [each[:2] for each in areas(tmp_path, tiff, size)] == [place]


def test_a_cropped_picture_has_lost_its_areas(tmp_path: Path) -> None:
    tiff = block("Canon", "Canon EOS R6", canon(0b01))
    assert areas(tmp_path, tiff, (4000, 4000)) == []
    assert areas(tmp_path, tiff, (3000, 2000)) == [(0.6, 0.4, 0.1, 0.1)], "smaller is the same"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("version", "contrast", "at"),
    [(b"0100", 1, 0x10), (b"0101", 1, 0x46), (b"0300", 2, 0x2A), (b"0400", 0, 0x3E)],
)
def test_nikon_mirrorless_and_live_view(
    tmp_path: Path, version: bytes, contrast: int, at: int, order: str
) -> None:
    record = bytearray(version + bytes([contrast])).ljust(at, b"\0")
    record += struct.pack(f"{order}6H", 6000, 4000, 4500, 1000, 600, 400)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    tiff = mark + struct.pack(f"{order}I", 8) + directory([(0xB7, 7, list(record))], 8, order)
    tiff = block("NIKON CORPORATION", "NIKON Z 6", b"Nikon\0\x02\x11\0\0" + tiff)
    assert areas(tmp_path, tiff) == [(0.75, 0.25, 0.1, 0.1)]


def test_nikon_through_the_finder_has_no_place(tmp_path: Path) -> None:
    record = b"0101\0".ljust(84, b"\7")
    tiff = b"II*\0\x08\0\0\0" + directory([(0xB7, 7, list(record))], 8)
    assert areas(tmp_path, block("NIKON", "NIKON D750", b"Nikon\0\x02\x11\0\0" + tiff)) == []


@pytest.mark.parametrize("head", [b"SONY DSC \0\0\0", b""])
def test_sony(tmp_path: Path, head: bytes) -> None:
    frame = list(struct.pack("<3H", 600, 400, 257))
    at = 2048 + len(head)
    note = head + directory([(0x2027, 3, [6000, 4000, 4500, 1000]), (0x2037, 7, frame)], at)
    assert areas(tmp_path, block("SONY", "ILCE-7M3", note)) == [(0.75, 0.25, 0.1, 0.1)]


def test_sony_the_middle_stands_for_not_known(tmp_path: Path) -> None:
    note = directory([(0x2027, 3, [6000, 4000, 3000, 2000])], 2048)
    assert areas(tmp_path, block("SONY", "ILCE-7M3", note)) == []


def test_fujifilm_a_point(tmp_path: Path) -> None:
    note = b"FUJIFILM" + struct.pack("<I", 12) + directory([(0x1023, 3, [1500, 3000])], 12)
    assert areas(tmp_path, block("FUJIFILM", "X-T4", note)) == [(0.25, 0.75, 0, 0)]


def test_panasonic(tmp_path: Path) -> None:
    at = 2048 + 12
    note = directory([(0x4D, 5, [1, 4, 3, 4]), (0xDE, 5, [1, 8, 1, 8])], at)
    tiff = block("Panasonic", "DC-G9", b"Panasonic\0\0\0" + note)
    assert areas(tmp_path, tiff) == [(0.25, 0.75, 0.125, 0.125)]
    none = directory([(0x4D, 5, [16777216, 1, 16777216, 1])], at)
    assert areas(tmp_path, block("Panasonic", "DC-G9", b"Panasonic\0\0\0" + none)) == []


def test_olympus_and_om_system(tmp_path: Path) -> None:
    for make, head in (
        ("OLYMPUS CORPORATION", b"OLYMPUS\0II\x03\0"),
        ("OM Digital Solutions", b"OM SYSTEM\0\0\0II\x04\0"),
    ):
        inner = len(head) + 2 + 12 + 4
        note = head + directory([(0x2020, 4, [inner])], len(head))
        note += directory([(0x0305, 10, [0, 1, 1, 5, 2, 5, 2, 5, 3, 5])], inner)
        assert areas(tmp_path, block(make, "E-M1", note)) == [(0.3, 0.5, 0.2, 0.2)]


def test_apple_and_others_by_the_subject_area(tmp_path: Path) -> None:
    for values, expected in (
        ([1500, 3000, 600, 400], (0.25, 0.75, 0.1, 0.1)),
        ([1500, 3000, 600], (0.25, 0.75, 0.1, 0.15)),
        ([1500, 3000], (0.25, 0.75, 0, 0)),
    ):
        tiff = block("Apple", "iPhone 15", b"", more=[(0x9214, 3, values)])
        assert areas(tmp_path, tiff) == [expected]


def test_a_picture_made_smaller_that_kept_its_numbers_has_no_area(tmp_path: Path) -> None:
    tiff = block("Apple", "iPhone", b"", more=[(0x9214, 3, [1511, 1511])], size=(800, 800))
    assert areas(tmp_path, tiff, (800, 800)) == []


def test_nothing_recorded_is_nothing(tmp_path: Path) -> None:
    assert areas(tmp_path, block("Canon", "Canon EOS R6", b"")) == []
    (tmp_path / "none.jpg").write_bytes(b"not a picture")
    assert af_point.read(tmp_path / "none.jpg") == ()
    with pytest.raises(OSError, match="gone"):
        af_point.read(tmp_path / "gone.jpg")


def test_of_several_areas_the_middle_one_is_the_main_one() -> None:
    left, middle, right = (Region(x, 0.4, 0.1, 0.1) for x in (0.1, 0.4, 0.8))
    assert af_point.main_area((left, middle, right)) == middle
    assert af_point.main_area(()) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_anywhere_never_raises(data: st.DataObject) -> None:
    """Also none of the places is outside of the picture."""
    make, note = data.draw(
        st.sampled_from(
            [
                ("Canon", canon(0b11)),
                ("SONY", directory([(0x2027, 3, [6000, 4000, 4500, 1000])], 2048)),
                ("FUJIFILM", b"FUJIFILM\x0c\0\0\0" + directory([(0x1023, 3, [9, 9])], 12)),
                ("OLYMPUS", b"OLYMPUS\0II\x03\0" + directory([(0x2020, 4, [30])], 12)),
                ("Panasonic", b"Panasonic\0\0\0" + directory([(0x4D, 5, [1, 2, 1, 2])], 2060)),
            ]
        )
    )
    tiff = bytearray(block(make, "EOS", note, more=[(0x9214, 3, [9, 9, 9, 9])]))
    for _ in range(data.draw(st.integers(1, 6))):
        tiff[data.draw(st.integers(0, len(tiff) - 1))] = data.draw(st.integers(0, 255))
    for area in af_point._of_block(io.BytesIO(bytes(tiff)), WIDE):
        assert 0 <= area.left <= area.left + area.width <= 1 + 1e-9
        assert 0 <= area.top <= area.top + area.height <= 1 + 1e-9

"""Picture files of every kind, drawn and written by the tests of the decoders."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import cv2
import numpy as np
import pillow_heif
from PIL import Image

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 40), (30, 40, 210), (230, 220, 40)


def quarters(width: int = 96, height: int = 64) -> np.ndarray:
    """Red, green / blue, yellow: every turn and mirroring looks different."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = RED
    picture[: height // 2, width // 2 :] = GREEN
    picture[height // 2 :, : width // 2] = BLUE
    picture[height // 2 :, width // 2 :] = YELLOW
    return picture


def smooth(width: int = 160, height: int = 120, seed: int = 0) -> np.ndarray:
    """A soft picture that any lossy format keeps within a few grey levels."""
    random = np.random.default_rng(seed)
    coarse = random.integers(20, 235, (5, 6, 3), np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def encoded(picture: np.ndarray | Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file of Pillow's format `kind`, or as HEIC."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    if kind == "HEIC":
        exif = options.pop("exif", None)
        heif = pillow_heif.HeifFile()
        added = heif.add_frombytes(image.mode, image.size, image.tobytes())
        if exif is not None:  # its orientation becomes a property of the container too
            added.info["exif"] = exif.tobytes()
        heif.save(file, **options)
    else:
        image.save(file, kind, **options)
    return file.getvalue()


def oriented(orientation: int) -> Image.Exif:
    """An EXIF block that says how the picture is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def stored(picture: np.ndarray, orientation: int) -> np.ndarray:
    """The upright `picture` as a camera would store it under `orientation` (EXIF's table)."""
    turned = {
        1: picture,
        2: picture[:, ::-1],
        3: picture[::-1, ::-1],
        4: picture[::-1],
        5: picture.transpose(1, 0, 2),
        6: picture.transpose(1, 0, 2)[::-1],
        7: picture.transpose(1, 0, 2)[::-1, ::-1],
        8: picture.transpose(1, 0, 2)[:, ::-1],
    }[orientation]
    return np.ascontiguousarray(turned)


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises 8-bit RGB of this size and holds a few bytes of it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + pixels + chunk(b"IEND", b"")


def profile(primaries: tuple[tuple[float, float, float], ...], gamma: float) -> bytes:
    """An ICC display profile of three curves and a matrix (`primaries`: XYZ of R, G, B at D50)."""

    def number(value: float) -> int:
        return round(value * 65536)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(number(value) for value in values))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    text = "drawn".encode("utf-16-be")
    name = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(text), 28) + text
    blocks = {
        b"desc": name + b"\0" * (-len(name) % 4),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        **{c + b"XYZ": xyz(*p) for c, p in zip((b"r", b"g", b"b"), primaries, strict=True)},
        **{c + b"TRC": curve for c in (b"r", b"g", b"b")},
    }
    table, body, at = b"", b"", 128 + 4 + 12 * len(blocks)
    for tag, block in blocks.items():
        table += struct.pack(">4sII", tag, at + len(body), len(block))
        body += block
    head = struct.pack(
        ">I4sI4s4s4s12s4s4sIIIQI3I4s",
        *(at + len(body), b"\0\0\0\0", 0x04200000, b"mntr", b"RGB ", b"XYZ "),
        *(struct.pack(">6H", 2024, 1, 1, 0, 0, 0), b"acsp", b"\0\0\0\0", 0, 0, 0, 0, 0),
        *(number(0.9642), number(1.0), number(0.8249), b"\0\0\0\0"),
    )
    return head.ljust(128, b"\0") + struct.pack(">I", len(blocks)) + table + body


DISPLAY_P3 = profile(
    ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)), 2.2
)
ADOBE_RGB = profile(
    ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    563 / 256,
)


def dng(
    bayer: np.ndarray, orientation: int = 1, preview: bytes | None = None, cut: int = 0
) -> bytes:
    """A DNG of 16-bit sensor data (RGGB, H×W), perhaps with a JPEG preview; `cut` bytes short."""
    height, width = bayer.shape
    sensor = bayer.astype("<u2").tobytes()
    entries: list[tuple[int, int, tuple[int, ...] | bytes]] = [
        (0x0112, 3, (orientation,)),
        (0x010F, 2, b"Drawn\0"),
        (0x0110, 2, b"Drawn D1\0"),
        (0xC612, 1, (1, 4, 0, 0)),
        (0xC614, 2, b"Drawn D1\0"),
        (0xC621, 10, (1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1)),
        (0xC628, 5, (1, 1, 1, 1, 1, 1)),
        (0xC65A, 3, (21,)),
    ]
    picture = [
        (0x00FE, 4, (0,)),
        (0x0100, 4, (width,)),
        (0x0101, 4, (height,)),
        (0x0102, 3, (16,)),
        (0x0103, 3, (1,)),
        (0x0106, 3, (32803,)),
        (0x0111, 4, ("sensor",)),
        (0x0115, 3, (1,)),
        (0x0116, 4, (height,)),
        (0x0117, 4, (len(sensor),)),
        (0x828D, 3, (2, 2)),
        (0x828E, 1, (0, 1, 1, 2)),
        (0xC61A, 4, (0,)),
        (0xC61D, 4, (65535,)),
    ]
    if preview is None:
        directories: list[Any] = [[*picture, *entries]]
    else:
        columns, rows = Image.open(io.BytesIO(preview)).size
        first = [
            (0x00FE, 4, (1,)),
            (0x0100, 4, (columns,)),
            (0x0101, 4, (rows,)),
            (0x0102, 3, (8, 8, 8)),
            (0x0103, 3, (7,)),
            (0x0106, 3, (6,)),
            (0x0111, 4, ("preview",)),
            (0x0115, 3, (3,)),
            (0x0116, 4, (rows,)),
            (0x0117, 4, (len(preview),)),
            (0x014A, 4, ("second",)),
        ]
        directories = [[*first, *entries], picture]
    return _tiff(directories, {"sensor": sensor, "preview": preview or b""}, cut)


_SIZES = {1: ("B", 1), 2: ("s", 1), 3: ("H", 1), 4: ("I", 1), 5: ("I", 2), 10: ("i", 2)}


def _tiff(directories: list[Any], blocks: dict[str, bytes], cut: int) -> bytes:
    """A little-endian TIFF; the second directory is a sub-directory, blocks come last."""
    places: dict[str, int] = dict.fromkeys([*blocks, "second"], 0)
    for _ in range(2):  # once for the sizes, once with the right offsets
        out = bytearray(b"II*\0\x08\0\0\0")
        for number, directory in enumerate(directories):
            if number == 1:
                places["second"] = len(out)
            entries = sorted(directory)
            body_at = len(out) + 2 + 12 * len(entries) + 4
            head, body = struct.pack("<H", len(entries)), b""
            for tag, kind, values in entries:
                letter, parts = _SIZES[kind]
                if isinstance(values, bytes):
                    data, count = values, len(values)
                else:
                    numbers = [places[v] if isinstance(v, str) else v for v in values]
                    data = struct.pack(f"<{len(numbers)}{letter}", *numbers)
                    count = len(numbers) // parts
                if len(data) > 4:
                    head += struct.pack("<HHII", tag, kind, count, body_at + len(body))
                    body += data + b"\0" * (len(data) % 2)
                else:
                    head += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
            out += head + struct.pack("<I", 0) + body
        for name, block in blocks.items():
            places[name] = len(out)
            out += block
    return bytes(out[: len(out) - cut])

"""How long decoders take for a 24-megapixel JPEG, and what `decode` adds to the fastest.

All times are processor time of one thread, in turns on the same files, so that a busy machine
hits all alike. Every decoder has to deliver an H×W×3 array.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time

import cv2
import kit
import numpy as np
import simplejpeg
from PIL import Image, ImageCms

from uniqa_desktop import decode

ROUNDS = 7
SMALL = 512
MOST_OVERHEAD = 1.1
"""Time of `decode.full` over that of the bare decoder: reading the header, checks."""
MOST_THUMBNAIL = 0.12
"""Time of a thumbnail over that of the bare decoder: with 0.15 for the attributes it leaves room
in the quarter that scoring may add to decoding."""

Decoder = Callable[[bytes], object]


def by_pillow(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image)


def by_pillow_draft(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SMALL, SMALL))
        return np.asarray(image)


def by_opencv(data: bytes) -> np.ndarray | None:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)


def by_opencv_eighth(data: bytes) -> np.ndarray | None:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_COLOR_8)


def by_simplejpeg_eighth(data: bytes) -> np.ndarray:
    height, width, _, _ = simplejpeg.decode_jpeg_header(data)
    rows, columns = -(-int(height) // 8), -(-int(width) // 8)
    return simplejpeg.decode_jpeg(data, min_height=rows, min_width=columns)


def wide_profile() -> bytes:
    """A profile of other colours than sRGB: the drawn files then have to be converted."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = srgb.index(b"rXYZ"), srgb.index(b"gXYZ")
    srgb[red : red + 4], srgb[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(srgb)


def times(decoders: dict[str, Decoder], files: list[bytes]) -> dict[str, float]:
    """Median milliseconds of processor time of each decoder."""
    spent: dict[str, list[float]] = {name: [] for name in decoders}
    for turn in range(ROUNDS + 1):
        for data in files:
            for name, decoder in decoders.items():
                began = thread_time()
                decoder(data)
                if turn:  # the first turn warms up
                    spent[name].append(1000 * (thread_time() - began))
    return {name: median(values) for name, values in spent.items()}


def main() -> None:
    arguments = kit.parser(__doc__, images=True).parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.images or Path(temporary)
        if not arguments.images:
            kit.write_jpegs(folder, 3, 6000, 4000)
        paths = [path for path in kit.pictures(folder) if path.suffix.lower() != ".png"][:6]
        files = [path.read_bytes() for path in paths]
        by_data = dict(zip(files, paths, strict=True))
        picture = decode.full(paths[0])
        small = decode.thumbnail(picture)
        turned = {data: _with(data, orientation=6) for data in files}
        coloured = {data: _with(data, profile=wide_profile()) for data in files}
        spent = times(
            {
                "simplejpeg": simplejpeg.decode_jpeg,
                "Pillow": by_pillow,
                "OpenCV": by_opencv,
                "decode.full": lambda data: decode.full(by_data[data], data),
                "decode.full, turned by 90°": lambda data: decode.full(paths[0], turned[data]),
                "decode.full, other colours": lambda data: decode.full(paths[0], coloured[data]),
                "simplejpeg 1/8": by_simplejpeg_eighth,
                "Pillow draft": by_pillow_draft,
                "OpenCV 1/8": by_opencv_eighth,
                "decode.quick": lambda data: decode.quick(by_data[data], SMALL),
                "decode.thumbnail": lambda _: decode.thumbnail(picture),
                "area average": lambda _: cv2.resize(
                    picture.pixels, small.shape[1::-1], interpolation=cv2.INTER_AREA
                ),
                "decode.encode_jpeg": lambda _: decode.encode_jpeg(small),
            },
            files,
        )
    bare = spent["simplejpeg"]
    limits = {"decode.full": MOST_OVERHEAD, "decode.thumbnail": MOST_THUMBNAIL}
    width, height = picture.full_size
    note = f"{width} × {height}, {sum(map(len, files)) / len(files) / 1e6:.1f} MB, n = {len(files)}"
    figures = [kit.Figure("simplejpeg (bare decoding)", bare, "ms", note=note)]
    for name, value in spent.items():
        if name != "simplejpeg":
            ratio = value / bare
            figures.append(
                kit.Figure(f"{name} / bare", ratio, most=limits.get(name), note=f"{value:.1f} ms")
            )
    kit.report(figures, arguments.json)


def _with(data: bytes, orientation: int | None = None, profile: bytes | None = None) -> bytes:
    """The same JPEG data with an EXIF block or a colour profile put before it."""
    if orientation is not None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        marker, body = b"\xff\xe1", exif.tobytes()
    else:
        marker, body = b"\xff\xe2", b"ICC_PROFILE\0\x01\x01" + (profile or b"")
    return data[:2] + marker + (len(body) + 2).to_bytes(2, "big") + body + data[2:]


if __name__ == "__main__":
    main()

"""Windows bitmaps whose channels are cut from 16 or 32 bits in an unusual way.

Pillow reads the usual cuts (5-5-5, 5-6-5, 8-8-8-8) and everything else there is of BMP; this reads
any masks, uncompressed ("Windows bitmap file format", BITMAPINFOHEADER with BI_BITFIELDS).
"""

from __future__ import annotations

import struct

import numpy as np

_BITFIELDS, _ALPHA_BITFIELDS = 3, 6


def size(start: bytes) -> tuple[int, int] | None:
    """Width and height, if `start` (64 bytes at least) begins such a bitmap."""
    try:
        about, width, height, _, depth, compression = struct.unpack_from("<IiiHHI", start, 14)
    except struct.error:
        return None
    known = start[:2] == b"BM" and about >= 40 and depth in (16, 32)
    if not known or compression not in (_BITFIELDS, _ALPHA_BITFIELDS):
        return None
    return (width, abs(height)) if width > 0 and height != 0 else None


def pixels(data: bytes) -> np.ndarray:
    """The pixels of a bitmap that `size` knows, as H×W×3 or, with alpha, H×W×4 uint8.

    Raises:
        ValueError, struct.error: the file is cut short or its masks make no sense.
    """
    (offset,) = struct.unpack_from("<I", data, 10)
    about, width, height, _, depth, compression = struct.unpack_from("<IiiHHI", data, 14)
    # The masks follow the 40 bytes of the first version; later versions count them in.
    count = 4 if about >= 56 or compression == _ALPHA_BITFIELDS else 3
    masks = struct.unpack_from(f"<{count}I", data, 54)
    row = (width * depth // 8 + 3) // 4 * 4
    if len(data) < offset + row * abs(height):
        raise ValueError("truncated")
    rows = np.frombuffer(data, np.uint8, row * abs(height), offset).reshape(abs(height), row)
    values = rows[:, : width * depth // 8].view("<u2" if depth == 16 else "<u4").astype(np.uint32)
    if height > 0:
        values = values[::-1]
    planes = [_channel(values, mask) for mask in masks[:3]]
    if count == 4 and masks[3]:
        planes.append(_channel(values, masks[3]))
    return np.ascontiguousarray(np.dstack(planes))


def _channel(values: np.ndarray, mask: int) -> np.ndarray:
    """The bits under `mask`, stretched to 0–255; an absent channel is black."""
    if mask == 0:
        return np.zeros(values.shape, np.uint8)
    shift = (mask & -mask).bit_length() - 1
    top = mask >> shift
    if top & (top + 1):
        raise ValueError("a colour mask with holes")
    return np.rint(((values & mask) >> shift) * (255 / top)).astype(np.uint8)

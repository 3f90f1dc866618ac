"""From any kind of pixels to the one kind that the rest of the program knows: 8-bit sRGB.

Transparency is laid on a neutral grey, more than 8 bits are reduced, palettes, greyscale, CMYK and
Lab become RGB, and colours go through the embedded profile. A broken profile never loses a picture:
it is then shown as if it were sRGB.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from uniqa_desktop import icc
from uniqa_desktop.errors import PhotoError

# Photos are decoded by as many threads as there are cores; OpenCV's own threads on top of them
# would only get in each other's way (and its default is one per core *per call*).
cv2.setNumThreads(1)

NEUTRAL = 119
"""The grey that shows through transparent pixels: L* 50, halfway between black and white."""

_WITH_ALPHA = {"LA", "PA", "RGBA", "RGBa"}
_AS_RGB = {"1", "P", "RGBX", "YCbCr"}
"""Modes that Pillow turns into RGB by itself, with nothing to decide."""


def to_srgb(pixels: np.ndarray, profile: bytes | None) -> np.ndarray:
    """RGB pixels as described by `profile` in sRGB; in place if they can be written to."""
    conversion = icc.rgb_conversion(profile) if profile else None
    if conversion is not None:
        if not pixels.flags.writeable or not pixels.flags.c_contiguous:
            pixels = np.array(pixels, order="C")
        conversion.apply(pixels)
    return pixels


def from_image(image: Image.Image, profile: bytes | None) -> np.ndarray:
    """The pixels of a loaded Pillow image of any mode as H×W×3 uint8 sRGB.

    Args:
        image: with its pixels loaded.
        profile: its embedded ICC profile.

    Raises:
        PhotoError: pixels of a kind that no picture format of ours has.
    """
    mode = image.mode
    if mode.startswith("I") or mode == "F":
        return grey_to_rgb(to_8bit(np.asarray(image)))
    if mode in _WITH_ALPHA or "transparency" in image.info:
        return to_srgb(flatten(np.asarray(image.convert("RGBA"))), profile)
    if mode == "RGB":
        return to_srgb(np.asarray(image), profile)
    if mode in _AS_RGB:
        return to_srgb(np.asarray(image.convert("RGB")), profile)
    if mode == "L" or mode == "CMYK":
        conversion = icc.image_conversion(profile, mode) if profile else None
        converted = conversion.apply(image) if conversion else image.convert("RGB")
        return np.asarray(converted)
    if mode == "LAB":
        return np.asarray(icc.lab_conversion().apply(image))
    raise PhotoError(f"Pictures of this kind ({mode}) are not supported.")


def from_array(pixels: np.ndarray, profile: bytes | None) -> np.ndarray:
    """Pixels of any depth with 1 to 4 channels (grey or RGB, with or without alpha) as sRGB."""
    pixels = to_8bit(pixels)
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 1:
        pixels = grey_to_rgb(pixels)
    elif channels == 2:
        grey = cv2.cvtColor(np.ascontiguousarray(pixels[..., 0]), cv2.COLOR_GRAY2RGBA)
        grey[..., 3] = pixels[..., 1]
        pixels = flatten(grey)
    elif channels == 4:
        pixels = flatten(pixels)
    return to_srgb(pixels, profile)


def grey_to_rgb(pixels: np.ndarray) -> np.ndarray:
    """H×W (or H×W×1) uint8 as H×W×3."""
    return cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_GRAY2RGB)


def flatten(rgba: np.ndarray) -> np.ndarray:
    """H×W×4 uint8 (not premultiplied) laid on the neutral grey, as H×W×3."""
    rgb = cv2.cvtColor(np.ascontiguousarray(rgba), cv2.COLOR_RGBA2RGB)
    alpha = np.ascontiguousarray(rgba[..., 3])
    if cv2.minMaxLoc(alpha)[0] == 255:
        return rgb
    for top in range(0, len(rgb), 256):  # so that the 16-bit products take little memory
        rows = rgb[top : top + 256].astype(np.uint16)
        weight = alpha[top : top + 256, :, None].astype(np.uint16)
        rows *= weight
        rows += NEUTRAL * (255 - weight) + 127
        rgb[top : top + 256] = rows // 255
    return rgb


def to_8bit(pixels: np.ndarray) -> np.ndarray:
    """Samples of any type as uint8.

    16-bit samples are taken to fill their range. Wider integers and floats say nothing of theirs:
    floats up to 1 are fractions of white; else white is the smallest of 255, 65535 and the
    picture's own maximum that holds all values.
    """
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.bool_:
        return pixels.astype(np.uint8) * 255
    if pixels.dtype == np.uint16:
        # v / 257 rounded, without leaving 16 bits.
        return ((pixels - (pixels >> 8) + np.uint16(128)) >> 8).astype(np.uint8)
    samples = np.nan_to_num(pixels.astype(np.float32), nan=0, posinf=0, neginf=0)
    largest = float(samples.max(initial=0))
    floating = np.issubdtype(pixels.dtype, np.floating)
    whites = (1.0, 255.0, 65535.0) if floating else (255.0, 65535.0)
    white = next((white for white in whites if largest <= white), largest)
    samples *= 255 / white
    return np.clip(np.rint(samples), 0, 255).astype(np.uint8)

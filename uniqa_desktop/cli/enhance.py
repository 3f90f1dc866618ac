"""`enhance`: a simple enhancement that a model likes better, into a new file."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from uniqa_desktop import atomic, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.judging import judge
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import PhotoError, WrongUse

if TYPE_CHECKING:
    import numpy as np

_FILE = click.Path(dir_okay=False, path_type=Path)
_FORMATS = {
    ".jpg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".png": ("PNG", {}),
    ".tif": ("TIFF", {"compression": "tiff_lzw"}),
    ".tiff": ("TIFF", {"compression": "tiff_lzw"}),
    ".webp": ("WEBP", {"quality": 95}),
}
_ORIENTATION = 0x0112
_SIDE = 1024
"""Pixels of the longer side of each half of the picture before and after."""
_GAP = 16


@click.command("enhance")
@click.argument("file", type=_FILE)
@click.option("--out", required=True, type=_FILE, help="The new file: .jpg, .png, .tif or .webp.")
@click.option("--before-after", type=_FILE, help="Both side by side, for looking at.")
@click.option("--model", metavar="ID|RUN", help="A model, or the folder of `train mos`.")
@click.option(
    "--by", type=click.Choice(["quality", "aesthetics"]), default="quality", show_default=True
)
@click.option(
    "--steps",
    type=click.IntRange(10, 2000),
    default=160,
    show_default=True,
    help="Variants that are scored at most.",
)
@click.option(
    "--reluctance",
    type=click.FloatRange(0),
    default=3.0,
    show_default=True,
    help="Points that an adjustment of a usual size costs.",
)
@click.option(
    "--balance",
    type=click.FloatRange(0),
    default=10.0,
    show_default=True,
    help="Points for light, contrast or colour outside of the ordinary; 0: the score alone.",
)
@click.option(
    "--margin",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Points to be gained, or nothing is changed.",
)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default=None)
def enhance(
    file: Path,
    out: Path,
    before_after: Path | None,
    model: str | None,
    by: Literal["quality", "aesthetics"],
    steps: int,
    reluctance: float,
    balance: float,
    margin: float,
    device: str | None,
    library: Path,
    json_output: bool,
) -> None:
    """Adjust exposure, contrast, saturation and sharpening of FILE towards a better score.

    The result is a new file; the original is never written. Where nothing better is found, no file
    is made.
    """
    from uniqa_desktop import adjusting, decode
    from uniqa_desktop.jobs.enhance import Wish
    from uniqa_desktop.jobs.enhance import enhance as search

    for target in (out, before_after):
        if target is not None:
            _check_target(target, file)
    if before_after is not None and before_after.absolute() == out.absolute():
        raise WrongUse("--out and --before-after name the same file.")
    scorer = judge(model, device)
    try:
        picture = decode.full(file)
    except PhotoError as error:
        raise WrongUse(f"{paths.display(file)}: {error}") from None
    wish = Wish(by, steps, reluctance, balance, margin)
    with stop_on_interrupt() as stop:
        found = drive(search(picture.pixels, scorer, wish, stop=stop))
    if found is None:
        output.leave(output.INTERRUPTED)
    changed = found.change != adjusting.Adjustment()
    if changed:
        pixels = adjusting.adjusted(picture.pixels, found.change)
        _write(out, pixels, _exif(file))
        if before_after is not None:
            _write(before_after, _side_by_side(picture.pixels, pixels), None)
    names = tuple(adjusting.LIMITS)
    document: dict[str, Any] = {
        "file": paths.display(file),
        "out": paths.display(out) if changed else None,
        "model": scorer.model,
        "change": dict(zip(names, found.change.values, strict=True)),
        "before": round(found.before, 2),
        "after": round(found.after if changed else found.before, 2),
        "gain": round(found.gain, 2),
        "tried": found.tried,
        "source": str(picture.source),
    }
    if json_output:
        output.as_json(document)
    elif changed:
        click.echo(f"{found.change}.")
        click.echo(
            f"{by.capitalize()} by {scorer.model}: {found.before:.1f} → {found.after:.1f} of 100. "
            f"Written to {paths.display(out)}, 8-bit sRGB."
        )
        if picture.source is not decode.Source.FULL:
            click.echo("It was made from the RAW's preview, not from its sensor data.")
    else:
        click.echo(
            f"Nothing better was found: the best of {found.tried} variants ({found.best}) gains "
            f"{found.gain:.1f} points, less than {margin:g}. No file was written."
        )


def _check_target(target: Path, original: Path) -> None:
    """Refuses what would overwrite anything, before any work is done."""
    if target.suffix.lower() not in _FORMATS:
        raise WrongUse(
            f"{target.name} cannot be written: its name has to end with "
            f"{', '.join(sorted(_FORMATS))}."
        )
    if os.path.realpath(target) == os.path.realpath(original):
        raise WrongUse("The original is never overwritten: choose another name for the result.")
    if target.exists():
        raise WrongUse(f"{paths.display(target)} exists already: choose another name.")
    if not target.parent.is_dir():
        raise WrongUse(f"There is no folder {paths.display(target.parent)}.")


def _exif(file: Path) -> bytes | None:
    """What the camera wrote, for upright pixels and without the old thumbnail."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            found = image.getexif()
            if not found:
                return None
            found[_ORIENTATION] = 1
            return found.tobytes()
    except Exception:  # odd metadata are no reason to lose the picture
        return None


def _write(target: Path, pixels: np.ndarray, exif: bytes | None) -> None:
    """Writes the picture in the format of its name, as sRGB, in one step.

    Raises:
        WrongUse: the folder cannot be written to.
        DiskFull: no room.
    """
    from PIL import Image, ImageCms

    kind, options = _FORMATS[target.suffix.lower()]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {} if exif is None else {"exif": exif}
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, icc_profile=profile, **options, **more)
    try:
        atomic.write_bytes(target, file.getvalue())
    except OSError as error:
        raise WrongUse(f"{paths.display(target)} cannot be written ({error.strerror}).") from None


def _side_by_side(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Both at a size to look at, before on the left, on neutral grey."""
    import cv2
    import numpy as np

    from uniqa_desktop.colour import NEUTRAL

    height, width = before.shape[:2]
    ratio = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    halves = [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (before, after)]
    gap = np.full((size[1], _GAP, 3), NEUTRAL, np.uint8)
    return np.concatenate([halves[0], gap, halves[1]], axis=1).astype(np.uint8)

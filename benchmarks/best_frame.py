"""Is the undamaged frame of a burst proposed, and "can't tell" said where nothing differs?

Bursts are made of real photos: five frames, each cut a few pixels aside, with fresh sensor noise
and JPEG compression of its own. In one kind of burst nothing else differs. In the others one frame
is left as it is and four are damaged in steps from the least that is visible: defocus from σ 1.2,
shake from 5 px in any direction, exposure closed by 1 stop and more, noise from σ 12 levels. Blur
and exposure are made in linear light, before noise, as in a camera. A burst counts as right only if
the undamaged frame is proposed; "can't tell" does not. The usual rule beside it takes the frame
with the largest variance of the Laplacian, which always has an answer.

The speed is that of a burst of ten 24-megapixel frames against decoding them, on the same threads.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import kit
import numpy as np
import simplejpeg
from PIL import Image

from uniqa_desktop import decode
from uniqa_desktop.best import looking
from uniqa_desktop.best.choosing import choose
from uniqa_desktop.best.evidence import Evidence

_DAMAGES: Mapping[str, tuple[float, ...]] = {
    "defocus": (1.2, 1.7, 2.4, 3.4),
    "shake": (5, 7, 10, 14),
    "closed exposure": (1, 1.5, 2, 2.5),
    "noise": (12, 16, 20, 26),
    "none": (0, 0, 0, 0),
}
_VISIBLE = ("defocus", "shake", "closed exposure")
"""The kinds that the bound is on."""
_RIGHT, _CANNOT_TELL, _SPEED = 0.97, 0.80, 1.5
_ASIDE = 10
"""Pixels that frames are cut aside at most."""
_SENSOR = 1.5
"""Levels of fresh noise in every frame."""
_LONGEST = 800
_FRAMES, _WIDTH, _HEIGHT = 10, 6000, 4000


def main() -> None:
    parser = kit.parser(__doc__)
    parser.add_argument(
        "--data", type=Path, help="a folder of photos, or of zip files of them, at any depth"
    )
    parser.add_argument("--only", choices=["frames", "speed"], help="one part")
    parser.add_argument("--every", type=int, default=1, help="every n-th photo only")
    parser.add_argument("--tell", action="store_true", help="name each burst that went wrong")
    arguments = parser.parse_args()
    figures: list[kit.Figure] = []
    if arguments.only == "frames" and arguments.data is None:
        parser.error("--only frames needs photos: --data")
    if arguments.only != "speed" and arguments.data is not None:
        figures += _frames(arguments.data, arguments.every, arguments.tell)
    if arguments.only != "frames":
        figures += _speed()
    kit.report(figures, arguments.json)


def _frames(folder: Path, every: int, tell: bool) -> list[kit.Figure]:
    outcomes: dict[str, list[bool]] = {kind: [] for kind in _DAMAGES}
    plain: dict[str, list[bool]] = {kind: [] for kind in _DAMAGES}
    spreads: dict[str, list[float]] = {}
    for number, (name, photo) in enumerate(_photos(folder, every)):
        for place, (kind, steps) in enumerate(_DAMAGES.items()):
            random = np.random.default_rng([number, place])
            frames, whole = _burst(photo, kind, steps, random)
            found = _evidence(frames)
            choice = choose(found)
            right = choice.best is None if kind == "none" else choice.best == whole
            outcomes[kind].append(right)
            if tell and not right:
                print(f"{kind} {name}: {choice.order}, undamaged {whole}, {choice.confidence:.3f}")
            if kind == "none":
                _note(spreads, found)
            else:
                plain[kind].append(_by_laplacian(frames) == whole)
    if not outcomes["none"]:
        raise SystemExit(f"There are no photos at or below {folder}.")
    visible = [right for kind in _VISIBLE for right in outcomes[kind]]
    return [
        kit.Figure(
            "right, damage visible", _share(visible), least=_RIGHT, note=f"n={len(visible)}"
        ),
        *(
            kit.Figure(f"  {kind}", _share(outcomes[kind]), note=f"n={len(outcomes[kind])}")
            for kind in (*_VISIBLE, "noise")
        ),
        *(
            kit.Figure(f"  {kind}, by the Laplacian alone", _share(plain[kind]))
            for kind in (*_VISIBLE, "noise")
        ),
        kit.Figure(
            "can't tell, no difference",
            _share(outcomes["none"]),
            least=_CANNOT_TELL,
            note=f"n={len(outcomes['none'])}",
        ),
        *(
            kit.Figure(f"  repeat error of {cue}", float(np.sqrt(np.mean(values))))
            for cue, values in spreads.items()
        ),
    ]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def _note(spreads: dict[str, list[float]], found: Evidence) -> None:
    """The variance of each cue among frames that do not differ."""
    for cue in found.frames[0].readings:
        values = [frame.readings[cue].value for frame in found.frames if cue in frame.readings]
        spreads.setdefault(cue, []).append(float(np.var(values, ddof=1)))


def _photos(folder: Path, every: int) -> Iterator[tuple[str, np.ndarray]]:
    """Photos of at least 400 pixels along both sides, at most `_LONGEST` along the longer one."""
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in (*kit.SUFFIXES, ".zip") and "robustness" not in file.parts
    ]
    number = 0
    for file in files:
        for name, data in _contents(file):
            with Image.open(io.BytesIO(data)) as image:
                if min(image.size) < 400:
                    continue
                number += 1
                if (number - 1) % every:
                    continue
                image = image.convert("RGB")
                image.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
                yield name, np.asarray(image)


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    if file.suffix.lower() != ".zip":
        yield file.name, file.read_bytes()
        return
    with zipfile.ZipFile(file) as archive:
        for name in sorted(archive.namelist()):
            if Path(name).suffix.lower() in kit.SUFFIXES:
                yield f"{file.name}/{name}", archive.read(name)


def _burst(
    photo: np.ndarray, kind: str, steps: Sequence[float], random: np.random.Generator
) -> tuple[list[decode.Picture], int]:
    """Five frames in random order, and the number of the one without damage."""
    angle = random.uniform(0, np.pi)
    frames = [_frame(photo, kind, step, angle, random) for step in (0, *steps)]
    order = random.permutation(len(frames))
    return [frames[at] for at in order], int(np.flatnonzero(order == 0)[0])


def _frame(
    photo: np.ndarray, kind: str, step: float, angle: float, random: np.random.Generator
) -> decode.Picture:
    levels = photo.astype(np.float32) / 255
    light = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    if step and kind == "defocus":
        light = cv2.GaussianBlur(light, (0, 0), step)
    elif step and kind == "shake":
        light = cv2.filter2D(light, -1, _shake(step, angle), borderType=cv2.BORDER_REFLECT)
    elif kind == "closed exposure":
        light = light * 2.0**-step
    curve = 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055
    levels = np.where(light <= 0.0031308, light * 12.92, curve) * 255
    left, top = (_ASIDE + int(offset) for offset in random.integers(-_ASIDE, _ASIDE + 1, 2))
    height, width = (side - 2 * _ASIDE for side in photo.shape[:2])
    levels = levels[top : top + height, left : left + width]
    deviation = float(np.hypot(_SENSOR, step if kind == "noise" else 0))
    levels = levels + random.normal(0, deviation, levels.shape)
    pixels = np.clip(np.round(levels), 0, 255).astype(np.uint8)
    data = simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels),
        quality=int(random.integers(85, 96)),
        colorsubsampling="420",
    )
    return decode.Picture(simplejpeg.decode_jpeg(data), (width, height), decode.Source.FULL)


def _shake(length: float, angle: float) -> np.ndarray:
    """A line of `length` pixels at that angle, as a kernel that sums to 1."""
    side = 2 * int(np.ceil(length / 2)) + 3
    kernel = np.zeros((side, side), np.float32)
    for along in np.linspace(-(length - 1) / 2, (length - 1) / 2, 400):
        x, y = side // 2 + along * np.cos(angle), side // 2 + along * np.sin(angle)
        column, row = int(x), int(y)
        for more, share in ((0, 1 - x + column), (1, x - column)):
            kernel[row, column + more] += share * (1 - y + row)
            kernel[row + 1, column + more] += share * (y - row)
    return kernel / kernel.sum()


def _evidence(frames: Sequence[decode.Picture]) -> Evidence:
    reference = looking.Reference.of(frames[0])
    looks = [reference.look(frame, itself=frame is frames[0]) for frame in frames]
    return looking.evidence(reference, looks)


def _by_laplacian(frames: Sequence[decode.Picture]) -> int:
    """The usual rule: the largest variance of the Laplacian of the whole picture."""
    found = [
        cv2.Laplacian(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var()
        for frame in frames
    ]
    return int(np.argmax(found))


def _speed() -> list[kit.Figure]:
    with tempfile.TemporaryDirectory() as place:
        files = kit.write_jpegs(Path(place), _FRAMES, _WIDTH, _HEIGHT, distinct=1)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:

            def bare() -> None:
                for _ in pool.map(lambda file: decode.full(file).full_size, files):
                    pass

            def ranked() -> None:
                picture = decode.full(files[0])
                reference = looking.Reference.of(picture)
                first = reference.look(picture, itself=True)
                rest = pool.map(lambda file: reference.look(decode.full(file)), files[1:])
                choose(looking.evidence(reference, [first, *rest]))

            decoding, ranking = kit.seconds(bare, 3), kit.seconds(ranked, 3)
    return [
        kit.Figure("decoding ten 24 MP frames", decoding, "s"),
        kit.Figure("decoding and ranking over decoding", ranking / decoding, "×", most=_SPEED),
    ]


if __name__ == "__main__":
    main()

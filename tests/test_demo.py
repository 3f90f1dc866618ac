"""The demo shoot, drawn small: what a user or a benchmark relies on is really in the files."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import cv2
import exifread
import numpy as np
import pytest
from PIL import Image, ImageOps

from uniqa_desktop import demo
from uniqa_desktop.demo import PICTURES, Damage, DemoPicture, Kind
from uniqa_desktop.demo.drawing import MARKER
from uniqa_desktop.errors import KnownError, WrongUse

SMALL = 180
"""Long side of the test shoot in pixels: small, but every picture is drawn."""

FEW = tuple(p for p in PICTURES if p.scene in ("gull", "skyline") or not p.scene)
"""A burst, a keeper with a shaken retake, and the random bytes: enough to test the folder."""


@pytest.fixture(scope="module")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    drawn = list(demo.draw(folder, long_side=SMALL))
    assert drawn == list(PICTURES)
    return folder


def upright(folder: Path, picture: DemoPicture) -> np.ndarray:
    with Image.open(folder / picture.name) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB")).astype(np.float32)


def sharpness(pixels: np.ndarray) -> float:
    return float(cv2.Laplacian(pixels.mean(axis=2), cv2.CV_32F).var())


def tags(folder: Path, picture: DemoPicture) -> dict[str, object]:
    with (folder / picture.name).open("rb") as file:
        return exifread.process_file(file, details=False)


def readable() -> list[DemoPicture]:
    return [picture for picture in PICTURES if picture.readable]


def bursts() -> list[list[DemoPicture]]:
    members = [picture for picture in PICTURES if picture.kind is Kind.BURST]
    return [list(group) for _, group in itertools.groupby(members, lambda p: p.group)]


def of(damage: Damage) -> list[DemoPicture]:
    """Single frames with this damage, each with the keeper of the same motif."""
    return [p for p in PICTURES if p.damage is damage and p.kind is Kind.SINGLE]


def keeper_of(picture: DemoPicture) -> DemoPicture:
    (keeper,) = [p for p in PICTURES if p.scene == picture.scene and p.damage is Damage.NONE]
    return keeper


# ------------------------------------------------------------------------------ the table


def test_there_are_66_files_of_which_64_can_be_read() -> None:
    assert demo.COUNT == len(PICTURES) == 66
    assert len(readable()) == 64
    assert len({picture.name.lower() for picture in PICTURES}) == 66


def test_two_cameras_on_three_days_in_order() -> None:
    assert len({picture.camera.model for picture in PICTURES}) == 2
    assert len({picture.taken.date() for picture in PICTURES}) == 3
    assert [p.taken for p in PICTURES] == sorted(p.taken for p in PICTURES)


def test_every_burst_has_one_best_frame_and_sub_second_gaps() -> None:
    assert len(bursts()) == 5
    for burst in bursts():
        assert 4 <= len(burst) <= 7
        assert sum(frame.best for frame in burst) == 1
        for earlier, later in itertools.pairwise(burst):
            assert 0 < (later.taken - earlier.taken).total_seconds() < 1


def test_nothing_else_was_taken_within_a_second() -> None:
    for earlier, later in itertools.pairwise(PICTURES):
        if earlier.group is None or earlier.group != later.group:
            assert (later.taken - earlier.taken).total_seconds() > 5


def test_every_kind_of_damage_is_there() -> None:
    assert {picture.damage for picture in PICTURES} == set(Damage)


# ------------------------------------------------------------------------------ the files


def test_the_two_broken_files_cannot_be_read_and_all_others_can(shoot: Path) -> None:
    for picture in PICTURES:
        try:
            with Image.open(shoot / picture.name) as image:
                image.load()
            opened = True
        except OSError:
            opened = False
        assert opened == picture.readable, picture.name


def test_the_camera_data_reads_back(shoot: Path) -> None:
    for picture in readable():
        found = tags(shoot, picture)
        text = {name: str(value) for name, value in found.items()}
        assert text["Image Make"] == picture.camera.make
        assert text["Image Model"] == picture.camera.model
        assert text["EXIF LensModel"] == picture.camera.lens
        assert text["Image ImageDescription"] == "Drawn by UniQA Desktop"
        assert text["EXIF DateTimeOriginal"] == picture.taken.strftime("%Y:%m:%d %H:%M:%S")
        assert text["EXIF SubSecTimeOriginal"] == f"{picture.taken.microsecond // 1000:03d}"
        assert text["EXIF OffsetTimeOriginal"] == "+02:00"
        assert text["EXIF ISOSpeedRatings"] == str(picture.iso)
        shutter = float(found["EXIF ExposureTime"].values[0])
        assert shutter == pytest.approx(picture.shutter, rel=0.05)
        assert float(found["EXIF FNumber"].values[0]) == pytest.approx(picture.aperture)
        assert float(found["EXIF ExposureBiasValue"].values[0]) == pytest.approx(picture.bias)
        assert found["Image Orientation"].values == [picture.orientation]


def test_places_read_back_where_the_camera_knew_them(shoot: Path) -> None:
    known = [picture for picture in readable() if picture.place]
    assert 10 < len(known) < len(readable())
    for picture in readable():
        found = exifread.utils.get_gps_coords(tags(shoot, picture))
        if picture.place is None:
            assert not found
        else:
            expected = (picture.place.latitude, picture.place.longitude)
            assert found == pytest.approx(expected, abs=1e-5)


def test_the_bracket_goes_from_dark_to_bright_and_says_so(shoot: Path) -> None:
    bracket = [picture for picture in PICTURES if picture.kind is Kind.BRACKET]
    assert [picture.bias for picture in bracket] == [-2, 0, 2]
    assert all(str(tags(shoot, p)["EXIF ExposureMode"]) == "Auto Bracket" for p in bracket)
    assert bracket[1].shutter / bracket[0].shutter == 4
    brightness = [upright(shoot, picture).mean() for picture in bracket]
    assert brightness[0] < brightness[1] - 20 < brightness[2] - 40


def test_the_panorama_sweeps_over_one_scene(shoot: Path) -> None:
    sweep = [upright(shoot, picture) for picture in PICTURES if picture.kind is Kind.PANORAMA]
    for left, right in itertools.pairwise(sweep):
        half = left.shape[1] // 2
        assert np.abs(left[:, -half:] - right[:, :half]).mean() < 6
        assert np.abs(left - right).mean() > 10


def test_a_copy_shows_its_original_smaller_or_brighter(shoot: Path) -> None:
    copies = {picture.scene: picture for picture in PICTURES if picture.copy_of}
    small, edited = copies["white_houses"], copies["fronts"]
    for copy in (small, edited):
        (original,) = [picture for picture in PICTURES if picture.name == copy.copy_of]
        assert copy.taken == original.taken
        a, b = upright(shoot, copy), upright(shoot, original)
        fitted = cv2.resize(b, (a.shape[1], a.shape[0]), interpolation=cv2.INTER_AREA)
        assert np.corrcoef(a.ravel(), fitted.ravel())[0, 1] > 0.97
    assert upright(shoot, small).shape[1] == SMALL // 2
    (original,) = [picture for picture in PICTURES if picture.name == edited.copy_of]
    assert upright(shoot, edited).mean() > upright(shoot, original).mean() + 5


def test_turned_pictures_are_stored_lying_and_stand_upright_when_read(shoot: Path) -> None:
    assert {picture.orientation for picture in PICTURES} == {1, 3, 6, 8}
    for picture in readable():
        with Image.open(shoot / picture.name) as image:
            assert image.width > image.height
        shown = upright(shoot, picture)
        assert (shown.shape[0] > shown.shape[1]) == (picture.orientation in (6, 8))


@pytest.mark.parametrize("scene", ["peak", "hills"])
def test_the_sky_is_above_the_land(shoot: Path, scene: str) -> None:
    """A turned picture is turned the right way: hills were stored upside down, the peak lying."""
    (picture,) = [p for p in PICTURES if p.scene == scene and p.damage is Damage.NONE]
    shown = upright(shoot, picture)
    rows = shown.shape[0] // 6
    left, right = shown[:, : shown.shape[1] // 6], shown[:, -shown.shape[1] // 6 :]
    assert sharpness(shown[:rows]) < 0.5 * sharpness(shown[-2 * rows :])
    assert abs(left.mean() - right.mean()) < 60


# ------------------------------------------------------------------------------ the damage


def test_the_best_frame_of_a_burst_is_the_sharpest_with_open_eyes(tmp_path: Path) -> None:
    frames = [picture for burst in bursts() for picture in burst]
    list(demo.draw(tmp_path, long_side=600, pictures=frames))
    for burst in bursts():
        contenders = [p for p in burst if p.damage is not Damage.EYES_CLOSED]
        best = max(contenders, key=lambda p: sharpness(upright(tmp_path, p)))
        assert best.best, best.group


def test_the_subject_of_a_burst_moves(shoot: Path) -> None:
    for burst in bursts():
        first, last = upright(shoot, burst[0]), upright(shoot, burst[-1])
        assert np.abs(first - last).mean() > 1


@pytest.mark.parametrize("damage", [Damage.BLURRED, Damage.SHAKEN])
def test_missed_focus_and_shake_cost_detail(tmp_path: Path, damage: Damage) -> None:
    spoilt = of(damage)
    assert len(spoilt) == 2
    pair = [*spoilt, *map(keeper_of, spoilt)]
    list(demo.draw(tmp_path, long_side=500, pictures=sorted(pair, key=PICTURES.index)))
    for picture in spoilt:
        keeper = upright(tmp_path, keeper_of(picture))
        assert sharpness(upright(tmp_path, picture)) < 0.25 * sharpness(keeper)


def test_dark_frames_are_dark_and_blown_out_ones_white(shoot: Path) -> None:
    for picture in of(Damage.DARK):
        assert upright(shoot, picture).mean() < 0.5 * upright(shoot, keeper_of(picture)).mean()
    for picture in of(Damage.BLOWN_OUT):
        white = (upright(shoot, picture) >= 250).all(axis=2).mean()
        assert white > 0.3
        assert picture.shutter == pytest.approx(8 * keeper_of(picture).shutter)


def test_dull_frames_lack_contrast_and_colour(shoot: Path) -> None:
    for picture in of(Damage.DULL):
        dull, keeper = upright(shoot, picture), upright(shoot, keeper_of(picture))
        assert dull.mean(axis=2).std() < 0.6 * keeper.mean(axis=2).std()
        assert np.ptp(dull, axis=2).mean() < 0.6 * np.ptp(keeper, axis=2).mean()


def test_noisy_frames_are_noisy_in_colour_too(shoot: Path) -> None:
    def noise(pixels: np.ndarray) -> float:
        colour = pixels[..., 0] - pixels[..., 2]
        return float(np.median(np.abs(colour - cv2.medianBlur(colour, 3))))

    for picture in of(Damage.NOISY):
        assert picture.iso == 12800
        keeper = upright(shoot, keeper_of(picture))
        assert noise(upright(shoot, picture)) > 1.5 * noise(keeper)


# ------------------------------------------------------------------------------ the folder


def test_the_same_bytes_every_time(shoot: Path, tmp_path: Path) -> None:
    scenes = {"", "gull", "lake", "fireworks", "pebbles", "night_portrait", "fronts", "skyline"}
    pictures = [picture for picture in PICTURES if picture.scene in scenes]
    list(demo.draw(tmp_path, long_side=SMALL, pictures=pictures))
    for picture in pictures:
        assert (tmp_path / picture.name).read_bytes() == (shoot / picture.name).read_bytes()


def test_a_complete_shoot_is_not_drawn_again(shoot: Path) -> None:
    def stamps() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in shoot.iterdir()}

    before = stamps()
    assert list(demo.draw(shoot, long_side=SMALL)) == list(PICTURES)
    assert stamps() == before


def test_an_interrupted_drawing_is_completed(tmp_path: Path) -> None:
    drawing = demo.draw(tmp_path, long_side=SMALL, pictures=FEW)
    next(drawing)
    drawing.close()
    there = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.JPG")}
    assert there
    assert list(demo.draw(tmp_path, long_side=SMALL, pictures=FEW)) == list(FEW)
    assert all((tmp_path / picture.name).is_file() for picture in FEW)
    assert all((tmp_path / name).stat().st_mtime_ns == stamp for name, stamp in there.items())


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(WrongUse, match="holds other files"):
        next(demo.draw(tmp_path, long_side=SMALL))
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_foreign_file_under_one_of_our_names_is_never_overwritten(tmp_path: Path) -> None:
    list(demo.draw(tmp_path, long_side=SMALL, pictures=FEW))
    mine = tmp_path / FEW[0].name
    mine.write_bytes(b"not from the demo shoot")
    with pytest.raises(WrongUse, match="not part of the demo shoot"):
        list(demo.draw(tmp_path, long_side=SMALL, pictures=FEW))
    list(demo.draw(tmp_path, long_side=SMALL + 20, pictures=FEW[1:]))
    assert mine.read_bytes() == b"not from the demo shoot"


def test_another_size_is_drawn_anew(tmp_path: Path) -> None:
    list(demo.draw(tmp_path, long_side=SMALL, pictures=FEW))
    list(demo.draw(tmp_path, long_side=SMALL + 60, pictures=FEW))
    with Image.open(tmp_path / FEW[0].name) as image:
        assert image.width == SMALL + 60


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError, match="cannot be drawn"):
        next(demo.draw(tmp_path / "file" / "demo", long_side=SMALL))


def test_the_truth_is_told_of_what_lies_in_the_folder(shoot: Path, tmp_path: Path) -> None:
    known = demo.truth(shoot)
    assert list(known.values()) == list(PICTURES)
    assert demo.truth(tmp_path) == {}
    groups = Counter(p.group for p in known.values() if p.group)
    assert groups == {
        "balloons": 4,
        "poppy": 4,
        "sailing": 6,
        "gull": 5,
        "portrait": 5,
        "sunset": 3,
        "dunes": 4,
        "white_houses": 2,
        "fronts": 2,
    }


def test_the_marker_is_hidden(shoot: Path) -> None:
    assert MARKER.startswith(".")
    assert {path.name for path in shoot.iterdir()} == {p.name for p in PICTURES} | {MARKER}

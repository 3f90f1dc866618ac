"""What the frames of a burst say together: the damaged one is found, an equal one is not blamed."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from frames import HEIGHT, WIDTH, frame, scene, taken

from uniqa_desktop import decode
from uniqa_desktop.best import looking
from uniqa_desktop.best.choosing import choose
from uniqa_desktop.best.evidence import Choice, Evidence

SCENE = scene()


def evidence(pictures: Sequence[decode.Picture | str]) -> Evidence:
    first = next(each for each in pictures if not isinstance(each, str))
    reference = looking.Reference.of(first)
    return looking.evidence(
        reference,
        [
            each if isinstance(each, str) else reference.look(each, itself=each is first)
            for each in pictures
        ],
    )


def chosen(*pictures: decode.Picture | str) -> Choice:
    return choose(evidence(pictures))


@pytest.mark.parametrize(
    "damage",
    [{"blur": 1.2}, {"shake": 5}, {"stops": -1}, {"noise": 14}],
    ids=lambda damage: next(iter(damage)),
)
def test_the_frame_without_the_damage_is_proposed_wherever_it_is(damage: dict) -> None:
    for place in range(3):
        pictures = [
            frame(SCENE, aside=(5 * at, -3 * at), seed=at, **({} if at == place else damage))
            for at in range(3)
        ]
        choice = chosen(*pictures)
        assert choice.best == place
        assert choice.confidence > 0.975


def test_frames_that_differ_by_a_shift_and_noise_cannot_be_told_apart() -> None:
    choice = chosen(*(frame(SCENE, aside=(at, 4 * at), seed=at) for at in range(4)))
    assert choice.best is None
    assert len(choice.tied) == 4


def test_two_equal_frames_ahead_of_a_blurred_one_are_both_named() -> None:
    blurred = frame(SCENE, blur=2)
    choice = chosen(frame(SCENE, seed=1), blurred, frame(SCENE, aside=(3, 3), seed=2))
    assert not choice.decided
    assert sorted(choice.tied) == [0, 2]
    assert choice.order[-1] == 1


def test_the_regions_show_the_same_part_of_the_scene() -> None:
    pictures = [frame(SCENE), frame(SCENE, aside=(9, 6)), frame(SCENE, aside=(-8, 4))]
    regions = [region for region in chosen(*pictures).regions if region]
    assert len({(region.width, region.height) for region in regions}) == 1
    first = regions[0]
    for region, (right, down) in zip(regions[1:], ((9, 6), (-8, 4)), strict=True):
        # A frame cut further right shows everything further left.
        assert abs(region.x - (first.x - right)) <= 1
        assert abs(region.y - (first.y - down)) <= 1


def test_a_turned_frame_is_laid_over_and_its_blur_still_seen() -> None:
    turned = taken(np.rot90(frame(SCENE, blur=2).pixels))
    found = evidence([frame(SCENE), turned, frame(SCENE, aside=(4, 2), blur=2, seed=3)])
    assert [each.trouble for each in found.frames] == [None] * 3
    assert choose(found).best == 0
    region = found.frames[1].region
    assert region is not None
    assert region.x + region.width <= HEIGHT
    assert region.y + region.height <= WIDTH


def test_of_the_same_picture_at_two_sizes_the_larger_is_better() -> None:
    large = frame(SCENE)
    small = taken(cv2.resize(large.pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    choice = chosen(small, large)
    assert choice.best == 1
    assert "resolution" in choice.shares


def test_a_frame_of_another_scene_leaves_the_burst_undecided() -> None:
    found = evidence([frame(SCENE), frame(SCENE, blur=2, seed=1), frame(scene(9), seed=2)])
    assert found.frames[2].trouble == looking.ANOTHER_VIEW
    choice = choose(found)
    assert choice.order[-1] == 2
    assert choice.best is None


def test_a_frame_that_cannot_be_read_is_last_and_does_not_stand_in_the_way() -> None:
    found = evidence(["The file is empty.", frame(SCENE, blur=2), frame(SCENE, seed=1)])
    assert choose(found).best == 2
    assert choose(found).order[-1] == 0
    assert found.frames[0].trouble == "The file is empty."


def test_plain_and_tiny_pictures_are_no_reason_to_fail() -> None:
    plain = taken(np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    tiny = taken(np.full((5, 3, 3), 90, np.uint8))
    assert chosen(plain, plain).best is None
    assert chosen(tiny, tiny).best is None


def test_without_a_detector_it_is_said_that_eyes_were_not_compared() -> None:
    found = evidence([frame(SCENE), frame(SCENE, seed=1)])
    assert "model get yunet" in found.absent["eyes"]


def test_a_lost_highlight_counts_only_where_another_frame_holds_it() -> None:
    bright = np.clip(SCENE.astype(int) + 55, 0, 250).astype(np.uint8)
    found = evidence([frame(bright), frame(bright, stops=1.5, seed=1), frame(bright, seed=2)])
    lost = [each.readings["clipping"].value for each in found.frames]
    assert lost[1] < -5
    assert lost[0] > -0.5


def test_the_level_horizon_is_read_and_a_tilt_seen() -> None:
    sea = SCENE.copy()
    sea[: len(sea) // 2] = (200, 205, 210)
    sea[len(sea) // 2 :] //= 3
    middle = (sea.shape[1] / 2, sea.shape[0] / 2)
    tilt = cv2.getRotationMatrix2D(middle, 2.5, 1)
    tilted = cv2.warpAffine(sea, tilt, sea.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
    found = evidence([frame(sea), frame(tilted, seed=1)])
    level, off = (each.readings["horizon"].value for each in found.frames)
    assert level == pytest.approx(0, abs=0.4)
    assert off == pytest.approx(-2.5, abs=0.6)


def test_noise_is_not_taken_for_sharpness() -> None:
    found = evidence([frame(SCENE), frame(SCENE, noise=16, seed=1)])
    clean, noisy = (each.readings["focus"].value for each in found.frames)
    assert noisy - clean < 0.1

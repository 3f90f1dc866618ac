"""Groups as a photographer expects them, from good evidence and from bad."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from series_rows import NOON, Shoot

from uniqa_desktop.bursts import grouping
from uniqa_desktop.bursts.frames import UNKNOWN_TIME
from uniqa_desktop.bursts.group import Kind

BURST, BRACKET, NEAR, EXACT = Kind.BURST, Kind.BRACKET, Kind.NEAR, Kind.EXACT


@pytest.fixture
def shoot() -> Shoot:
    return Shoot()


def test_frames_at_a_camera_s_pace_are_a_burst_and_others_are_not(shoot: Shoot) -> None:
    first = shoot.burst(1, 0, 5)
    shoot.take(2, 30)
    second = shoot.burst(3, 60, 3, gap=0.4)
    assert shoot.told() == [(BURST, tuple(first)), (BURST, tuple(second))]


@pytest.mark.parametrize("looks", [True, False])
def test_two_scenes_within_a_second_are_not_one_burst(shoot: Shoot, looks: bool) -> None:
    first = shoot.burst(1, 0, 4, gap=0.2)
    second = shoot.burst(2, 0.8, 4, gap=0.2)
    assert shoot.told(looks=looks) == [(BURST, tuple(first)), (BURST, tuple(second))]


def test_the_same_thing_again_some_seconds_later_is_a_second_burst(shoot: Shoot) -> None:
    first = shoot.burst(1, 0, 6)
    second = shoot.burst(1, 8.5, 6)
    assert shoot.told() == [(BURST, tuple(first)), (BURST, tuple(second))]


@pytest.mark.parametrize("gap", [0.05, 0.2, 0.6, 1.2, 2.0])
def test_a_slow_burst_is_one_as_well(shoot: Shoot, gap: float) -> None:
    shoot.burst(1, 0, 5, gap=gap)
    assert shoot.told() == [(BURST, (1, 2, 3, 4, 5))]


def test_a_black_frame_does_not_cut_a_burst_nor_belong_to_it(shoot: Shoot) -> None:
    shoot.burst(1, 0, 3)
    shoot.take(9, 0.3)
    shoot.burst(1, 0.4, 3)
    assert shoot.told() == [(BURST, (1, 2, 3, 5, 6, 7))]


def test_like_and_like_again_is_not_chained(shoot: Shoot) -> None:
    """A slow pan: each frame is like the next, the ends show different things."""
    for step in range(60):
        shoot.take(1, 0.1 * step)
    views = [shoot.looks[0].copy() for _ in range(60)]
    ends = Shoot()
    ends.take(1, 0, drift=0)
    ends.take(2, 0, drift=0)
    for step in range(60):
        share = step / 59
        look = (1 - share) * ends.looks[0] + share * ends.looks[1]
        views[step] = look / (look @ look) ** 0.5
    shoot.looks = views
    groups = shoot.groups()
    assert len(groups) > 1
    for group in groups:
        assert len(group.members) < 60
        centre = shoot.looks[group.cover - 1]
        assert min(centre @ shoot.looks[member - 1] for member in group.members) > 0.6


def test_two_cameras_at_once_are_two_bursts(shoot: Shoot) -> None:
    for step in range(4):
        shoot.take(1, 0.1 * step)
        shoot.take(1, 0.1 * step + 0.05, camera="Pocket P5", focal_length=5.2)
    assert shoot.told() == [(BURST, (1, 3, 5, 7)), (BURST, (2, 4, 6, 8))]


def test_the_camera_s_own_mark_decides(shoot: Shoot) -> None:
    shoot.burst(1, 0, 3, burst="A")
    shoot.burst(1, 0.3, 3, burst="B")
    assert shoot.told() == [(BURST, (1, 2, 3)), (BURST, (4, 5, 6))]


def test_numbers_in_the_burst_that_begin_anew_part_two_bursts(shoot: Shoot) -> None:
    for start in (0, 3):
        for number in range(3):
            shoot.take(1, start + 0.5 * number, sequence=number + 1, drive="Continuous", drift=0.2)
    assert shoot.told() == [(BURST, (1, 2, 3)), (BURST, (4, 5, 6))]
    shoot.rows = [row._replace(sequence=None) for row in shoot.rows]
    assert shoot.told() == [(BURST, (1, 2, 3, 4, 5, 6))]


# Brackets


def bracket(shoot: Shoot, seconds: float, steps: list[float], **other: object) -> list[int]:
    gap = other.pop("gap", 0.4)
    return [
        shoot.take(
            1,
            seconds + gap * n,
            **{
                "shutter": 2.0**step / 250,
                "bias": step,
                "lightness": 50 + 8 * step,
                "drift": 0.1 * abs(step),
                **other,
            },
        )
        for n, step in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("steps", "gap"),
    [
        ([-2, 0, 2], 0.3),
        ([0, -1, 1], 0.3),
        ([-3, -2, -1, 0, 1, 2, 3], 0.5),
        ([2, 1.75, 1.5, 1.25, 0.83], 5.0),
        ([1, 0.83, 0.67, 0.5, 0], 14.0),
    ],
)
def test_stepped_exposures_are_a_bracket_never_a_burst(
    shoot: Shoot, steps: list[float], gap: float
) -> None:
    ids = bracket(shoot, 0, steps, gap=gap)
    shoot.burst(2, 60, 3)
    assert shoot.told()[0] == (BRACKET, tuple(ids))


def test_a_camera_s_word_makes_two_frames_a_bracket(shoot: Shoot) -> None:
    bracket(shoot, 0, [-1, 1], drive="Auto bracket")
    assert shoot.told() == [(BRACKET, (1, 2))]


def test_a_bracket_without_exposure_bias_is_told_by_even_steps(shoot: Shoot) -> None:
    bracket(shoot, 0, [-2, 0, 2], bias=0.0)
    assert shoot.told() == [(BRACKET, (1, 2, 3))]


def test_automatic_exposure_that_follows_the_light_is_no_bracket(shoot: Shoot) -> None:
    """Out of a tunnel: every frame has less light let in, and all look as bright."""
    bracket(shoot, 0, [0, -0.4, -0.8, -1.2, -1.6], bias=0.0, lightness=50.0, drift=0.05, gap=0.2)
    assert shoot.told() == [(BURST, (1, 2, 3, 4, 5))]


def test_brackets_one_after_the_other_are_as_many(shoot: Shoot) -> None:
    first = bracket(shoot, 0, [0, -2, 2])
    second = bracket(shoot, 1.2, [0, -2, 2])
    assert shoot.told() == [(BRACKET, tuple(first)), (BRACKET, tuple(second))]


def test_automatic_exposure_that_wavers_is_no_bracket(shoot: Shoot) -> None:
    for n, step in enumerate((0, 0.08, 0.12, 0.05, 0.15)):
        shoot.take(1, 0.1 * n, shutter=2.0**step / 640)
    assert [kind for kind, _ in shoot.told()] == [BURST]


def test_the_cover_of_a_bracket_is_the_frame_as_metered(shoot: Shoot) -> None:
    bracket(shoot, 0, [-2, 0, 2])
    assert [group.cover for group in shoot.groups()] == [2]


# Copies


def test_equal_files_are_exact_duplicates_wherever_they_are(shoot: Shoot) -> None:
    same = {"content": b"same" * 4, "phash": 77}
    shoot.take(1, 0, **same)
    shoot.take(2, 500)
    shoot.take(1, 0, folder="/backup", **same)
    assert shoot.told() == [(EXACT, (1, 3))]
    assert shoot.groups()[0].confidence == 1


def test_a_copy_of_a_burst_frame_joins_the_burst(shoot: Shoot) -> None:
    shoot.burst(1, 0, 3, drift=0.02)
    copied = shoot.rows[1]
    shoot.take(1, 0.1, folder="/backup", content=copied.content, phash=copied.phash)
    assert shoot.told() == [(BURST, (1, 2, 4, 3))]


def test_a_smaller_copy_of_a_photo_is_a_near_duplicate_and_the_larger_one_stands(
    shoot: Shoot,
) -> None:
    shoot.take(1, 0, name="IMG_1-small.JPG", width=1500, height=1000, drift=0)
    shoot.take(1, 0, name="IMG_1.JPG", drift=0.02)
    (group,) = shoot.groups()
    assert (group.kind, set(group.members), group.cover) == (NEAR, {1, 2}, 2)


def test_an_export_without_capture_time_is_found_far_away(shoot: Shoot) -> None:
    shoot.take(1, 0, drift=0)
    shoot.burst(2, 60, 3)
    shoot.take(1, None, camera=None, folder="/export", name="best.png", drift=0.01)
    assert (NEAR, (1, 5)) in shoot.told()


def test_the_same_view_an_hour_later_is_no_copy(shoot: Shoot) -> None:
    shoot.take(1, 0, drift=0.01)
    shoot.take(1, 3600, drift=0.01)
    assert shoot.told() == []


# Bad input


def test_nothing_and_one_photo_alone_make_no_group(shoot: Shoot) -> None:
    assert shoot.told() == []
    shoot.take(1, 0)
    assert shoot.told() == []


def test_without_any_exif_neighbours_by_number_that_look_alike_are_grouped(shoot: Shoot) -> None:
    nothing = dict.fromkeys(
        ("camera", "lens", "focal_length", "aperture", "shutter", "iso", "bias", "drive")
    )
    for scene in (1, 1, 1, 2, 3, 3):
        shoot.take(scene, None, **nothing)
    assert shoot.told() == [(BURST, (1, 2, 3)), (BURST, (5, 6))]


def test_numbers_in_names_count_as_numbers(shoot: Shoot) -> None:
    for number in (9, 10, 11):
        shoot.take(1, None, name=f"frame{number}.png", drift=0.1)
    assert shoot.told() == [(BURST, (1, 2, 3))]


def test_an_instant_that_hundreds_share_says_nothing(shoot: Shoot) -> None:
    """A clock that was reset, or photos that a program saved in one go: likeness alone counts."""
    for scene in range(200):
        shoot.take(scene // 2, 0, drift=0.02)
    groups = shoot.groups()
    assert len(groups) == 100
    assert all(len(group.members) == 2 for group in groups)
    assert not shoot.evidence().frames.timed.any()


def test_sub_seconds_that_never_change_are_not_believed(shoot: Shoot) -> None:
    shoot.burst(1, 0, 4, gap=1.0)
    known = shoot.evidence().frames
    assert known.coarse_cameras() == ["Aurora A1"]
    assert shoot.told() == [(BURST, (1, 2, 3, 4))]


def test_whole_seconds_are_enough_for_a_burst(shoot: Shoot) -> None:
    for n in range(8):
        shoot.take(1, n // 4, has_subseconds=0)
    assert shoot.told() == [(BURST, tuple(range(1, 9)))]


@pytest.mark.parametrize("years", [-45, 1, 30])
def test_a_clock_that_is_years_off_changes_nothing_within_a_camera(
    shoot: Shoot, years: int
) -> None:
    off = years * 366 * 86_400
    ours = shoot.burst(1, off, 4, camera="Pocket P5")
    others = shoot.burst(2, 0, 4)
    assert {frozenset(members) for _, members in shoot.told()} == {
        frozenset(ours),
        frozenset(others),
    }


def test_times_that_run_backwards_are_put_in_order(shoot: Shoot) -> None:
    for n in range(5):
        shoot.take(1, -0.1 * n)
    assert shoot.told() == [(BURST, (5, 4, 3, 2, 1))]


def test_five_thousand_identical_files_are_one_group(shoot: Shoot) -> None:
    view = shoot.take(1, 0)
    row, look = shoot.rows[view - 1], shoot.looks[view - 1]
    shoot.rows = [row._replace(photo=n + 1, name=f"{n}.jpg") for n in range(5000)]
    shoot.looks = [look] * 5000
    ((kind, members),) = shoot.told()
    assert kind is EXACT
    assert len(members) == 5000


def test_five_thousand_frames_of_an_empty_sky_are_grouped(shoot: Shoot) -> None:
    """A time lapse every 20 seconds: all look the same, and each is a moment of its own."""
    view = shoot.take(1, 0)
    row, look = shoot.rows[view - 1], shoot.looks[view - 1]
    shoot.rows = [
        row._replace(
            photo=n + 1, content=n.to_bytes(16, "big"), taken=NOON + 20_000_000 * n, name=f"{n}.jpg"
        )
        for n in range(5000)
    ]
    shoot.looks = [look] * 5000
    assert shoot.told(strictness=60) == []


def test_a_burst_goes_on_in_the_next_folder(shoot: Shoot) -> None:
    shoot.burst(1, 0, 3, folder="/DCIM/100CANON")
    shoot.burst(1, 0.3, 3, folder="/DCIM/101CANON")
    assert shoot.told() == [(BURST, (1, 2, 3, 4, 5, 6))]


def test_frames_of_another_size_or_turned_may_belong(shoot: Shoot) -> None:
    shoot.take(1, 0)
    shoot.take(1, 0.1, width=3000, height=2000)
    shoot.take(1, 0.2, width=4000, height=6000)
    assert shoot.told() == [(BURST, (1, 2, 3))]


def test_photos_without_features_are_compared_by_hash(shoot: Shoot) -> None:
    shoot.burst(1, 0, 4)
    shoot.looks[2] = shoot.looks[2] * 0
    assert shoot.told() == [(BURST, (1, 2, 3, 4))]


# Strictness and confidence


def test_more_strictness_never_groups_more_pairs(shoot: Shoot) -> None:
    for scene in range(12):
        for n in range(4):
            shoot.take(scene, 20 * scene + 0.3 * n * (1 + scene), drift=0.05 * n)
    known = shoot.evidence()
    grouped = [
        sum(len(group.members) for group in grouping.regroup(known, strictness))
        for strictness in (0, 25, 50, 75, 100)
    ]
    assert grouped == sorted(grouped, reverse=True)
    assert grouped[0] > grouped[-1]


def test_a_clear_burst_is_surer_than_a_doubtful_one(shoot: Shoot) -> None:
    shoot.burst(1, 0, 4, drift=0.01)
    shoot.burst(2, 100, 4, gap=2.5, drift=0.2)
    clear, doubtful = shoot.groups(strictness=30)
    assert 0 < doubtful.confidence < clear.confidence <= 1


@pytest.mark.parametrize("strictness", [-1, 100.5])
def test_a_strictness_beyond_its_range_is_refused(shoot: Shoot, strictness: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        shoot.groups(strictness)


PHOTOS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.one_of(st.none(), st.floats(-5, 60, allow_nan=False)),
        st.sampled_from(["Aurora A1", "Pocket P5", None]),
        st.sampled_from([None, -1.0, 0.0, 1.0]),
        st.floats(0, 0.6),
        st.sampled_from([b"a" * 16, None]),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(photos=PHOTOS, strictness=st.integers(0, 100), looks=st.booleans())
def test_every_photo_is_in_one_group_at_most_whatever_is_known(
    photos: list[tuple], strictness: int, looks: bool
) -> None:
    shoot = Shoot()
    for scene, seconds, camera, bias, drift, content in photos:
        given_ = {"content": content} if content else {}
        shoot.take(scene, seconds, camera=camera, bias=bias, drift=drift, **given_)
    groups = shoot.groups(strictness, looks=looks)
    members = [photo for group in groups for photo in group.members]
    assert len(members) == len(set(members))
    for group in groups:
        assert len(group.members) >= 2
        assert group.cover in group.members
        assert 0 <= group.confidence <= 1
    assert shoot.groups(strictness, looks=looks) == groups


def test_unknown_time_is_the_least_of_all_times() -> None:
    assert UNKNOWN_TIME < -(2**61)

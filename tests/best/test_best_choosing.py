"""Weighing readings: order, what is too close to call, and which weights would turn the choice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.best import saving
from uniqa_desktop.best.choosing import choose
from uniqa_desktop.best.cues import BY_ID, CUES, WEIGHTS
from uniqa_desktop.best.evidence import Box, Evidence, Frame, Reading
from uniqa_desktop.best.reasons import reasons


def burst(*frames: dict[str, float], error: float = 0.01) -> Evidence:
    return Evidence(
        tuple(
            Frame({cue: Reading(value, error) for cue, value in readings.items()})
            for readings in frames
        )
    )


readings = st.fixed_dictionaries(
    {cue: st.floats(-6, 0) for cue in ("focus", "shake", "exposure", "noise")}
)


@settings(max_examples=60, deadline=None)
@given(st.lists(readings, min_size=2, max_size=6))
def test_each_switch_is_where_the_choice_turns(frames: list[dict[str, float]]) -> None:
    evidence = burst(*frames)
    choice = choose(evidence)
    for switch in choice.switches:
        rest = {cue: share for cue, share in choice.shares.items() if cue != switch.cue}
        whole = sum(rest.values())
        for step, turned in ((1e-4, False), (-1e-4, True)):
            share = switch.share + (step if switch.below else -step)
            if not 0 <= share < 1:
                continue
            weights = {cue: value / whole * (1 - share) for cue, value in rest.items()}
            scores = choose(evidence, weights={**weights, switch.cue: share}).scores
            first, winner = scores[choice.order[0]], scores[switch.winner]
            assert first is not None
            assert winner is not None
            assert (winner > first - 1e-9) if turned else (first > winner - 1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(readings, min_size=1, max_size=6), st.randoms())
def test_the_order_of_frames_does_not_matter(frames: list[dict], random) -> None:
    places = list(range(len(frames)))
    random.shuffle(places)
    straight = choose(burst(*frames))
    mixed = choose(burst(*(frames[place] for place in places)))
    assert straight.decided == mixed.decided
    if straight.best is not None:
        assert places[mixed.order[0]] == straight.best


def test_a_difference_within_the_error_is_not_decided() -> None:
    frames = {"focus": 0.0}, {"focus": -1.0}
    assert choose(burst(*frames, error=0.05)).best == 0
    assert choose(burst(*frames, error=0.8)).best is None


def test_a_difference_that_nobody_sees_is_not_decided_however_sure() -> None:
    unseen = BY_ID["focus"].noticeable * 0.6
    choice = choose(burst({"focus": 0.0}, {"focus": -unseen}, error=0.0001))
    assert choice.best is None
    assert choice.confidence == 0.5


def test_scores_count_only_where_all_frames_have_them() -> None:
    evidence = burst({"focus": 0.0}, {"focus": 0.0})
    good, poor = {"quality": 90.0, "taste": None}, {"quality": 40.0, "taste": 80.0}
    choice = choose(evidence, scores=[poor, good])
    assert choice.best == 1
    assert "taste" not in choice.shares
    assert "quality" not in choose(evidence, scores=[poor, {"quality": None}]).shares


def test_a_weight_of_zero_takes_a_cue_out() -> None:
    evidence = burst({"focus": 0.0, "exposure": -3.0}, {"focus": -2.0, "exposure": 0.0})
    assert choose(evidence, weights={"focus": 1.0}).best == 0
    assert choose(evidence, weights={"exposure": 1.0}).best == 1
    assert choose(evidence, weights={}).best is None


def test_reasons_tell_by_how_much_and_what_would_turn_the_choice() -> None:
    evidence = burst({"focus": 0.0, "exposure": -1.0}, {"focus": -1.0, "exposure": 0.0})
    choice = choose(evidence)
    said = [str(reason) for reason in reasons(evidence, choice, ["#1", "#2"])]
    assert said[0] == "Sharper by 41 % on the subject than #2."
    assert said[1] == "But #2 is better in this: #1 is 1.0 stops darker."
    turn = next(each for each in choice.switches if each.cue == "focus")
    assert f"#2 wins if sharpness on the subject counts less than {turn.share:.2f}." in said


def test_every_cue_can_be_told_and_has_a_weight() -> None:
    assert set(WEIGHTS) == {cue.id for cue in CUES}
    for cue in CUES:
        evidence = burst({cue.id: -1.0}, {cue.id: -9.0})
        said = reasons(evidence, choose(evidence), ["one", "two"])
        assert "two" in str(said[0])
        assert "{" not in str(said[0])


def test_an_undecided_burst_names_the_frames_and_why() -> None:
    same = burst({"focus": 0.0}, {"focus": 0.0}, {"focus": -5.0})
    said = str(reasons(same, choose(same), ["#1", "#2", "#3"])[0])
    assert said == "Can't tell #1, #2 apart: no difference between them can be seen."
    broken = Evidence((Frame(trouble="The file is empty."),) * 2)
    assert choose(broken).best is None
    assert str(reasons(broken, choose(broken), ["#1", "#2"])[0]).startswith("None of the frames")


def test_a_frame_alone_is_proposed() -> None:
    evidence = Evidence((Frame(trouble="The file is empty."), Frame({"focus": Reading(0, 0)})))
    choice = choose(evidence)
    assert choice.best == 1
    assert "only frame" in str(reasons(evidence, choice, ["#1", "#2"])[0])


def test_evidence_comes_back_from_json_in_any_order_of_frames() -> None:
    frames = (
        Frame({"focus": Reading(-0.25, 0.5)}, Box(1, 2, 3, 4)),
        Frame(trouble="It shows another view.", elsewhere=True),
        Frame({"focus": Reading(-0.75, 0.5)}),
    )
    evidence = Evidence(frames, {"eyes": "no face"})
    names = [b"a" * 16, b"b" * 16, b"a" * 16]
    text = saving.to_json(evidence, names)
    assert saving.from_json(text, names) == evidence
    back = saving.from_json(text, [names[1], names[0], names[2]])
    assert back.frames == (frames[1], frames[0], frames[2])
    assert saving.key(names, False) == saving.key(names[::-1], False) != saving.key(names, True)

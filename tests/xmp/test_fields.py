"""What sidecars of Lightroom, darktable and digiKam mean, and what is written for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.photo import Flag, Label, Verdict
from uniqa_desktop.xmp import fields
from uniqa_desktop.xmp.fields import Fields, Said
from uniqa_desktop.xmp.packet import Packet

verdicts = st.builds(Verdict, st.sampled_from(Flag), st.integers(0, 5), st.sampled_from(Label))
anything = st.builds(
    Fields,
    rating=st.none() | st.integers(-1, 7),
    label=st.none() | st.sampled_from(["Red", "Rot", "Kunde A", "", "To Do"]),
    colour_labels=st.none() | st.lists(st.integers(0, 6), max_size=3).map(tuple),
    colour_label=st.none() | st.integers(0, 9),
    pick_label=st.none() | st.integers(0, 4),
    media_pick=st.none() | st.integers(-1, 1),
    media_good=st.none() | st.sampled_from(["true", "false", "True"]),
)


@given(verdicts, anything)
def test_what_was_written_is_read_again(verdict: Verdict, there: Fields) -> None:
    wanted = fields.stated(verdict, there)
    packet = Packet()
    fields.write(packet, wanted)
    found = fields.read(Packet(packet.to_bytes()))
    assert found == Fields.from_json(wanted.to_json() | {"media_good": None}) or (
        wanted.colour_labels == ()
    )
    said = fields.said(found).on(Verdict())
    assert said.flag is verdict.flag
    assert said.stars == (0 if verdict.flag is Flag.REJECT else verdict.stars)
    if verdict.label is not Label.NONE:
        assert said.label is verdict.label


@given(verdicts, anything)
def test_writing_the_same_verdict_twice_changes_nothing(verdict: Verdict, there: Fields) -> None:
    once = fields.stated(verdict, there)
    assert fields.stated(verdict, once) == once


@given(verdicts)
def test_fields_travel_as_json(verdict: Verdict) -> None:
    wanted = fields.stated(verdict, Fields())
    assert Fields.from_json(wanted.to_json()) == wanted


def test_an_undecided_photo_gets_no_properties() -> None:
    assert fields.stated(Verdict(), Fields()) == Fields()


def test_each_program_finds_its_own_words() -> None:
    found = fields.stated(Verdict(Flag.PICK, 4, Label.PURPLE), Fields())
    assert found == Fields(4, "Purple", (4,), 6, 3, 1)
    found = fields.stated(Verdict(Flag.REJECT, 4, Label.NONE), Fields())
    assert found == Fields(rating=-1, pick_label=1, media_pick=-1)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (Fields(rating=3), Said(stars=3)),
        (Fields(rating=0), Said(stars=0)),
        (Fields(rating=-1), Said(flag=Flag.REJECT)),
        (Fields(rating=7), Said()),
        (Fields(label="Rot"), Said(label=Label.RED)),
        (Fields(label="GRÜN"), Said(label=Label.GREEN)),
        (Fields(label="To Do"), Said(label=Label.PURPLE)),
        (Fields(label="Kunde A"), Said()),
        (Fields(colour_labels=(2, 3)), Said(label=Label.GREEN)),
        (Fields(colour_label=5), Said(label=Label.BLUE)),
        (Fields(colour_label=2), Said()),
        (Fields(pick_label=2, media_pick=0), Said(flag=Flag.MAYBE)),
        (Fields(pick_label=3), Said(flag=Flag.PICK)),
        (Fields(media_pick=-1), Said(flag=Flag.REJECT)),
        (Fields(media_good="true"), Said(flag=Flag.PICK)),
    ],
)
def test_the_dialects_are_understood(there: Fields, said: Said) -> None:
    assert fields.said(there) == said


def test_a_change_outside_counts_more_than_what_was_left_behind() -> None:
    base = fields.stated(Verdict(Flag.REJECT, 0, Label.RED), Fields())
    in_lightroom = Fields.from_json(base.to_json() | {"rating": 4, "label": "Blue"})
    assert fields.said(in_lightroom, base) == Said(Flag.NONE, 4, Label.BLUE)
    in_digikam = Fields.from_json(base.to_json() | {"rating": 0, "pick_label": 3})
    assert fields.said(in_digikam, base).flag is Flag.PICK
    unlabelled = Fields.from_json(base.to_json() | {"label": None})
    assert fields.said(unlabelled, base).label is Label.NONE


def test_words_of_the_users_own_are_kept_until_a_colour_replaces_them() -> None:
    there = Fields(label="Kunde A", colour_label=9, rating=2)
    kept = fields.stated(Verdict(Flag.NONE, 5, Label.NONE), there)
    assert (kept.label, kept.colour_label, kept.rating) == ("Kunde A", 9, 5)
    replaced = fields.stated(Verdict(Flag.NONE, 5, Label.BLUE), there)
    assert (replaced.label, replaced.colour_label) == ("Blue", 5)


def test_a_name_in_another_language_is_not_translated() -> None:
    assert fields.stated(Verdict(label=Label.RED), Fields(label="Rot")).label == "Rot"
    assert fields.stated(Verdict(label=Label.RED), Fields(colour_labels=(0, 3))).colour_labels == (
        0,
        3,
    )

"""Which keys commands have: the table, profiles, the user's own, and what the settings say."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from uniqa_desktop import settings
from uniqa_desktop.gui.actions import COMMANDS, Command
from uniqa_desktop.gui.key_profiles import PROFILES
from uniqa_desktop.gui.keymap import Keymap, is_free, portable

settings_of_tests = hypothesis_settings(max_examples=50, deadline=None)
BY_ID = {command.id: command for command in COMMANDS}
PICK, GRID, LOUPE = BY_ID["flag_pick"], BY_ID["show_grid"], BY_ID["show_loupe"]
TAB = BY_ID["next_undecided"]


def all_keys(keymap: Keymap) -> list[str]:
    return [key for command in COMMANDS for key in keymap.keys(command) + keymap.other_way(command)]


def test_without_a_profile_the_keys_are_those_of_the_table() -> None:
    keymap = Keymap.of()
    assert all(keymap.keys(command) == command.keys for command in COMMANDS)
    assert all(keymap.other_way(command) == command.other_way for command in COMMANDS)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_names_commands_and_gives_each_key_once(profile: str) -> None:
    keymap, keys = Keymap.of(profile), PROFILES[profile].keys
    assert set(keys) <= set(BY_ID)
    for id, wanted in keys.items():
        assert keymap.keys(BY_ID[id]) == tuple(portable(key) for key in wanted), id
        assert all(is_free(BY_ID[id], key) for key in wanted), id
    found = all_keys(keymap)
    assert len(found) == len(set(found))


def test_every_verdict_keeps_a_key_in_every_profile() -> None:
    verdicts = [c for c in COMMANDS if c.id.startswith(("flag_", "stars_", "label_"))]
    for profile in PROFILES:
        assert [c.id for c in verdicts if not Keymap.of(profile).keys(c)] == []


def test_photo_mechanic_tags_with_t_and_rates_with_ctrl() -> None:
    keymap = Keymap.of("photo_mechanic")
    assert keymap.owner("T") is PICK
    assert keymap.owner("Ctrl+3") is BY_ID["stars_3"]
    assert keymap.owner("3") is BY_ID["label_green"]


def test_a_key_that_is_given_away_leaves_the_command_that_had_it() -> None:
    keymap = Keymap.of().with_keys(PICK, ("G", "P"))
    assert keymap.keys(PICK) == ("G", "P")
    assert keymap.owner("G") is PICK
    assert keymap.keys(GRID) == ()
    assert keymap.is_own(GRID)
    assert keymap.is_own(PICK)


def test_the_opposite_of_auto_advance_follows_a_flags_key() -> None:
    keymap = Keymap.of().with_keys(PICK, ("B",))
    assert keymap.other_way(PICK) == ("Alt+B", "Shift+B")
    taken = keymap.with_keys(LOUPE, ("Shift+B",))
    assert taken.other_way(PICK) == ("Alt+B",)


def test_a_reset_takes_the_key_back() -> None:
    keymap = Keymap.of().with_keys(PICK, ("G",)).without_own(GRID)
    assert keymap.keys(GRID) == ("G",)
    assert keymap.keys(PICK) == ()
    assert keymap.without_own(PICK).own == {}


def test_own_keys_stay_when_the_profile_changes() -> None:
    keymap = Keymap.of().with_keys(LOUPE, ("T",)).with_profile("photo_mechanic")
    assert keymap.owner("T") is LOUPE
    assert keymap.keys(PICK) == ("P",), "the profile's T is given away"
    assert keymap.keys(BY_ID["stars_1"]) == ("Ctrl+1",)


@pytest.mark.parametrize("key", ["Left", "Return", "Space", "Esc", "Tab", "Shift+Down", "Ctrl+End"])
def test_keys_that_the_views_need_cannot_be_given_away(key: str) -> None:
    assert not is_free(PICK, key)
    assert is_free(TAB, "Tab")


@pytest.mark.parametrize(
    "key", ["", "Foo", "Ctrl+", "Ctrl+K, Ctrl+L", "Shift", "CapsLock", "Ctrl+Foo"]
)
def test_what_is_no_single_stroke_is_no_key(key: str) -> None:
    assert portable(key) == ""


@settings_of_tests
@given(
    st.dictionaries(
        st.sampled_from(["flag_pick", "show_grid", "nobody"]) | st.text(max_size=5),
        st.lists(
            st.sampled_from(["G", "Ctrl+K", "Foo", "Left", "", "é", "6"]) | st.text(max_size=4)
        )
        | st.integers()
        | st.none(),
        max_size=6,
    ),
    st.sampled_from([*PROFILES, "", "Capture One"]),
)
def test_whatever_the_settings_say_each_key_has_one_command(own: dict, profile: str) -> None:
    found = all_keys(Keymap.stored(profile, own))
    assert len(found) == len(set(found))
    assert "" not in found


@settings_of_tests
@given(st.lists(st.tuples(st.sampled_from(COMMANDS), st.sampled_from("PGXEF61"), st.booleans())))
def test_whatever_is_changed_each_key_has_one_command(
    changes: list[tuple[Command, str, bool]],
) -> None:
    keymap = Keymap.of("darktable")
    for command, key, reset in changes:
        keymap = keymap.without_own(command) if reset else keymap.with_keys(command, (key,))
        assert reset or keymap.owner(key) is command
    found = all_keys(keymap)
    assert len(found) == len(set(found))
    own = {id: list(keys) for id, keys in keymap.own.items()}
    assert all_keys(Keymap.stored("darktable", own)) == found, "as the settings keep it"


def test_damaged_settings_are_left_out_and_said_in_the_log(caplog, home) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    keys = {"no_such_command": ["Q"], "flag_pick": ["B", "Foo", 7, "Left"], "show_grid": "G"}
    file.write_text(json.dumps({"key_profile": "emacs", "keys": keys}), encoding="utf-8")
    chosen = settings.load()
    with caplog.at_level(logging.WARNING):
        keymap = Keymap.stored(chosen.key_profile, chosen.keys)
    assert keymap.profile == "uniqa"
    assert keymap.keys(PICK) == ("B",)
    assert keymap.keys(GRID) == ("G",)
    for word in ("emacs", "no_such_command", "Foo", "show_grid"):
        assert word in caplog.text


def test_keys_of_the_wrong_type_are_the_defaults(home) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"keys": ["P"], "text_size": "big", "language": 3}', encoding="utf-8")
    chosen = settings.load()
    assert (chosen.keys, chosen.text_size, chosen.language) == ({}, 100, "system")

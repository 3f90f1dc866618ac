from __future__ import annotations

import json
from pathlib import Path

from uniqa_desktop import settings


def test_what_is_saved_is_loaded_again() -> None:
    chosen = settings.Settings(model="uniqa-vitb16", theme="light").with_recent(Path("/photos/a"))
    settings.save(chosen)
    assert settings.load() == chosen


def test_without_a_file_the_defaults_hold() -> None:
    assert settings.load() == settings.Settings()


def test_keys_of_a_later_version_survive_a_save() -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"theme": "dark", "from_the_future": [1, 2]}')
    settings.save(settings.load())
    assert json.loads(file.read_text())["from_the_future"] == [1, 2]


def test_a_damaged_file_is_kept_and_the_defaults_hold() -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text("{not json")
    assert settings.load() == settings.Settings()
    assert file.with_suffix(".json.damaged").read_text() == "{not json"


def test_a_value_of_the_wrong_type_falls_back_alone() -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"theme": 7, "device": "cpu"}')
    loaded = settings.load()
    assert (loaded.theme, loaded.device) == ("system", "cpu")


def test_recent_folders_are_unique_newest_first_and_bounded() -> None:
    chosen = settings.Settings()
    for number in [*range(settings.RECENT_FOLDERS + 3), 5]:
        chosen = chosen.with_recent(Path(f"/photos/{number}"))
    assert chosen.recent_folders[:2] == [Path("/photos/5"), Path("/photos/10")]
    assert len(chosen.recent) == settings.RECENT_FOLDERS == len(set(chosen.recent))

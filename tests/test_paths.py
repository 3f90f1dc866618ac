from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop import paths


@given(st.binary(min_size=1, max_size=40))
def test_any_unix_name_survives_as_text(raw: bytes) -> None:
    name = os.fsdecode(raw)
    text = paths.to_text(name)
    text.encode("utf-8")
    assert paths.from_text(text) == name


@given(st.text(max_size=40).filter(lambda text: not text.startswith("bytes:/")))
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert paths.to_text(name) == name == paths.from_text(name)


def test_display_never_raises_and_shows_the_bytes() -> None:
    assert paths.display(os.fsdecode(b"/photos/caf\xe9.jpg")) == "/photos/caf\\xe9.jpg"


def test_uniqa_home_moves_every_folder(home: Path) -> None:
    for folder in (paths.data_dir(), paths.cache_dir(), paths.config_dir(), paths.log_dir()):
        assert folder.is_relative_to(home)


def test_resources_are_found_and_their_absence_is_an_error() -> None:
    assert (paths.bundled("resources") / "icons").is_dir()
    with pytest.raises(FileNotFoundError, match="no-such-thing"):
        paths.bundled("no-such-thing")

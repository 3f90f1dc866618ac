"""The table of models and the prompts: data that has to be right."""

from __future__ import annotations

import subprocess
import sys

import pytest

from uniqa_desktop import crops, prompts, settings, weights
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.weights import MODELS, Output


def test_the_default_is_first_and_needs_no_file() -> None:
    assert MODELS[0].id == settings.DEFAULT_MODEL == "uniqa-mini"
    assert not MODELS[0].needs_file


def test_ids_are_unique_and_found() -> None:
    assert len({row.id for row in MODELS}) == len(MODELS)
    assert all(weights.get(row.id) is row for row in MODELS)


def test_an_unknown_id_is_wrong_use_that_names_the_known_ones() -> None:
    with pytest.raises(WrongUse, match="attributes-1"):
        weights.get("uniqua")


def test_uniqa_forbids_commercial_use_and_tells_how_to_get_it() -> None:
    row = weights.get("uniqa-vitb16")
    assert row.licence.must_be_accepted
    assert row.hub is None
    assert row.source.startswith("https://drive.google.com/")
    assert len(row.steps) == 3
    assert row.prompts == "ensemble"


def test_every_model_with_a_file_says_how_it_is_fed() -> None:
    for row in MODELS:
        if row.needs_file:
            assert row.preprocessing is not None
            assert row.crops in crops.POLICIES
            assert row.prompts in prompts.QUALITY_SETS
            assert Output.SEARCH in row.scores
            assert row.source.startswith("https://")


def test_published_files_are_recognised_by_hash() -> None:
    sha256 = "5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f"
    assert weights.recognised(sha256) is weights.get("clip-vit-b-16")
    assert weights.recognised("0" * 64) is None


def test_prompt_sets_have_the_authors_groups() -> None:
    assert [len(prompts.quality_set(name).groups) for name in ("base", "ensemble", "content")] == [
        1,
        4,
        2,
    ]
    assert all(group[2] == "fair image" for group in prompts.ENSEMBLE.groups)
    assert prompts.BASE.groups[0] == prompts.ENSEMBLE.groups[0] == prompts.CONTENT.groups[0]


def test_quality_and_aesthetics_share_no_group() -> None:
    assert not set(prompts.ENSEMBLE.groups) & set(prompts.AESTHETICS.groups)


def test_prompt_hashes_depend_on_words_and_order() -> None:
    one = prompts.texts_hash(["a", "b"])
    assert one == prompts.texts_hash(("a", "b"))
    assert one != prompts.texts_hash(["b", "a"])
    assert one != prompts.texts_hash(["ab"])


def test_the_table_is_listed_without_any_heavy_library() -> None:
    code = (
        "import sys; import uniqa_desktop.weights, uniqa_desktop.installed;"
        "print([m for m in ('torch', 'numpy', 'open_clip', 'PySide6') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

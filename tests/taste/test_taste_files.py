"""Tastes as files: what comes back is what went out; damaged and foreign ones are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tasting import drawn, seen
from tiny_models import needs_torch

from uniqa_desktop.adapter import Adapter
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.taste import files, posterior
from uniqa_desktop.taste.files import Learned
from uniqa_desktop.taste.observations import Evidence
from uniqa_desktop.taste.space import Space

SPACE = Space.of(*drawn(60))
PHOTOS = seen(60)


@pytest.fixture
def learned() -> Learned:
    values = np.random.default_rng(0).integers(0, 5, 20) / 4
    fitted = posterior.fit(PHOTOS.of(np.arange(20)), Evidence.of(values))
    return Learned(SPACE, fitted.posterior)


def adapter(width: int = 8) -> Adapter:
    random = np.random.default_rng(0)
    return Adapter(
        np.linspace(0.2, 1, 5, dtype=np.float32),
        random.normal(0, 1, (width // 2, width)).astype(np.float32),
        random.normal(0, 1, (width, width // 2)).astype(np.float32),
    )


def test_a_taste_comes_back_as_it_was(learned: Learned, tmp_path: Path) -> None:
    written = files.write(tmp_path / "mine.safetensors", learned, {"profile": "Mine"})
    assert [path.name for path in written] == ["mine.safetensors", "mine.json"]
    again, card = files.read(tmp_path / "mine.safetensors")
    assert card["profile"] == "Mine"
    assert again.method == files.POSTERIOR
    assert learned.posterior is not None
    assert again.posterior is not None
    assert (again.posterior.latent(PHOTOS) == learned.posterior.latent(PHOTOS)).all()
    assert again.to_bytes() == learned.to_bytes()


def test_damaged_cut_and_foreign_files_are_refused(learned: Learned, tmp_path: Path) -> None:
    path = tmp_path / "mine.safetensors"
    files.write(path, learned, {})
    good = path.read_bytes()
    for bad in (b"", b"not a taste", good[: len(good) // 2], good[:40]):
        path.write_bytes(bad)
        with pytest.raises(WeightsError, match=r"mine\.safetensors"):
            files.read(path)
    path.write_bytes(good)
    path.with_suffix(".json").write_text(json.dumps({"form": "something else"}))
    with pytest.raises(WeightsError, match="no taste of this program"):
        files.read(path)
    path.with_suffix(".json").unlink()
    with pytest.raises(WeightsError, match=r"\.json card"):
        files.read(path)


def test_numbers_that_are_none_are_refused(learned: Learned) -> None:
    assert learned.posterior is not None
    learned.posterior.alpha[0] = np.nan
    with pytest.raises(WeightsError, match="not a number"):
        Learned.of_bytes(learned.to_bytes(), "mine")


@needs_torch
@pytest.mark.parametrize("name", ["mine.pth", "mine.safetensors"])
def test_an_adapter_travels_in_the_authors_form(name: str, tmp_path: Path) -> None:
    adapter().save(tmp_path / name)
    again = files.read_adapter(tmp_path / name, 8)
    assert (again.down == adapter().down).all()
    with pytest.raises(WeightsError, match="fits features of 8 numbers"):
        files.read_adapter(tmp_path / name, 512)


@needs_torch
def test_a_taste_by_adapter_can_be_exported_for_the_authors_code(
    learned: Learned, tmp_path: Path
) -> None:
    import torch

    one = Learned(SPACE, adapter=adapter())
    assert one.method == files.ADAPTER
    files.write(tmp_path / "net.pth", one, {})
    stored = torch.load(tmp_path / "net.pth", weights_only=True)
    assert set(stored) == {"params"}
    assert Learned.of_bytes(one.to_bytes(), "x").method == files.ADAPTER
    with pytest.raises(WrongUse, match="Only a taste learned by UniQA's adapter"):
        files.write(tmp_path / "mine.pth", learned, {})

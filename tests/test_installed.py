"""Installing, listing, using and removing models: all or nothing, with a card of the origin."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop import atomic, settings, weights
from uniqa_desktop.errors import DiskFull, WeightsError, WrongUse
from uniqa_desktop.installed import Models

pytestmark = tiny.needs_torch


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    return tiny.vit_arrays()


@pytest.fixture(scope="module")
def file(arrays: dict[str, np.ndarray], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("files") / "tiny.pt", {"model": arrays, "epoch": 3})


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return Models(tmp_path / "models")


def leftovers(models: Models) -> list[str]:
    if not models.folder.exists():
        return []
    return sorted(entry.name for entry in models.folder.iterdir())


def test_a_model_is_installed_with_a_card(models: Models, file: Path) -> None:
    steps: list[tuple[str, float]] = []
    done = models.install(
        file, model_id="test-vit", progress=lambda step, part: steps.append((step, part))
    )
    card = json.loads((models.folder / "test-vit" / "card.json").read_text(encoding="utf-8"))
    assert card["source"]["name"] == "tiny.pt"
    assert card["source"]["size"] == file.stat().st_size
    assert card["architecture"]["layers"] == 2
    assert card["crops"] == "five-384"
    assert done.card.logit_scale == pytest.approx(100, rel=1e-5)
    assert models.get("test-vit").card == done.card
    assert [model.card.id for model in models.all()] == ["test-vit"]
    assert leftovers(models) == ["test-vit"]
    assert steps[-1] == ("Installed", 1.0)
    parts = [part for _, part in steps]
    assert parts == sorted(parts)


def test_the_same_weights_in_another_form_have_the_same_hash(
    models: Models, file: Path, tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    from safetensors.numpy import save_file

    save_file({n: np.array(a) for n, a in arrays.items()}, tmp_path / "tiny.safetensors")
    one = models.install(file, model_id="one").card
    two = models.install(tmp_path / "tiny.safetensors", model_id="two").card
    assert one.weights == two.weights
    assert one.source.sha256 != two.source.sha256


def test_a_refused_file_changes_nothing(models: Models, tmp_path: Path, file: Path) -> None:
    models.install(file, model_id="kept")
    before = models.get("kept").card
    page = tmp_path / "page.pt"
    page.write_text("<!doctype html>")
    cut = tmp_path / "cut.pt"
    cut.write_bytes(file.read_bytes()[:100_000])
    for bad in (page, cut):
        with pytest.raises(WeightsError):
            models.install(bad, model_id="kept", overwrite=True)
        with pytest.raises(WeightsError):
            models.install(bad, model_id="new")
    with pytest.raises(WeightsError, match="expected"):
        models.install(file, model_id="new", expected_sha256="1" * 64)
    assert leftovers(models) == ["kept"]
    assert models.get("kept").card == before


def test_a_model_with_a_part_too_many_is_refused(
    models: Models, tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    odd = tiny.save(tmp_path / "odd.pt", arrays | {"visual.extra": np.zeros(3, np.float32)})
    with pytest.raises(WeightsError, match=r"odd\.pt is refused.*visual\.extra"):
        models.install(odd, model_id="odd")
    assert leftovers(models) == []


def test_a_full_drive_leaves_nothing(
    models: Models, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(DiskFull):
        models.install(file, model_id="test-vit")
    assert leftovers(models) == []


def test_too_little_room_is_said_before_writing(
    models: Models, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil
    from types import SimpleNamespace

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1_000_000))
    with pytest.raises(DiskFull):
        models.install(file, model_id="test-vit")
    assert leftovers(models) == []


def test_an_unknown_file_needs_an_id(models: Models, file: Path) -> None:
    with pytest.raises(WrongUse, match="uniqa-vitb16"):
        models.install(file)


@pytest.mark.parametrize("bad", ["", "..", "a/b", "Ümlaut", "UPPER", ".hidden", "x" * 65])
def test_odd_ids_are_wrong_use(models: Models, file: Path, bad: str) -> None:
    with pytest.raises(WrongUse):
        models.install(file, model_id=bad)
    with pytest.raises(WeightsError):
        models.get(bad)


def test_an_installed_model_is_not_overwritten_by_accident(models: Models, file: Path) -> None:
    models.install(file, model_id="test-vit")
    with pytest.raises(WrongUse, match="installed already"):
        models.install(file, model_id="test-vit")
    models.install(file, model_id="test-vit", overwrite=True)
    assert leftovers(models) == ["test-vit"]


def test_the_built_in_model_takes_no_file(models: Models, file: Path) -> None:
    with pytest.raises(WrongUse, match="part of the program"):
        models.install(file, model_id="attributes-1")


def test_a_non_commercial_licence_has_to_be_accepted(models: Models, file: Path) -> None:
    with pytest.raises(WrongUse, match="non-commercial"):
        models.install(file, model_id="uniqa-vitb16")


def test_another_architecture_than_the_row_s_is_refused(models: Models, file: Path) -> None:
    with pytest.raises(WeightsError, match="it is a ViT 2×64/16"):
        models.install(file, model_id="uniqa-vitb16", licence_accepted=True)
    assert leftovers(models) == []


def test_a_published_name_with_another_hash_is_refused(
    models: Models, tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    fake = tiny.save(tmp_path / "ViT-B-16.pt", arrays)
    with pytest.raises(WeightsError, match="5806e77c"):
        models.install(fake, model_id="mine")


def row_like(row: weights.ModelSpec, **changes: Any) -> weights.ModelSpec:
    from dataclasses import replace

    return replace(row, **changes)


def test_accepting_is_written_down(
    models: Models, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_like(weights.get("uniqa-vitb16"), architecture="ViT 2×64/16")
    monkeypatch.setitem(weights._BY_ID, row.id, row)
    card = models.install(file, model_id=row.id, licence_accepted=True).card
    assert card.accepted == card.installed
    assert card.licence.startswith("CC BY-NC-SA")
    assert card.title == "UniQA (ViT-B/16)"


def adapter_arrays(width: int) -> dict[str, np.ndarray]:
    return {
        "score_level": np.linspace(0.2, 1, 5, dtype=np.float32),
        "adapter.fc.0.weight": np.full((16, width), 0.01, np.float32),
        "adapter.fc.2.weight": np.full((width, 16), 0.01, np.float32),
    }


def test_an_adapter_goes_onto_a_model(models: Models, file: Path, tmp_path: Path) -> None:
    models.install(file, model_id="test-vit")
    adapter = tiny.save(tmp_path / "net_best.pth", {"params": adapter_arrays(32)})
    done = models.install(adapter, model_id="test-vit", positional=False)
    assert done.adapter_file is not None
    assert done.adapter_file.is_file()
    card = models.get("test-vit").card
    assert (card.positional, card.prompts) == (False, "base")
    assert card.adapter is not None
    assert card.adapter.name == "net_best.pth"


def test_a_head_goes_onto_a_model(models: Models, file: Path, tmp_path: Path) -> None:
    models.install(file, model_id="test-vit")
    head = {"weight": np.ones((1, 32), np.float32), "bias": np.full(1, 5, np.float32)}
    done = models.install(tiny.save(tmp_path / "head.pth", head), model_id="test-vit")
    assert done.head_file is not None
    assert models.get("test-vit").card.prompts == "ensemble"


def test_parts_that_do_not_fit_are_refused(models: Models, file: Path, tmp_path: Path) -> None:
    adapter = tiny.save(tmp_path / "net_best.pth", {"params": adapter_arrays(512)})
    with pytest.raises(WeightsError, match="not installed"):
        models.install(adapter, model_id="test-vit")
    with pytest.raises(WrongUse, match="which model"):
        models.install(adapter)
    models.install(file, model_id="test-vit")
    with pytest.raises(WeightsError, match="512"):
        models.install(adapter, model_id="test-vit")
    assert models.get("test-vit").card.adapter is None


def test_use_and_remove(models: Models, file: Path) -> None:
    with pytest.raises(WeightsError, match="not installed"):
        models.use("test-vit")
    models.install(file, model_id="test-vit")
    models.use("test-vit")
    assert settings.load().model == "test-vit"
    models.remove("test-vit")
    assert settings.load().model == settings.DEFAULT_MODEL
    assert leftovers(models) == []
    with pytest.raises(WeightsError, match="not installed"):
        models.remove("test-vit")


def test_the_built_in_model_can_always_be_used(models: Models) -> None:
    models.use("attributes-1")
    assert settings.load().model == "attributes-1"


def test_removing_another_model_leaves_the_choice(models: Models, file: Path) -> None:
    models.install(file, model_id="one")
    models.install(file, model_id="two")
    models.use("one")
    models.remove("two")
    assert settings.load().model == "one"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"card": 99}'])
def test_a_damaged_card_does_not_hide_the_others(
    models: Models, file: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    models.install(file, model_id="good")
    (models.folder / "bad").mkdir()
    (models.folder / "bad" / "card.json").write_text(text)
    assert [model.card.id for model in models.all()] == ["good"]
    assert "bad" in caplog.text
    with pytest.raises(WeightsError, match="install it again"):
        models.get("bad")


def test_no_folder_means_no_models(models: Models) -> None:
    assert models.all() == []

"""Choosing device, precision and batch: measured, kept, and never at the cost of a score."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

pytestmark = tiny.needs_torch

BIG = 90_000_000


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Any:
    import torch

    from uniqa_desktop import devices

    monkeypatch.setattr(devices, "reduced_type", lambda _device: torch.bfloat16)
    return devices


def runner(slow: float, fast: float, moved: float) -> Any:
    import torch

    def run(kind: Any, count: int) -> np.ndarray:
        exact = kind is torch.float32
        end = time.thread_time() + (slow if exact else fast)
        while time.thread_time() < end:
            pass
        return np.full((2, count), 50.0 if exact else 50.0 + moved, np.float32)

    return run


def chosen(devices: Any, weights: int = BIG, **how: float) -> tuple[str, str]:
    import torch

    kind, note = devices.precision_for(torch.device("cpu"), weights, runner(**how), 8)
    return str(kind), note


def test_a_faster_harmless_precision_is_used(devices: Any) -> None:
    kind, note = chosen(devices, slow=0.05, fast=0.001, moved=0.3)
    assert kind == "torch.bfloat16"
    assert "0.30 of 100" in note


@pytest.mark.parametrize("moved", [0.6, float("nan")])
def test_one_that_moves_scores_is_not(devices: Any, moved: float) -> None:
    kind, note = chosen(devices, slow=0.02, fast=0.001, moved=moved)
    assert kind == "torch.float32"
    assert note.startswith("Single precision: bfloat16 would move scores")


def test_one_that_is_not_faster_is_not(devices: Any) -> None:
    kind, note = chosen(devices, slow=0.001, fast=0.02, moved=0)
    assert kind == "torch.float32"
    assert "not faster" in note


def test_a_small_model_on_the_processor_is_not_tried(devices: Any) -> None:
    kind, _ = chosen(devices, weights=1000, slow=0.05, fast=0.001, moved=0)
    assert kind == "torch.float32"


def test_the_best_batch_stops_where_memory_ends() -> None:
    import torch

    from uniqa_desktop import devices

    tried = []

    def run(count: int) -> None:
        tried.append(count)
        if count > 32:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        time.sleep(0.02)

    assert devices.best_batch(run) == 32
    assert tried[-1] == 64


def test_a_larger_batch_that_gains_nothing_is_not_taken() -> None:
    from uniqa_desktop import devices

    assert devices.best_batch(lambda count: time.sleep(count / 1000)) <= 16


def test_what_was_found_is_kept(tmp_path: Path) -> None:
    from uniqa_desktop.devices import Pace, Paces

    paces = Paces(tmp_path / "cache" / "devices.json")
    assert paces.get("a card") is None
    paces.put("a card", Pace("bfloat16", 64, "fast"))
    paces.put("another", Pace("float32", None, "exact"))
    again = Paces(tmp_path / "cache" / "devices.json")
    assert again.get("a card") == Pace("bfloat16", 64, "fast")
    assert again.get("another") == Pace("float32", None, "exact")


@pytest.mark.parametrize("text", ["", "[]", '{"a card": {"precision": "int3"}}', '{"a card": 3}'])
def test_a_damaged_note_is_measured_again(tmp_path: Path, text: str) -> None:
    from uniqa_desktop.devices import Paces

    (tmp_path / "devices.json").write_text(text)
    assert Paces(tmp_path / "devices.json").get("a card") is None


def test_check_pictures_are_always_the_same_and_varied() -> None:
    from uniqa_desktop import devices

    one, two = devices.check_pictures(64), devices.check_pictures(64)
    np.testing.assert_array_equal(one, two)
    assert one.shape == (6, 64, 64, 3)
    assert len({picture.tobytes() for picture in one}) == 6
    assert np.ptp(one.mean(axis=(1, 2, 3))) > 60

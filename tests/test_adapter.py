"""Adapter files travel between this program and the authors' code; heads are folded."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop.adapter import Adapter
from uniqa_desktop.aesthetic_head import AestheticHead
from uniqa_desktop.errors import WeightsError

RANDOM = np.random.Generator(np.random.PCG64(12))


def draw(*shape: int) -> np.ndarray:
    return RANDOM.standard_normal(shape).astype(np.float32)


@pytest.fixture
def adapter() -> Adapter:
    return Adapter(np.linspace(0.2, 1, 5, dtype=np.float32), draw(16, 32), draw(32, 16))


def same(one: Adapter, other: Adapter) -> bool:
    other_arrays = other.arrays()
    return all(np.array_equal(array, other_arrays[name]) for name, array in one.arrays().items())


@tiny.needs_torch
def test_it_comes_back_from_safetensors(tmp_path: Path, adapter: Adapter) -> None:
    adapter.save(tmp_path / "adapter.safetensors")
    assert same(adapter, Adapter.load(tmp_path / "adapter.safetensors"))


@tiny.needs_torch
def test_the_authors_file_has_their_three_keys(tmp_path: Path, adapter: Adapter) -> None:
    import torch

    from uniqa_desktop import weight_files

    adapter.save(tmp_path / "net_best.pth")
    stored = torch.load(tmp_path / "net_best.pth", weights_only=True)
    assert list(stored) == ["params"]
    assert set(stored["params"]) == {"score_level", "adapter.fc.0.weight", "adapter.fc.2.weight"}
    read = weight_files.read(tmp_path / "net_best.pth")
    assert same(adapter, Adapter.from_arrays({n: t.numpy() for n, t in read.tensors.items()}))


@tiny.needs_torch
def test_it_agrees_with_torch_s_layers(adapter: Adapter) -> None:
    import torch

    layers = torch.nn.Sequential(
        torch.nn.Linear(32, 16, bias=False),
        torch.nn.ReLU(),
        torch.nn.Linear(16, 32, bias=False),
        torch.nn.ReLU(),
    )
    state = {"0.weight": torch.from_numpy(adapter.down), "2.weight": torch.from_numpy(adapter.up)}
    layers.load_state_dict(state)
    features = draw(7, 32)
    with torch.no_grad():
        wanted = layers(torch.from_numpy(features)).numpy()
    np.testing.assert_allclose(adapter(features), wanted, atol=1e-5)


def test_levels_out_of_order_are_noticed(adapter: Adapter) -> None:
    assert adapter.in_order
    tangled = Adapter(adapter.levels[[0, 2, 1, 3, 4]], adapter.down, adapter.up)
    assert not tangled.in_order


@pytest.mark.parametrize("missing", ["score_level", "adapter.fc.0.weight", "adapter.fc.2.weight"])
def test_a_missing_part_is_named(adapter: Adapter, missing: str) -> None:
    arrays = {name: array for name, array in adapter.arrays().items() if name != missing}
    with pytest.raises(WeightsError, match=missing):
        Adapter.from_arrays(arrays)


def test_sizes_that_do_not_fit_are_refused(adapter: Adapter) -> None:
    with pytest.raises(WeightsError, match="sizes"):
        Adapter.from_arrays(adapter.arrays() | {"adapter.fc.2.weight": draw(31, 16)})


@tiny.needs_torch
def test_a_damaged_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "adapter.safetensors").write_bytes(b"nothing")
    with pytest.raises(WeightsError, match="cannot be read"):
        Adapter.load(tmp_path / "adapter.safetensors")


def test_the_five_layer_head_is_folded_exactly() -> None:
    sizes, numbers = [768, 1024, 128, 64, 16, 1], [0, 2, 4, 6, 7]
    arrays: dict[str, np.ndarray] = {}
    layers = []
    for number, (into, out) in zip(numbers, pairwise(sizes), strict=True):
        weight, bias = draw(out, into) / np.sqrt(into), draw(out)
        arrays[f"layers.{number}.weight"], arrays[f"layers.{number}.bias"] = weight, bias
        layers.append((weight, bias))
    head = AestheticHead.from_arrays(arrays)
    features = draw(4, 768)
    wanted = features
    for weight, bias in layers:
        wanted = wanted @ weight.T + bias
    assert head.width == 768
    np.testing.assert_allclose(head(features), wanted[:, 0], atol=2e-4)


@pytest.mark.parametrize("prefix", ["", "linear."])
def test_the_one_layer_head_is_read(prefix: str) -> None:
    weight, bias = draw(1, 768), draw(1)
    head = AestheticHead.from_arrays({f"{prefix}weight": weight, f"{prefix}bias": bias})
    np.testing.assert_allclose(head(weight), weight @ weight[0] + bias, rtol=1e-5)


def test_layers_that_do_not_fit_are_no_head() -> None:
    with pytest.raises(WeightsError, match="fit together"):
        AestheticHead.from_arrays(
            {
                "layers.0.weight": draw(8, 32),
                "layers.0.bias": draw(8),
                "layers.2.weight": draw(1, 9),
                "layers.2.bias": draw(1),
            }
        )
    with pytest.raises(WeightsError, match="one number"):
        AestheticHead.from_arrays({"weight": draw(3, 32), "bias": draw(3)})

"""Any weights file a user may bring: what is accepted, and one clear sentence for what is not."""

from __future__ import annotations

import io
import pickle
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop.errors import WeightsError

pytestmark = tiny.needs_torch


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    return tiny.vit_arrays()


@pytest.fixture(scope="module")
def bare(arrays: dict[str, np.ndarray], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("bare") / "model.pt", arrays)


def read(path: Path, **options: Any) -> Any:
    from uniqa_desktop import weight_files

    return weight_files.read(path, **options)


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(WeightsError) as refused:
        read(path, **options)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("wrapper", [None, "state_dict", "model_state_dict", "model", "params"])
@pytest.mark.parametrize("prefix", ["", "module.", "module.module."])
def test_wrappers_and_prefixes_are_taken_off(
    tmp_path: Path, arrays: dict[str, np.ndarray], wrapper: str | None, prefix: str
) -> None:
    content: Any = {prefix + name: array for name, array in arrays.items()}
    if wrapper:
        content = {wrapper: content, "epoch": 3}
    found = read(tiny.save(tmp_path / "model.pt", content))
    assert set(found.tensors) == set(arrays)
    assert found.architecture.layers == 2


def test_the_three_scalars_are_dropped(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    scalars = {"input_resolution": 64, "context_length": 77, "vocab_size": 49408}
    extra = {name: np.int64(value) for name, value in scalars.items()}
    found = read(tiny.save(tmp_path / "model.pt", arrays | extra))
    assert set(found.tensors) == set(arrays)


def test_half_precision_is_accepted(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    half = {name: array.astype(np.float16) for name, array in arrays.items()}
    assert read(tiny.save(tmp_path / "model.pt", half)).architecture.name == "ViT 2×64/16"


def test_safetensors_are_read_whatever_the_name(
    tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    from safetensors.numpy import save_file

    save_file({name: np.array(array) for name, array in arrays.items()}, tmp_path / "model.bin")
    found = read(tmp_path / "model.bin")
    assert found.format == "safetensors"
    assert set(found.tensors) == set(arrays)


def test_the_old_pickle_form_of_torch_is_read(tmp_path: Path, bare: Path) -> None:
    import torch

    weights = torch.load(bare, weights_only=True)
    torch.save(weights, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    assert read(tmp_path / "old.pt").architecture.width == 64


def test_a_resnet_is_known_by_its_keys(tmp_path: Path) -> None:
    found = read(tiny.save(tmp_path / "model.pt", tiny.resnet_arrays()))
    assert found.architecture.is_resnet
    assert found.architecture.layers == (1, 1, 1, 1)
    assert found.architecture.image == 64


def test_adapters_and_heads_are_told_from_models(tmp_path: Path) -> None:
    from uniqa_desktop.weight_files import Kind

    adapter = {
        "score_level": np.ones(5, np.float32),
        "adapter.fc.0.weight": np.ones((16, 32), np.float32),
        "adapter.fc.2.weight": np.ones((32, 16), np.float32),
    }
    head = {"weight": np.ones((1, 32), np.float32), "bias": np.ones(1, np.float32)}
    assert read(tiny.save(tmp_path / "a.pth", {"params": adapter})).kind is Kind.ADAPTER
    assert read(tiny.save(tmp_path / "h.pth", head)).kind is Kind.AESTHETIC_HEAD


def test_the_hash_is_that_of_the_file(bare: Path) -> None:
    import hashlib

    expected = hashlib.sha256(bare.read_bytes()).hexdigest()
    assert read(bare, expected_sha256=expected.upper()).sha256 == expected


def test_a_web_page_saved_as_a_model_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "UniQA_weight.pt"
    page.write_bytes(b"\n  <!DOCTYPE html><html><title>Google Drive - Virus scan warning</title>")
    assert "web page" in refusal(page)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.pt").touch()
    assert "empty" in refusal(tmp_path / "model.pt")


@pytest.mark.parametrize("part", [0.999, 0.5, 0.001])
def test_a_truncated_file_is_refused(tmp_path: Path, bare: Path, part: float) -> None:
    data = bare.read_bytes()
    (tmp_path / "model.pt").write_bytes(data[: int(len(data) * part)])
    assert "cut short" in refusal(tmp_path / "model.pt")


@pytest.mark.parametrize("part", [0.999, 0.3])
def test_truncated_safetensors_are_refused(
    tmp_path: Path, arrays: dict[str, np.ndarray], part: float
) -> None:
    from safetensors.numpy import save

    data = save({name: np.array(array) for name, array in arrays.items()})
    (tmp_path / "model.safetensors").write_bytes(data[: int(len(data) * part)])
    assert "cut short" in refusal(tmp_path / "model.safetensors")


def test_a_truncated_old_pickle_is_refused(tmp_path: Path, bare: Path) -> None:
    import torch

    weights = torch.load(bare, weights_only=True)
    torch.save(weights, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    data = (tmp_path / "old.pt").read_bytes()
    (tmp_path / "old.pt").write_bytes(data[: len(data) // 2])
    assert "cut short" in refusal(tmp_path / "old.pt")


def test_a_flipped_byte_is_noticed(tmp_path: Path, bare: Path) -> None:
    data = bytearray(bare.read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "model.pt").write_bytes(data)
    assert "damaged" in refusal(tmp_path / "model.pt")


class Evil:
    """Creates a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.target,))


@pytest.mark.parametrize("protocol", [2, 4])
def test_a_pickle_with_code_is_refused_and_not_run(tmp_path: Path, protocol: int) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "model.pt").write_bytes(pickle.dumps({"weights": Evil(ran)}, protocol=protocol))
    assert "program code" in refusal(tmp_path / "model.pt")
    assert not ran.exists()


def test_a_torch_archive_with_code_is_refused_and_not_run(tmp_path: Path) -> None:
    import torch

    ran = tmp_path / "ran"
    torch.save({"state_dict": Evil(ran)}, tmp_path / "model.pt")
    assert "program code" in refusal(tmp_path / "model.pt")
    assert not ran.exists()


def test_a_whole_pickled_module_is_refused(tmp_path: Path) -> None:
    import torch

    torch.save(torch.nn.Linear(2, 2), tmp_path / "model.pt")
    assert "program code" in refusal(tmp_path / "model.pt")


def test_another_hash_than_expected_is_refused(bare: Path) -> None:
    assert "is expected" in refusal(bare, expected_sha256="0" * 64)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["fc.weight"], "no CLIP model"),
        (["vision_model.post_layernorm.weight", "text_model.x"], "transformers"),
        (["visual.trunk.patch_embed.proj.weight", "text.transformer.x"], "another kind"),
        (["visual.proj", "visual.conv1.weight"], "without CLIP's text tower"),
    ],
)
def test_another_architecture_is_refused(tmp_path: Path, names: list[str], said: str) -> None:
    content = {name: np.ones((2, 2), np.float32) for name in names}
    assert said in refusal(tiny.save(tmp_path / "model.pt", content))


def test_a_missing_part_is_named(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    rest = {name: array for name, array in arrays.items() if name != "ln_final.weight"}
    assert "ln_final.weight" in refusal(tiny.save(tmp_path / "model.pt", rest))


def test_another_vocabulary_is_refused(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    other = arrays | {"token_embedding.weight": np.zeros((1000, 64), np.float32)}
    assert "1000 tokens" in refusal(tiny.save(tmp_path / "model.pt", other))


def test_weights_that_are_not_numbers_are_refused(
    tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    broken = arrays["visual.proj"].copy()
    broken[3, 3] = np.nan
    sentence = refusal(tiny.save(tmp_path / "model.pt", arrays | {"visual.proj": broken}))
    assert "visual.proj" in sentence


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"hello", b"\x00" * 64])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.pt").write_bytes(content)
    assert "not a weights file" in refusal(tmp_path / "model.pt")


def test_an_archive_that_is_not_torch_s_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("holiday.txt", "hello")
    (tmp_path / "model.pt").write_bytes(buffer.getvalue())
    refusal(tmp_path / "model.pt")


def test_a_folder_and_a_missing_file_are_said_so(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no file" in refusal(tmp_path / "gone.pt")


def test_torchscript_needs_to_be_allowed(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    import torch

    class Holder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            for name, tensor in tiny.tensors(arrays).items():
                part: torch.nn.Module = self
                *path, last = name.split(".")
                for step in path:
                    if not hasattr(part, step):
                        part.add_module(step, torch.nn.Module())
                    part = getattr(part, step)
                part.register_buffer(last, tensor)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch calls its own scripting deprecated
        torch.jit.script(Holder()).save(str(tmp_path / "ViT.pt"))
    assert "TorchScript" in refusal(tmp_path / "ViT.pt")
    found = read(tmp_path / "ViT.pt", allow_torchscript=True)
    assert found.format == "torchscript"
    assert set(found.tensors) == set(arrays)

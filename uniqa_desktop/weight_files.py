"""Reading any weights file that a user may hold out: what it is, what is in it, or why not.

A file from the network is hostile until shown otherwise. Pickles are read with
`torch.load(weights_only=True)` only, so no code in them ever runs. TorchScript archives carry a
program; they are opened only where the caller says that the user allowed it.
"""

from __future__ import annotations

import hashlib
import pickletools
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, NoReturn

import safetensors
import torch
from safetensors.torch import load_file

from uniqa_desktop import architecture, archives
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WeightsError

Tensors = dict[str, torch.Tensor]

WRAPPERS = ("state_dict", "model_state_dict", "model", "params")
"""The keys under which training programs keep the weights proper."""

_FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_COUNTS = (torch.int64, torch.int32)
_ZIP = b"PK\x03\x04"
_OLD_PICKLE = b"\x80"
_BLOCK = 1 << 22
_CALLS = frozenset({"GLOBAL", "STACK_GLOBAL", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "REDUCE"})
_CODE = "it holds program code besides weights; nothing of it was run"

ADAPTER_KEYS = frozenset({"score_level", "adapter.fc.0.weight", "adapter.fc.2.weight"})
"""The exact names that UniQA's training code saves an adapter under."""


class Kind(StrEnum):
    """What a weights file holds."""

    CLIP = "CLIP model"
    ADAPTER = "UniQA adapter"
    AESTHETIC_HEAD = "aesthetic head"


@dataclass(frozen=True, slots=True)
class WeightFile:
    """A weights file, read and understood.

    `sha256` and `size` are of the file as it was given. `format` is `safetensors`, `torch` or
    `torchscript`. `architecture` is set for a CLIP model.
    """

    kind: Kind
    tensors: Tensors
    architecture: Architecture | None
    name: str
    sha256: str
    size: int
    format: str


def read(
    path: Path,
    *,
    expected_sha256: str | None = None,
    allow_torchscript: bool = False,
    progress: Callable[[float], None] | None = None,
) -> WeightFile:
    """Reads a weights file of any accepted form.

    Accepted: a bare state dict, one wrapped as any of `WRAPPERS`, `module.` prefixes, OpenAI's
    three extra scalars, half or single precision, safetensors, and TorchScript archives if
    `allow_torchscript`.

    Args:
        path: the file.
        expected_sha256: refuse the file unless it has this hash (hex).
        allow_torchscript: the user agreed to open an archive that carries a program.
        progress: called with the fraction (0–1) of the file hashed so far.

    Raises:
        WeightsError: the file is refused; one sentence says why.
    """
    head, size = _first_bytes(path)
    if size == 0:
        _refuse(path, "it is empty; the download did not finish")
    if _is_web_page(head):
        _refuse(
            path,
            "it is a web page, not a model; open the download link in a browser and confirm "
            "the download there",
        )
    sha256 = _hash(path, size, progress)
    if expected_sha256 is not None and sha256 != expected_sha256.lower():
        _refuse(path, f"its sha256 is {sha256}, but {expected_sha256.lower()} is expected")
    content, form = _load(path, head, allow_torchscript=allow_torchscript)
    tensors = _plain(path, _unwrapped(content))
    kind = _kind(path, tensors)
    shape = None
    if kind is Kind.CLIP:
        tensors = {name: t for name, t in tensors.items() if name not in architecture.SCALARS}
        try:
            shape = architecture.read({name: tuple(t.shape) for name, t in tensors.items()})
        except ValueError as error:
            _refuse(path, str(error))
    _check_values(path, tensors)
    return WeightFile(kind, tensors, shape, path.name, sha256, size, form)


def _refuse(path: Path, why: str) -> NoReturn:
    raise WeightsError(f"{path.name} is refused: {why}.") from None


def _first_bytes(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(1024), path.stat().st_size
    except IsADirectoryError:
        _refuse(path, "it is a folder; give the weights file in it")
    except FileNotFoundError:
        raise WeightsError(f"There is no file {path}.") from None
    except OSError as error:
        raise WeightsError(f"{path} cannot be read: {error.strerror}.") from None


def _is_web_page(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<script", b"<!--"))


def _hash(path: Path, size: int, progress: Callable[[float], None] | None) -> str:
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            if progress is not None:
                progress(done / size)
    return digest.hexdigest()


def _load(path: Path, head: bytes, *, allow_torchscript: bool) -> tuple[Any, str]:
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 1 << 40:
        return _load_safetensors(path), "safetensors"
    if head.startswith(_ZIP):
        return _load_archive(path, allow_torchscript=allow_torchscript)
    if head.startswith(_OLD_PICKLE):
        return _load_pickle(path), "torch"
    _refuse(path, "it is not a weights file (neither safetensors nor PyTorch)")


def _load_safetensors(path: Path) -> Tensors:
    try:
        return load_file(path, device="cpu")
    except (safetensors.SafetensorError, ValueError, OSError):
        _refuse(path, "it is damaged or was cut short; download it again")


def _load_archive(path: Path, *, allow_torchscript: bool) -> tuple[Any, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            broken = archive.testzip()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError):
        broken, names = path.name, []
    if broken is not None:
        _refuse(path, "it is damaged or was cut short; download it again")
    if not archives.is_program(names):
        return _load_pickle(path), "torch"
    if not allow_torchscript:
        _refuse(
            path,
            "it is a TorchScript archive, which carries a program; install it again with "
            "TorchScript allowed if you trust where it comes from",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # OpenAI's files will not change
            return torch.jit.load(str(path), map_location="cpu").state_dict(), "torchscript"
    except (RuntimeError, ValueError) as error:
        _refuse(path, f"its TorchScript archive cannot be opened ({_first_line(error)})")


def _load_pickle(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about pickles that are refused below
            return torch.load(path, map_location="cpu", weights_only=True)
    except UnpicklingError as error:
        if "Unsupported global" in str(error) or "Unsupported class" in str(error):
            _refuse(path, _CODE)
        if _calls_something(path):
            _refuse(path, _CODE)
        _refuse(path, "it is damaged or was cut short; download it again")
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError, TypeError, OSError):
        _refuse(path, "it is damaged or was cut short; download it again")


def _calls_something(path: Path) -> bool:
    """Whether a bare pickle names a class or function; read as data, never run."""
    try:
        with path.open("rb") as file:
            return any(op.name in _CALLS for op, _, _ in pickletools.genops(file))
    except (ValueError, IndexError, UnicodeDecodeError):
        return False


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else "unknown"


def _unwrapped(content: Any) -> Any:
    """The weights proper, taken out of however many wrappers."""
    for _ in range(len(WRAPPERS)):
        if not isinstance(content, Mapping):
            break
        key = next((key for key in WRAPPERS if isinstance(content.get(key), Mapping)), None)
        if key is None:
            break
        content = content[key]
    return content


def _plain(path: Path, content: Any) -> Tensors:
    """`content` as names and tensors, without the prefixes of parallel training."""
    if not isinstance(content, Mapping):
        _refuse(path, "it holds no table of weights")
    tensors = {str(name): t for name, t in content.items() if isinstance(t, torch.Tensor)}
    if not tensors:
        _refuse(path, "it holds no weights")
    while all(name.startswith("module.") for name in tensors):
        tensors = {name.removeprefix("module."): t for name, t in tensors.items()}
    return tensors


def _kind(path: Path, tensors: Tensors) -> Kind:
    if set(tensors) >= ADAPTER_KEYS:
        return Kind.ADAPTER
    if set(tensors) in ({"weight", "bias"}, {"linear.weight", "linear.bias"}):
        return Kind.AESTHETIC_HEAD
    if "layers.0.weight" in tensors and all(name.startswith("layers.") for name in tensors):
        return Kind.AESTHETIC_HEAD
    return Kind.CLIP


def _check_values(path: Path, tensors: Tensors) -> None:
    for name, tensor in tensors.items():
        if tensor.layout is not torch.strided or tensor.dtype not in (*_FLOATS, *_COUNTS):
            _refuse(path, f"{name} is stored in a form that is not supported ({tensor.dtype})")
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            _refuse(path, f"its values in {name} are not all numbers; the file is damaged")

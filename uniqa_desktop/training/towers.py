"""CLIP's towers to be trained: built new or taken from a checkpoint, and stored as one.

All are in OpenAI's layout with its activation (quick GELU), so what is stored here can be
installed, trained on by the authors' code, or be the start of another run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from uniqa_desktop import architecture, atomic, torch_setup, weight_files
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.weight_files import Kind, WeightFile

TINY = Architecture(
    layers=(1, 1, 1, 1),
    width=16,
    patch=None,
    image=64,
    embed=128,
    context=32,
    vocabulary=architecture.VOCABULARY,
    text_width=64,
    text_layers=2,
)
"""A small ResNet beside a small text tower: it learns from a few thousand pictures on a processor.
Not from the paper. Convolutions, because a transformer of this size needs far more pictures."""

_VISION = frozenset({"image_size", "layers", "width", "patch_size", "head_width"})
_TEXT = frozenset({"context_length", "vocab_size", "width", "heads", "layers"})


def named(name: str) -> Architecture:
    """The architecture called `tiny` or by one of open_clip's names (`ViT-B-16`, `RN50` …).

    Raises:
        WrongUse: no such name, or one that OpenAI's layout cannot hold.
    """
    if name == "tiny":
        return TINY
    open_clip = torch_setup.open_clip()
    plain = name.removesuffix("-quickgelu")  # all are made with it here
    config = open_clip.get_model_config(plain)
    if config is None:
        raise WrongUse(
            f"There is no architecture called {name}: tiny, ViT-B-32, ViT-B-16, ViT-L-14 and RN50 "
            "are the usual ones."
        )
    found = _in_openai_layout(config)
    if found is None:
        raise WrongUse(f"{name} is not an architecture that OpenAI's CLIP layout can hold.")
    return found


def _in_openai_layout(config: Mapping[str, Any]) -> Architecture | None:
    vision, text = config["vision_cfg"], config["text_cfg"]
    if set(vision) - _VISION or set(text) - _TEXT or config.get("custom_text"):
        return None
    if vision.get("head_width", architecture.HEAD_WIDTH) != architecture.HEAD_WIDTH:
        return None
    if text["width"] != text["heads"] * architecture.HEAD_WIDTH:
        return None
    if text["vocab_size"] != architecture.VOCABULARY:
        return None
    layers = vision["layers"]
    return Architecture(
        layers=tuple(layers) if isinstance(layers, list) else layers,
        width=vision["width"],
        patch=vision.get("patch_size"),
        image=vision["image_size"],
        embed=config["embed_dim"],
        context=text["context_length"],
        vocabulary=text["vocab_size"],
        text_width=text["width"],
        text_layers=text["layers"],
    )


def read(source: str) -> WeightFile:
    """The checkpoint to start from: a weights file of any form, or the id of an installed model.

    Raises:
        WeightsError: it is refused, or is no CLIP model, or was trained with another activation.
    """
    path = Path(source)
    if not path.exists() and not path.suffix and path.name == source:
        model = Models().get(source)
        if not model.card.quick_gelu:
            raise WeightsError(f"{source} has another activation than OpenAI's: choose another.")
        path = model.weights_file
    file = weight_files.read(path)
    if file.kind is not Kind.CLIP or file.architecture is None:
        raise WeightsError(f"{path.name} is a {file.kind}, not a CLIP model to train on.")
    return file


def build(shape: Architecture, weights: Mapping[str, Tensor] | None = None) -> Any:
    """open_clip's CLIP of that shape, in training mode and single precision.

    Args:
        shape: the sizes of both towers.
        weights: what it starts from; without them it is drawn from torch's seed.

    Raises:
        WeightsError: the weights do not fit the architecture.
    """
    model = torch_setup.open_clip().CLIP(
        embed_dim=shape.embed,
        vision_cfg={
            "layers": shape.layers,
            "width": shape.width,
            "patch_size": shape.patch,
            "image_size": shape.image,
        },
        text_cfg={
            "context_length": shape.context,
            "vocab_size": shape.vocabulary,
            "width": shape.text_width,
            "heads": shape.text_width // architecture.HEAD_WIDTH,
            "layers": shape.text_layers,
        },
        quick_gelu=True,
    )
    if weights is not None:
        try:
            model.load_state_dict(dict(weights), strict=True)  # half precision is widened
        except RuntimeError as error:
            why = str(error).strip().splitlines()[-1].strip().rstrip(".")
            raise WeightsError(f"The weights do not make a CLIP model ({why}).") from None
    return model.train()


def store(model: Any, path: Path) -> dict[str, Any]:
    """Writes the weights in OpenAI's layout, single precision, as safetensors, atomically.

    Returns:
        Name, size and sha256 of the file, for the record.

    Raises:
        DiskFull: no room; what was at `path` is as it was.
    """
    tensors = {
        name: tensor.detach().to("cpu").contiguous() for name, tensor in model.state_dict().items()
    }
    data = save(tensors)
    atomic.write_bytes(path, data)
    return {"file": path.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def decayed(model: Any) -> tuple[list[Tensor], list[Tensor]]:
    """The weights with and without weight decay: gains, biases and the temperature have none."""
    with_decay: list[Tensor] = []
    without: list[Tensor] = []
    for weight in model.parameters():
        (with_decay if weight.ndim > 1 else without).append(weight)
    return with_decay, without


def clamp_temperature(model: Any) -> None:
    """Keeps the factor on cosines at 100 or below, as CLIP's training does."""
    with torch.no_grad():
        model.logit_scale.clamp_(0, 4.605170185988092)  # ln 100

"""The shape of a CLIP model, read from the names and sizes of its tensors.

The layout is that of OpenAI's CLIP files, which UniQA's checkpoint and open_clip's CLIP class
share. Nothing here needs the tensors themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shapes = Mapping[str, tuple[int, ...]]

SCALARS = ("input_resolution", "context_length", "vocab_size")
"""Extra entries of OpenAI's files that are not weights."""

HEAD_WIDTH = 64
"""Every attention head of every OpenAI CLIP is this wide; the files do not say."""

VOCABULARY = 49408
"""The number of tokens of CLIP's tokeniser; prompts cannot be read with another one."""

_VIT_NAMES = {(768, 12): "B", (1024, 24): "L", (1280, 32): "H", (384, 12): "S"}
_RESNET_NAMES = {
    ((3, 4, 6, 3), 64): "RN50",
    ((3, 4, 23, 3), 64): "RN101",
    ((4, 6, 10, 6), 80): "RN50x4",
    ((6, 8, 18, 8), 96): "RN50x16",
    ((3, 15, 36, 10), 128): "RN50x64",
}


@dataclass(frozen=True, slots=True)
class Architecture:
    """The sizes of both towers.

    `layers` is a number for a vision transformer and four numbers for a ResNet, whose `patch` is
    `None`. `image` is the input's side in pixels, `embed` the width of a feature.
    """

    layers: int | tuple[int, int, int, int]
    width: int
    patch: int | None
    image: int
    embed: int
    context: int
    vocabulary: int
    text_width: int
    text_layers: int

    @property
    def is_resnet(self) -> bool:
        return isinstance(self.layers, tuple)

    @property
    def name(self) -> str:
        """The field's name ("ViT-B/16", "RN50"), or the sizes where it has none."""
        if isinstance(self.layers, tuple):
            known = _RESNET_NAMES.get((self.layers, self.width))
            return known or f"ResNet {'-'.join(map(str, self.layers))} of width {self.width}"
        letter = _VIT_NAMES.get((self.width, self.layers))
        if letter is None:
            return f"ViT {self.layers}×{self.width}/{self.patch}"
        return f"ViT-{letter}/{self.patch}" + ("" if self.image == 224 else f"@{self.image}")

    def to_json(self) -> dict[str, Any]:
        return {
            "layers": list(self.layers) if isinstance(self.layers, tuple) else self.layers,
            "width": self.width,
            "patch": self.patch,
            "image": self.image,
            "embed": self.embed,
            "context": self.context,
            "vocabulary": self.vocabulary,
            "text_width": self.text_width,
            "text_layers": self.text_layers,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Architecture:
        """The inverse of `to_json`.

        Raises:
            KeyError, TypeError: `data` was not made by `to_json`.
        """
        layers = data["layers"]
        known = {name: data[name] for name in cls.__slots__ if name != "layers"}
        return cls(layers=tuple(layers) if isinstance(layers, list) else layers, **known)


def looks_like_clip(shapes: Shapes) -> bool:
    """Whether the names are those of OpenAI's layout (both towers)."""
    vision = "visual.proj" in shapes or "visual.attnpool.positional_embedding" in shapes
    return vision and "token_embedding.weight" in shapes


def read(shapes: Shapes) -> Architecture:
    """The architecture of the model with these tensors.

    Raises:
        ValueError: the names or sizes are not those of a CLIP in OpenAI's layout; the message
            completes the sentence "The file is refused: …".
    """
    if not looks_like_clip(shapes):
        raise ValueError(_what_else(shapes))
    try:
        architecture = _vit(shapes) if "visual.proj" in shapes else _resnet(shapes)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"it is a CLIP file with a part missing or odd ({error})") from None
    if architecture.vocabulary != VOCABULARY:
        raise ValueError(
            f"its text tower has {architecture.vocabulary} tokens where CLIP has {VOCABULARY}, "
            "so prompts cannot be read with it"
        )
    if architecture.text_width % HEAD_WIDTH:
        raise ValueError(f"its text tower is not a multiple of {HEAD_WIDTH} wide")
    return architecture


def _vit(shapes: Shapes) -> Architecture:
    width, _, _, patch = shapes["visual.conv1.weight"]
    grid = _side(shapes["visual.positional_embedding"][0] - 1)
    if width % HEAD_WIDTH:
        raise ValueError(f"its width {width} is not a multiple of {HEAD_WIDTH}")
    return Architecture(
        layers=_count(shapes, "visual.transformer.resblocks."),
        width=width,
        patch=patch,
        image=patch * grid,
        **_text(shapes),
    )


def _resnet(shapes: Shapes) -> Architecture:
    one, two, three, four = (_count(shapes, f"visual.layer{part}.") for part in range(1, 5))
    grid = _side(shapes["visual.attnpool.positional_embedding"][0] - 1)
    return Architecture(
        layers=(one, two, three, four),
        width=shapes["visual.layer1.0.conv1.weight"][0],
        patch=None,
        image=grid * 32,
        **_text(shapes),
    )


def _text(shapes: Shapes) -> dict[str, int]:
    return {
        "embed": shapes["text_projection"][1],
        "context": shapes["positional_embedding"][0],
        "vocabulary": shapes["token_embedding.weight"][0],
        "text_width": shapes["ln_final.weight"][0],
        "text_layers": _count(shapes, "transformer.resblocks."),
    }


def _count(shapes: Shapes, prefix: str) -> int:
    """How many numbered parts there are below `prefix`."""
    numbers = {name[len(prefix) :].split(".")[0] for name in shapes if name.startswith(prefix)}
    if not numbers:
        raise KeyError(prefix + "0")
    return len(numbers)


def _side(places: int) -> int:
    side = round(max(places, 0) ** 0.5)
    if side < 1 or side * side != places:
        raise ValueError(f"{places} positions are not a square")
    return side


def _what_else(shapes: Shapes) -> str:
    """Names the usual wrong files, so that the user knows which one to look for."""
    if any(name.startswith(("vision_model.", "text_model.")) for name in shapes):
        return "it is in the layout of the transformers library, not in OpenAI's"
    if any(name.startswith(("text.transformer.", "visual.trunk.")) for name in shapes):
        return "it is an open_clip model of another kind than OpenAI's CLIP"
    if any(name.startswith("visual.") for name in shapes):
        return "it holds an image tower without CLIP's text tower"
    return "it holds no CLIP model"

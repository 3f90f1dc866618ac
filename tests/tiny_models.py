"""Tiny CLIPs with random weights in OpenAI's layout, for tests of the engine. Same every time."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    import torch

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("open_clip") is None, reason="torch and open_clip are not installed"
)
"""They are an extra: the program works without them, by the measured attributes."""

VOCABULARY, CONTEXT, WIDTH = 49408, 77, 64
IMAGE, PATCH = 64, 16
SMALL_RESNET = (1, 1, 1, 1)


class _Draw:
    def __init__(self, seed: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(seed))

    def __call__(self, *shape: int, scale: float = 0.05) -> np.ndarray:
        return (self._random.standard_normal(shape) * scale).astype(np.float32)


def _norm(draw: _Draw, name: str, width: int) -> dict[str, np.ndarray]:
    return {f"{name}.weight": 1 + draw(width), f"{name}.bias": draw(width)}


def _blocks(draw: _Draw, prefix: str, width: int, layers: int) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for number in range(layers):
        base = f"{prefix}transformer.resblocks.{number}."
        found |= {
            f"{base}attn.in_proj_weight": draw(3 * width, width, scale=0.15),
            f"{base}attn.in_proj_bias": draw(3 * width),
            f"{base}attn.out_proj.weight": draw(width, width, scale=0.15),
            f"{base}attn.out_proj.bias": draw(width),
            f"{base}mlp.c_fc.weight": draw(4 * width, width, scale=0.15),
            f"{base}mlp.c_fc.bias": draw(4 * width),
            f"{base}mlp.c_proj.weight": draw(width, 4 * width, scale=0.15),
            f"{base}mlp.c_proj.bias": draw(width),
        }
        found |= _norm(draw, f"{base}ln_1", width) | _norm(draw, f"{base}ln_2", width)
    return found


def _text(draw: _Draw, embed: int) -> dict[str, np.ndarray]:
    return {
        "positional_embedding": draw(CONTEXT, WIDTH),
        "text_projection": draw(WIDTH, embed, scale=0.2),
        "logit_scale": np.float32(np.log(100)),
        "token_embedding.weight": draw(VOCABULARY, WIDTH),
        **_norm(draw, "ln_final", WIDTH),
        **_blocks(draw, "", WIDTH, 1),
    }


def vit_arrays(seed: int = 1, *, embed: int = 32, layers: int = 2) -> dict[str, np.ndarray]:
    """A vision transformer of width 64 for 64-pixel pictures in patches of 16."""
    draw = _Draw(seed)
    return {
        **_text(draw, embed),
        "visual.class_embedding": draw(WIDTH, scale=0.5),
        "visual.positional_embedding": draw((IMAGE // PATCH) ** 2 + 1, WIDTH, scale=0.5),
        "visual.proj": draw(WIDTH, embed, scale=0.2),
        "visual.conv1.weight": draw(WIDTH, 3, PATCH, PATCH),
        **_norm(draw, "visual.ln_pre", WIDTH),
        **_blocks(draw, "visual.", WIDTH, layers),
        **_norm(draw, "visual.ln_post", WIDTH),
    }


def _batch_norm(draw: _Draw, name: str, width: int) -> dict[str, np.ndarray]:
    return {
        **_norm(draw, name, width),
        f"{name}.running_mean": draw(width),
        f"{name}.running_var": 1 + np.abs(draw(width)),
        f"{name}.num_batches_tracked": np.int64(7),
    }


def resnet_arrays(seed: int = 2, *, width: int = 8, embed: int = 32) -> dict[str, np.ndarray]:
    """CLIP's ResNet with one block per stage, for 64-pixel pictures."""
    draw = _Draw(seed)
    found = _text(draw, embed)
    stem = [(3, width // 2), (width // 2, width // 2), (width // 2, width)]
    for number, (into, out) in enumerate(stem, 1):
        found[f"visual.conv{number}.weight"] = draw(out, into, 3, 3, scale=0.3)
        found |= _batch_norm(draw, f"visual.bn{number}", out)
    into = width
    for stage in range(4):
        planes, base = width * 2**stage, f"visual.layer{stage + 1}.0."
        shapes = [(planes, into, 1, 1), (planes, planes, 3, 3), (planes * 4, planes, 1, 1)]
        for number, shape in enumerate(shapes, 1):
            found[f"{base}conv{number}.weight"] = draw(*shape, scale=0.2)
            found |= _batch_norm(draw, f"{base}bn{number}", shape[0])
        found[f"{base}downsample.0.weight"] = draw(planes * 4, into, 1, 1, scale=0.2)
        found |= _batch_norm(draw, f"{base}downsample.1", planes * 4)
        into = planes * 4
    found["visual.attnpool.positional_embedding"] = draw((IMAGE // 32) ** 2 + 1, into)
    for name, out in (("q", into), ("k", into), ("v", into), ("c", embed)):
        found[f"visual.attnpool.{name}_proj.weight"] = draw(out, into)
        found[f"visual.attnpool.{name}_proj.bias"] = draw(out)
    return found


def tensors(arrays: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    import torch

    return {name: torch.from_numpy(np.array(array)) for name, array in arrays.items()}


def save(path: Path, content: Any) -> Path:
    """Writes what `torch.save` writes; arrays in `content` become tensors."""
    import torch

    def converted(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: converted(value) for name, value in part.items()}
        return (
            torch.from_numpy(np.array(part)) if isinstance(part, np.ndarray | np.generic) else part
        )

    torch.save(converted(content), path)
    return path


def picture(seed: int = 5, height: int = 300, width: int = 400) -> np.ndarray:
    """A drawn scene with detail: H×W×3 uint8."""
    random = np.random.Generator(np.random.PCG64(seed))
    rows, columns = np.mgrid[0:height, 0:width]
    waves = np.sin(rows / 9.0 + seed) + np.cos(columns / 13.0)
    scene = (
        128
        + 40 * waves[..., None]
        + np.array([10, 0, -10])
        + random.normal(0, 12, (height, width, 3))
    )
    return np.clip(scene, 0, 255).astype(np.uint8)

"""CLIP's two towers as UniQA runs them: built by open_clip, fed exactly as the authors' code does.

open_clip builds the modules and holds the weights. The image tower's forward pass is written out
here for three reasons: the authors' switch for the positional embedding, which open_clip does not
have; inputs of any size with the authors' stretch of that embedding; and speed, because only the
class token leaves the last block, so only its query is computed there (measured on a processor:
1.1–1.3 × open_clip's own pass in single precision; under bfloat16 autocast open_clip's own pass
falls into a slow path). `benchmarks/parity.py` compares it with numbers of the authors' code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from uniqa_desktop import torch_setup
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.weights import CLIP_PREPROCESSING, Preprocessing

_HALF = re.compile(
    r"^(text_projection|visual\.proj)$"
    r"|\.attn\.(in_proj_|out_proj\.)|\.mlp\.c_|\.conv\d\.|\.downsample\.0\.|\.attnpool\.[qkvc]_proj\."
)


_LAST_PROJECTIONS = ("proj", "attnpool.c_proj.")
"""They make the feature itself, and cost next to nothing."""


def is_half(name: str) -> bool:
    """Whether the authors' code keeps this tensor in half precision.

    CLIP's `convert_weights` rounds convolutions, linear layers, attention projections and the two
    output projections; norms, embeddings and the temperature stay in single precision.
    """
    return _HALF.search(name) is not None


def canonical(tensors: Mapping[str, Tensor], *, rounded: bool) -> dict[str, Tensor]:
    """The weights as they are stored: contiguous, without gradients, in the layout's precisions.

    With `rounded`, a file in single precision is rounded through half exactly where the authors'
    code does so (on random weights this moves a score by 5e-5 at most); the same model then gives
    the same stored bytes from a file of either precision. Without it, floats become single.
    """
    done: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        wanted = tensor.dtype
        if tensor.is_floating_point():
            wanted = torch.float16 if rounded and is_half(name) else torch.float32
        done[name] = tensor.detach().to(wanted).contiguous()
    return done


class ClipModel:
    """A CLIP in evaluation mode on one device.

    Several threads may call `image_features` at once, as long as none calls anything else.
    """

    def __init__(
        self,
        tensors: Mapping[str, Tensor],
        architecture: Architecture,
        *,
        quick_gelu: bool = True,
        device: torch.device | str = "cpu",
        preprocessing: Preprocessing = CLIP_PREPROCESSING,
    ) -> None:
        """Builds the towers and moves them to `device`.

        Args:
            tensors: the weights in OpenAI's layout, any float precision; computed in single.
            architecture: as read from them.
            quick_gelu: OpenAI's activation. Files trained with plain GELU load as well and score
                wrongly without any sign, so this must be known.
            device: where to compute.
            preprocessing: the channel constants.

        Raises:
            WeightsError: the tensors do not fit the architecture.
        """
        self.architecture = architecture
        self.device = torch.device(device)
        self._model = _build(tensors, architecture, quick_gelu=quick_gelu)
        self._model.to(self.device)
        if architecture.is_resnet:
            # Convolutions read neighbouring channels together in this order.
            self._model.visual.to(memory_format=torch.channels_last)
        self._heavy = [
            part
            for name, part in self._model.visual.named_parameters()
            if is_half(f"visual.{name}") and not name.startswith(_LAST_PROJECTIONS)
        ]
        self._exact: list[Tensor] = []
        shape = (1, 3, 1, 1)
        self._mean = torch.tensor(preprocessing.mean, device=self.device).view(shape)
        self._deviation = torch.tensor(preprocessing.deviation, device=self.device).view(shape)

    @property
    def logit_scale(self) -> float:
        """The factor on cosines: exp of the stored temperature (100 in OpenAI's files)."""
        return float(self._model.logit_scale.exp())

    @property
    def image_weights(self) -> int:
        """The number of weights of the image tower."""
        return sum(part.numel() for part in self._model.visual.parameters())

    def compute_in(self, precision: torch.dtype) -> None:
        """Sets the precision of the image tower's convolutions and matrix products.

        Norms, sums and the last projection stay in single precision. The weights themselves are
        converted, once: autocast would do it anew for every pass (a third of a pass with one crop).
        """
        if not self._exact:
            self._exact = [part.data for part in self._heavy]
        for part, exact in zip(self._heavy, self._exact, strict=True):
            part.data = exact.to(precision)

    def settle(self) -> None:
        """Frees what is only needed to change the precision again."""
        self._exact = []

    def to(self, device: torch.device | str) -> None:
        """Moves the towers, for example off a graphics card that is not needed now."""
        self.device = torch.device(device)
        self._model.to(self.device)
        self._mean = self._mean.to(self.device)
        self._deviation = self._deviation.to(self.device)

    @torch.inference_mode()
    def image_features(self, pixels: np.ndarray | Tensor, *, positional: bool = True) -> Tensor:
        """Features of pictures, not normalised, in single precision.

        Args:
            pixels: N×H×W×3 uint8 sRGB. Any size; the model's own (`architecture.image`) is the
                one it was trained at.
            positional: whether positions are told to the model, as in the authors' switch. An
                adapter is valid only under the setting it was trained with.

        Returns:
            N×embed.
        """
        batch = torch.as_tensor(pixels).to(self.device, non_blocking=True)
        batch = batch.permute(0, 3, 1, 2).to(torch.float32).div_(255)
        batch = (batch - self._mean) / self._deviation
        visual = self._model.visual
        if self.architecture.is_resnet:
            return _resnet_features(visual, batch, positional=positional)
        return _vit_features(visual, batch, positional=positional)

    @torch.inference_mode()
    def text_features(self, texts: Sequence[str]) -> Tensor:
        """Features of texts, not normalised, always computed in single precision: T×embed.

        A text beyond CLIP's 77 tokens is cut, as CLIP does it.
        """
        open_clip = torch_setup.open_clip()
        tokens = open_clip.tokenize(list(texts), context_length=self.architecture.context)
        return self._model.encode_text(tokens.to(self.device)).float()


def _build(tensors: Mapping[str, Tensor], shape: Architecture, *, quick_gelu: bool) -> Any:
    """open_clip's CLIP with these weights, in evaluation mode and single precision."""
    open_clip = torch_setup.open_clip()
    # On the meta device nothing is allocated or drawn at random: the weights are put in below.
    with torch.device("meta"):
        model = open_clip.CLIP(
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
                "heads": shape.text_width // 64,
                "layers": shape.text_layers,
            },
            quick_gelu=quick_gelu,
        )
    expected = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    _check_names(expected, tensors)
    weights = {
        name: tensor.to(torch.float32) if tensor.is_floating_point() else tensor
        for name, tensor in tensors.items()
    }
    model.load_state_dict(weights, strict=True, assign=True)
    mask = torch.full((shape.context, shape.context), float("-inf"))
    model.attn_mask = mask.triu_(1)  # not part of a file: each word sees the words before it
    return model.eval().requires_grad_(requires_grad=False)


def _check_names(expected: Mapping[str, tuple[int, ...]], tensors: Mapping[str, Tensor]) -> None:
    missing = sorted(set(expected) - set(tensors))
    surplus = sorted(set(tensors) - set(expected))
    if missing or surplus:
        what = f"it lacks {missing[0]}" if missing else f"it has {surplus[0]} besides"
        more = len(missing) + len(surplus) - 1
        rest = f" (and {more} more differences)" if more else ""
        raise WeightsError(f"The weights do not make a CLIP model: {what}{rest}.")
    for name, shape in expected.items():
        if tuple(tensors[name].shape) != shape:
            raise WeightsError(
                f"The weights do not make a CLIP model: {name} is "
                f"{tuple(tensors[name].shape)} where {shape} is needed."
            )


def _positions(embedding: Tensor, count: int) -> Tensor:
    """The positional embedding for `count` tokens, the way the authors' code makes it.

    It stretches the table along the flattened token index, the class token's row included. At the
    model's own size that is the table itself; at other sizes it puts tokens in odd places, and is
    kept because adapters may have been trained on exactly that.
    """
    if embedding.shape[0] == count:
        return embedding
    size = (count, embedding.shape[1])
    return F.interpolate(embedding[None, None], size=size, mode="bicubic")[0, 0]


def _vit_features(visual: Any, batch: Tensor, *, positional: bool) -> Tensor:
    reduced = visual.conv1.weight.dtype
    patches = visual.conv1(batch.to(reduced)).float().flatten(2).transpose(1, 2)
    first = visual.class_embedding.expand(len(patches), 1, -1)
    tokens = torch.cat([first, patches], dim=1)
    if positional:
        tokens = tokens + _positions(visual.positional_embedding, tokens.shape[1])
    tokens = visual.ln_pre(tokens)
    *blocks, last = visual.transformer.resblocks
    for block in blocks:
        normed = block.ln_1(tokens).to(reduced)
        tokens = tokens + _attention(block.attn, normed, normed)
        tokens = tokens + block.mlp(block.ln_2(tokens).to(reduced))
    normed = last.ln_1(tokens).to(reduced)
    token = tokens[:, :1] + _attention(last.attn, normed[:, :1], normed)
    token = token + last.mlp(last.ln_2(token).to(reduced))
    return visual.ln_post(token[:, 0]) @ visual.proj


def _attention(layer: Any, queries: Tensor, tokens: Tensor) -> Tensor:
    """Multi-head attention with the packed weights of `torch.nn.MultiheadAttention`."""
    width = tokens.shape[-1]
    weight, bias = layer.in_proj_weight, layer.in_proj_bias
    if queries is tokens:
        query, key, value = F.linear(tokens, weight, bias).split(width, dim=-1)
    else:
        query = F.linear(queries, weight[:width], bias[:width])
        key, value = F.linear(tokens, weight[width:], bias[width:]).split(width, dim=-1)
    return layer.out_proj(_attend(query, key, value, layer.num_heads))


def _attend(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    query, key, value = (
        part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)
    )
    return F.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(2)


def _resnet_features(visual: Any, batch: Tensor, *, positional: bool) -> Tensor:
    reduced = visual.conv1.weight.dtype
    batch = batch.to(reduced).contiguous(memory_format=torch.channels_last)
    places = visual.stem(batch)
    for layer in (visual.layer1, visual.layer2, visual.layer3, visual.layer4):
        places = layer(places)
    pool = visual.attnpool
    places = places.float().flatten(2).transpose(1, 2)
    tokens = torch.cat([places.mean(dim=1, keepdim=True), places], dim=1)
    if positional:
        tokens = tokens + _positions(pool.positional_embedding, tokens.shape[1])
    tokens = tokens.to(reduced)
    query, key, value = pool.q_proj(tokens[:, :1]), pool.k_proj(tokens), pool.v_proj(tokens)
    return pool.c_proj(_attend(query, key, value, pool.num_heads)[:, 0].float())

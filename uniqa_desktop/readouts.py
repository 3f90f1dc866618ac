"""Putting a model's readout together: prompt features, adapter and head of an installed model.

No torch here: with the prompts cached, stored features are scored anew without loading the model.
"""

from __future__ import annotations

from collections.abc import Sequence

from uniqa_desktop import prompts
from uniqa_desktop.adapter import Adapter
from uniqa_desktop.aesthetic_head import AestheticHead
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.model_card import Installed
from uniqa_desktop.text_cache import Encode, TextCache
from uniqa_desktop.uniqa import Floats, Readout


def make(model: Installed, encode: Encode, prompt_set: str | None = None) -> Readout:
    """The readout of `model`; prompts that are not cached yet are encoded and cached.

    Args:
        model: an installed model.
        encode: gives the features of texts (`ClipModel.text_features` as an array).
        prompt_set: the quality prompts, if not those of the card.

    Raises:
        WeightsError: the model's adapter or head cannot be read.
        WrongUse: there is no such prompt set.
    """
    cache = TextCache(model.cache, model.card.weights)
    quality = prompts.quality_set(prompt_set or model.card.prompts)
    return Readout(
        quality=cache.get(quality.texts, encode),
        aesthetics=cache.get(prompts.AESTHETICS.texts, encode),
        attributes=cache.get(prompts.ATTRIBUTE_TEXTS, encode),
        logit_scale=model.card.logit_scale,
        adapter=Adapter.load(model.adapter_file) if model.adapter_file else None,
        head=_head(model),
    )


class _NotCachedError(Exception):
    """A prompt set has not been encoded on this machine yet."""


def stored(model: Installed, prompt_set: str | None = None) -> Readout | None:
    """The readout of `model` if all its prompts are cached, `None` if the model has to be loaded.

    Raises:
        WeightsError: the model's adapter or head cannot be read.
        WrongUse: there is no such prompt set.
    """

    def encode(texts: Sequence[str]) -> Floats:
        raise _NotCachedError(texts)

    try:
        return make(model, encode, prompt_set)
    except _NotCachedError:
        return None


def _head(model: Installed) -> AestheticHead | None:
    if model.head_file is None:
        return None
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return AestheticHead.from_arrays(load_file(model.head_file))
    except (OSError, SafetensorError, ValueError) as error:
        raise WeightsError(
            f"The aesthetic head of {model.card.id} cannot be read ({error})."
        ) from None

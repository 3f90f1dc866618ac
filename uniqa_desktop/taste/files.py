"""Tastes as files: safetensors with a JSON card beside it, or an adapter for the authors' code.

A file holds numbers only: where rated photos stand in a model's features, and what follows from
their ratings. Neither pictures nor names or places of photos leave the library with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import atomic, paths
from uniqa_desktop.adapter import LEVELS, Adapter
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.taste.posterior import Posterior
from uniqa_desktop.taste.space import CUES, Space

FORM = "uniqa-desktop taste 1"
"""What a card says that it is; another layout needs another number."""
GENERIC, POSTERIOR, ADAPTER = "generic", "posterior", "adapter"
"""The methods: nothing was learned that orders photos; `posterior`; UniQA's adapter."""
_SPACE = "space."
AUTHORS = (".pt", ".pth")
SUFFIX = ".safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What a version scores by: the scales, and one of two methods; neither for `GENERIC`."""

    space: Space
    posterior: Posterior | None = None
    adapter: Adapter | None = None

    @property
    def method(self) -> str:
        if self.adapter is not None:
            return ADAPTER
        return GENERIC if self.posterior is None else POSTERIOR

    def to_bytes(self) -> bytes:
        """As safetensors; the same taste gives the same bytes."""
        from safetensors.numpy import save

        return save({name: np.ascontiguousarray(a) for name, a in self._arrays().items()})

    def _arrays(self) -> dict[str, NDArray]:
        found = {_SPACE + name: array for name, array in _arrays_of(self.space).items()}
        if self.posterior is not None:
            found |= _arrays_of(self.posterior)
        if self.adapter is not None:
            found |= self.adapter.arrays()
        return dict(sorted(found.items()))

    @classmethod
    def of_bytes(cls, data: bytes, name: str) -> Learned:
        """Reads `to_bytes`; `name` is for the sentence of the error.

        Raises:
            WeightsError: it is damaged, or no taste.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            arrays = load(data)
            if not all(
                array.dtype.kind == "f" and bool(np.isfinite(array).all())
                for array in arrays.values()
            ):
                raise ValueError("a value is not a number")
            space = _of_arrays(Space, arrays, _SPACE)
            adapter = Adapter.from_arrays(arrays) if LEVELS in arrays else None
            posterior = _of_arrays(Posterior, arrays) if "alpha" in arrays else None
            _check(space, posterior)
        except (SafetensorError, ValueError, KeyError) as error:
            raise WeightsError(f"{name} cannot be read as a taste ({error}).") from None
        return cls(space, posterior, adapter)


def write(path: Path, learned: Learned, card: Mapping[str, Any]) -> list[Path]:
    """Writes a taste: `path` and its card beside it, or an adapter alone for a name in `AUTHORS`.

    Returns:
        The files written.

    Raises:
        WrongUse: only an adapter has the authors' form; or the place cannot be written.
        DiskFull: no room.
    """
    try:
        if path.suffix.lower() in AUTHORS:
            if learned.adapter is None:
                raise WrongUse(
                    "Only a taste learned by UniQA's adapter has the authors' form: give the file "
                    "a name that ends in .safetensors."
                )
            learned.adapter.save(path)
            return [path]
        text = json.dumps({**card, "form": FORM}, indent=2, ensure_ascii=False) + "\n"
        beside = path.with_suffix(".json")
        atomic.write_bytes(path, learned.to_bytes())
        atomic.write_bytes(beside, text.encode("utf-8"))
    except OSError as error:
        raise WrongUse(
            f"{paths.display(path)} cannot be written ({error.strerror or error})."
        ) from None
    return [path, beside]


def read(path: Path) -> tuple[Learned, dict[str, Any]]:
    """Reads a taste and its card.

    Raises:
        WeightsError: the file is missing, damaged or no taste, or its card is.
    """
    try:
        data = path.read_bytes()
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WeightsError(
            f"There is no {paths.display(error.filename)}: a taste is a .safetensors file with its "
            ".json card beside it."
        ) from None
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path.name} or its card cannot be read ({error}).") from None
    if not isinstance(card, dict) or card.get("form") != FORM:
        raise WeightsError(f"{path.name} is no taste of this program: its card says otherwise.")
    return Learned.of_bytes(data, path.name), card


def read_adapter(path: Path, width: int) -> Adapter:
    """Reads an adapter in the authors' form; imports torch, and never runs what a file holds.

    Args:
        path: `{'params': …}` as their training saves it, or safetensors of the same names.
        width: the feature width of the model in use.

    Raises:
        WeightsError: it is damaged, something else, or of another width.
    """
    from uniqa_desktop import weight_files

    found = weight_files.read(path)
    if found.kind is not weight_files.Kind.ADAPTER:
        raise WeightsError(f"{path.name} holds no taste: it is a {found.kind}.")
    adapter = Adapter.from_arrays(
        {name: tensor.float().numpy() for name, tensor in found.tensors.items()}
    )
    if adapter.width != width:
        raise WeightsError(
            f"{path.name} fits features of {adapter.width} numbers, but those of the model in use "
            f"have {width}."
        )
    return adapter


def _arrays_of(value: Space | Posterior) -> dict[str, NDArray]:
    return {item.name: np.asarray(getattr(value, item.name), np.float64) for item in fields(value)}


def _of_arrays(kind: type, arrays: Mapping[str, NDArray], prefix: str = "") -> Any:
    found = {}
    for item in fields(kind):
        array = arrays[prefix + item.name]
        found[item.name] = array.item() if item.type == "float" else array
    return kind(**found)


def _check(space: Space, posterior: Posterior | None) -> None:
    """Sees that all sizes fit together.

    Raises:
        ValueError: they do not.
    """
    cues = len(CUES)
    fits = space.axes.shape[0] == len(space.mean) and space.cue_middle.shape == (cues,)
    if posterior is not None:
        count = len(posterior.alpha)
        fits = fits and (
            posterior.likeness.shape == (count, space.axes.shape[1])
            and posterior.cues.shape == (count, cues)
            and posterior.precision.shape == (count, count)
            and posterior.cue_weights.shape == (cues,)
        )
    if not fits:
        raise ValueError("its sizes do not fit together")

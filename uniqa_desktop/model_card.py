"""The card of an installed model: what it is, its hashes, its origin and its licence."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from uniqa_desktop import atomic, weights
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.weights import ModelSpec

WEIGHTS, CARD, ADAPTER, HEAD, CACHE = (
    "weights.safetensors",
    "card.json",
    "adapter.safetensors",
    "head.safetensors",
    "cache",
)
_CARD_VERSION = 1


@dataclass(frozen=True, slots=True)
class Source:
    """The file that something was installed from, as it was given."""

    name: str
    sha256: str
    size: int
    format: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of an installed model.

    `weights` is the sha256 of the stored weights, which names the model in caches and beside
    stored features; the same model gives the same one from a file of any form. `accepted` is when
    the user agreed to the licence (ISO 8601, UTC), `None` where no agreement was needed.
    `positional` and `prompts` are what quality is scored with, `crops` the default crop policy.
    """

    id: str
    title: str
    architecture: Architecture
    weights: str
    logit_scale: float
    source: Source
    licence: str
    accepted: str | None
    installed: str
    quick_gelu: bool = True
    positional: bool = True
    crops: str = "five-384"
    prompts: str = "ensemble"
    adapter: Source | None = None
    head: Source | None = None

    def to_json(self) -> dict[str, Any]:
        data = asdict(self)
        data["architecture"] = self.architecture.to_json()
        return {"card": _CARD_VERSION, **data}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Card:
        """The inverse of `to_json`.

        Raises:
            KeyError, TypeError, ValueError: not a card of this version.
        """
        if data.pop("card") != _CARD_VERSION:
            raise ValueError("made by another version of the program")
        for part in ("source", "adapter", "head"):
            data[part] = Source(**data[part]) if data.get(part) else None
        data["architecture"] = Architecture.from_json(data["architecture"])
        return cls(**data)

    @property
    def spec(self) -> ModelSpec | None:
        """The model's row in the table, if it has one."""
        return weights.find(self.id)


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this machine."""

    card: Card
    folder: Path

    @property
    def weights_file(self) -> Path:
        return self.folder / WEIGHTS

    @property
    def adapter_file(self) -> Path | None:
        return self.folder / ADAPTER if self.card.adapter else None

    @property
    def head_file(self) -> Path | None:
        return self.folder / HEAD if self.card.head else None

    @property
    def cache(self) -> Path:
        """The folder of what can be made again."""
        return self.folder / CACHE

    @classmethod
    def open(cls, folder: Path) -> Installed:
        """The model in `folder`.

        Raises:
            WeightsError: its card cannot be read.
        """
        try:
            card = Card.from_json(json.loads((folder / CARD).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise WeightsError(
                f"The card of the model {folder.name} cannot be read ({error}): remove the model "
                "and install it again."
            ) from None
        return cls(card, folder)

    def write_card(self) -> None:
        """Writes the card atomically into the folder.

        Raises:
            DiskFull: no room; the card is as it was.
        """
        text = json.dumps(self.card.to_json(), indent=2, ensure_ascii=False) + "\n"
        atomic.write_bytes(self.folder / CARD, text.encode("utf-8"))

"""The models as the Models dialog lists them: known, installed, and a file of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uniqa_desktop import weights
from uniqa_desktop.gui.words import say
from uniqa_desktop.installed import Models
from uniqa_desktop.model_card import Card
from uniqa_desktop.weights import ModelSpec, Output

OWN_FILE = ""
"""The id of the row under which a file of one's own is installed; it has no id yet."""

_GIVES = {
    Output.QUALITY: "quality",
    Output.AESTHETICS: "aesthetics",
    Output.ATTRIBUTES: "attributes",
    Output.SEARCH: "search by words",
}


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model: its row in the table of models, if it has one, and its card, if it is here."""

    id: str
    title: str
    spec: ModelSpec | None
    card: Card | None
    in_use: bool

    @property
    def ready(self) -> bool:
        """Whether it can score now."""
        return self.card is not None or (self.spec is not None and not self.spec.needs_file)

    @property
    def takes_file(self) -> bool:
        """Whether a file may be installed for it."""
        return self.spec is None or self.spec.needs_file

    @property
    def can_be_fetched(self) -> bool:
        return self.card is None and self.spec is not None and self.spec.hub is not None

    @property
    def asks_licence(self) -> bool:
        """Whether the user has to agree to its licence before it is installed."""
        agreed = self.card is not None and self.card.accepted is not None
        return self.spec is not None and self.spec.licence.must_be_accepted and not agreed

    @property
    def state(self) -> str:
        """In a word or two how it stands; empty where it is not here."""
        if self.in_use:
            return say("in use")
        if self.card is not None:
            return say("installed")
        return say("built in") if self.ready else ""

    @property
    def gives(self) -> str:
        """What it says of a photo, in words."""
        scores = weights.outputs(self.id)
        return ", ".join(say(word) for output, word in _GIVES.items() if output in scores)


def rows(chosen: str, models: Models | None = None) -> Sequence[ModelRow]:
    """All rows, the known models first; `chosen` is the id of the one in use."""
    cards = {model.card.id: model.card for model in (models or Models()).all()}
    known = [
        ModelRow(spec.id, spec.title, spec, cards.pop(spec.id, None), spec.id == chosen)
        for spec in weights.MODELS
    ]
    own = [ModelRow(card.id, card.title, None, card, card.id == chosen) for card in cards.values()]
    return (*known, *own, ModelRow(OWN_FILE, say("A file of your own…"), None, None, False))

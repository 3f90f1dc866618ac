"""The worker's answers to what the window asks about the taste in use."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.jobs import taste_card
from uniqa_desktop.jobs.taste import explain_taste, suggest, suggest_pairs
from uniqa_desktop.keeping import Keeper
from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.taste.why import Witness

SUGGESTED = 12
"""Photos, or pairs, suggested at once: what comes after is better chosen with these answers."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why `photo` has its taste, in points of 100: what the generic score alone gives, what rated
    photos like it add, what each measured cue adds; and those rated photos themselves."""

    photo: int
    taste: float
    generic: float
    shown: float
    cues: tuple[tuple[str, float], ...]
    liked: tuple[Photo, ...]
    disliked: tuple[Photo, ...]


class TasteAnswers:
    """One method for each kind of question about the taste."""

    def __init__(self, store: Store, keeper: Keeper) -> None:
        self._store = store
        self._keeper = keeper

    def status(self, question: Question) -> Generator[dict[str, Any], None, None]:
        """The card (`jobs.taste_card.status`)."""
        with self._keeper.lent(question.model, question.device) as scorer:
            yield taste_card.status(self._store, scorer)

    def why(self, question: Question) -> Generator[Grounds | None, None, None]:
        """`Grounds`, or `None` where nothing was learned that can be taken apart."""
        with self._keeper.lent(question.model, question.device) as scorer:
            try:
                found = explain_taste(self._store, scorer, question.photo)
            except (WrongUse, WeightsError):
                found = None
        if found is None:
            yield None
            return
        parts, learned_from = found
        places = [one.place for one in (*parts.liked, *parts.disliked)]
        rated = [learned_from[place] for place in places if place < len(learned_from)]
        photos = {one.id: one for one in self._store.photos.get(rated, model=question.model)}

        def known(witnesses: tuple[Witness, ...]) -> tuple[Photo, ...]:
            numbers = (learned_from[one.place] for one in witnesses)
            # Its own rating is no likeness to anything.
            others = (number for number in numbers if number != question.photo)
            return tuple(photos[number] for number in others if number in photos)

        yield Grounds(
            question.photo, parts.taste, parts.generic, parts.shown, parts.cues,
            known(parts.liked), known(parts.disliked),
        )  # fmt: skip

    def suggest(self, question: Question) -> Generator[list[tuple[Photo, ...]], None, None]:
        """Photos to rate next, or pairs where the question's text is `pairs`."""
        with self._keeper.lent(question.model, question.device) as scorer:
            chosen: list[tuple[int, ...]]
            if question.text == "pairs":
                chosen = [*suggest_pairs(self._store, scorer, None, SUGGESTED)]
            else:
                chosen = [(photo,) for photo in suggest(self._store, scorer, None, SUGGESTED)]
        photos = {
            one.id: one for one in self._store.photos.get([id for ids in chosen for id in ids])
        }
        yield [tuple(photos[id] for id in ids) for ids in chosen if photos.keys() >= set(ids)]

"""The answers to the window's questions. They are made in the worker's thread, with its model."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

from uniqa_desktop import cues, decode, explaining, searching
from uniqa_desktop.cues import Spread
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.taste_answers import TasteAnswers
from uniqa_desktop.keeping import Keeper
from uniqa_desktop.store import Store

_FRESH = 20.0
"""Seconds for which the spread of a folder's cues is taken to be true: scoring adds to it."""

Steps = Generator[Any, None, None]


class Answers:
    """One method for each kind of question."""

    def __init__(self, store: Store, keeper: Keeper) -> None:
        self._store = store
        self._keeper = keeper
        self._taste = TasteAnswers(store, keeper)
        self._spread: tuple[object, float, Spread | None] = (None, 0.0, None)

    def to(self, question: Question) -> Steps:
        """The answers to a question, in steps.

        Raises:
            KnownError: there is none, for this reason.
            KeyError: no such kind of question.
        """
        kinds: dict[str, Callable[[Question], Steps]] = {
            "heat": self._heat,
            "standing": self._standing,
            "cues": self._cues,
            "words": self._words,
            "like": self._like,
            "order": self._order,
            "taste status": self._taste.status,
            "taste why": self._taste.why,
            "taste suggest": self._taste.suggest,
        }
        yield from kinds[question.kind](question)

    def _heat(self, question: Question) -> Steps:
        pixels = decode.full(question.path).pixels
        with self._keeper.lent(question.model, question.device) as scorer:
            yield from explaining.explained(scorer, pixels)

    def _standing(self, question: Question) -> Steps:
        yield self._store.scores.standing(question.model, question.folders)

    def _cues(self, question: Question) -> Steps:
        with self._keeper.lent(question.model, question.device) as scorer:
            about = (question.folders, scorer.features_key)
            known, made, spread = self._spread
            if about != known or time.monotonic() - made > _FRESH:
                spread = cues.spread(self._store, scorer, question.folders)
                self._spread = (about, time.monotonic(), spread)
            yield cues.of_photo(self._store, scorer, question.photo, spread)

    def _words(self, question: Question) -> Steps:
        with self._keeper.lent(question.model, question.device) as scorer:
            if not searching.reads_words(scorer):
                raise WrongUse(f"The model {question.model} knows no words.")
            direction = searching.words(scorer, question.text)
            yield searching.ranked(self._store, scorer, direction, question.folders)

    def _order(self, question: Question) -> Steps:
        assert question.query is not None
        yield self._store.photos.listing(question.query)

    def _like(self, question: Question) -> Steps:
        with self._keeper.lent(question.model, question.device) as scorer:
            if scorer.features_key is None:
                raise WrongUse(
                    f"The model {question.model} cannot compare photos: choose another one under "
                    "Scoring, Models."
                )
            direction = searching.stored(self._store, scorer, question.photo)
            if direction is None:
                direction = searching.picture(scorer, question.path)
            yield searching.ranked(self._store, scorer, direction, question.folders)

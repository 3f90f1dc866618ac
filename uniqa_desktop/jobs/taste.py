"""Learning a taste from the library's verdicts, and what can be asked of it then.

Everything comes from stored features and measures: no photo is opened, no model is loaded, and
torch is imported only where UniQA's adapter is tried.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from uniqa_desktop.adapter import Adapter
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.jobs import taste_view
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.jobs.taste_card import card_of
from uniqa_desktop.jobs.taste_view import View
from uniqa_desktop.photo import Progress
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile, Version
from uniqa_desktop.taste import adapting, choosing, posterior, suggesting
from uniqa_desktop.taste.evidence import Gathered
from uniqa_desktop.taste.files import ADAPTER, POSTERIOR, Learned
from uniqa_desktop.taste.observations import Doubles, Evidence, Places, to_percent
from uniqa_desktop.taste.why import Why, why
from uniqa_desktop.uniqa import Readout

_CROPS_AT_ONCE = 2048
_LOOKED_AT = 200
"""So many photos without features are looked at for why they have none."""
_ASKED_AMONG = 6000
"""Of more photos, an even sample is read to choose from what to rate next."""


@dataclass(frozen=True, slots=True)
class TasteReport:
    """What a training did. `version` is the one that counts now, `new` whether it was made just
    now; `moved` how many photos have another place in the order than before; `card` all that is
    known of it (see `taste_card`)."""

    profile: str
    model: str
    version: int | None
    new: bool
    scored: int
    moved: int
    card: Mapping[str, Any]
    stopped: bool = False


def train_taste(
    store: Store,
    scorer: Scorer,
    name: str | None = None,
    *,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, TasteReport]:
    """Learns the taste of a profile (of the one in use without a name) with a model's features.

    The same verdicts on the same photos give the same taste to the last bit; then no new version
    is made. Until the last step nothing is stored.

    Raises:
        WrongUse: there is no such profile, or no photo that it counts for has been scored.
    """
    stop = stop or threading.Event()
    pace = Pace("taste", total=4)
    yield pace.step()
    profile = store.tastes.profile(name)
    gathered = taste_view.evidence(store, profile)
    view = _seen(store, scorer, profile)
    known = gathered.of_photos(view.holds(gathered.photos)).sampled()
    pace.add()
    yield pace.step()
    learned, fitted = Learned(view.space), None
    if known.evidence.tells_order:
        fitted = posterior.fit(view.seen.of(view.rows(known.photos)), known.evidence)
        learned = Learned(view.space, fitted.posterior)
    groups = _groups(store, known)
    choice = None
    if fitted is not None and (readout := _readout(scorer)) is not None:
        tried = yield from _tried(store, scorer, view, known, readout, groups, pace, stop)
        if tried is not None:
            choice, adapter = tried
            learned = learned if adapter is None else Learned(view.space, adapter=adapter)
    pace.add()
    yield pace.step()
    card = card_of(profile, scorer, gathered, known, view, fitted, learned, groups, choice)
    pace.add()
    yield pace.step()
    if stop.is_set():
        return TasteReport(profile.name, scorer.model, None, False, 0, 0, card, stopped=True)
    before = store.tastes.current(profile, scorer.model)
    data = learned.to_bytes()
    new = (
        before is None
        or before.card.get("evidence") != card["evidence"]
        or store.tastes.arrays(profile, before.number) != data
    )
    version = before.number if before else 0
    if new:
        version = store.tastes.add_version(
            profile, model=scorer.model, weights=view.weights, method=learned.method, card=card,
            arrays=data,
        )  # fmt: skip
    scored, moved = _store_scores(store, scorer, profile, view, learned)
    pace.add()
    yield pace.step()
    return TasteReport(profile.name, scorer.model, version, new, scored, moved, card)


def apply_taste(store: Store, scorer: Scorer, name: str | None = None) -> tuple[int, int]:
    """Scores all photos of a profile anew by its current version, without learning: after going
    back to another version, or when photos came in.

    Returns:
        How many photos were scored, and how many of them have another place now.

    Raises:
        WrongUse: nothing was learned with this model.
        WeightsError: it was learned from other weights than those installed.
    """
    profile = store.tastes.profile(name)
    learned, _ = current(store, scorer, profile)
    view = taste_view.read(store, scorer, profile, learned.space)
    return _store_scores(store, scorer, profile, view, learned)


def roll_back(store: Store, scorer: Scorer, name: str, number: int) -> tuple[int, int]:
    """Makes a version of a profile the one that counts with its model, whose `scorer` this is, and
    scores by it; later versions are kept. As `apply_taste` otherwise.

    Raises:
        WrongUse: there is no such profile or version, or it was learned from other weights.
    """
    profile = store.tastes.profile(name)
    wanted = store.tastes.version(profile, number)
    if wanted.weights != taste_view.weights_of(scorer):
        raise WrongUse(
            f"Version {number} of {profile.name} was learned from other weights of {wanted.model} "
            "than those installed: learn it anew from the same ratings (`taste train`)."
        )
    store.tastes.roll_back(profile, number)
    return apply_taste(store, scorer, profile.name)


def current(store: Store, scorer: Scorer, profile: Profile) -> tuple[Learned, Version]:
    """What counts for a profile with a model.

    Raises:
        WrongUse: nothing was learned with this model yet.
        WeightsError: it was learned from other weights, or is damaged.
    """
    version = store.tastes.current(profile, scorer.model)
    if version is None:
        raise WrongUse(
            f"{profile.name} has not learned anything with {scorer.model} yet: run `taste train`."
        )
    if version.weights != taste_view.weights_of(scorer):
        raise WeightsError(
            f"{profile.name} was learned from other weights of {scorer.model}: run `taste train` "
            "to learn it anew from the same ratings."
        )
    name = f"{profile.name}, version {version.number},"
    return Learned.of_bytes(store.tastes.arrays(profile, version.number), name), version


def suggest(store: Store, scorer: Scorer, name: str | None = None, count: int = 20) -> list[int]:
    """Photos without a verdict whose rating would tell most, the most telling first; it works
    before anything was learned, too.

    Raises:
        WrongUse: no photo that the profile counts for has been scored.
    """
    learned, view, rows = _to_ask(store, scorer, name)
    return [view.ids[rows[row]] for row in suggesting.photos(learned, view.seen.of(rows), count)]


def suggest_pairs(
    store: Store, scorer: Scorer, name: str | None = None, count: int = 20
) -> list[tuple[int, int]]:
    """Pairs of photos without a verdict whose order is least sure and would tell most.

    Raises:
        WrongUse: no photo that the profile counts for has been scored.
    """
    learned, view, rows = _to_ask(store, scorer, name)
    return [
        (view.ids[rows[one]], view.ids[rows[other]])
        for one, other in suggesting.pairs(learned, view.seen.of(rows), count)
    ]


def explain_taste(
    store: Store, scorer: Scorer, photo: int, name: str | None = None
) -> tuple[Why, list[int]] | None:
    """Why a photo's taste is what it is, and the photos that a witness's place stands for.

    `None` if the photo has no features, or the taste was not learned in a way that can be taken
    apart (by the adapter, or not at all).

    Raises:
        WrongUse, WeightsError: as `current`.
    """
    profile = store.tastes.profile(name)
    learned, version = current(store, scorer, profile)
    seen = taste_view.one(store, scorer, photo, learned.space)
    if seen is None or learned.posterior is None:
        return None
    photos = list(version.card["learned_from"])
    values = version.card["said"] if photos else [None] * len(learned.posterior.alpha)
    return why(learned.posterior, seen, values), photos


def _seen(
    store: Store,
    scorer: Scorer,
    profile: Profile,
    *,
    most: int | None = None,
    also: Collection[int] = (),
) -> View:
    view = taste_view.read(store, scorer, profile, most=most, also=also)
    if not len(view.ids):
        scored = store.opinions.measures(sorted(view.without)[:_LOOKED_AT], scorer.model)[:, -1]
        if np.isfinite(scored).any():
            raise WrongUse(
                f"The photos that {profile.name} counts for were scored with other weights of "
                f"{scorer.model}: run `score --again` to encode them anew."
            )
        raise WrongUse(
            f"No photo that {profile.name} counts for has been scored with {scorer.model} yet: run "
            "`score` first."
        )
    return view


def _to_ask(
    store: Store, scorer: Scorer, name: str | None
) -> tuple[posterior.Posterior, View, np.ndarray]:
    """The taste as the verdicts of now make it, and the rows of photos that have none."""
    profile = store.tastes.profile(name)
    gathered = taste_view.evidence(store, profile)
    view = _seen(store, scorer, profile, most=_ASKED_AMONG, also=gathered.photos)
    known = gathered.of_photos(view.holds(gathered.photos)).sampled()
    if known.evidence.tells_order:
        learned = posterior.fit(view.seen.of(view.rows(known.photos)), known.evidence).posterior
    else:
        learned = posterior.blank(view.seen.likeness.shape[1], view.seen.cues.shape[1])
    given = {one.photo for one in store.opinions.given()} | set(gathered.photos)
    rows = np.array([row for row, photo in enumerate(view.ids) if photo not in given], np.int64)
    return learned, view, rows


def _groups(store: Store, known: Gathered) -> list[object]:
    """What is left out together: shoots if there are enough of them, else bursts."""
    from uniqa_desktop.taste.honesty import shoots

    bursts = store.opinions.groups(known.photos)
    places = store.opinions.shoots(known.photos)
    return shoots(
        [("burst", bursts[one]) if one in bursts else ("photo", one) for one in known.photos],
        [places.get(one, one) for one in known.photos],
    )


def _readout(scorer: Scorer) -> Readout | None:
    """The prompts of a model with a text tower; `None` for one without."""
    from uniqa_desktop import readouts
    from uniqa_desktop.clip_scorer import ClipScorer
    from uniqa_desktop.installed import Models

    if not isinstance(scorer, ClipScorer):
        return None
    return readouts.stored(Models().get(scorer.model))


def _tried(
    store: Store,
    scorer: Scorer,
    view: View,
    known: Gathered,
    readout: Readout,
    groups: list[object],
    pace: Pace,
    stop: threading.Event,
) -> Generator[Progress, None, tuple[choosing.Choice, Adapter | None] | None]:
    """The posterior against UniQA's adapter: the choice, and the adapter if it was taken."""
    rated = known.evidence.rated
    if len(rated) < adapting.LEAST or len({str(groups[row]) for row in rated}) < choosing.OUTER:
        return None
    crops = _crops(store, scorer, list(known.photos))
    seen = view.seen.of(view.rows(known.photos))

    def by_adapter(evidence: Evidence, rows: Places) -> choosing.Predict:
        adapter = adapting.train(crops[rows], evidence, readout, stop=stop)
        return lambda others: adapting.ratings(adapter, crops[others], readout)

    methods = {POSTERIOR: choosing.by_posterior(seen), ADAPTER: by_adapter}
    choice = None
    for found in choosing.choose(methods, known.evidence, groups, stop=stop):
        choice = found
        yield pace.step()
    if choice is None:
        return None
    if choice.method != ADAPTER:
        return choice, None
    return choice, adapting.train(crops, known.evidence, readout, stop=stop)


def _crops(store: Store, scorer: Scorer, photos: list[int]) -> np.ndarray:
    """The stored crops of photos, which have them: photos×crops×D."""
    from uniqa_desktop.clip_scorer import ClipScorer

    assert isinstance(scorer, ClipScorer)
    _, vectors = store.features.read(photos, *scorer.key)
    return scorer.per_crop(vectors)


def _store_scores(
    store: Store, scorer: Scorer, profile: Profile, view: View, learned: Learned
) -> tuple[int, int]:
    """Stores the scores of all photos of a view; how many, and how many changed places."""
    values = scores(store, scorer, view, learned)
    before = store.tastes.scores(profile, scorer.model)
    count = store.tastes.write_scores(
        profile, scorer.model, zip(view.ids, values.tolist(), strict=True)
    )
    shared = [row for row, photo in enumerate(view.ids) if photo in before]
    old = np.array([before[view.ids[row]] for row in shared])
    was, is_now = (np.argsort(-part, kind="stable") for part in (old, values[shared]))
    return count, int((was != is_now).sum())


def scores(store: Store, scorer: Scorer, view: View, learned: Learned) -> Doubles:
    """The taste of the photos of a view, 0–100; the generic score where nothing was learned that
    orders them."""
    if learned.adapter is not None:
        readout = _readout(scorer)
        if readout is None:
            raise WeightsError(
                f"This taste needs the prompts of {scorer.model}, which are not there: score a "
                "photo with it first."
            )
        parts = [
            adapting.ratings(
                learned.adapter,
                _crops(store, scorer, list(view.ids[at : at + _CROPS_AT_ONCE])),
                readout,
            )
            for at in range(0, len(view.ids), _CROPS_AT_ONCE)
        ]
        return to_percent(np.concatenate(parts) if parts else np.zeros(0))
    if learned.posterior is None:
        generic = view.seen.generic * view.space.generic_spread + view.space.generic_middle
        return np.clip(generic, 0, 100)
    return to_percent(learned.posterior.ratings(view.seen))

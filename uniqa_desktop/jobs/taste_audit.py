"""Blind audits: photos are drawn with the scores of that moment, verdicts follow without scores,
and the report says what the scores would have done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.store import Store
from uniqa_desktop.store.opinions import StoredAudit
from uniqa_desktop.taste import audit


def begin_audit(
    store: Store, model: str, name: str | None = None, count: int = audit.SIZE
) -> tuple[int, list[int]]:
    """Draws undecided photos for a blind audit: its number, and the photos in random order.

    Raises:
        WrongUse: there is no such profile, or no undecided photo that the model has scored.
    """
    profile = store.tastes.profile(name)
    given = {one.photo for one in store.opinions.given()}
    free = [photo for photo in store.tastes.within(profile) if photo not in given]
    generic = dict(zip(free, store.opinions.measures(free, model)[:, -1].tolist(), strict=True))
    free = [photo for photo in free if generic[photo] == generic[photo]]
    if not free:
        raise WrongUse(
            f"There is no photo without a verdict that {model} has scored: score some first."
        )
    seed = len(store.opinions.audits(profile.id))
    drawn = audit.draw(free, count, seed)
    taste = store.tastes.scores(profile, model)
    number = store.opinions.add_audit(
        profile.id, model, [(photo, taste.get(photo), generic[photo]) for photo in drawn]
    )
    return number, drawn


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A blind audit without a report: its number, when it began, how many of its photos were judged
    blind since, and those that are left to be judged, in their order."""

    audit: int
    began: datetime
    judged: int
    left: tuple[int, ...]


def unfinished(store: Store, model: str, name: str | None = None) -> Unfinished | None:
    """The last audit of a profile if it has no report yet and can go on with this model.

    What was decided meanwhile with scores in view is neither judged nor left.

    Raises:
        WrongUse: there is no such profile.
    """
    profile = store.tastes.profile(name)
    last = next(iter(store.opinions.audits(profile.id)), None)
    if last is None or last.report is not None or last.model != model:
        return None
    drawn = [photo for photo, *_ in last.drawn]
    free = set(store.tastes.within(profile)).difference(one.photo for one in store.opinions.given())
    judged = len(store.opinions.verdicts_since(last.after, drawn))
    left = tuple(photo for photo in drawn if photo in free)
    return Unfinished(last.id, last.at, judged, left) if judged or left else None


def report_audit(
    store: Store, name: str | None = None, number: int | None = None
) -> dict[str, Any]:
    """The report of an audit (of the last one without a number), made from the blind verdicts
    given since it began, and kept.

    Raises:
        WrongUse: there is no such audit, or no blind verdict was given yet.
    """
    profile = store.tastes.profile(name)
    found = find_audit(store.opinions.audits(profile.id), number)
    photos = [photo for photo, *_ in found.drawn]
    answers = {
        one.photo: audit.verdict_of(one.flag, one.stars)
        for one in store.opinions.verdicts_since(found.after, photos)
    }
    made = audit.report(found.drawn, answers)
    if not made.answered:
        raise WrongUse(
            "No blind verdict was given in this audit yet: pick or reject its photos without "
            "looking at scores, then ask again."
        )
    document = {"audit": found.id, "model": found.model, "began": found.at.isoformat()}
    document |= asdict(made) | {"cost_of": dict(audit.COST)}
    store.opinions.keep_report(found.id, document)
    return document


def find_audit(audits: list[StoredAudit], number: int | None) -> StoredAudit:
    """An audit by its number, or the last one.

    Raises:
        WrongUse: there is none.
    """
    for one in audits:
        if number in (None, one.id):
            return one
    raise WrongUse(
        "No audit was begun yet: `taste audit` draws one."
        if number is None
        else f"There is no audit {number}."
    )

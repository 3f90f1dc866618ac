"""The scoring pass: each photo is opened once, at full size, and everything comes from that.

Where the store holds a photo's features by the same weights, it is scored from them, unopened.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uniqa_desktop import attributes, decode, meta, scan
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Attributes, Failure, Meta, Photo, Progress, Scored
from uniqa_desktop.scorers import Scorer
from uniqa_desktop.store import Store, Thumbs

_log = logging.getLogger(__name__)

_COMMIT_EVERY = 0.5
"""Seconds after which a batch is stored even if it is not full: what a kill can lose."""
_ROWS_AT_ONCE = 200
_FEATURES_AT_ONCE = 2048
"""Photos scored from features in one transaction: about 10 MB of features."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What a scoring pass did. `skipped` photos had a score by this model already; `failed` lists
    every photo of the folders that cannot be read, also from earlier passes."""

    model: str
    scored: int
    skipped: int
    failed: tuple[Failure, ...]
    seconds: float
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the decode threads hand over for one photo: small, so that many may wait."""

    photo: Photo
    meta: Meta
    attributes: Attributes
    phash: int
    warmth: float
    content: bytes
    thumbnail: bytes
    prepared: Any


def score(
    store: Store,
    thumbs: Thumbs,
    load: Callable[[], Scorer],
    folders: Sequence[Path] = (),
    *,
    model: str,
    stop: threading.Event | None = None,
    threads: int | None = None,
) -> Generator[Progress, None, ScoreReport]:
    """Scores every present photo that has no score by `model` yet.

    Photos with stored features come first and are not opened. The others are decoded, measured
    and hashed in `threads` threads (default: one a core), of which at most twice as many photos
    wait to be stored: memory does not depend on their number. The scorer is made by `load` in the
    calling thread if there is something to score, and opened if a photo has to be. It stays
    open: closing it is its owner's business, who may have more work for it.

    Yields:
        Progress, at most about ten times a second, with the ids whose rows changed.

    Raises:
        DiskFull, LibraryError: what was stored before stays.
        WeightsError: the model cannot be loaded.
    """
    stop = stop or threading.Event()
    began = time.monotonic()
    pending = store.photos.pending(model, folders)
    known_bad = store.failures.all(folders)
    present = store.photos.total(folders)
    pace = Pace("score", total=len(pending))
    scored = 0
    yield pace.step()
    if pending:
        scorer = load()
        if scorer.features_key is not None:
            scored += yield from _from_features(store, scorer, pending, pace, stop)
            yield pace.step()
        unopened = store.photos.pending(model, folders) if scored else pending
        if unopened and not stop.is_set():
            scored += yield from _from_files(store, thumbs, scorer, unopened, pace, stop, threads)
        yield pace.step()
    failed = store.failures.all(folders)
    return ScoreReport(
        model=model,
        scored=scored,
        skipped=max(0, present - len(pending) - len(known_bad)),
        failed=tuple(failed),
        seconds=time.monotonic() - began,
        stopped=stop.is_set(),
    )


def _from_features(
    store: Store,
    scorer: Scorer,
    pending: Sequence[int],
    pace: Pace,
    stop: threading.Event,
) -> Generator[Progress, None, int]:
    """Scores the photos whose features are stored; returns how many there were."""
    assert scorer.features_key is not None
    scored = 0
    for start in range(0, len(pending), _FEATURES_AT_ONCE):
        if stop.is_set():
            break
        block = pending[start : start + _FEATURES_AT_ONCE]
        ids, vectors = store.features.read(block, *scorer.features_key)
        store.scores.write_again(list(zip(ids, scorer.score(vectors, ()), strict=True)))
        scored += len(ids)
        pace.add(len(ids), changed=tuple(ids))
        if pace.due:
            yield pace.step()
    return scored


def _from_files(
    store: Store,
    thumbs: Thumbs,
    scorer: Scorer,
    pending: Sequence[int],
    pace: Pace,
    stop: threading.Event,
    threads: int | None,
) -> Generator[Progress, None, int]:
    """Opens and scores photos, bad ones among them; returns how many have a score now."""
    scorer.open()
    scored = 0
    waiting: list[_Seen] = []
    failures: list[Failure] = []
    stored_at = time.monotonic()
    for outcome in _seen(store, pending, scorer, stop, threads):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            waiting.append(outcome)
        full = len(waiting) >= scorer.batch_size
        if full or time.monotonic() - stored_at >= _COMMIT_EVERY:
            scored += _store(store, thumbs, scorer, waiting, failures, pace)
            stored_at = time.monotonic()
        if pace.due:
            yield pace.step()
    scored += _store(store, thumbs, scorer, waiting, failures, pace)
    return scored


def _seen(
    store: Store,
    pending: Sequence[int],
    scorer: Scorer,
    stop: threading.Event,
    threads: int | None,
) -> Iterator[_Seen | Failure]:
    """Opens the pending photos in a pool, in their order, with a bounded number under way."""
    threads = threads or os.cpu_count() or 1
    under_way: deque[Future[_Seen | Failure]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    try:
        for photo in _photos(store, pending):
            if stop.is_set():
                break
            under_way.append(pool.submit(_open, photo, scorer))
            if len(under_way) >= 2 * threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _photos(store: Store, ids: Sequence[int]) -> Iterator[Photo]:
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        yield from store.photos.get(ids[start : start + _ROWS_AT_ONCE])


def _open(photo: Photo, scorer: Scorer) -> _Seen | Failure:
    """Reads one file once and takes from its pixels all that is ever measured."""
    try:
        data = photo.path.read_bytes()
        picture = decode.full(photo.path, data)
        small = decode.thumbnail(picture)
        width, height = picture.full_size
        return _Seen(
            photo=photo,
            meta=replace(meta.read(photo.path, data), width=width, height=height),
            attributes=attributes.measure(picture.pixels),
            phash=attributes.perceptual_hash(small),
            warmth=attributes.warmth(small),
            content=scan.content_of(data),
            thumbnail=decode.encode_jpeg(small),
            prepared=scorer.prepare(picture.pixels, photo.identity),
        )
    except PhotoError as error:
        return Failure(photo.path, str(error))
    except OSError as error:
        return Failure(photo.path, f"The file cannot be read: {error.strerror or error}.")
    except MemoryError:
        return Failure(photo.path, "There is not enough memory to open this picture.")
    except Exception as error:
        _log.exception("Bug while reading %s", photo.path)
        return Failure(
            photo.path, f"The program met a bug in this file ({type(error).__name__}); see the log."
        )


def _store(
    store: Store,
    thumbs: Thumbs,
    scorer: Scorer,
    waiting: list[_Seen],
    failures: list[Failure],
    pace: Pace,
) -> int:
    """Scores and stores a batch; empties both lists.

    Scores come last, in one transaction with the measures: a photo that has them has everything.
    """
    count = len(waiting)
    if waiting:
        features = scorer.encode([seen.prepared for seen in waiting])
        scores = scorer.score(features, [seen.attributes for seen in waiting])
        if scorer.features_key is not None:
            weights, policy = scorer.features_key
            store.features.write(
                (seen.photo.id, weights, policy, vector)
                for seen, vector in zip(waiting, features, strict=True)
            )
        thumbs.put([(seen.photo.identity, seen.thumbnail) for seen in waiting])
        store.scores.write(
            [
                Scored(
                    photo=seen.photo.id,
                    meta=seen.meta,
                    attributes=seen.attributes,
                    scores=result,
                    phash=seen.phash,
                    content=seen.content,
                    warmth=seen.warmth,
                )
                for seen, result in zip(waiting, scores, strict=True)
            ]
        )
    if failures:
        store.failures.record(failures)
    pace.add(
        count + len(failures),
        changed=tuple(seen.photo.id for seen in waiting),
        failures=tuple(failures),
    )
    waiting.clear()
    failures.clear()
    return count

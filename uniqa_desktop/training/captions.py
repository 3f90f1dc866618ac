"""Step 1 of UniQA: a vision-language server on this machine writes what it sees of each photo.

Photos go to the server a few at a time, reduced and without their EXIF. Each finished photo is on
disk before the next is waited for; whatever happens, the run goes on from there. The file at the
end has the photos in their order, so it is the same however often the run was interrupted.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import threading
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from uniqa_desktop import decode
from uniqa_desktop.errors import PhotoError, ServerError
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.training import chat, pairs
from uniqa_desktop.training.chat import Answer, Busy, ChatServer, Late, Refused, Unsteady
from uniqa_desktop.training.guidance import LEVELS, PLACE, Kind
from uniqa_desktop.training.journal import Journal, begin
from uniqa_desktop.training.run import Run
from uniqa_desktop.training.subjects import Item

_log = logging.getLogger(__name__)

_JPEG_QUALITY = 95
"""High, so that what the model sees of artefacts is the photo's own."""
_IN_VAIN = 3
"""Photos in a row without a usable answer after which the trouble is the server's."""
_LOOK_EVERY = 0.2
"""Seconds after which a stop is noticed, however long the server thinks."""
_LONGEST_PAUSE = 30.0
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_SENTENCE = re.compile(r"^.*(?:[.!?](?=[\s\"'”’)]|$)|[。！？])", re.DOTALL)
_QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("`", "`"), ("«", "»"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the server. All of it shapes the texts, and is kept in the record.

    Attributes:
        model: the model's name at the server.
        kind: what the texts are about.
        question: the words; `guidance.PLACE` in it stands for the level.
        texts: how many texts for a photo; the seed differs for each.
        temperature: 0 always writes the likeliest word.
        tokens: the most that the model may write.
        longest: characters; a longer answer counts as none.
        side: pixels that the longer side of photos is reduced to.
        seed: makes texts repeatable, where the server is.
    """

    model: str
    kind: Kind
    question: str
    texts: int = 1
    temperature: float = 0.7
    tokens: int = 160
    longest: int = 1000
    side: int = 1024
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a photo is asked about again after a useless answer (not after none in time).

    `pause` is the seconds before the first of the `retries` when the server itself is in trouble;
    each further pause is four times as long, so that a model can be loaded meanwhile.
    """

    retries: int = 3
    pause: float = 2.0


USUAL = Patience()


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a photo has no text, and whether the server is to blame."""

    item: Item
    reason: str
    servers: bool


def describe(
    items: Sequence[Item],
    wish: Wish,
    server: ChatServer,
    out: Path,
    *,
    data: Mapping[str, Mapping[str, Any]] | None = None,
    settings: Mapping[str, Any] | None = None,
    parallel: int = 2,
    patience: Patience = USUAL,
    resume: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Has every photo described and writes the pairs file `out`.

    Args:
        items: the photos, in the order of the file; names differ.
        wish: what is asked.
        server: whom; closed at the end.
        out: the pairs file. Beside it stands the run's folder.
        data: fingerprints of what the levels come from.
        settings: further settings for the record, such as the scale of the ratings.
        parallel: how many photos are with the server at once.
        patience: with a server in trouble.
        resume: go on with the run that is there.
        stop: ends the run soon; requests under way are cut off.

    Returns:
        The record. It is unfinished (`finished` is `None`) when the run was stopped, then without
        the file; and when photos failed (`figures["failed"]`), which a resumed run asks about
        again.

    Raises:
        WrongUse: see `journal.begin`; or the model would pass photos on.
        ServerError: the server is not there, refuses, or gives nothing of use.
        DiskFull: no room. What was finished before is kept in all cases.
    """
    stop = stop or threading.Event()
    try:
        server.check_model(wish.model)
        all_settings = {**asdict(wish), **(settings or {})}
        run, journal = begin(out, "describe", all_settings, data or {}, resume=resume)
        with journal:
            failed = yield from _all(items, wish, server, journal, parallel, patience, stop)
            done = {entry["image_path"]: entry for entry in journal.entries}
    finally:
        server.close()
    told = [done[item.name] for item in items if item.name in done]
    if stop.is_set() and len(told) + len(failed) < len(items):
        run.figures = {}  # those of an earlier pass that left failures say nothing of this one
        run.write()
        return run.record()
    if not told:
        raise ServerError(
            f"No photo could be described; the last one: {failed[-1].reason}"
            if failed
            else "There is no photo to describe."
        )
    pairs.write(out, [(entry["image_path"], entry["texts"]) for entry in told])
    return _finished(run, told, failed, server)


def _all(
    items: Sequence[Item],
    wish: Wish,
    server: ChatServer,
    journal: Journal,
    parallel: int,
    patience: Patience,
    stop: threading.Event,
) -> Generator[Progress, None, list[_Trouble]]:
    """Asks about what the journal does not hold yet; returns what failed."""
    known = {entry["image_path"] for entry in journal.entries}
    todo = [item for item in items if item.name not in known]
    source = iter(todo)
    pace = Pace("describe", len(todo))
    failed: list[_Trouble] = []
    in_vain = 0
    waiting: set[Future[dict[str, Any] | _Trouble]] = set()
    yield pace.step()
    with ThreadPoolExecutor(parallel, thread_name_prefix="captions") as pool:
        try:
            while not stop.is_set():
                while len(waiting) < parallel and (item := next(source, None)) is not None:
                    waiting.add(pool.submit(_one, item, wish, server, patience))
                if not waiting:
                    break
                done, waiting = wait(waiting, _LOOK_EVERY, FIRST_COMPLETED)
                # Answers first: what is there is kept, even if another one ends the run.
                for future in sorted(done, key=lambda one: one.exception() is not None):
                    result = future.result()
                    if isinstance(result, _Trouble):
                        failed.append(result)
                        in_vain += result.servers
                        pace.add(failures=(Failure(result.item.path, result.reason),))
                    else:
                        journal.append(result)
                        in_vain = 0
                        pace.add()
                if in_vain >= _IN_VAIN:
                    raise ServerError(
                        f"The server at {server.name} had no usable answer for {in_vain} photos in "
                        f"a row; the last time: {failed[-1].reason}"
                    )
                if done or pace.due:
                    yield pace.step()
        except ServerError as error:
            if not journal.entries:
                raise
            raise ServerError(
                f"{error} {len(journal.entries)} of {len(items)} photos are described and kept: "
                "go on with --resume."
            ) from None
        finally:
            server.close()
    return failed


def _one(
    item: Item, wish: Wish, server: ChatServer, patience: Patience
) -> dict[str, Any] | _Trouble:
    """One photo's entry for the journal, in a thread of its own."""
    try:
        item.name.encode()
        picture, digest = _picture(item.path, wish.side)
    except UnicodeEncodeError:
        return _Trouble(item, "The file's name is no text: rename it.", servers=False)
    except PhotoError as error:
        return _Trouble(item, str(error), servers=False)
    question = wish.question if item.level is None else wish.question.replace(PLACE, item.level)
    messages = chat.photo_message(question, picture)
    texts: list[str] = []
    models: list[str] = []
    try:
        for number in range(wish.texts):
            text, model = _text(item.name, number, messages, wish, server, patience)
            texts.append(text)
            models.append(model)
    except (Unsteady, Refused) as error:
        return _Trouble(item, str(error), servers=True)
    entry: dict[str, Any] = {"image_path": item.name, "texts": list(dict.fromkeys(texts))}
    if item.level is not None:
        entry["level"] = item.level
    return {**entry, "models": sorted(set(models)), "sha256": digest}


def _text(
    name: str,
    number: int,
    messages: list[dict[str, Any]],
    wish: Wish,
    server: ChatServer,
    patience: Patience,
) -> tuple[str, str]:
    """A text and the model that wrote it, in as many attempts as `patience` allows."""
    attempt = 0
    while True:
        request = {
            "model": wish.model,
            "messages": messages,
            "temperature": wish.temperature,
            "max_tokens": wish.tokens,
            "seed": _seed(wish.seed, name, number, attempt),
            "stream": False,
        }
        try:
            answer = server.ask(request)
            return caption(answer, wish.longest), answer.model
        except Unsteady as error:
            _log.info("%s, attempt %d: %s", name, attempt + 1, error)
            if attempt == patience.retries or isinstance(error, Late):
                raise
            if isinstance(error, Busy):
                server.pause(max(error.wait, min(patience.pause * 4**attempt, _LONGEST_PAUSE)))
            attempt += 1


def caption(answer: Answer, longest: int) -> str:
    """An answer as a text to train with: one line, without quotes, emphasis or thoughts.

    An answer that was cut off ends with its last whole sentence.

    Raises:
        Unsteady: nothing is left, or it is longer than `longest` characters.
    """
    text = _THOUGHT.sub(" ", answer.text).encode("utf-8", "ignore").decode()
    if "<think>" in text:
        raise Unsteady("The model thought until its limit: allow more with --tokens.")
    text = "".join(mark if mark.isprintable() else " " for mark in text.replace("**", ""))
    text = " ".join(text.split())
    if answer.cut:
        whole = _SENTENCE.match(text)
        if text and whole is None:
            raise Unsteady("The answer was cut off in its first sentence: allow more by --tokens.")
        text = whole.group() if whole else ""
    for left, right in _QUOTES:
        if len(text) > 1 and text[0] == left and text[-1] == right and left not in text[1:-1]:
            text = text[1:-1].strip()
    if not any(mark.isalpha() for mark in text):
        raise Unsteady("The answer is empty." if not text else "The answer has no words.")
    if len(text) > longest:
        raise Unsteady(f"The answer has {len(text):,} characters; the limit is {longest:,}.")
    return text


def _picture(path: Path, side: int) -> tuple[str, str]:
    """The photo as a `data:` link, and the hash of its file."""
    small = decode.thumbnail(decode.full(path), side)
    jpeg = decode.encode_jpeg(small, _JPEG_QUALITY)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PhotoError(f"The file cannot be read: {error.strerror or error}.") from error
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}", digest


def _seed(seed: int, name: str, number: int, attempt: int) -> int:
    """31 bits of one's own for each request, the same in every run."""
    text = f"{seed}\n{name}\n{number}\n{attempt}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=4).digest()) >> 1


def _finished(
    run: Run, told: Sequence[Mapping[str, Any]], failed: Sequence[_Trouble], server: ChatServer
) -> dict[str, Any]:
    levels = Counter(entry["level"] for entry in told if "level" in entry)
    texts = [text for entry in told for text in entry["texts"]]
    contents = hashlib.sha256("".join(entry["sha256"] for entry in told).encode())
    figures = {
        "described": len(told),
        "texts": len(texts),
        "words_per_text": round(sum(len(text.split()) for text in texts) / len(texts), 2),
        "distinct_texts": len(set(texts)),
        "levels": {level: levels[level] for level in LEVELS if levels[level]},
        "photos": {"files": len(told), "sha256": contents.hexdigest()},
        "answered_by": sorted({model for entry in told for model in entry["models"] if model}),
        "left_this_machine": server.is_remote,
        "failed": [
            {"image_path": trouble.item.name, "error": trouble.reason} for trouble in failed
        ],
    }
    if not failed:
        return run.finish(figures)
    run.figures = figures
    run.write()
    return run.record()

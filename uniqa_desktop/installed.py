"""The models on this machine: one folder each, with the weights and a small card of their origin.

    models/ID/weights.safetensors   the weights in OpenAI's layout
    models/ID/card.json             what it is, its hashes, its origin, licence accepted when
    models/ID/adapter.safetensors   a UniQA adapter, if one was installed on top
    models/ID/head.safetensors      an aesthetic head, if one was installed on top
    models/ID/cache/                what can be made again (prompt features, measured speed)

A model is installed by renaming a finished folder into place, so there is never half of one.
Listing, choosing and removing need no machine-learning library; only installing imports torch.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from uniqa_desktop import atomic, engine, paths, prompts, settings, weights
from uniqa_desktop.errors import DiskFull, WeightsError, WrongUse
from uniqa_desktop.model_card import ADAPTER, HEAD, WEIGHTS, Card, Installed, Source
from uniqa_desktop.weights import ModelSpec

if TYPE_CHECKING:
    from torch import Tensor

    from uniqa_desktop.weight_files import WeightFile

_log = logging.getLogger(__name__)

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_DEFAULT_CROPS = "five-384"
_DEFAULT_PROMPTS = "ensemble"
_ADAPTER_PROMPTS = "base"
"""What the authors' published training files use; other adapters have to say their set."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that the user wants installed as `model`, and what they agreed to.

    `sha256` is the hash that it has to have, where one is known. `fetched`: it came from
    the model hub, and is not needed when it is installed.
    """

    path: Path
    model: str
    licence_accepted: bool = False
    allow_torchscript: bool = False
    sha256: str | None = None
    fetched: bool = False


class Models:
    """The models in a folder (by default this user's)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else paths.data_dir() / "models"

    def all(self) -> list[Installed]:
        """Every installed model, by id. A folder that cannot be understood is logged and left."""
        try:
            names = sorted(entry.name for entry in os.scandir(self.folder) if entry.is_dir())
        except FileNotFoundError:
            return []
        found = []
        for name in names:
            if not name.startswith("."):
                try:
                    found.append(self.get(name))
                except WeightsError as error:
                    _log.warning("%s", error)
        return found

    def get(self, model_id: str) -> Installed:
        """The installed model of that id.

        Raises:
            WeightsError: it is not installed, or its card cannot be read.
        """
        folder = self.folder / model_id
        if not _ID.fullmatch(model_id) or not folder.is_dir():
            raise WeightsError(f"The model {model_id} is not installed.")
        return Installed.open(folder)

    def install(
        self,
        file: Path,
        *,
        model_id: str | None = None,
        licence_accepted: bool = False,
        expected_sha256: str | None = None,
        allow_torchscript: bool = False,
        quick_gelu: bool = True,
        positional: bool = True,
        prompt_set: str | None = None,
        overwrite: bool = False,
        progress: Callable[[str, float], None] | None = None,
    ) -> Installed:
        """Installs a CLIP model, or puts an adapter or an aesthetic head on an installed one.

        Args:
            file: any form that `weight_files.read` accepts.
            model_id: its id; may be left out for OpenAI's published files. For an adapter or a
                head, the model it belongs to.
            licence_accepted: the user agreed to the row's licence; needed where it forbids
                commercial use.
            expected_sha256: refuse any other file.
            allow_torchscript: the user agreed to open an archive that carries a program.
            quick_gelu: OpenAI's activation. Only models trained from scratch with open_clip may
                need `False`; no file says.
            positional: whether positions are told to the model. For an adapter, what it was
                trained with.
            prompt_set: the quality prompts; by default the row's, or the authors' for an adapter.
            overwrite: replace an installed model of this id.
            progress: called with what is being done and the fraction done (0–1).

        Raises:
            WeightsError: the file is refused; nothing was changed.
            WrongUse: an id is missing or taken, or the licence was not accepted.
            DiskFull: no room; nothing was changed.
        """
        report = progress or (lambda _step, _fraction: None)
        self.check(model_id, licence_accepted=licence_accepted)
        report("Starting torch", 0.0)
        engine.ready()
        from uniqa_desktop import weight_files

        pinned = self._published_hash(file)
        read = weight_files.read(
            file,
            expected_sha256=expected_sha256 or pinned,
            allow_torchscript=allow_torchscript,
            progress=lambda fraction: report("Reading the file", 0.2 + fraction * 0.3),
        )
        if read.kind is not weight_files.Kind.CLIP:
            if model_id is None:
                raise WrongUse(f"{file.name} is a {read.kind}: say which model it belongs to.")
            done = self._put_on(self.get(model_id), read, positional, prompt_set)
        else:
            known = weights.recognised(read.sha256)
            row = _row_of(file, model_id, known)
            model_id = model_id or (row.id if row else "")
            if (self.folder / model_id).exists() and not overwrite:
                raise WrongUse(f"A model {model_id} is installed already: remove it first.")
            _check_fits(file, read, row, known)
            card = _new_card(model_id, row, read, quick_gelu, positional, prompt_set)
            report("Checking the weights", 0.5)
            done = self._store(card, read)
        report("Installed", 1.0)
        return done

    def check(self, model_id: str | None, *, licence_accepted: bool) -> None:
        """Says before any file is read whether one may be installed under this id.

        Raises:
            WrongUse: the id cannot be one, takes no file, or needs its licence accepted.
        """
        if model_id is None:
            return
        if not _ID.fullmatch(model_id):
            raise WrongUse(
                f"{model_id!r} cannot be a model's id: use small letters, digits, dots and dashes."
            )
        row = weights.find(model_id)
        if row is None:
            return
        if not row.needs_file:
            raise WrongUse(f"The model {model_id} is part of the program and takes no file.")
        if row.licence.must_be_accepted and not licence_accepted:
            raise WrongUse(
                f"{row.title} is licensed under {row.licence.name}. {row.licence.summary} "
                f"Read {row.licence.link} and install it again with the licence accepted."
            )

    def _published_hash(self, file: Path) -> str | None:
        return next(
            (row.published[file.name] for row in weights.MODELS if file.name in row.published),
            None,
        )

    def _store(self, card: Card, read: WeightFile) -> Installed:
        from uniqa_desktop import clip_model

        tensors = clip_model.canonical(read.tensors, rounded=card.quick_gelu)
        try:
            model = clip_model.ClipModel(tensors, card.architecture, quick_gelu=card.quick_gelu)
        except WeightsError as error:
            raise WeightsError(f"{read.name} is refused. {error}") from None
        self.folder.mkdir(parents=True, exist_ok=True)
        incoming = Path(tempfile.mkdtemp(prefix=".incoming-", dir=self.folder))
        try:
            hashed = _save_weights(incoming / WEIGHTS, tensors)
            card = replace(card, weights=hashed, logit_scale=model.logit_scale)
            Installed(card, incoming).write_card()
            self._move_into_place(incoming, card.id)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
        return Installed(card, self.folder / card.id)

    def _move_into_place(self, incoming: Path, model_id: str) -> None:
        incoming.chmod(0o755)
        target = self.folder / model_id
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=".outgoing-", dir=self.folder))
            target.replace(old / model_id)
            incoming.replace(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            incoming.replace(target)

    def _put_on(
        self, model: Installed, read: WeightFile, positional: bool, prompt_set: str | None
    ) -> Installed:
        """Adds an adapter or a head to an installed model; the card is written last."""
        from safetensors.numpy import save

        from uniqa_desktop.adapter import Adapter
        from uniqa_desktop.aesthetic_head import AestheticHead
        from uniqa_desktop.weight_files import Kind

        arrays = {name: tensor.float().numpy() for name, tensor in read.tensors.items()}
        source = Source(read.name, read.sha256, read.size, read.format)
        if read.kind is Kind.ADAPTER:
            adapter = Adapter.from_arrays(arrays)
            width, name, arrays = adapter.width, ADAPTER, adapter.arrays()
            chosen = prompts.quality_set(prompt_set or _ADAPTER_PROMPTS).id
            card = replace(model.card, adapter=source, positional=positional, prompts=chosen)
        else:
            width, name = AestheticHead.from_arrays(arrays).width, HEAD
            card = replace(model.card, head=source)
        if width != model.card.architecture.embed:
            raise WeightsError(
                f"{read.name} is refused: it fits features of {width} numbers, but "
                f"{model.card.id} makes {model.card.architecture.embed}."
            )
        atomic.write_bytes(model.folder / name, save(arrays))
        changed = Installed(card, model.folder)
        changed.write_card()
        return changed

    def remove(self, model_id: str) -> None:
        """Removes an installed model; if it was in use, the default is used from now on.

        Raises:
            WeightsError: it is not installed.
        """
        folder = self.folder / model_id
        if not _ID.fullmatch(model_id) or not folder.is_dir():
            raise WeightsError(f"The model {model_id} is not installed.")
        outgoing = Path(tempfile.mkdtemp(prefix=".outgoing-", dir=self.folder))
        folder.replace(outgoing / model_id)
        shutil.rmtree(outgoing, ignore_errors=True)
        chosen = settings.load()
        if chosen.model == model_id:
            settings.save(replace(chosen, model=settings.DEFAULT_MODEL))

    def use(self, model_id: str) -> None:
        """Makes this the model that scores from now on.

        Raises:
            WeightsError: it is not installed.
        """
        row = weights.find(model_id)
        if row is None or row.needs_file:
            self.get(model_id)
        settings.save(replace(settings.load(), model=model_id))


def _row_of(file: Path, model_id: str | None, known: ModelSpec | None) -> ModelSpec | None:
    if model_id is not None:
        return weights.find(model_id)
    if known is None:
        takers = ", ".join(row.id for row in weights.MODELS if row.needs_file)
        raise WrongUse(
            f"{file.name} is not a published file that the program knows: say what it is with an "
            f"id ({takers}, or one of your own)."
        )
    return known


def _check_fits(
    file: Path, read: WeightFile, row: ModelSpec | None, known: ModelSpec | None
) -> None:
    """Refuses a model that is not what the row says.

    Raises:
        WeightsError: another architecture, or another model's published file.
    """
    name = read.architecture.name if read.architecture else ""
    if row is not None and name != row.architecture:
        raise WeightsError(f"{file.name} is refused: it is a {name}, but {row.title} is not.")
    if row is not None and known is not None and known.id != row.id:
        raise WeightsError(f"{file.name} is refused: it is {known.title}, not {row.title}.")


def _new_card(
    model_id: str,
    row: ModelSpec | None,
    read: WeightFile,
    quick_gelu: bool,
    positional: bool,
    prompt_set: str | None,
) -> Card:
    assert read.architecture is not None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    chosen = prompt_set or (row.prompts if row else None) or _DEFAULT_PROMPTS
    return Card(
        id=model_id,
        title=row.title if row else f"{model_id} ({read.architecture.name})",
        architecture=read.architecture,
        weights="",
        logit_scale=0.0,
        source=Source(read.name, read.sha256, read.size, read.format),
        licence=row.licence.name if row else "unknown: it came with your file",
        accepted=now if row and row.licence.must_be_accepted else None,
        installed=now,
        quick_gelu=quick_gelu,
        positional=positional,
        crops=(row.crops if row else None) or _DEFAULT_CROPS,
        prompts=prompts.quality_set(chosen).id,
    )


def _save_weights(path: Path, tensors: dict[str, Tensor]) -> str:
    """Writes the weights, waits until they are on the drive, and gives their sha256.

    Raises:
        DiskFull: no room.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    full = DiskFull(
        f"No room left on the drive of {path.parent.parent}: free some space and try again."
    )
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    if shutil.disk_usage(path.parent).free < size * 1.01:
        raise full
    try:
        save_file(tensors, path)
        with path.open("r+b") as file:
            os.fsync(file.fileno())
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (SafetensorError, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
            raise full from error
        raise

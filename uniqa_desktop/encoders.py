"""A loaded model that scores photos: pixels to crops, crops to features, features to scores.

    scorer = engine.load(Models().get("uniqa-vitb16"))
    crops = scorer.prepare(picture.pixels, photo.identity)      # any thread, many at once
    (features,) = scorer.features([crops])                      # one thread: the model's own
    scores = scorer.scores(features)                            # any thread

Scores are made from features as they are stored (half precision), so scoring anew from the store
gives the same numbers. On a processor every photo is a pass of its own on one core, and as many
photos as there are cores are under way: neighbours, order and the number of cores change no bit of
a score, and a busy core holds up nothing but its own photo (measured on a busy machine: 1.7–5 × as
fast as all cores working on one photo).
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file

from uniqa_desktop import crops, devices, readouts
from uniqa_desktop.clip_model import ClipModel
from uniqa_desktop.devices import Pace, Paces
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.model_card import Installed
from uniqa_desktop.photo import Scores
from uniqa_desktop.uniqa import Floats, Readout, to_percent

_log = logging.getLogger(__name__)

Crops = NDArray[np.uint8]
Features = NDArray[np.float16]
Progress = Callable[[str, float], None]


class UniqaScorer:
    """An installed CLIP model, loaded. `features`, `texts` and `release` belong to one thread."""

    def __init__(
        self,
        model: Installed,
        clip: ClipModel,
        readout: Readout,
        policy: crops.CropPolicy,
        pace: Pace,
    ) -> None:
        """Use `load`; this puts together what it made."""
        self.model = model
        self.readout = readout
        self.policy = policy
        self.pace = pace
        self._clip = clip
        self._home = clip.device
        self._batch = pace.batch

    @classmethod
    def load(
        cls,
        model: Installed,
        *,
        device: str = "auto",
        precision: str = "auto",
        crop_policy: str | None = None,
        prompt_set: str | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Loads an installed model. Takes seconds: call it from the worker thread.

        Args:
            model: from `installed.Models`.
            device: `auto`, `cuda`, `mps` or `cpu`.
            precision: `auto` tries a reduced one and keeps it if it is faster and harmless;
                `float32` does not.
            crop_policy: if not the model's own.
            prompt_set: the quality prompts, if not the model's own.
            progress: called with what is being done and the fraction done (0–1).

        Raises:
            WeightsError: the installed files are damaged or do not fit in memory.
            WrongUse: no such device, crop policy or prompt set.
        """
        report = progress or (lambda _step, _fraction: None)
        where = devices.choose(device)
        policy = crops.policy(crop_policy or model.card.crops, model.card.architecture.image)
        report("Reading the weights", 0.4)
        tensors = _checked_tensors(model)
        report("Building the model", 0.6)
        clip = _on_device(model, tensors, where)
        report("Reading the prompts", 0.8)
        readout = readouts.make(model, lambda texts: _array(clip.text_features(texts)), prompt_set)
        report("Measuring the device", 0.9)
        scorer = cls(model, clip, readout, policy, Pace("float32", None, ""))
        scorer._set_pace(precision)
        report("Ready", 1.0)
        return scorer

    @property
    def id(self) -> str:
        """The model's id, as `Scores.model` carries it."""
        return self.model.card.id

    @property
    def weights(self) -> str:
        """The hash of the weights: the first part of the key of stored features."""
        return self.model.card.weights

    @property
    def feature_key(self) -> str:
        """The second part of that key: the crop policy, and the positional switch if it is off."""
        return self.policy.key + ("" if self.model.card.positional else " without positions")

    @property
    def device(self) -> str:
        """What it computes on, for people."""
        return devices.title(self._home)

    @property
    def note(self) -> str:
        """One sentence on the precision that is used and why."""
        return self.pace.note

    @property
    def photos_per_batch(self) -> int:
        """How many photos a call of `features` handles best."""
        if self._batch is None:
            return _cores()
        return max(1, self._batch // self.policy.count)

    def prepare(self, pixels: NDArray[np.uint8], identity: bytes = b"") -> Crops:
        """What the model will see of an upright sRGB picture (H×W×3 uint8). Thread-safe.

        Returns:
            crops×S×S×3 uint8.

        Raises:
            ValueError: `pixels` is no such picture.
        """
        return self.policy(pixels, identity)

    def features(self, batch: Sequence[Crops]) -> list[Features]:
        """The features of photos, crops×D each, not normalised, in half precision as stored.

        When memory runs short, the pass is halved and tried again; no photo is lost.

        Raises:
            WeightsError: even one crop does not fit in memory, or the model gives no numbers.
        """
        if not batch:
            return []
        if self._clip.device != self._home:
            self._clip.to(self._home)
        if self._batch is None:
            return self._one_a_core(batch)
        everything = self._encode(np.concatenate(batch), self._batch)
        ends = np.cumsum([len(photo) for photo in batch])[:-1]
        return np.split(everything, ends)

    def scores(self, features: Features) -> Scores:
        """The two scores of one photo from its features (crops×D)."""
        reading = self.readout.read(features)
        return Scores(
            model=self.id,
            quality=reading.quality,
            quality_raw=reading.quality_raw,
            aesthetics=reading.aesthetics,
            aesthetics_raw=reading.aesthetics_raw,
        )

    def cues(self, features: Features) -> dict[str, float]:
        """What the model sees of the five attributes: 0–100 each, relative within a folder."""
        return self.readout.read(features).cues

    def text(self, words: str) -> Floats:
        """The feature of a search text: D numbers, for `likeness.similarities`."""
        return _array(self._clip.text_features([words]))[0]

    def texts(self, texts: Sequence[str]) -> Floats:
        """The features of several texts in one pass, T×D, not normalised."""
        return _array(self._clip.text_features(texts))

    def quality_of(self, pictures: Crops) -> Floats:
        """Quality (0–100) of N pictures at the model's input size, each for itself, unstored.

        What `explain.heat_maps` asks for.
        """
        features = np.concatenate(self.features([picture[None] for picture in pictures]))
        quality, _ = self.readout.raw_scores(features[:, None])
        return np.asarray(to_percent(quality), dtype=np.float32)

    def release(self) -> None:
        """Frees the graphics memory; the next `features` takes it back."""
        if self._home.type == "cpu":
            return
        self._clip.to("cpu")
        (torch.cuda if self._home.type == "cuda" else torch.mps).empty_cache()

    def _one_a_core(self, batch: Sequence[Crops]) -> list[Features]:
        usual = torch.get_num_threads()
        try:
            with ThreadPoolExecutor(
                min(len(batch), _cores()),
                thread_name_prefix="encode",
                initializer=torch.set_num_threads,
                initargs=(1,),
            ) as pool:
                return list(pool.map(lambda photo: self._encode(photo, len(photo)), batch))
        finally:
            torch.set_num_threads(usual)

    def _encode(self, pictures: Crops, per_pass: int) -> Features:
        """Features of any number of crops, `per_pass` at a time or fewer if memory is short."""
        parts: list[Features] = []
        at = 0
        while at < len(pictures):
            part = pictures[at : at + per_pass]
            try:
                found = self._forward(part, per_pass)
            except (torch.OutOfMemoryError, RuntimeError) as error:
                if not devices.is_out_of_memory(error):
                    raise
                per_pass = self._halved(per_pass)
                continue
            parts.append(found)
            at += len(part)
        return np.concatenate(parts)

    def _forward(self, part: Crops, per_pass: int) -> Features:
        short = per_pass - len(part)
        if self._batch is not None and short > 0:
            # Passes of one size use the same kernels, so a last, shorter one differs in no bit.
            part = np.concatenate([part, np.zeros((short, *part.shape[1:]), part.dtype)])
        found = self._clip.image_features(part, positional=self.model.card.positional)
        half = _array(found)[: per_pass - max(short, 0)].astype(np.float16)
        if not np.isfinite(half).all():
            raise WeightsError(f"The model {self.id} gives features that are not numbers.")
        return half

    def _halved(self, per_pass: int) -> int:
        if self._home.type == "cuda":
            torch.cuda.empty_cache()
        if per_pass == 1:
            raise WeightsError(
                f"The model {self.id} does not fit in the memory of the {self.device}: choose the "
                "processor (cpu) as device or a smaller model."
            )
        smaller = per_pass // 2
        _log.warning("Memory is short on the %s: %d crops per pass.", self.device, smaller)
        if self._batch is not None:
            self._batch = smaller
        return smaller

    def _set_pace(self, precision: str) -> None:
        """Measures how to run here, or takes what was found before."""
        if self._home.type == "cuda":
            # TF32 would round every product to ten bits without anybody having checked it.
            torch.backends.cudnn.allow_tf32 = False
        paces = Paces(self.model.cache / "devices.json")
        key = f"{devices.title(self._home)}, torch {torch.__version__}, {precision}"
        pace = paces.get(key)
        if pace is None:
            pace = self._measured_pace(precision)
            paces.put(key, pace)
        self.pace = pace
        self._batch = pace.batch
        self._clip.compute_in(pace.dtype)
        self._clip.settle()

    def _measured_pace(self, precision: str) -> Pace:
        chosen, note = torch.float32, "Single precision, as asked for."
        if precision == "auto":
            pictures = devices.check_pictures(self.policy.size)
            # A graphics card shows what it can do only when it has enough to do.
            on_card = self._home.type != "cpu"
            pictures = np.tile(pictures, (4 if on_card else 1, 1, 1, 1))
            per_pass = 32 if on_card else 1

            def run(kind: torch.dtype, count: int) -> Floats:
                self._clip.compute_in(kind)
                return self._both_scores(self._encode(pictures[:count], per_pass))

            chosen, note = devices.precision_for(
                self._home, self._clip.image_weights, run, len(pictures)
            )
        self._clip.compute_in(chosen)
        batch = None if self._home.type == "cpu" else devices.best_batch(self._pass_of)
        return Pace(str(chosen).removeprefix("torch."), batch, note)

    def _both_scores(self, features: Features) -> Floats:
        quality, aesthetics = self.readout.raw_scores(features[:, None])
        both = [to_percent(quality), self.readout.aesthetic_percent(aesthetics)]
        return np.asarray(both, dtype=np.float32)

    def _pass_of(self, count: int) -> None:
        size = self.policy.size
        self._clip.image_features(np.zeros((count, size, size, 3), dtype=np.uint8)).cpu()


def _cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _array(tensor: torch.Tensor) -> Floats:
    return tensor.cpu().numpy()


def _checked_tensors(model: Installed) -> dict[str, torch.Tensor]:
    """The stored weights, if they are still what was installed.

    Raises:
        WeightsError: they are gone or have changed.
    """
    again = "remove the model and install it again"
    try:
        with model.weights_file.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != model.card.weights:
            raise WeightsError(
                f"The weights of {model.card.id} have changed since they were installed: {again}."
            )
        # Mapped, not read at once: one copy of all weights would hold up every other thread.
        return load_file(model.weights_file)
    except OSError as error:
        raise WeightsError(
            f"The weights of {model.card.id} cannot be read ({error.strerror}): {again}."
        ) from None


def _on_device(
    model: Installed, tensors: dict[str, torch.Tensor], device: torch.device
) -> ClipModel:
    card = model.card
    try:
        return ClipModel(tensors, card.architecture, quick_gelu=card.quick_gelu, device=device)
    except (torch.OutOfMemoryError, RuntimeError) as error:
        if not devices.is_out_of_memory(error):
            raise
        raise WeightsError(
            f"The model {card.id} does not fit in the memory of the {devices.title(device)}: "
            "choose the processor (cpu) as device or a smaller model."
        ) from None

"""The table of models: what each one scores, where it comes from and what its licence allows.

Weights are data. Nothing here opens a file or imports a machine-learning library, so the table can
be listed in a moment; `installed` holds what is on this machine, `weight_files` reads the files.
Figures about a model belong in the user guide, not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from uniqa_desktop.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping


class Output(StrEnum):
    """What a model can say of a photo."""

    QUALITY = "quality"
    AESTHETICS = "aesthetics"
    ATTRIBUTES = "attributes"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence in short: its name, one sentence for the user, and the full text's address."""

    name: str
    summary: str
    link: str
    commercial: bool

    @property
    def must_be_accepted(self) -> bool:
        """Whether the user has to agree before the file is installed."""
        return not self.commercial


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How pixels reach the model: sRGB 0–1, minus `mean`, over `deviation`, per channel."""

    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Hub:
    """A file on the model hub: its repository and its name there."""

    repository: str
    file: str

    @property
    def link(self) -> str:
        return f"https://huggingface.co/{self.repository}/resolve/main/{self.file}"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One row of the table.

    Attributes:
        id: the name for `--model` and the store.
        title: the name for people.
        architecture: as `architecture.Architecture.name` says it; `None` for a model without a
            weights file.
        scores: what it gives.
        source: the page to get it from.
        size: bytes of the published file, `None` where nobody has published it.
        published: sha256 of the published files by file name. A file of that name with another
            hash is refused.
        licence: what may be done with it.
        preprocessing: how pixels reach it.
        crops: the crop policy it scores with by default (see `crops`).
        prompts: the prompt set of its quality score (see `prompts`).
        hub: where on the model hub it is; `None` if it is not there.
        head: the page of a separate aesthetic head that belongs to the row, if any.
        steps: what the user does to get it, in order.
    """

    id: str
    title: str
    architecture: str | None
    scores: frozenset[Output]
    source: str
    licence: Licence
    size: int | None = None
    published: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    preprocessing: Preprocessing | None = None
    crops: str | None = None
    prompts: str | None = None
    hub: Hub | None = None
    head: str | None = None
    steps: tuple[str, ...] = ()

    @property
    def needs_file(self) -> bool:
        """Whether it works only once a weights file is installed."""
        return self.architecture is not None


CLIP_PREPROCESSING = Preprocessing(
    mean=(0.48145466, 0.4578275, 0.40821073),
    deviation=(0.26862954, 0.26130258, 0.27577711),
)
"""OpenAI CLIP's constants; UniQA's code uses the same ones."""

OWN = Licence("MIT", "Part of this program.", "https://opensource.org/license/mit", commercial=True)
UNIQA = Licence(
    "CC BY-NC-SA 4.0 and S-Lab License 1.0",
    "For non-commercial use only: neither the weights nor scores made with them may serve "
    "commercial work.",
    "https://github.com/zht8506/UniQA",
    commercial=False,
)
OPENAI = Licence(
    "MIT",
    "Free for any use if the notice is kept (Copyright 2021 OpenAI).",
    "https://github.com/openai/CLIP/blob/main/LICENSE",
    commercial=True,
)
OPENAI_AND_LAION = Licence(
    "MIT (CLIP) and Apache-2.0 (aesthetic head)",
    "Free for any use if the notices are kept.",
    "https://github.com/christophschuhmann/improved-aesthetic-predictor",
    commercial=True,
)

_CLIP_SCORES = frozenset(Output)
_STOCK_STEPS = (
    "Choose Get, or run `uniqa-desktop model get {id}`: it comes from the model hub, and its size "
    "is shown first.",
    "Or bring OpenAI's own {name} and choose Install from file, or run "
    "`uniqa-desktop model install {name}`. It is a TorchScript archive, which is opened only if "
    "you allow it.",
)


def _stock_steps(model_id: str, name: str) -> tuple[str, ...]:
    return tuple(step.format(id=model_id, name=name) for step in _STOCK_STEPS)


MODELS: tuple[ModelSpec, ...] = (
    ModelSpec(
        id="uniqa-mini",
        title="UniQA mini",
        architecture=None,
        scores=frozenset({Output.QUALITY, Output.AESTHETICS, Output.ATTRIBUTES}),
        source="",
        licence=OWN,
        size=0,
        steps=("Nothing to do: it is part of the program.",),
    ),
    ModelSpec(
        id="attributes-1",
        title="Measured attributes",
        architecture=None,
        scores=frozenset({Output.QUALITY, Output.ATTRIBUTES}),
        source="",
        licence=OWN,
        size=0,
        steps=("Nothing to do: it measures the pixels and needs no file.",),
    ),
    ModelSpec(
        id="uniqa-vitb16",
        title="UniQA (ViT-B/16)",
        architecture="ViT-B/16",
        scores=_CLIP_SCORES,
        source="https://drive.google.com/file/d/1stL1EqYvjkThGDpfPWRQzvbA780FKM4n/view",
        licence=UNIQA,
        preprocessing=CLIP_PREPROCESSING,
        crops="five-384",
        prompts="ensemble",
        steps=(
            "Open the authors' download page (the source link). You may have to log out of your "
            "Google account.",
            "Download UniQA_weight.pt. If the file is only a few kilobytes, it is a web page: "
            "open the link in a browser and confirm the download there.",
            "Choose Install from file, or run "
            "`uniqa-desktop model install UniQA_weight.pt --id uniqa-vitb16`.",
        ),
    ),
    ModelSpec(
        id="clip-vit-b-16",
        title="CLIP ViT-B/16",
        architecture="ViT-B/16",
        scores=_CLIP_SCORES,
        source="https://huggingface.co/timm/vit_base_patch16_clip_224.openai",
        licence=OPENAI,
        published=MappingProxyType(
            {"ViT-B-16.pt": "5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f"}
        ),
        preprocessing=CLIP_PREPROCESSING,
        crops="five-384",
        prompts="ensemble",
        hub=Hub("timm/vit_base_patch16_clip_224.openai", "open_clip_model.safetensors"),
        steps=_stock_steps("clip-vit-b-16", "ViT-B-16.pt"),
    ),
    ModelSpec(
        id="clip-rn50",
        title="CLIP RN50",
        architecture="RN50",
        scores=_CLIP_SCORES,
        source="https://huggingface.co/timm/resnet50_clip.openai",
        licence=OPENAI,
        published=MappingProxyType(
            {"RN50.pt": "afeb0e10f9e5a86da6080e35cf09123aca3b358a0c3e3b6c78a7b63bc04b6762"}
        ),
        preprocessing=CLIP_PREPROCESSING,
        crops="five-384",
        prompts="ensemble",
        hub=Hub("timm/resnet50_clip.openai", "open_clip_model.safetensors"),
        steps=_stock_steps("clip-rn50", "RN50.pt"),
    ),
    ModelSpec(
        id="clip-vit-l-14-laion",
        title="CLIP ViT-L/14 with the LAION aesthetic head",
        architecture="ViT-L/14",
        scores=_CLIP_SCORES,
        source="https://huggingface.co/timm/vit_large_patch14_clip_224.openai",
        licence=OPENAI_AND_LAION,
        published=MappingProxyType(
            {"ViT-L-14.pt": "b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836"}
        ),
        preprocessing=CLIP_PREPROCESSING,
        crops="whole-224",
        prompts="ensemble",
        hub=Hub("timm/vit_large_patch14_clip_224.openai", "open_clip_model.safetensors"),
        head="https://github.com/christophschuhmann/improved-aesthetic-predictor",
        steps=(
            *_stock_steps("clip-vit-l-14-laion", "ViT-L-14.pt"),
            "Then install the head on top: sac+logos+ava1-l14-linearMSE.pth from the head's page "
            "(3,714,759 bytes), or the one-layer sa_0_4_vit_l_14_linear.pth of its predecessor, "
            "with the same `--id clip-vit-l-14-laion`.",
        ),
    ),
)
"""Every model that the program knows by name, the default first."""

YUNET = ModelSpec(
    id="yunet",
    title="YuNet face detector",
    architecture=None,
    scores=frozenset(),
    source="https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet",
    licence=Licence(
        "MIT",
        "Free for any use if the notice is kept (Copyright 2020 Shiqi Yu).",
        "https://github.com/opencv/opencv_zoo/blob/main/models/face_detection_yunet/LICENSE",
        commercial=True,
    ),
    size=232_589,
    published=MappingProxyType(
        {
            "face_detection_yunet_2023mar.onnx": (
                "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
            )
        }
    ),
    hub=Hub("opencv/face_detection_yunet", "face_detection_yunet_2023mar.onnx"),
    steps=(
        "Run `uniqa-desktop model get yunet`: it comes from the model hub, and its size is shown "
        "first.",
        "Or bring the file from the source and run `uniqa-desktop model install "
        "face_detection_yunet_2023mar.onnx --id yunet`.",
    ),
)
"""Finds faces, so that the frames of a burst are compared on their eyes. It scores nothing."""

DETECTORS = (YUNET,)
"""What is fetched like a model but scores no photos; `detectors` puts it in place."""

_BY_ID = {row.id: row for row in MODELS}


def find(model_id: str) -> ModelSpec | None:
    """The row of `model_id`, or `None`: an installed file may carry any id."""
    return _BY_ID.get(model_id)


def get(model_id: str) -> ModelSpec:
    """The row of `model_id`.

    Raises:
        WrongUse: no such row.
    """
    row = _BY_ID.get(model_id)
    if row is None:
        known = ", ".join(_BY_ID)
        raise WrongUse(f"There is no model called {model_id} (known: {known}).")
    return row


def detector(model_id: str) -> ModelSpec | None:
    """The row of `DETECTORS` of that id, if there is one."""
    return next((row for row in DETECTORS if row.id == model_id), None)


def outputs(model_id: str) -> frozenset[Output]:
    """What a model gives; one that is not in the table came with a file, and gives all."""
    row = _BY_ID.get(model_id)
    return row.scores if row is not None else frozenset(Output)


def recognised(sha256: str) -> ModelSpec | None:
    """The row whose published file has this hash, if any."""
    return next((row for row in MODELS if sha256 in row.published.values()), None)

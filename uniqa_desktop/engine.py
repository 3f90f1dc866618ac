"""The engine's front door: loads an installed model without anything heavy having been imported.

Import this instead of `encoders`, which imports torch on sight: here torch is first brought in the
way that lets the window's thread go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from uniqa_desktop import torch_setup
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.model_card import Installed

if TYPE_CHECKING:
    from uniqa_desktop.encoders import UniqaScorer


def load(
    model: Installed,
    *,
    device: str = "auto",
    precision: str = "auto",
    crop_policy: str | None = None,
    prompt_set: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> UniqaScorer:
    """`UniqaScorer.load`, torch included. Takes seconds: call it from the worker thread.

    Raises:
        WeightsError: torch is not installed, or the model's files are damaged or too large.
        WrongUse: no such device, crop policy or prompt set.
    """
    report = progress or (lambda _step, _fraction: None)
    report("Starting torch", 0.0)
    ready()
    from uniqa_desktop.encoders import UniqaScorer

    return UniqaScorer.load(
        model,
        device=device,
        precision=precision,
        crop_policy=crop_policy,
        prompt_set=prompt_set,
        progress=progress,
    )


def ready() -> None:
    """Imports torch and open_clip, if they are not yet.

    Raises:
        WeightsError: one of them is not installed or cannot be loaded.
    """
    try:
        torch_setup.open_clip()
    except (ImportError, OSError) as error:
        raise WeightsError(
            f"Models like this one need torch and open_clip, which cannot be loaded ({error})."
        ) from error

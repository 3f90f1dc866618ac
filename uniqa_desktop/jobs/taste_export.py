"""Writing a taste into a file that another machine can take up (`taste_import`)."""

from __future__ import annotations

from pathlib import Path

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.taste import current
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.taste import files

_PRIVATE = ("learned_from", "said", "evidence")
"""What a card says of the photos themselves, which stays here."""


def write_out(store: Store, scorer: Scorer, name: str, to: Path) -> tuple[int, list[Path]]:
    """Writes what counts for a profile with a model: the version's number, and the files written.

    A `.safetensors` has its card beside it; `.pth` and `.pt` are for the authors' code. Neither
    photos nor their names go with it.

    Raises:
        WrongUse: the name ends otherwise, there is no such profile, or it has learned nothing.
        WeightsError: it was learned from other weights, or cannot be told in the authors' form.
        DiskFull: no room; `to` is as it was.
    """
    if to.suffix.lower() not in (files.SUFFIX, *files.AUTHORS):
        raise WrongUse("Give the file a name that ends in .safetensors, or in .pth or .pt.")
    learned, version = current(store, scorer, store.tastes.profile(name))
    card = {key: value for key, value in version.card.items() if key not in _PRIVATE}
    card |= {"model": version.model, "weights": version.weights, "at": version.at.isoformat()}
    return version.number, files.write(to, learned, card)

"""UniQA's idea at small scale: does learning quality and aesthetics together pay?

    python benchmarks/method.py --data DIR [--seeds 3] [--epochs 2] [--json]

DIR holds `unlabelled/photos-160.zip`, `unlabelled/scenes-112.zip` and `ratings/oasis_public`. A
tiny CLIP learns from scratch by `train contrastive` from photos of the archives, of which half are
degraded on purpose; texts are made by `train known-pairs`: no rating and no language model is
involved. Its twin sees the same pictures for as many steps, but texts on quality alone. Both score
by the program's own prompts, which are no sentence of the texts:

- held-out photos under known degradations, of kinds that were trained and of kinds that were not:
  SRCC between quality and degree within each kind over all photos, mean over kinds;
- photos rated by people (OASIS): SRCC of the aesthetic prompts with mean beauty. Of the twin, which
  was never told of beauty, the better of the aesthetic and the quality prompts counts.

Themes (scenes only) enter the texts as environmental psychology has them: natural scenery is liked
better than built (Ulrich 1983). Figures are means over seeds, with 95 % bootstrap intervals over
photos (of OASIS: over themes). Exit 1 if the lower end of a difference is not above 0.
"""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import kit
import numpy as np
from kit import Figure

from uniqa_desktop import crops, decode, prompts, uniqa
from uniqa_desktop.agreement import bootstrap, spearman
from uniqa_desktop.clip_model import ClipModel
from uniqa_desktop.training import contrastive, known_pairs, towers
from uniqa_desktop.training.contrastive import Recipe
from uniqa_desktop.training.degradations import DEGRADATIONS
from uniqa_desktop.training.guidance import Kind
from uniqa_desktop.training.known_pairs import Original
from uniqa_desktop.training.pictures import Augment, Pixels, square
from uniqa_desktop.training.run import set_seeds

TRAINED = ("blur", "noise", "jpeg", "dark", "bright", "flat", "dull")
UNSEEN = ("shake", "small", "hard", "garish")
DEGREES = (0.0, 1 / 3, 2 / 3, 1.0)
HELD_OUT, PHOTOS, SCENES = 100, 2200, 1200
THEMES = {
    "buildings": ("buildings", 0.2),
    "street": ("a street", 0.2),
    "forest": ("a forest", 0.8),
    "glacier": ("a glacier", 0.8),
    "mountain": ("a mountain", 0.8),
    "sea": ("the sea", 0.8),
}
DRAWS = 1000
SIDE = towers.TINY.image
ALL_PROMPTS = prompts.ENSEMBLE.texts + prompts.AESTHETICS.texts
Array = np.ndarray[Any, np.dtype[np.float64]]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Marks:
    """What one model says: quality of degraded photos (photos × kinds × degrees); of rated photos
    by the quality prompts and by the aesthetic ones."""

    damaged: Array
    rated_quality: Array
    rated_aesthetics: Array


def finished(job: Generator[Any, None, Result]) -> Result:
    """Runs a job to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def unpacked(archive: Path, folder: Path) -> list[Path]:
    with zipfile.ZipFile(archive) as source:
        names = sorted(name for name in source.namelist() if name.endswith(".jpg"))
        source.extractall(folder, names)
    return [folder / name for name in names]


def seen(path: Path, side: int) -> Pixels:
    """A photo as training sees it: reduced, its middle."""
    return square(crops.working_picture(decode.full(path).pixels, side), side, Augment.NONE)


def degraded(photos: Sequence[Path]) -> Pixels:
    """Photos × kinds × degrees × S × S × 3."""
    series = []
    for number, path in enumerate(photos):
        whole = crops.working_picture(decode.full(path).pixels, Augment.SHIFT.short_side(SIDE))
        for name in TRAINED + UNSEEN:
            kind = DEGRADATIONS[name]
            series += [
                square(kind(whole, kind.strength(at), number), SIDE, Augment.NONE)
                if at
                else square(whole, SIDE, Augment.NONE)
                for at in DEGREES
            ]
    shape = (len(photos), len(TRAINED + UNSEEN), len(DEGREES), SIDE, SIDE, 3)
    return np.stack(series).reshape(shape)


def marks(model: ClipModel, damaged: Pixels, rated: Pixels) -> Marks:
    """Scores by the program's prompts and formula, without an adapter."""
    texts = model.text_features(ALL_PROMPTS).numpy()
    split = len(prompts.ENSEMBLE.texts)

    def scores(pixels: Pixels, wanted: uniqa.Floats) -> Array:
        features = np.concatenate(
            [
                model.image_features(pixels[at : at + 256]).numpy()
                for at in range(0, len(pixels), 256)
            ]
        )
        return uniqa.level_scores(features, wanted, model.logit_scale).astype(np.float64)

    flat = damaged.reshape(-1, *damaged.shape[-3:])
    return Marks(
        scores(flat, texts[:split]).reshape(damaged.shape[:3]),
        scores(rated, texts[:split]),
        scores(rated, texts[split:]),
    )


def order(damaged: Array, kinds: slice) -> float:
    """SRCC of quality with falling degree within each kind, mean over kinds."""
    truth = np.broadcast_to(-np.array(DEGREES), (len(damaged), len(DEGREES))).ravel()
    columns = damaged[:, kinds].swapaxes(0, 1).reshape(-1, len(truth))
    return float(np.mean([spearman(truth, column) for column in columns]))


def mean_over_seeds(statistic: Callable[..., float]) -> Callable[..., float]:
    """The mean of a statistic of (truth, one model's scores) over the models of all seeds."""

    def mean(truth: Array, *models: Array) -> float:
        return float(np.mean([statistic(truth, model) for model in models]))

    return mean


def figure(
    name: str,
    statistic: Callable[..., float],
    *columns: Array,
    groups: Sequence[object] | None = None,
    bound: bool = False,
) -> list[Figure]:
    value = statistic(*columns)
    low, high = bootstrap(statistic, *columns, groups=groups, n=DRAWS)
    note = f"95 % {low:+.3f} … {high:+.3f}"
    if not bound:
        return [Figure(name, value, "SRCC", note=note)]
    return [
        Figure(name, value, "SRCC", note=note),
        Figure(f"{name}, lower end", low, "SRCC", least=0.0),
    ]


def table(runs: dict[str, list[Marks]], beauty: Array, themes: Sequence[str]) -> list[Figure]:
    figures: list[Figure] = []
    seeds = len(runs["unified"])
    halves = {
        "trained degradations": slice(0, len(TRAINED)),
        "unseen degradations": slice(len(TRAINED), None),
    }
    for what, kinds in halves.items():
        columns = {name: [one.damaged for one in found] for name, found in runs.items()}

        def mean(*models: Array, kinds: slice = kinds) -> float:
            return float(np.mean([order(model, kinds) for model in models]))

        def gain(*models: Array, kinds: slice = kinds) -> float:
            return mean(*models[:seeds], kinds=kinds) - mean(*models[seeds:], kinds=kinds)

        for name in runs:
            figures += figure(f"{what}: {name}", mean, *columns[name])
        for rival in ("untrained", "twin"):
            both = columns["unified"] + columns[rival]
            figures += figure(f"{what}: unified − {rival}", gain, *both, bound=True)

    columns = {
        "unified": [one.rated_aesthetics for one in runs["unified"]],
        "unified by quality prompts": [one.rated_quality for one in runs["unified"]],
        "untrained": [one.rated_aesthetics for one in runs["untrained"]],
        "twin by aesthetic prompts": [one.rated_aesthetics for one in runs["twin"]],
        "twin by quality prompts": [one.rated_quality for one in runs["twin"]],
    }
    mean_srcc = mean_over_seeds(spearman)
    twin = max(list(columns)[-2:], key=lambda name: mean_srcc(beauty, *columns[name]))

    def rated_gain(truth: Array, *models: Array) -> float:
        return mean_srcc(truth, *models[:seeds]) - mean_srcc(truth, *models[seeds:])

    for name, found in columns.items():
        figures += figure(f"beauty: {name}", mean_srcc, beauty, *found, groups=themes)
    for rival in ("untrained", twin):
        both = columns["unified"] + columns[rival]
        name = f"beauty: unified − {rival}"
        figures += figure(name, rated_gain, beauty, *both, groups=themes, bound=True)
    return figures


def main() -> None:
    parser = kit.parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of photos and ratings")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    wanted = parser.parse_args()
    folder: Path = wanted.data / "ratings/oasis_public"
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rated = np.stack([seen(folder / row["file"], SIDE) for row in rows])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        photos = unpacked(wanted.data / "unlabelled/photos-160.zip", work / "photos")
        scenes = unpacked(wanted.data / "unlabelled/scenes-112.zip", work / "scenes")
        random = np.random.default_rng(0)
        photos = [photos[place] for place in random.permutation(len(photos))]
        scenes = [scenes[place] for place in random.permutation(len(scenes))[:SCENES]]
        held, photos = photos[:HELD_OUT], photos[HELD_OUT : HELD_OUT + PHOTOS]
        damaged = degraded(held)
        originals = [Original(path) for path in photos] + [
            Original(path, *THEMES[path.name.partition("_")[0]]) for path in scenes
        ]
        made = finished(
            known_pairs.make(
                originals,
                work,
                kinds=TRAINED,
                versions=1,
                short_side=Augment.SHIFT.short_side(SIDE),
            )
        )
        files = {"unified": work / "pairs.json", "twin": work / "quality.json"}
        known_pairs.write(files["twin"], made.rows, [Kind.QUALITY])
        began = process_time()
        runs: dict[str, list[Marks]] = {"unified": [], "twin": [], "untrained": []}
        orders: dict[str, list[float]] = {"unified": [], "twin": []}
        for seed in range(wanted.seeds):
            set_seeds(seed)
            tensors = {
                name: t.detach() for name, t in towers.build(towers.TINY).state_dict().items()
            }
            runs["untrained"].append(marks(ClipModel(tensors, towers.TINY), damaged, rated))
            for name, file in files.items():
                out = work / f"{name}-{seed}"
                recipe = Recipe(
                    epochs=wanted.epochs,
                    augment=Augment.SHIFT,
                    hold_out=0.03,
                    seed=seed,
                    precision="float32",
                )
                record = finished(
                    contrastive.train(
                        file, work / "pictures", out, recipe, architecture="tiny", device="cpu"
                    )
                )
                orders[name].append(record["figures"]["held_out_order"])
                read = towers.read(str(out / contrastive.WEIGHTS))
                model = ClipModel(read.tensors, towers.TINY)
                runs[name].append(marks(model, damaged, rated))
        spent = process_time() - began
    figures = [
        Figure("training and scoring", spent / 60, "min", note="of processor time, all seeds"),
        Figure("pictures", len(made.rows), note=f"{wanted.epochs} epochs, {wanted.seeds} seeds"),
        *(Figure(f"held-out order: {n}", float(np.mean(v)), "share") for n, v in orders.items()),
        *table(
            runs, np.array([float(row["score"]) for row in rows]), [row["group"] for row in rows]
        ),
    ]
    kit.report(figures, wanted.json)


if __name__ == "__main__":
    main()

"""What is learned of a person's taste, from how many ratings, and whether what is said is true.

On a folder of photos with the ratings of individual people (`--ratings DIR` with `labels.csv` and
`individuals.csv`): some of each person's ratings are learned from, the rest is to be foretold.
Beside real people there are simulated ones, whose taste is known. Exits 1 when a bound is missed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kit
import numpy as np
from model_figures import refit
from taste_figures import people, simulated, speed
from taste_figures.people import SIZES, Figures, Rated

from uniqa_desktop import agreement, readouts, scorers
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import KnownError
from uniqa_desktop.installed import Models

_LEAST_GAIN = {5: -0.01, 10: -0.01, 20: 0.01, 50: 0.03}
_LEAST_CLEAR = {20: 0.80, 50: 0.85}
_MOST_BIAS, _HELD = 0.03, (0.90, 0.99)
_MOST_SHARE = 0.7
_METHODS = ("gp", "adapter", "chosen")


def main() -> None:
    """Reads, measures, prints."""
    options = kit.parser(__doc__)
    options.add_argument("--ratings", type=Path, help="the folder; without, speed alone")
    options.add_argument("--people", type=int, default=100, help="so many, evenly spread (0: all)")
    options.add_argument("--draws", type=int, default=20, help="random draws a person and size")
    options.add_argument(
        "--live", action="store_true", help="only keys in the window while the taste learns"
    )
    options.add_argument("--photos", type=int, default=100_000, help="for --live: in the library")
    options.add_argument("--presses", type=int, default=240, help="for --live: keys in each order")
    options.add_argument("--model", default=scorers.BUNDLED, help="the id of an installed model")
    arguments = options.parse_args()
    if arguments.live:
        from taste_figures import live  # a window; the rest needs none

        kit.report(list(live.figures(arguments.photos, arguments.presses)), arguments.json)
        return
    document: dict[str, Any] = {"machine": kit.machine(), "model": arguments.model}
    found = speed.figures()
    if arguments.ratings is not None:
        try:
            scorer = scorers.load(arguments.model, "cpu")
            rated = people.read(arguments.ratings, scorer)
        except KnownError as problem:
            print(problem, file=sys.stderr)
            sys.exit(2)
        readout = None
        if isinstance(scorer, ClipScorer):
            readout = readouts.stored(Models().get(arguments.model))
        chosen = people.spread(rated, arguments.people)
        document |= _real(rated, chosen, arguments.draws, readout)
        document |= _clear(rated)
        document |= _honest(rated, chosen)
        found += _bounds(document)
    if not arguments.json:
        _print(document)
        kit.report(found, as_json=False)
    document["bounds"] = {
        one.name: {"value": round(one.value, 4), "bound": one.bound, "kept": one.kept}
        for one in found
    }
    print(json.dumps(document, ensure_ascii=False, indent=1))
    sys.exit(0 if all(one.kept for one in found) else 1)


def _real(rated: Rated, chosen: list[int], draws: int, readout: object) -> dict[str, Any]:
    """Real people by the generic score as shipped, and by one that never saw their photos."""
    figures = people.measured(rated, chosen, draws, readout)
    result: dict[str, Any] = {"people": len(chosen), "draws": draws, "photos": len(rated.groups)}
    result |= _table(figures)
    if rated.directions is not None and len(set(rated.groups)) >= refit.FOLDS:
        told = refit.held_out(rated.directions, rated.mean, rated.groups, repeats=2).mean(axis=0)
        # On a percent scale; only the order and spacing count.
        percent = 50 + 15 * (told - told.mean()) / told.std()
        again = people.measured(rated, chosen, max(1, draws // 4), readout, percent)
        result["refitted"] = _table(again)
    return result


def _table(figures: Figures) -> dict[str, Any]:
    """Means with intervals over people."""

    def rows(name: str) -> dict[str, Any] | None:
        return {str(size): _row(table) for size, table in figures[name].items()} if (
            name in figures
        ) else None  # fmt: skip

    gains = {
        size: figures["chosen"][size][:, 0] - figures["generic"][size][:, 0]
        for size in SIZES
        if size in figures.get("chosen", {})
    }
    return {
        "generic": rows("generic"),
        "others": rows("others"),
        "methods": {name: rows(name) for name in _METHODS},
        "gain_spearman": {str(size): round(float(gain.mean()), 4) for size, gain in gains.items()},
        "gain_interval": {str(size): _interval(gain) for size, gain in gains.items()},
    }


def _row(table: np.ndarray) -> dict[str, Any]:
    return {
        "spearman": round(float(table[:, 0].mean()), 4),
        "spearman_interval": _interval(table[:, 0]),
        "pairwise_accuracy": round(float(table[:, 1].mean()), 4),
        "pairwise_interval": _interval(table[:, 1]),
        "people": len(table),
    }


def _interval(values: np.ndarray) -> list[float]:
    low, high = agreement.bootstrap(lambda part: float(part.mean()), values, n=1000)
    return [round(low, 4), round(high, 4)]


def _clear(rated: Rated, persons: int = 30, walkers: int = 12) -> dict[str, Any]:
    """Simulated people: how soon their taste is found, and with how many suggested ratings."""
    found = simulated.accuracies(rated, persons, (10, 20, 50))
    walks = simulated.active(rated, walkers)
    return {
        "simulated": {
            name: {
                str(size): {
                    "pairwise_accuracy": round(float(table[:, 0].mean()), 4),
                    "generic": round(float(table[:, 1].mean()), 4),
                }
                for size, table in by_size.items()
            }
            for name, by_size in found.items()
        },
        "suggestions": {
            name: {
                "share_of_ratings": round(simulated.share_needed(curves), 3),
                **{way: [round(value, 4) for value in line] for way, line in curves.items()},
            }
            for name, curves in walks.items()
        },
    }


def _honest(rated: Rated, chosen: list[int], persons: int = 20) -> dict[str, Any]:
    """Reported against true agreement, at 20 and 50 ratings."""
    result = {}
    for size in (20, 50):
        one = simulated.honest(simulated.cases(rated, chosen, persons, size))
        result[str(size)] = {
            "people": one.people,
            "bias": round(one.bias, 4),
            "mean_size": round(one.size, 4),
            "interval_held": round(one.held, 4),
            "interval_held_with_doubt": round(one.held_with_doubt, 4),
        }
    return {"reported": result}


def _bounds(document: dict[str, Any]) -> list[kit.Figure]:
    """Every figure that has a bound."""
    found = [
        kit.Figure(f"gain at {size}, Spearman", gain, "", least=_LEAST_GAIN[int(size)])
        for size, gain in document["gain_spearman"].items()
    ]
    for name, by_size in document["simulated"].items():
        found += [
            kit.Figure(
                f"{name} at {size}", by_size[str(size)]["pairwise_accuracy"], "", least=least
            )
            for size, least in _LEAST_CLEAR.items()
        ]
    for name, curves in document["suggestions"].items():
        share = curves["share_of_ratings"]
        found.append(kit.Figure(f"{name}, share of ratings", share, "", most=_MOST_SHARE))
    for size, row in document["reported"].items():
        found.append(kit.Figure(f"bias at {size}", abs(row["bias"]), "", most=_MOST_BIAS))
        held = row["interval_held"]
        found.append(kit.Figure(f"intervals that hold at {size}", held, "", least=_HELD[0]))
        found.append(kit.Figure(f"and not too wide at {size}", held, "", most=_HELD[1]))
    return found


def _print(document: dict[str, Any]) -> None:
    """The tables for people."""
    if "people" not in document:
        return
    print(f"{document['people']} people, {document['photos']} photos, {document['draws']} draws")
    for title, part in (("as shipped", document), ("refitted", document.get("refitted"))):
        if part is None:
            continue
        print(f"\nSpearman, the generic score {title}")
        lines = {"generic": part["generic"], "others": part["others"], **part["methods"]}
        for name, by_size in lines.items():
            print(f"  {name:<9}" + _cells(by_size))
        print(f"  {'gain':<9}" + _numbers(part["gain_spearman"].values()))
    print("\nsimulated people, pairwise accuracy at 10, 20, 50 (the generic score)")
    for name, by_size in document["simulated"].items():
        cells = [
            f"{row['pairwise_accuracy']:.3f} ({row['generic']:.3f})" for row in by_size.values()
        ]
        print(f"  {name:<11}{'  '.join(cells)}")
    print()


def _cells(by_size: dict[str, Any] | None) -> str:
    if by_size is None:
        return "  –"
    return "  ".join(map(_cell, by_size.values()))


def _cell(row: dict[str, Any]) -> str:
    low, high = row["spearman_interval"]
    return f"{row['spearman']:7.3f} ({low:.3f}–{high:.3f})"


def _clear_cell(row: dict[str, Any]) -> str:
    return f"{row['pairwise_accuracy']:.3f} ({row['generic']:.3f})"


def _numbers(values: Sequence[float] | Any) -> str:
    return "  ".join(f"{value:7.3f}" for value in values)


if __name__ == "__main__":
    main()

"""Compares this program's numbers with those of the authors' code, made beforehand.

    python benchmarks/parity.py --vectors DIR [--json]

DIR holds `clip_openai_layout.pt` and `vectors.safetensors`, or folders that do. The vectors are
inputs (`input.NAME`: N×3×H×W uint8) and what the authors' code gave for them:
`image_features.posP.NAME`, `text_features.SET`, `zeroshot.posP.NAME`, `score.SET.posP.NAME`,
`five_crop.SET.posP.NAME`, with `adapter_state.*` as the adapter of all scores but zeroshot. SET is
`single` (the base prompts), `ensemble` or `content`; P is 1 with positional embedding, 0 without.

Exit 1 if a score differs by more than 1e-5 or a feature by more than 1e-4 of its length, or if a
vector of another name was not compared.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from uniqa_desktop import clip_model, crops, prompts, uniqa, weight_files
from uniqa_desktop.adapter import Adapter

SCORE_BOUND = 1e-5
FEATURE_BOUND = 1e-4
WEIGHTS, VECTORS = "clip_openai_layout.pt", "vectors.safetensors"
SETS = {"single": prompts.BASE, "ensemble": prompts.ENSEMBLE, "content": prompts.CONTENT}
ADAPTER = "adapter_state."


class Comparison:
    """One folder: the model, its inputs and what they should give."""

    def __init__(self, folder: Path) -> None:
        file = weight_files.read(folder / WEIGHTS)
        if file.architecture is None:
            raise SystemExit(f"{folder / WEIGHTS} holds no CLIP model.")
        tensors = clip_model.canonical(file.tensors, rounded=True)
        self.model = clip_model.ClipModel(tensors, file.architecture)
        self.vectors = load_file(folder / VECTORS)
        self.inputs = {
            name.removeprefix("input."): np.ascontiguousarray(value.transpose(0, 2, 3, 1))
            for name, value in self.vectors.items()
            if name.startswith("input.")
        }
        state = {
            name.removeprefix(ADAPTER): value
            for name, value in self.vectors.items()
            if name.startswith(ADAPTER)
        }
        self.adapter = Adapter.from_arrays(state) if state else None

    def rows(self) -> list[tuple[str, str, float]]:
        """(what, vector, difference) of each vector that can be computed."""
        found = []
        for name, wanted in sorted(self.vectors.items()):
            if name.startswith(("input.", ADAPTER)):
                continue
            what, *rest = name.split(".")
            given = self._given(what, rest)
            if given is None:
                found.append(("not compared", name, float("inf")))
            elif what.endswith("features"):
                length = np.linalg.norm(wanted, axis=-1)
                found.append(
                    (what, name, float((np.linalg.norm(given - wanted, axis=-1) / length).max()))
                )
            else:
                found.append((what, name, float(np.abs(given - wanted.reshape(-1)).max())))
        return found

    def _given(self, what: str, rest: list[str]) -> np.ndarray | None:
        match what, rest:
            case "text_features", [kind] if kind in SETS:
                return self._texts(kind)
            case "image_features", [position, name] if name in self.inputs:
                return self._features(self.inputs[name], position)
            case "zeroshot", [position, name] if name in self.inputs:
                features = self._features(self.inputs[name], position)
                texts = self._texts("single")
                return uniqa.level_scores(features, texts, self.model.logit_scale)
            case "score", [kind, position, name] if kind in SETS and name in self.inputs:
                return self._adapted(self.inputs[name], kind, position)
            case "five_crop", [kind, position, name] if kind in SETS and name in self.inputs:
                return self._five_crop(self.inputs[name], kind, position)
        return None

    def _texts(self, kind: str) -> np.ndarray:
        return self.model.text_features(SETS[kind].texts).numpy()

    def _features(self, pictures: np.ndarray, position: str) -> np.ndarray:
        return self.model.image_features(pictures, positional=position == "pos1").numpy()

    def _adapted(self, pictures: np.ndarray, kind: str, position: str) -> np.ndarray | None:
        if self.adapter is None:
            return None
        features = self._features(pictures, position)
        features = features + self.adapter(features)
        scale = self.model.logit_scale
        return uniqa.level_scores(features, self._texts(kind), scale, self.adapter.levels)

    def _five_crop(self, pictures: np.ndarray, kind: str, position: str) -> np.ndarray | None:
        size = self.model.architecture.image
        scores = []
        for picture in pictures:
            height, width = picture.shape[:2]
            places = crops.five_places(height, width, size)
            found = self._adapted(crops.cut(picture, places, size), kind, position)
            if found is None:
                return None
            scores.append(found.mean())
        return np.array(scores)


def bound(what: str) -> float:
    return FEATURE_BOUND if what.endswith("features") else SCORE_BOUND


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path, required=True, help="folder of parity vectors")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    base: Path = arguments.vectors
    folders = [base] if (base / VECTORS).is_file() else sorted(base.iterdir())
    folders = [folder for folder in folders if (folder / VECTORS).is_file()]
    if not folders:
        print(f"No {VECTORS} in {base} or the folders in it.", file=sys.stderr)
        return 2
    report = []
    for folder in folders:
        comparison = Comparison(folder)
        rows = comparison.rows()
        for what in dict.fromkeys(row[0] for row in rows):
            of_kind = [row for row in rows if row[0] == what]
            worst = max(of_kind, key=lambda row: row[2] if math.isfinite(row[2]) else math.inf)
            report.append(
                {
                    "folder": folder.name,
                    "architecture": comparison.model.architecture.name,
                    "what": what,
                    "vectors": len(of_kind),
                    "largest_difference": worst[2] if math.isfinite(worst[2]) else None,
                    "at": worst[1],
                    "bound": bound(what),
                    "within": worst[2] <= bound(what),
                }
            )
    passed = all(row["within"] for row in report)
    if arguments.json:
        print(json.dumps({"rows": report, "passed": passed}, indent=2))
    else:
        for row in report:
            sign = "ok " if row["within"] else "BAD"
            found = row["largest_difference"]
            largest = "not a number" if found is None else f"{found:.1e}"
            print(
                f"{sign} {row['folder']:10} {row['what']:15} {row['vectors']:3} vectors  "
                f"largest {largest} (bound {row['bound']:.0e})  {row['at']}"
            )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())

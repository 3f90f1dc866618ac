"""The adapter's training: the authors' step, the same again, and that it learns."""

from __future__ import annotations

import copy
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tiny_models as tiny
from safetensors.numpy import load_file

from uniqa_desktop import agreement, prompts
from uniqa_desktop.adapter import DOWN, LEVELS, UP, Adapter
from uniqa_desktop.adapter_training import AdapterTraining, Recipe, train
from uniqa_desktop.uniqa import level_scores

if TYPE_CHECKING:
    import torch

pytestmark = tiny.needs_torch

WIDTH, CROPS = 24, 3
SCALE = 20.0


def draw(*shape: int, seed: int = 3) -> np.ndarray:
    return np.random.Generator(np.random.PCG64(seed)).standard_normal(shape).astype(np.float32)


def data(photos: int, groups: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels that a direction in them decides, and prompts that know nothing of it."""
    features = np.repeat(draw(photos, 1, WIDTH), CROPS, axis=1)
    features += 0.1 * draw(photos, CROPS, WIDTH, seed=4)
    labels = 1 / (1 + np.exp(-features.mean(axis=1) @ draw(WIDTH, seed=5) / 4))
    return features, labels.astype(np.float32), draw(5 * groups, WIDTH, seed=6)


def scores(adapter: Adapter | None, features: np.ndarray, texts: np.ndarray) -> np.ndarray:
    if adapter is None:
        return level_scores(features, texts, SCALE).mean(axis=1)
    adapted = features + adapter(features)
    return level_scores(adapted, texts, SCALE, adapter.levels).mean(axis=1)


class Reference:
    """Their network, loss and optimiser written down plainly with torch's own layers."""

    def __init__(self, before: dict[str, np.ndarray], texts: np.ndarray, scale: float) -> None:
        import torch

        inner, width = before[DOWN].shape
        self.down = torch.nn.Linear(width, inner, bias=False)
        self.up = torch.nn.Linear(inner, width, bias=False)
        self.levels = torch.nn.Parameter(torch.from_numpy(before[LEVELS].copy()))
        with torch.no_grad():
            self.down.weight.copy_(torch.from_numpy(before[DOWN]))
            self.up.weight.copy_(torch.from_numpy(before[UP]))
        self.texts, self.scale = torch.from_numpy(texts), scale
        self.parts = {LEVELS: self.levels, DOWN: self.down.weight, UP: self.up.weight}
        self.optimiser = torch.optim.Adam(self.parts.values(), lr=2e-4)

    def scores(self, f: torch.Tensor) -> torch.Tensor:
        import torch

        f = f + torch.relu(self.up(torch.relu(self.down(f))))
        f = f / f.norm(dim=-1, keepdim=True)
        t = self.texts / self.texts.norm(dim=-1, keepdim=True)
        probability = (self.scale * f @ t.T).view(len(f), -1, 5).softmax(-1)
        return (probability * self.levels).sum(-1).mean(1)

    def step(self, batch: torch.Tensor, goals: torch.Tensor) -> float:
        import torch

        loss = torch.nn.MSELoss()(self.scores(batch), goals)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return loss.item()

    def arrays(self) -> dict[str, np.ndarray]:
        return {name: part.detach().numpy() for name, part in self.parts.items()}


@pytest.mark.parametrize("groups", [1, 4])
def test_a_step_is_the_authors_step(groups: int) -> None:
    import torch

    features, labels, texts = data(8, groups)
    training = AdapterTraining(features, labels, texts, SCALE)
    before = training.adapter().arrays()
    reference = Reference(before, texts, SCALE)
    batch, goals = torch.from_numpy(features[:, 0].copy()), torch.from_numpy(labels)
    for _ in range(3):
        assert training.step(batch, goals) == pytest.approx(reference.step(batch, goals), abs=1e-6)
    after = training.adapter().arrays()
    for name, wanted in reference.arrays().items():
        np.testing.assert_allclose(after[name], wanted, atol=1e-5)
        assert np.abs(after[name] - before[name]).max() > 1e-4


VECTORS = sorted((Path(__file__).parents[2] / "shared" / "parity").glob("*/vectors.safetensors"))
"""What the authors' code gave, where it lies beside this repository; it is no part of it."""
PROMPTS = {"single": prompts.BASE, "ensemble": prompts.ENSEMBLE, "content": prompts.CONTENT}


@pytest.mark.skipif(not VECTORS, reason="there are no vectors of the authors in ../shared/parity")
@pytest.mark.parametrize("kind", PROMPTS)
@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.parent.name)
def test_a_step_on_the_authors_vectors_is_theirs(file: Path, kind: str) -> None:
    """From their adapter, on their features; labels alone are drawn here."""
    import torch

    from uniqa_desktop import clip_model, weight_files

    vectors = load_file(file)
    weights = weight_files.read(file.with_name("clip_openai_layout.pt"))
    assert weights.architecture is not None
    tensors = clip_model.canonical(weights.tensors, rounded=True)
    model = clip_model.ClipModel(tensors, weights.architecture)
    texts, scale = model.text_features(PROMPTS[kind].texts).numpy(), model.logit_scale
    if kind == "single":
        np.testing.assert_allclose(texts, vectors["text_features.single"], atol=1e-4)
    for position in ("pos0", "pos1"):
        features = vectors[f"image_features.{position}.res"]
        labels = draw(len(features)) % 1
        before = {name: vectors[f"adapter_state.{name}"] for name in (LEVELS, DOWN, UP)}
        reference = Reference(before, texts, scale)
        batch, goals = torch.from_numpy(features), torch.from_numpy(labels)
        told = reference.scores(batch).detach().numpy()[:, None]
        np.testing.assert_allclose(told, vectors[f"score.{kind}.{position}.res"], atol=1e-5)

        training = AdapterTraining(features[:, None], labels, texts, scale)
        parts = {name: torch.from_numpy(array) for name, array in before.items()}
        training.go_on({**training.state(), "parts": parts})
        assert training.step(batch, goals) == pytest.approx(reference.step(batch, goals), abs=1e-6)
        after = training.adapter().arrays()
        for name, wanted in reference.arrays().items():
            np.testing.assert_allclose(after[name], wanted, rtol=0, atol=1e-5)
            assert np.abs(after[name] - before[name]).max() > 1e-4


def test_the_first_weights_are_torch_s_own() -> None:
    import torch

    arrays = AdapterTraining(*data(4), SCALE).adapter().arrays()
    for name, (into, out) in {DOWN: (WIDTH, WIDTH // 2), UP: (WIDTH // 2, WIDTH)}.items():
        bound = torch.nn.Linear(into, out, bias=False).weight.abs().max().item()
        assert arrays[name].shape == (out, into)
        assert np.abs(arrays[name]).max() == pytest.approx(bound, rel=0.1)
        assert np.abs(arrays[name]).max() <= 1 / np.sqrt(into)


def test_the_rate_falls_as_a_cosine_to_zero() -> None:
    import torch

    recipe = Recipe(epochs=20)
    optimiser = torch.optim.Adam([torch.zeros(1, requires_grad=True)], lr=2e-4)
    theirs = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=20, eta_min=0)
    for epoch in range(20):
        assert recipe.rate_in(epoch) == pytest.approx(theirs.get_last_lr()[0], rel=1e-6)
        optimiser.step()
        theirs.step()
    assert recipe.rate_in(20) == 0


def test_it_learns_what_unseen_photos_are_ordered_by() -> None:
    features, labels, texts = data(300)
    training = AdapterTraining(
        features[:200], labels[:200], texts, SCALE, Recipe(epochs=30, rate=5e-3)
    )
    losses = []
    while not training.is_done:
        losses.append(training.train_epoch())
    assert losses[-1] < losses[0] / 2
    held_out = labels[200:]
    before = agreement.spearman(held_out, scores(None, features[200:], texts))
    after = agreement.spearman(held_out, scores(training.adapter(), features[200:], texts))
    assert after > max(0.6, before + 0.2)
    assert training.adapter().levels.tolist() != pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_an_interruption_changes_no_bit() -> None:
    recipe = Recipe(epochs=6)
    through = AdapterTraining(*data(21), SCALE, recipe)
    for _ in range(6):
        through.train_epoch()
    first = AdapterTraining(*data(21), SCALE, recipe)
    for _ in range(2):
        first.train_epoch()
    kept = copy.deepcopy(first.state())
    first.train_epoch()
    second = AdapterTraining(*data(21), SCALE, recipe)
    second.go_on(kept)
    assert second.epoch == 2
    while not second.is_done:
        second.train_epoch()
    for name, array in through.adapter().arrays().items():
        assert np.array_equal(array, second.adapter().arrays()[name])


def test_the_same_labels_give_the_same_adapter_and_another_seed_another() -> None:
    recipe = Recipe(epochs=2)
    one, same = (train(*data(10), SCALE, recipe) for _ in range(2))
    other = train(*data(10), SCALE, Recipe(epochs=2, seed=1))
    assert np.array_equal(one.down, same.down)
    assert not np.array_equal(one.down, other.down)


def test_every_label_counts_also_those_of_a_short_batch() -> None:
    """Of three photos the authors' loader would drop all, as they fill no batch of eight."""
    features, labels, texts = data(3)
    first = AdapterTraining(features, labels, texts, SCALE)
    assert first.batches == 1
    before = first.adapter()
    first.train_epoch()
    assert not np.array_equal(first.adapter().down, before.down)


def test_it_can_be_stopped() -> None:
    stop = threading.Event()
    stop.set()
    untouched = train(*data(9), SCALE, stop=stop)
    assert untouched.levels.tolist() == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_what_does_not_fit_is_refused() -> None:
    features, labels, texts = data(6)
    with pytest.raises(ValueError, match="labels do not fit"):
        AdapterTraining(features, labels[:5], texts, SCALE)
    with pytest.raises(ValueError, match="prompts"):
        AdapterTraining(features, labels, texts[:4], SCALE)
    with pytest.raises(ValueError, match="not a number"):
        AdapterTraining(features, np.where(labels == labels[0], np.nan, labels), texts, SCALE)
    training = AdapterTraining(features, labels, texts, SCALE)
    other = AdapterTraining(features[..., :12], labels, texts[:, :12], SCALE)
    with pytest.raises(ValueError, match="another size"):
        training.go_on(other.state())
    with pytest.raises(ValueError, match="no state"):
        training.go_on({"epoch": 1})

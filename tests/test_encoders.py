"""A loaded model scores photos: the same whatever the order, the batch or the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop import crops, engine, explain, likeness, readouts, torch_setup, uniqa
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.model_card import Installed

pytestmark = tiny.needs_torch

PICTURES = [tiny.picture(seed, 120 + 30 * seed, 200) for seed in range(4)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def vit(folder: Path) -> Installed:
    file = tiny.save(folder / "vit.pt", tiny.vit_arrays())
    return Models(folder / "models").install(file, model_id="test-vit")


@pytest.fixture(scope="module")
def resnet(folder: Path) -> Installed:
    file = tiny.save(folder / "resnet.pt", tiny.resnet_arrays())
    return Models(folder / "models").install(file, model_id="test-rn")


def load(model: Installed, **options: Any) -> Any:
    return engine.load(model, **({"device": "cpu"} | options))


@pytest.fixture(scope="module")
def scorer(vit: Installed) -> Any:
    return load(vit)


def scored(scorer: Any, pictures: list[np.ndarray]) -> list[Any]:
    prepared = [scorer.prepare(picture, b"id") for picture in pictures]
    return [scorer.scores(features) for features in scorer.features(prepared)]


def test_a_photo_gets_two_different_scores(scorer: Any) -> None:
    for scores in scored(scorer, PICTURES):
        assert scores.model == "test-vit"
        assert 0 <= scores.quality <= 100
        assert 0.2 <= scores.quality_raw <= 1
        assert scores.quality_raw != scores.aesthetics_raw
        assert scores.quality == pytest.approx((scores.quality_raw - 0.2) * 125, abs=1e-3)


@pytest.mark.parametrize("policy", ["five-384", "whole-224", "ten-384"])
@pytest.mark.parametrize("name", ["vit", "resnet"])
def test_order_and_batch_change_nothing(
    request: pytest.FixtureRequest, name: str, policy: str
) -> None:
    model = load(request.getfixturevalue(name), crop_policy=policy)
    together = scored(model, PICTURES)
    assert scored(model, PICTURES[::-1]) == together[::-1]
    assert [scored(model, [picture])[0] for picture in PICTURES] == together
    assert scored(load(request.getfixturevalue(name), crop_policy=policy), PICTURES) == together


def test_larger_passes_change_no_score_beyond_the_bound(vit: Installed) -> None:
    alone = load(vit)
    wanted = scored(alone, PICTURES)
    for batch in (3, 8, 64):
        alone._batch = batch
        for one, other in zip(scored(alone, PICTURES), wanted, strict=True):
            assert one.quality_raw == pytest.approx(other.quality_raw, abs=1e-4)
            assert one.aesthetics_raw == pytest.approx(other.aesthetics_raw, abs=1e-4)


def test_features_are_stored_small_and_score_the_same_again(scorer: Any, vit: Installed) -> None:
    prepared = [scorer.prepare(picture, b"id") for picture in PICTURES]
    features = scorer.features(prepared)
    assert [part.shape for part in features] == [(5, 32)] * 4
    assert all(part.dtype == np.float16 for part in features)
    stored = readouts.stored(vit)
    assert stored is not None
    quality, _ = stored.raw_scores(np.stack(features))
    for row, part in zip(quality, features, strict=True):
        assert row == pytest.approx(scorer.scores(part).quality_raw, abs=1e-6)


def test_a_model_never_loaded_has_no_stored_prompts(folder: Path) -> None:
    models = Models(folder / "fresh")
    assert readouts.stored(models.install(folder / "vit.pt", model_id="fresh")) is None


def test_prompts_are_encoded_once(vit: Installed, scorer: Any, monkeypatch: Any) -> None:
    from uniqa_desktop.clip_model import ClipModel

    def again(*_: Any) -> None:
        raise AssertionError("the prompts were cached")

    monkeypatch.setattr(ClipModel, "text_features", again)
    load(vit)


def test_a_damaged_prompt_cache_is_made_again(folder: Path) -> None:
    model = Models(folder / "damaged").install(folder / "vit.pt", model_id="cached")
    wanted = scored(load(model), PICTURES[:1])
    for file in model.cache.glob("*.npy"):
        file.write_bytes(b"half a file")
    assert scored(load(model), PICTURES[:1]) == wanted


def test_changed_weights_are_noticed(folder: Path) -> None:
    model = Models(folder / "changed").install(folder / "vit.pt", model_id="changed")
    data = bytearray(model.weights_file.read_bytes())
    data[-1] ^= 1
    model.weights_file.write_bytes(data)
    with pytest.raises(WeightsError, match="have changed"):
        load(model)
    model.weights_file.unlink()
    with pytest.raises(WeightsError, match="install it again"):
        load(model)


def test_running_out_of_memory_halves_the_pass_and_loses_nothing(
    vit: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    scorer = load(vit)
    wanted = scored(scorer, PICTURES)
    scorer._batch = 16
    original, tried = scorer._clip.image_features, []

    def small_card(pixels: np.ndarray, **options: Any) -> Any:
        tried.append(len(pixels))
        if len(pixels) > 4:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return original(pixels, **options)

    monkeypatch.setattr(scorer._clip, "image_features", small_card)
    found = scored(scorer, PICTURES)
    assert tried[:3] == [16, 8, 4]
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert one.quality_raw == pytest.approx(other.quality_raw, abs=1e-4)
    tried.clear()
    scored(scorer, PICTURES)
    assert set(tried) == {4}


def test_a_model_too_large_for_one_crop_says_so(
    vit: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    scorer = load(vit)

    def no_room(*_: Any, **__: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(scorer._clip, "image_features", no_room)
    with pytest.raises(WeightsError, match="does not fit in the memory"):
        scored(scorer, PICTURES[:1])


def test_other_errors_are_not_taken_for_short_memory(
    vit: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer = load(vit)

    def bug(*_: Any, **__: Any) -> None:
        raise RuntimeError("shape mismatch")

    monkeypatch.setattr(scorer._clip, "image_features", bug)
    with pytest.raises(RuntimeError, match="shape mismatch"):
        scored(scorer, PICTURES[:1])


def test_releasing_and_going_on(scorer: Any) -> None:
    wanted = scored(scorer, PICTURES[:1])
    scorer.release()
    assert scored(scorer, PICTURES[:1]) == wanted


def test_loading_tells_how_far_it_is(vit: Installed) -> None:
    steps: list[tuple[str, float]] = []
    load(vit, progress=lambda step, part: steps.append((step, part)))
    parts = [part for _, part in steps]
    assert parts == sorted(parts)
    assert steps[-1] == ("Ready", 1.0)


def test_the_key_of_features_names_policy_and_positions(folder: Path, vit: Installed) -> None:
    assert load(vit, crop_policy="whole-224").feature_key == "whole-224@64"
    model = Models(folder / "nopos").install(folder / "vit.pt", model_id="nopos", positional=False)
    unlike = load(model)
    assert unlike.feature_key == "five-384@64 without positions"
    assert scored(unlike, PICTURES) != scored(load(vit), PICTURES)
    assert unlike.weights == vit.card.weights


def test_unknown_devices_and_policies_are_wrong_use(vit: Installed) -> None:
    with pytest.raises(WrongUse, match="auto, cuda, mps, cpu"):
        load(vit, device="tpu")
    with pytest.raises(WrongUse, match="crop policy"):
        load(vit, crop_policy="none")
    with pytest.raises(WrongUse, match="prompt set"):
        load(vit, prompt_set="none")


def test_an_adapter_and_a_head_are_used(folder: Path, scorer: Any) -> None:
    models = Models(folder / "parts")
    models.install(folder / "vit.pt", model_id="parts")
    random = np.random.Generator(np.random.PCG64(4))
    adapter = {
        "score_level": np.array([0.1, 0.2, 0.5, 0.8, 0.9], np.float32),
        "adapter.fc.0.weight": random.standard_normal((8, 32)).astype(np.float32),
        "adapter.fc.2.weight": random.standard_normal((32, 8)).astype(np.float32),
    }
    models.install(tiny.save(folder / "a.pth", {"params": adapter}), model_id="parts")
    head = {"weight": np.ones((1, 32), np.float32), "bias": np.full(1, 6, np.float32)}
    models.install(tiny.save(folder / "h.pth", head), model_id="parts")
    (plain,) = scored(scorer, PICTURES[:1])
    (fitted,) = scored(load(models.get("parts")), PICTURES[:1])
    assert fitted.quality_raw != plain.quality_raw
    assert fitted.aesthetics_raw > 1
    assert fitted.aesthetics == pytest.approx((fitted.aesthetics_raw - 1) / 9 * 100, abs=1e-3)


def test_search_by_words_and_by_example(scorer: Any) -> None:
    features = np.stack(scorer.features([scorer.prepare(p, b"") for p in PICTURES]))
    assert likeness.best(likeness.photo_vectors(features)[2], features, 1) == [2]
    found = likeness.similarities(scorer.text("sunset on the beach"), features)
    assert found.shape == (4,)
    assert (np.abs(found) <= 1).all()
    order = likeness.best(scorer.text("sunset on the beach"), features, 4)
    assert list(found[order]) == sorted(found, reverse=True)


def test_cues_name_the_five_attributes(scorer: Any) -> None:
    (features,) = scorer.features([scorer.prepare(PICTURES[0], b"")])
    cues = scorer.cues(features)
    assert list(cues) == ["sharpness", "brightness", "contrast", "colorfulness", "noisiness"]
    assert all(0 <= value <= 100 for value in cues.values())


def test_the_heat_map_grows_and_is_about_this_picture(scorer: Any) -> None:
    whole = crops.policy("whole-224", 64)(PICTURES[1])[0]
    maps = list(explain.heat_maps(whole, scorer.quality_of, grid=4))
    assert [round(step.done, 2) for step in maps] == [0.44, 0.88, 1.0]
    assert np.isnan(maps[0].heat).sum() == 9
    assert np.isfinite(maps[-1].heat).all()
    assert maps[-1].score == pytest.approx(float(scorer.quality_of(whole[None])[0]))
    assert np.abs(maps[-1].heat).max() > 0


def test_percent_of_a_stored_feature_is_within_the_range(scorer: Any) -> None:
    quality, _ = scorer.readout.raw_scores(np.random.default_rng(1).normal(size=(20, 5, 32)))
    assert ((uniqa.to_percent(quality) >= 0) & (uniqa.to_percent(quality) <= 100)).all()


def test_a_missing_library_is_said_in_a_sentence(
    vit: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent() -> None:
        raise ImportError("No module named 'torch'")

    monkeypatch.setattr(torch_setup, "open_clip", absent)
    with pytest.raises(WeightsError, match="need torch and open_clip"):
        engine.load(vit)

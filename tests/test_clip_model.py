"""The towers, against a slow double-precision CLIP written from the paper's description."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop.errors import WeightsError

pytestmark = tiny.needs_torch

MEAN = np.array([0.48145466, 0.4578275, 0.40821073])
DEVIATION = np.array([0.26862954, 0.26130258, 0.27577711])


class SlowVit:
    """A vision transformer in numpy and double precision. `gelu` is its activation."""

    def __init__(self, arrays: dict[str, np.ndarray], *, quick: bool = True) -> None:
        self.a = {name: np.asarray(value, np.float64) for name, value in arrays.items()}
        self.quick = quick

    def norm(self, x: np.ndarray, name: str) -> np.ndarray:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * self.a[f"{name}.weight"] + self.a[f"{name}.bias"]

    def gelu(self, x: np.ndarray) -> np.ndarray:
        if self.quick:
            return x / (1 + np.exp(-1.702 * x))
        return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))

    def block(self, x: np.ndarray, name: str) -> np.ndarray:
        def linear(part: str, y: np.ndarray) -> np.ndarray:
            return y @ self.a[f"{name}.{part}.weight"].T + self.a[f"{name}.{part}.bias"]

        y = self.norm(x, f"{name}.ln_1")
        packed = y @ self.a[f"{name}.attn.in_proj_weight"].T + self.a[f"{name}.attn.in_proj_bias"]
        query, key, value = np.split(packed, 3, axis=-1)  # width 64: one head
        weights = np.exp(query @ key.T / 8)
        x = x + linear("attn.out_proj", weights / weights.sum(-1, keepdims=True) @ value)
        return x + linear("mlp.c_proj", self.gelu(linear("mlp.c_fc", self.norm(x, f"{name}.ln_2"))))

    def __call__(self, picture: np.ndarray, *, positional: bool = True) -> np.ndarray:
        pixels = (picture / 255 - MEAN) / DEVIATION
        side, patch = picture.shape[0], tiny.PATCH
        kernel = self.a["visual.conv1.weight"].transpose(0, 2, 3, 1).reshape(tiny.WIDTH, -1)
        tokens = [self.a["visual.class_embedding"]]
        tokens += [
            kernel @ pixels[y : y + patch, x : x + patch].reshape(-1)
            for y in range(0, side, patch)
            for x in range(0, side, patch)
        ]
        found = np.stack(tokens)
        if positional:
            found = found + self.a["visual.positional_embedding"]
        found = self.norm(found, "visual.ln_pre")
        for number in range(2):
            found = self.block(found, f"visual.transformer.resblocks.{number}")
        return self.norm(found[0], "visual.ln_post") @ self.a["visual.proj"]


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    return tiny.vit_arrays()


def model_of(arrays: dict[str, np.ndarray], **options: Any) -> Any:
    from uniqa_desktop import architecture, clip_model

    shape = architecture.read({name: np.shape(array) for name, array in arrays.items()})
    return clip_model.ClipModel(tiny.tensors(arrays), shape, **options)


@pytest.fixture(scope="module")
def vit(arrays: dict[str, np.ndarray]) -> Any:
    return model_of(arrays)


@pytest.fixture(scope="module")
def resnet() -> Any:
    return model_of(tiny.resnet_arrays())


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    return np.stack([tiny.picture(seed, tiny.IMAGE, tiny.IMAGE) for seed in range(3)])


def distance(found: Any, wanted: np.ndarray) -> float:
    wanted = np.asarray(wanted)
    return float(np.linalg.norm(np.asarray(found) - wanted) / np.linalg.norm(wanted))


@pytest.mark.parametrize("positional", [True, False])
def test_image_features_are_clip_s(
    arrays: dict[str, np.ndarray], vit: Any, pictures: np.ndarray, positional: bool
) -> None:
    slow = SlowVit(arrays)
    wanted = np.stack([slow(picture, positional=positional) for picture in pictures])
    assert distance(vit.image_features(pictures, positional=positional), wanted) < 1e-5


def test_plain_gelu_would_be_noticed(
    arrays: dict[str, np.ndarray], vit: Any, pictures: np.ndarray
) -> None:
    wrong = np.stack([SlowVit(arrays, quick=False)(picture) for picture in pictures])
    assert distance(vit.image_features(pictures), wrong) > 1e-3
    plain = model_of(arrays, quick_gelu=False)
    assert distance(plain.image_features(pictures), wrong) < 1e-5


def test_the_positional_switch_matters(vit: Any, resnet: Any, pictures: np.ndarray) -> None:
    for model in (vit, resnet):
        without = model.image_features(pictures, positional=False)
        assert distance(model.image_features(pictures), without) > 1e-3


@pytest.mark.parametrize("shape", [(96, 64), (64, 128)])
def test_other_sizes_use_the_authors_stretch(
    arrays: dict[str, np.ndarray], vit: Any, shape: tuple[int, int]
) -> None:
    import torch

    picture = tiny.picture(1, *shape)[None]
    count = shape[0] * shape[1] // tiny.PATCH**2 + 1
    table = torch.from_numpy(arrays["visual.positional_embedding"])
    stretched = torch.nn.functional.interpolate(
        table[None, None], size=(count, tiny.WIDTH), mode="bicubic"
    )[0, 0]
    visual = vit._model.visual
    with torch.inference_mode():
        original = torch.func.functional_call(
            visual,
            {"positional_embedding": stretched},
            ((torch.from_numpy(picture).permute(0, 3, 1, 2) / 255 - vit._mean) / vit._deviation,),
        )
    assert distance(vit.image_features(picture), original.numpy()) < 1e-5


def test_the_resnet_is_open_clip_s(resnet: Any, pictures: np.ndarray) -> None:
    import torch

    batch = torch.from_numpy(pictures).permute(0, 3, 1, 2)
    with torch.inference_mode():
        wanted = resnet._model.encode_image((batch / 255 - resnet._mean) / resnet._deviation)
    assert distance(resnet.image_features(pictures), wanted.numpy()) < 1e-5


def test_nothing_is_in_training_mode(resnet: Any, pictures: np.ndarray) -> None:
    alone = resnet.image_features(pictures[:1])
    assert distance(resnet.image_features(pictures)[:1], alone) < 1e-5
    assert not resnet._model.training


def test_text_features_ignore_case_and_surroundings(vit: Any) -> None:
    one, same, other = vit.text_features(["good image", "Good  image", "bad image"]).numpy()
    np.testing.assert_array_equal(one, same)
    assert distance(one, other) > 1e-3


def test_a_long_text_is_cut_not_refused(vit: Any) -> None:
    assert vit.text_features(["sunset " * 500]).shape == (1, 32)


def test_the_temperature_comes_from_the_file(vit: Any) -> None:
    assert vit.logit_scale == pytest.approx(100, rel=1e-5)


def test_weights_that_do_not_fit_are_refused(arrays: dict[str, np.ndarray]) -> None:
    from uniqa_desktop import architecture, clip_model

    shape = architecture.read({name: np.shape(array) for name, array in arrays.items()})
    wrong = arrays | {"visual.ln_post.bias": np.zeros(7, np.float32)}
    with pytest.raises(WeightsError, match=r"visual\.ln_post\.bias"):
        clip_model.ClipModel(tiny.tensors(wrong), shape)
    rest = {name: array for name, array in arrays.items() if name != "visual.ln_post.bias"}
    with pytest.raises(WeightsError, match=r"lacks visual\.ln_post\.bias"):
        clip_model.ClipModel(tiny.tensors(rest), shape)
    with pytest.raises(WeightsError, match="besides"):
        clip_model.ClipModel(tiny.tensors(arrays | {"extra": np.zeros(1)}), shape)


@pytest.mark.parametrize("make", [tiny.vit_arrays, tiny.resnet_arrays])
def test_the_half_tensors_are_those_of_clip_s_own_rule(make: Any) -> None:
    import open_clip

    from uniqa_desktop import clip_model

    arrays = make()
    original = model_of(arrays)._model
    open_clip.convert_weights_to_fp16(original)
    half = {name for name, t in original.state_dict().items() if "float16" in str(t.dtype)}
    assert {name for name in arrays if clip_model.is_half(name)} == half


def test_single_and_half_files_become_the_same_weights(arrays: dict[str, np.ndarray]) -> None:
    import torch

    from uniqa_desktop import clip_model

    whole = clip_model.canonical(tiny.tensors(arrays), rounded=True)
    again = clip_model.canonical(whole, rounded=True)
    assert all(torch.equal(whole[name], again[name]) for name in arrays)
    assert whole["visual.proj"].dtype is torch.float16
    assert whole["visual.ln_post.weight"].dtype is torch.float32


@pytest.mark.parametrize("make", [tiny.vit_arrays, tiny.resnet_arrays])
def test_reduced_precision_is_near_and_can_be_left_again(make: Any, pictures: np.ndarray) -> None:
    import torch

    model = model_of(make())
    exact = model.image_features(pictures).numpy()
    model.compute_in(torch.bfloat16)
    near = model.image_features(pictures)
    assert near.dtype is torch.float32
    assert 0 < distance(near, exact) < 0.05
    model.compute_in(torch.float32)
    model.settle()
    np.testing.assert_array_equal(model.image_features(pictures).numpy(), exact)

"""A loaded model is kept between jobs and let go of when it is idle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from uniqa_desktop.keeping import DROP_AFTER, RELEASE_AFTER, Keeper
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import Features, Scorer


class Model(Scorer):
    def __init__(self, model: str) -> None:
        self.model = model
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        return []


@dataclass
class Machine:
    """A clock that stands still until told otherwise, and models that are easily installed."""

    now: float = 1000.0
    editions: dict[str, int] = field(default_factory=dict)
    loaded: list[Model] = field(default_factory=list)

    def load(self, model: str, device: str) -> Scorer:
        self.loaded.append(Model(model))
        return self.loaded[-1]

    @property
    def keeper(self) -> Keeper:
        return Keeper(self.load, lambda model: self.editions.get(model, 0), lambda: self.now)


def test_two_jobs_use_one_loaded_model() -> None:
    machine = Machine()
    keeper = machine.keeper
    with keeper.lent("a") as first, keeper.lent("a") as within:
        assert first is within
    with keeper.lent("a") as later:
        assert later is first
    assert len(machine.loaded) == 1
    assert machine.loaded[0].closed == 0


def test_another_model_device_or_edition_is_loaded_and_the_old_one_let_go() -> None:
    machine = Machine()
    keeper = machine.keeper
    for model, device in (("a", "auto"), ("b", "auto"), ("b", "cpu")):
        with keeper.lent(model, device) as scorer:
            assert scorer.model == model
    machine.editions["b"] = 1
    with keeper.lent("b", "cpu"):
        pass
    assert [model.closed for model in machine.loaded] == [1, 1, 1, 0]


def test_the_card_is_freed_first_and_the_model_forgotten_later() -> None:
    machine = Machine()
    keeper = machine.keeper
    assert keeper.due is None
    with keeper.lent("a"):
        assert keeper.due is None
    (model,) = machine.loaded
    assert keeper.due == RELEASE_AFTER
    machine.now += RELEASE_AFTER - 1
    keeper.rest()
    assert (model.closed, keeper.due) == (0, 1)
    machine.now += 1
    keeper.rest()
    keeper.rest()
    assert model.closed == 1, "once"
    assert keeper.due == DROP_AFTER - RELEASE_AFTER
    machine.now += DROP_AFTER
    keeper.rest()
    assert keeper.due is None
    with keeper.lent("a") as anew:
        assert anew is not model


def test_use_begins_the_wait_anew() -> None:
    machine = Machine()
    keeper = machine.keeper
    for _ in range(3):
        with keeper.lent("a"):
            machine.now += 10 * RELEASE_AFTER
        machine.now += RELEASE_AFTER - 1
        keeper.rest()
    assert [model.closed for model in machine.loaded] == [0]


def test_a_paused_job_gives_back_the_card_but_keeps_its_model() -> None:
    machine = Machine()
    keeper = machine.keeper
    with keeper.lent("a") as scorer:
        machine.now += 2 * DROP_AFTER
        keeper.rest()
        assert machine.loaded[0].closed == 1
        with keeper.lent("a") as within:
            assert within is scorer
    assert keeper.due == RELEASE_AFTER

"""Drawn pictures, and one pre-trained network that all these tests may look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawing import draw_jpeg
from runs import finish, pretrain, settings


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("images")
    return [
        draw_jpeg(folder / f"{number:02}.jpg", width=120, height=90, seed=number)
        for number in range(24)
    ]


@pytest.fixture(scope="session")
def trained(
    images: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """A finished run's folder and record."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    return out, finish(pretrain(images, out, settings(epochs=6)))[0]


@pytest.fixture(scope="session")
def short(
    images: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """The same of a shorter run, which others are compared with bit by bit."""
    out = tmp_path_factory.mktemp("runs") / "short"
    return out, finish(pretrain(images, out, settings(epochs=2)))[0]

"""All scenes by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from uniqa_desktop.demo import (
    arcade,
    balloons,
    beach,
    coast,
    forest,
    mountains,
    night,
    people,
    poppy,
    sailing,
    sea,
    surfaces,
    town,
    village,
)
from uniqa_desktop.demo.scene import Scene

Painter = Callable[[int, int, int], Scene]
"""Paints a scene upright: width and height in pixels, and the number of the variant."""

SCENES: Mapping[str, Painter] = MappingProxyType(
    {
        painter.__name__: painter
        for painter in (
            balloons.balloons,
            forest.forest,
            poppy.poppy,
            mountains.dunes,
            mountains.hills,
            mountains.lake,
            mountains.peak,
            mountains.ridges,
            night.fireworks,
            night.milky_way,
            night.skyline,
            night.trails,
            people.night_portrait,
            people.portrait,
            beach.beach,
            coast.gull,
            coast.lighthouse,
            sailing.sailing,
            sea.sunset,
            surfaces.bricks,
            surfaces.cloth,
            surfaces.oranges,
            surfaces.pebbles,
            surfaces.planks,
            arcade.arcade,
            town.fronts,
            village.white_houses,
        )
    }
)

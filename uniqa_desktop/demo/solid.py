"""Small solid things (birds, balloons): surfaces of flat patches, lit and painted back to front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.demo.brush import resized
from uniqa_desktop.demo.light import Light


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bent sheet: `points` (rows, columns, 3; x right, y up, z to the viewer) and its colours.

    `colours` (rows - 1, columns - 1, 3) are light in full sun. Thin sheets (sails, wings) let
    some of the light through: `through` 0–1.
    """

    points: Light
    colours: Light
    through: float = 0.0


def lathe(profile: Sequence[tuple[float, float]], sides: int = 32) -> Light:
    """The surface that turns `profile` (radius, y) about the y axis."""
    radius, y = np.asarray(profile, np.float32).T
    turn = np.linspace(0, 2 * np.pi, sides + 1, dtype=np.float32)
    x = radius[:, None] * np.sin(turn)
    z = radius[:, None] * np.cos(turn)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1)


def turned(points: Light, *, yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Light:
    """Points turned about y (yaw), x (pitch) and z (roll), in degrees."""
    a, b, c = np.radians([yaw, pitch, roll])
    about_y = [[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]]
    about_x = [[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]]
    about_z = [[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]]
    return (points @ (np.array(about_z) @ about_x @ about_y).T).astype(np.float32)


def paint_sheets(
    sheets: Sequence[Sheet], size: int, toward: tuple[float, float, float], shade: Light, sun: Light
) -> Light:
    """A layer (`size`², premultiplied) of sheets within -1…1, lit by `sun` from `toward`."""
    scale = 2  # drawn twice as large and reduced: patches without seams, edges without stairs
    side = size * scale
    lamp = np.asarray(toward, np.float32)
    lamp = lamp / np.linalg.norm(lamp)
    corners, lights, depths = [], [], []
    for sheet in sheets:
        p = sheet.points
        quads = np.stack([p[:-1, :-1], p[:-1, 1:], p[1:, 1:], p[1:, :-1]], axis=2)
        normal = np.cross(quads[:, :, 2] - quads[:, :, 0], quads[:, :, 3] - quads[:, :, 1])
        normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
        normal = cv2.GaussianBlur(normal, (0, 0), 1.0)  # rounds the edges between patches
        normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
        normal = np.where(normal[..., 2:] < 0, -normal, normal)  # the side that is seen
        facing = normal @ lamp
        direct = np.maximum(facing, 0) + sheet.through * np.maximum(-facing, 0)
        sky = 0.65 + 0.35 * normal[..., 1]
        light = sheet.colours * (direct[..., None] * sun + sky[..., None] * shade)
        corners.append(quads.reshape(-1, 4, 3))
        lights.append(light.reshape(-1, 3))
        depths.append(quads[..., 2].mean(axis=2).ravel())
    quad, light, depth = np.concatenate(corners), np.concatenate(lights), np.concatenate(depths)
    place = (quad[..., :2] * (1, -1) + 1) * (side / 2)
    made = np.zeros((side, side, 4), np.float32)
    points = np.round(place * 16).astype(np.int32)
    for index in np.argsort(depth):
        red, green, blue = (float(part) for part in light[index])
        cv2.fillConvexPoly(made, points[index], (red, green, blue, 1.0), cv2.LINE_8, 4)
    return np.clip(resized(made, size, size), 0, None)

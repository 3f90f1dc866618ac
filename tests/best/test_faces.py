"""Faces: which is whose in the next frame, and whose eyes are sharp; without the network itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from frames import frame, scene

from uniqa_desktop import detectors, weights
from uniqa_desktop.best import faces, looking
from uniqa_desktop.best.aligning import IDENTITY, Placement
from uniqa_desktop.best.choosing import choose
from uniqa_desktop.best.faces import Face
from uniqa_desktop.errors import WeightsError

SCENE = scene()
ROW = np.array([100, 80, 90, 110, 125, 120, 165, 120, 145, 145, 128, 165, 162, 165, 0.9])
"""A face as YuNet gives one: box, eyes, nose, corners of the mouth, score."""


class OneFace:
    """Stands for YuNet: it finds the same face wherever the frame shows it."""

    def __init__(self, aside: dict[int, tuple[int, int]]) -> None:
        self._aside = aside

    def faces(self, picture) -> tuple[Face, ...]:
        moved = ROW[:14].copy()
        right, down = self._aside[id(picture)]
        moved[0::2][[0, 2, 3, 4, 5, 6]] -= right
        moved[1::2][[0, 2, 3, 4, 5, 6]] -= down
        return (faces._face(picture.pixels, moved),)


def test_sharp_eyes_win_and_the_region_is_the_face() -> None:
    pictures = [frame(SCENE, blur=1.5), frame(SCENE, aside=(8, 4), seed=1)]
    detector = OneFace({id(pictures[0]): (0, 0), id(pictures[1]): (8, 4)})
    reference = looking.Reference.of(pictures[0])
    looks = [
        reference.look(each, detector, itself=at == 0)  # type: ignore[arg-type]
        for at, each in enumerate(pictures)
    ]
    found = looking.evidence(reference, looks, detector=True)
    assert "eyes" not in found.absent
    assert found.frames[1].readings["eyes"].value == 0
    assert found.frames[0].readings["eyes"].value < -1
    region = found.frames[0].region
    assert region is not None
    assert region.x <= 100
    assert region.x + region.width >= 190
    assert choose(found).best == 1


def test_faces_are_matched_by_their_place_in_the_scene() -> None:
    moved = Placement((1, 0, 50), (0, 1, 20))
    left, right = Face((10, 10, 40, 40), 1.0), Face((200, 10, 60, 60), 2.0)
    there = Face((60, 30, 40, 40), 3.0), Face((250, 30, 60, 60), 4.0)
    people = faces.same([(IDENTITY, [left, right]), (moved, there[::-1])])
    assert [person.faces for person in people] == [(right, there[1]), (left, there[0])]
    assert faces.same([(IDENTITY, [left]), (moved, [there[1]])]) == []


def test_eyes_too_small_to_judge_are_no_reading() -> None:
    assert faces.eyes([faces.Person((0, 0, 9, 9), (Face((0, 0, 9, 9), None),) * 2)]) is None


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "yunet.onnx"
    file.write_bytes(b"not a network")
    with pytest.raises(WeightsError, match="cannot be used"):
        faces.Detector(file)
    with pytest.raises(WeightsError, match="cannot be used"):
        faces.Detector(tmp_path / "absent.onnx")


def test_only_the_published_file_is_installed(tmp_path: Path) -> None:
    file = tmp_path / "face_detection_yunet_2023mar.onnx"
    file.write_bytes(b"another file")
    with pytest.raises(WeightsError, match="sha256"):
        detectors.install(file)
    assert detectors.installed() is None
    with pytest.raises(WeightsError, match="not installed"):
        detectors.remove()


def test_the_table_says_where_the_detector_comes_from() -> None:
    row = weights.detector("yunet")
    assert row is weights.YUNET
    assert row.licence.commercial
    assert row.hub is not None
    assert row.hub.file in row.published
    assert weights.find("yunet") is None

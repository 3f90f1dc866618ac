"""Labels: what is read from a CSV, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uniqa_desktop import labels
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.labels import Labels


def write(folder: Path, text: str, name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, **options: object) -> Labels:
    return labels.read(write(folder, text), **options)  # type: ignore[arg-type]


def test_a_plain_file(tmp_path: Path) -> None:
    found = read(tmp_path, "file,score,std,group\nimages/a.jpg,3,0.5,sea\nb.jpg,1,0.7,land\n")
    assert found.files == (tmp_path / "images/a.jpg", tmp_path / "b.jpg")
    assert found.names == ("images/a.jpg", "b.jpg")
    assert found.scores.tolist() == [3, 1]
    assert found.stds is not None
    assert found.stds.tolist() == [0.5, 0.7]
    assert found.groups == ("sea", "land")
    assert (found.scale, found.scale_from) == ((1, 3), "labels")


def test_the_scale_makes_units_from_worst_to_best(tmp_path: Path) -> None:
    text = "file,score\na,1\nb,3\nc,5\n"
    assert read(tmp_path, text, scale=(0, 5)).units.tolist() == pytest.approx([0.2, 0.6, 1])
    lower = read(tmp_path, text, scale=(0, 5), lower_better=True)
    assert lower.units.tolist() == pytest.approx([0.8, 0.4, 0])


def test_a_meta_file_of_iqa_pytorch(tmp_path: Path) -> None:
    text = (
        "ref_name,dist_name,dmos,ratio802_seed123_split_01,official_split\n"
        "r.png,r.1.png,0.1,train,train\nr.png,r.2.png,0.4,train,val\ns.png,s.1.png,0.2,test,test\n"
    )
    with pytest.raises(WrongUse, match="low score may be good or bad"):
        read(tmp_path, text)
    found = read(tmp_path, text, lower_better=True, images=tmp_path / "dst_imgs")
    assert found.files[0] == tmp_path / "dst_imgs/r.1.png"
    assert found.groups == ("r.png", "r.png", "s.png")
    assert found.splits == {
        "ratio802_seed123_split_01": ("train", "train", "test"),
        "official_split": ("train", "val", "test"),
    }
    assert len(read(tmp_path, text, lower_better=True, skip=1)) == 2


def test_other_columns_separators_and_marks(tmp_path: Path) -> None:
    text = "\ufeffFile;Appeal;Score\na;2;9\nb;4;9\n\n"
    assert read(tmp_path, text, column="appeal").scores.tolist() == [2, 4]
    assert read(tmp_path, "img_name\tmos\na\t1\nb\t2\n").scores.tolist() == [1, 2]


def test_rows_are_taken_with_all_they_have(tmp_path: Path) -> None:
    found = read(tmp_path, "file,score,std,group,split\na,1,2,x,train\nb,2,3,y,test\nc,5,4,z,\n")
    some = found.take(np.array([2, 0]))
    assert (some.names, some.groups) == (("c", "a"), ("z", "x"))
    assert some.splits == {"split": ("", "train")}
    assert some.scale == found.scale
    assert some.units.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("file,score\n", "no rows"),
        ("file,label\na,sharp\nb,blurred\n", r"no column 'score' or 'mos' .*it has file, label"),
        ("score\n1\n2\n", "no column 'file'"),
        ("file,score\na,1\nb,nan\nc,\nd,inf\ne,three\n", r"lines 3, 4, 5 and 1 more has a score"),
        ("file,score\na,1\nb\n", r"line 3 has too few columns"),
        ("file,score\na,1\n,2\n", "line 3 names no file"),
        ("file,score\na,1\nb,2\na,1\n", r"more than once: a \(lines 2 and 4\)"),
        ("file,score\na,4\nb,4\nc,4\n", "all 3 photos have the same score"),
        ("file,score\na,4\n", "single photo"),
        ("file,score,std\na,4,1\nb,3,x\n", "line 3 has a standard deviation"),
        ('file,score\n"a,1\nb,2\n', "no CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        read(tmp_path, text)


def test_labels_outside_of_the_range_are_named(tmp_path: Path) -> None:
    text = "file,score\na,1\nb,5.5\nc,0.5\n"
    with pytest.raises(WrongUse, match=r"lines 3, 4 has a score outside of 1 to 5"):
        read(tmp_path, text, scale=(1, 5))
    with pytest.raises(WrongUse, match="holds no scores"):
        read(tmp_path, text, scale=(5, 1))


def test_files_that_are_no_csv(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        labels.read(tmp_path / "gone.csv")
    with pytest.raises(WrongUse, match="cannot be read"):
        labels.read(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 50)
    with pytest.raises(WrongUse, match="no CSV"):
        labels.read(tmp_path / "photo.jpg")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_or_said = str(len(labels.read(path)))
    except WrongUse as error:
        read_or_said = str(error)
    assert read_or_said.isdigit() or read_or_said.endswith(".")

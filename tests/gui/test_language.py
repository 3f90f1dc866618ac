"""The window in other languages: every text has its words, and they fit."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from uniqa_desktop import describing
from uniqa_desktop.gui import language, verdict_words, words
from uniqa_desktop.photo import Attributes, Label, Measure, Region

PACKAGING = Path(__file__).resolve().parent.parent.parent / "packaging"
FOLDER = PACKAGING.parent / "resources" / "translations"
CATALOGUES = sorted(FOLDER.glob("*.ts"))


@pytest.fixture(scope="module")
def strings() -> Iterator[ModuleType]:
    sys.path.insert(0, str(PACKAGING))
    yield importlib.import_module("strings")
    sys.path.remove(str(PACKAGING))


@pytest.fixture
def german(qapp) -> Iterator[None]:
    here = QLocale()
    before = set(qapp.findChildren(QTranslator))
    language.apply(qapp, "de")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(here)


def test_there_is_a_catalogue_of_every_language() -> None:
    assert {file.stem for file in CATALOGUES} == set(language.LANGUAGES) - {language.SOURCE}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_text_of_the_window_is_translated(strings: ModuleType, file: Path) -> None:
    lines = [f"{text.context}: {text.source!r}" for text in strings.missing(file)]
    assert not lines, "run `make strings` and translate these:\n" + "\n".join(lines)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_translations_have_the_places_of_their_texts(strings: ModuleType, file: Path) -> None:
    wrong = [f"{form!r} for {text.source!r}" for text, form in strings.other_holes(file)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_the_compiled_catalogue_says_what_the_written_one_does(
    strings: ModuleType, file: Path, qapp
) -> None:
    translator = QTranslator()
    assert translator.load(file.stem, str(file.parent))
    stale = []
    for text, forms in strings.written(file).items():
        if not all(forms):
            continue
        said = translator.translate(text.context, text.source, "", 2 if text.plural else -1)
        if (said or text.source) != forms[-1]:
            stale.append(text.source)
    assert not stale, f"run `make strings`: {stale}"


def test_a_text_that_reaches_the_window_unseen_is_an_error(
    strings: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = importlib.import_module("texts")
    gui = tmp_path / "uniqa_desktop" / "gui"
    gui.mkdir(parents=True)
    (gui / "new.py").write_text(
        "from uniqa_desktop.gui.words import say\n"
        "TABLE = {1: 'One', 2: 'Two'}\n"
        "def show(n, text):\n"
        "    say('Seen'); say(TABLE[n]); say('Yes' if n else 'No')\n"
        "    say(text.upper())\n",
        encoding="utf-8",
    )
    for name in ("describing", "differing"):
        (tmp_path / "uniqa_desktop" / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    monkeypatch.setattr(texts, "PACKAGE", tmp_path / "uniqa_desktop")
    with pytest.raises(texts.UnknownText, match=r"new\.py:5"):
        texts.collect()
    (gui / "new.py").write_text((gui / "new.py").read_text().rsplit("    say(", 1)[0])
    found = {text.source for text in texts.collect()}
    assert {"Seen", "One", "Two", "Yes", "No"} <= found


def test_german_speaks_as_a_photographer_does(german: None) -> None:
    assert words.count("1 photo", "%n photos", 1) == "1 Foto"
    assert words.count("1 photo", "%n photos", 12480) == "12.480 Fotos"
    assert QCoreApplication.translate("Command", "Loupe") == "Lupe"
    assert words.shutter(0.5) == "0,5 s"
    assert words.bias(-2 / 3) == "−0,7 EV"


def test_sentences_of_the_core_are_german_too(german: None) -> None:
    middle, dark, noisy = Measure(50, 0), Measure(10, 0), Measure(90, 0)
    nowhere = Region(0, 0, 1, 1)
    measured = Attributes(Measure(10, 0), dark, middle, middle, noisy, 0, 0, nowhere)
    assert describing.sentence(measured, words.say) == "Unscharf, sehr dunkel, verrauscht."


def test_the_initials_of_colours_tell_them_apart(german: None) -> None:
    labels = [label for label in Label if label is not Label.NONE]
    initials = [verdict_words.initial(label) for label in labels]
    assert len(set(initials)) == len(labels), "German has two colours with a G"


def test_an_unknown_language_is_the_systems(qapp, caplog, monkeypatch) -> None:
    class German:
        @staticmethod
        def uiLanguages() -> list[str]:
            return ["sr-Latn-RS", "de-AT", "de"]

    monkeypatch.setattr(language.QLocale, "system", staticmethod(German))
    assert language.spoken("klingon") == "de"
    assert "klingon" in caplog.text
    monkeypatch.setattr(German, "uiLanguages", staticmethod(lambda: ["fr-FR"]))
    assert language.spoken("system") == "en"
    assert language.spoken("en") == "en"

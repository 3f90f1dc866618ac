"""Brings the translation files up to date with the texts of the window.

    make strings                             updates resources/translations, lists what is missing
    python packaging/strings.py --missing    only lists

The files are Qt's own (Linguist reads them, Weblate too): `lupdate` merges, `lrelease` compiles.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from texts import ROOT, Text, UnknownText, collect

FOLDER = ROOT / "resources" / "translations"
_HOLE = re.compile(r"\{[a-z_]*\}|%n")


def written(file: Path) -> dict[Text, list[str]]:
    """What a translation file says: each text with its forms, empty ones where it is missing."""
    found: dict[Text, list[str]] = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            plural = message.get("numerus") == "yes"
            source = message.findtext("source") or ""
            text = Text(context.findtext("name") or "", source, plural)
            translation = message.find("translation")
            if translation is None or translation.get("type") in ("vanished", "obsolete"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            done = translation.get("type") != "unfinished"
            found[text] = (forms if plural else [translation.text or ""]) if done else [""]
    return found


def missing(file: Path) -> list[Text]:
    """The texts that a translation file has no words for."""
    have = written(file)
    return [text for text in collect() if not have.get(text) or not all(have[text])]


def other_holes(file: Path) -> list[tuple[Text, str]]:
    """The translations with other places for values (`{name}`, `%n`) than their texts."""
    return [
        (text, form)
        for text, forms in written(file).items()
        for form in forms
        if form and sorted(_HOLE.findall(form)) != sorted(_HOLE.findall(text.source))
    ]


def update() -> None:
    """Merges the texts into every translation file, and compiles these."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.py"
        source.write_text("".join(_as_code(text) for text in collect()), encoding="utf-8")
        for file in sorted(FOLDER.glob("*.ts")):
            _run("lupdate", str(source), "-ts", str(file), "-locations", "none", "-no-obsolete")
            compile_to(file, file.with_suffix(".qm"))


def compile_to(file: Path, made: Path) -> None:
    """Makes the file that the program reads of the one that people write."""
    _run("lrelease", str(file), "-qm", str(made), "-removeidentical")


def _as_code(text: Text) -> str:
    # lupdate knows no \N and no tables, so it is given the texts in the plainest way it reads.
    number = ', "", 2' if text.plural else ""
    source = text.source.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'QCoreApplication.translate("{text.context}", "{source}"{number})\n'


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).parent / f"pyside6-{tool}"
    ran = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{tool} failed: {ran.stdout}{ran.stderr}")


def main() -> int:
    """Updates or only lists; the exit status is 1 where words are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--missing", action="store_true", help="only list what is missing")
    only_list = parser.parse_args().missing
    try:
        if not only_list:
            update()
        wrong = 0
        for file in sorted(FOLDER.glob("*.ts")):
            for text in missing(file):
                print(f"{file.name}: {text.context}: {text.source!r} has no translation")
                wrong += 1
            for text, form in other_holes(file):
                print(
                    f"{file.name}: {text.context}: {form!r} has other places than {text.source!r}"
                )
                wrong += 1
    except UnknownText as error:
        print(error)
        return 1
    print(f"{wrong} missing" if wrong else "Every text has its translation.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""The import rules hold: they are checked as contracts, and by looking at real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def modules_after(code: str, **environment: str) -> set[str]:
    """The modules a fresh process holds after running `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **environment},
        cwd=ROOT,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def core_modules() -> list[str]:
    package = ROOT / "uniqa_desktop"
    names = []
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        if "gui" not in parts and parts[-1] != "__main__":
            names.append(".".join(part for part in parts if part != "__init__"))
    return names


def test_import_contracts_are_kept() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_core_imports_no_qt() -> None:
    loaded = modules_after("import " + ", ".join(core_modules()))
    assert "uniqa_desktop.store" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in ("PySide6", "shiboken6")}


@pytest.mark.parametrize("banned", ["torch", "open_clip", "numpy", "sqlite_utils", "PIL", "cv2"])
def test_an_open_window_has_imported_nothing_heavy(banned: str, home: Path, tmp_path: Path) -> None:
    loaded = _after_the_first_paint(str(home), str(tmp_path))
    assert "uniqa_desktop.gui.window" in loaded
    assert banned not in loaded


_LOADED: dict[str, set[str]] = {}


def _after_the_first_paint(home: str, folder: str) -> set[str]:
    """What a process holds when the window has painted a library opened before (run once)."""
    if not _LOADED:
        run = "from pathlib import Path\nfrom uniqa_desktop.store import Store\nimport sys\n"
        subprocess.run(
            [sys.executable, "-c", run + "Store.open(Path(sys.argv[1])).close()", f"{home}/a.db"],
            check=True,
        )
        _LOADED["window"] = modules_after(
            f"from pathlib import Path\nfrom uniqa_desktop.gui import app\n"
            f"app.run(Path({folder!r}), library=Path({home!r}) / 'a.db', first_paint=lambda: None)",
            UNIQA_HOME=home,
        )
    return _LOADED["window"]

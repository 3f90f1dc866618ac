from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drawing import draw_folder

from uniqa_desktop import launch


def run_main(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs `main.py` as a machine without a display would."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    main = Path(launch.__file__).parent.parent / "main.py"
    return subprocess.run(
        [sys.executable, str(main), *words],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is always a display")
def test_without_a_display_the_photos_are_ranked_on_stdout(tmp_path: Path) -> None:
    draw_folder(tmp_path / "photos", 3)
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"x")
    run = run_main(str(tmp_path / "photos"))
    assert run.returncode == 0
    assert "no display" in run.stdout
    for number in range(3):
        assert f"IMG_000{number}.jpg" in run.stdout
    assert "failed" in run.stderr
    values = [float(line.split()[1]) for line in run.stdout.splitlines() if "IMG_" in line]
    assert values == sorted(values, reverse=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is always a display")
def test_without_display_and_folder_it_says_what_is_missing() -> None:
    run = run_main()
    assert run.returncode == 2
    assert "--demo" in run.stderr


def test_a_display_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not launch.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert launch.has_display()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert launch.has_display()

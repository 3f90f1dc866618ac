"""What the user has chosen, in one hand-editable JSON file.

Window geometry lives apart (Qt's own settings): this file holds intent, not state of a screen.
Keys that this version does not know are kept, so an older and a newer version can take turns.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from uniqa_desktop import atomic, paths

_log = logging.getLogger(__name__)

DEFAULT_MODEL = "uniqa-mini"
RECENT_FOLDERS = 8
CAPTION_SERVER = "http://127.0.0.1:11434/v1"
"""Where Ollama listens on this machine."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices, with their defaults.

    `theme` is `system`, `dark` or `light`; `device` is `auto`, `cpu`, `cuda` or `mps`;
    `recent` holds the folders opened last, newest first. `sidecars` is how sidecars are named:
    `lightroom` (`IMG.xmp`), `darktable` (`IMG.CR2.xmp`) or `both`; the window writes none while it
    is `ask` (the user has not been asked yet) or `off`. `caption_server` is only spoken to by
    `train describe`, which is told so each time if it is not on this machine.

    `key_profile` is one of `gui.key_profiles`; `keys` are the user's own on top of it, by the id of
    a command: lists of key sequences (`{"flag_pick": ["P", "K"]}`), an empty one for no key.
    `language` is `system` or a code such as `de`, from the next start on. `text_size` is 100–200 %
    of the system's. `motion` is `system`, `full` or `reduced`.
    `filters` are the saved ones by name, as `saved_filters` writes them. `triage` has, by the name
    of a score, the thresholds that the tabs over the grid stand at: `[30, 70]`. `strictness` is how
    strong evidence must be to group photos, 0–100.
    """

    model: str = DEFAULT_MODEL
    device: str = "auto"
    theme: str = "system"
    recent: tuple[str, ...] = ()
    sidecars: str = "ask"
    caption_server: str = CAPTION_SERVER
    key_profile: str = "uniqa"
    keys: dict[str, Any] = field(default_factory=dict)
    language: str = "system"
    text_size: int = 100
    motion: str = "system"
    filters: dict[str, Any] = field(default_factory=dict)
    triage: dict[str, Any] = field(default_factory=dict)
    strictness: int = 50
    unknown: dict[str, Any] = field(default_factory=dict)

    def with_recent(self, folder: Path) -> Settings:
        """The same settings with `folder` at the head of the recent ones."""
        text = paths.to_text(str(folder))
        others = tuple(item for item in self.recent if item != text)
        return replace(self, recent=(text, *others)[:RECENT_FOLDERS])

    @property
    def usable_strictness(self) -> int:
        """How strictly photos are grouped, within 0–100 whatever the file says."""
        return min(max(self.strictness, 0), 100)

    @property
    def recent_folders(self) -> list[Path]:
        return [Path(paths.from_text(text)) for text in self.recent]


def settings_file() -> Path:
    return paths.config_dir() / "settings.json"


def load() -> Settings:
    """The settings of this user; the defaults where the file is absent.

    A file that is not JSON is kept beside itself as `settings.json.damaged` and the defaults are
    used; a value of the wrong type is logged and its default is used.
    """
    file = settings_file()
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _log.warning("The settings in %s cannot be read (%s): using the defaults.", file, error)
        if file.is_file():
            file.replace(file.with_suffix(".json.damaged"))
        return Settings()
    return _from_json(stored)


def _from_json(stored: dict[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    defaults = asdict(Settings())
    for item in fields(Settings):
        if item.name == "unknown" or item.name not in stored:
            continue
        value = stored.pop(item.name)
        if isinstance(defaults[item.name], tuple) and isinstance(value, list):
            known[item.name] = tuple(entry for entry in value if isinstance(entry, str))
        elif type(value) is type(defaults[item.name]):
            known[item.name] = value
        else:
            _log.warning("The setting %s = %r is of the wrong type: ignored.", item.name, value)
    return Settings(**known, unknown=stored)


def save(settings: Settings) -> None:
    """Writes the settings atomically.

    Raises:
        DiskFull: no room; the previous file is intact.
        OSError: the file cannot be written; the previous file is intact.
    """
    stored = asdict(settings)
    stored.update(stored.pop("unknown"))
    text = json.dumps(stored, indent=2, ensure_ascii=False) + "\n"
    atomic.write_bytes(settings_file(), text.encode("utf-8"))

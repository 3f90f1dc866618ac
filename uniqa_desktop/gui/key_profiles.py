"""Keys as users of other programs know them: a table, each profile by what differs from ours.

Sources: the key lists of Lightroom Classic (helpx.adobe.com, "Keyboard shortcuts"), of Photo
Mechanic (docs.camerabits.com, "Star ratings"; its tag T is our pick, its colour classes our
labels) and of darktable 4 (its manual, "lighttable"). What such a program
has no word for (maybe, next undecided) keeps our key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DEFAULT = "uniqa"


@dataclass(frozen=True, slots=True)
class Profile:
    """The keys of one program.

    `name` is the program's own name, not translated. `keys` has, by the id of a command, all keys
    of that command; what is not in it has those of the table of commands. A key that a profile
    gives away is taken from the command that has it there.
    """

    name: str
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        DEFAULT: Profile("UniQA Desktop"),
        "lightroom": Profile(
            "Lightroom Classic",
            {
                "export_photos": ("Ctrl+Shift+E",),
                "show_in_folder": ("Ctrl+R",),
                "apply_order": ("Ctrl+Shift+R",),
                "write_sidecars": ("Ctrl+S",),
                "redo": ("Ctrl+Y", "Ctrl+Shift+Z"),
                "zoom_fit": ("Ctrl+Alt+0",),
                "keys": ("Ctrl+/", "?", "F1"),
                "clipping": ("J",),
            },
        ),
        "photo_mechanic": Profile(
            "Photo Mechanic",
            {
                "flag_pick": ("T", "P"),
                **{f"stars_{n}": (f"Ctrl+{n}",) for n in range(6)},
                "label_red": ("1",),
                "label_yellow": ("2",),
                "label_green": ("3",),
                "label_blue": ("4",),
                "label_purple": ("5",),
                "flag_none": ("0", "U"),
                "zoom_fit": ("Ctrl+Alt+0",),
                **{f"filter_{n}": (f"Ctrl+F{n}",) for n in range(1, 10)},
            },
        ),
        "darktable": Profile(
            "darktable",
            {
                "flag_reject": ("R",),
                "label_red": ("F1",),
                "label_yellow": ("F2",),
                "label_green": ("F3",),
                "label_blue": ("F4",),
                "label_purple": ("F5",),
                "rescan": ("Ctrl+F5",),
                "show_grid": ("L", "G"),
                "show_loupe": ("F", "E"),
                "show_compare": ("X",),
                "show_survey": ("Ctrl+X",),
                "full_screen": ("F11",),
                "keys": ("H", "?"),
                "clipping": ("O",),
                "thirds": ("Ctrl+G",),
                "redo": ("Ctrl+Y", "Ctrl+Shift+Z"),
            },
        ),
    }
)  # fmt: skip
"""Every profile by its id in the settings."""

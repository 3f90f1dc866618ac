"""The one table of commands: menus, tool bar, tool tips and the `?` sheet are made from it.

A command's handler is an object's method of the same name as its id (`open_folder`, …), so a
command without a handler, or two with the same key, fail a test rather than a user.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenuBar, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.language import LANGUAGES
from uniqa_desktop.gui.theme import TEXT_SIZES


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    `keys` are Qt key sequences in portable text, the first is the one shown. `group` makes a set
    of checkable commands exclusive. `argument` is given to the handler, so that verdict keys share
    one. `handler` defaults to the id. The keys of a command `among_photos` work only while the
    photos have the keyboard, as they mean something else in dialogs and fields (Tab). `other_way`
    are keys of a verdict that goes on to the next photo if auto-advance is off, and stays if it is
    on; a note on the sheet says what they have in common. Commands with a `submenu` stand in it.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    handler: str = ""
    argument: object = None
    among_photos: bool = False
    other_way: tuple[str, ...] = ()
    submenu: str = ""


def _verdict(id: str, text: str, key: str, handler: str, argument: object) -> Command:
    # Not Shift for digits, which is how they are typed on AZERTY, nor for P: focus peaking.
    other_way = (f"Alt+{key}", *([f"Shift+{key}"] if key in ("X", "U", "M") else []))
    return Command(
        id, "Verdict", text, (key,), handler=handler, argument=argument, other_way=other_way
    )


COMMANDS: tuple[Command, ...] = (
    Command("open_folder", "File", "Open folder…", ("Ctrl+O",), "folder-open"),
    Command("open_demo", "File", "Open the demo shoot", (), "demo"),
    Command("rescan", "File", "Look for new photos", ("F5",), "retry"),
    Command("show_in_folder", "File", "Show in file manager", ("Ctrl+Shift+E",)),
    Command("export_photos", "File", "Export…", ("Ctrl+E",)),
    Command("trash_rejects", "File", "Rejected photos to the trash…", ("Ctrl+Backspace",)),
    Command("read_sidecars", "File", "Read sidecars…"),
    Command("write_sidecars", "File", "Write sidecars now…"),
    *(
        Command(
            f"sidecars_{setting}", "File", text, (), "", True, "sidecars",
            "choose_sidecars", setting, submenu="Sidecars",
        )
        for setting, text in (
            ("lightroom", "As Lightroom (IMG.xmp)"),
            ("darktable", "As darktable and digiKam (IMG.CR2.xmp)"),
            ("both", "Both"),
            ("off", "None, keep verdicts here"),
        )
    ),
    Command("quit", "File", "Quit", ("Ctrl+Q",)),
    Command("undo", "Edit", "Undo", ("Ctrl+Z",), "undo"),
    Command("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Command("history", "Edit", "History", ("Ctrl+H",), "clock", True, handler="toggle_history"),
    Command("select_all", "Edit", "Select all", ("Ctrl+A",)),
    Command("invert_selection", "Edit", "Invert selection", ("Ctrl+I",)),
    Command("copy_path", "Edit", "Copy path", ("Ctrl+C",)),
    Command("search", "Edit", "Search by name", ("Ctrl+F",), "search"),
    Command("search_words", "Edit", "Search by words…", ("Ctrl+K",)),
    Command("more_like_this", "Edit", "More like this", ("Ctrl+L",)),
    _verdict("flag_pick", "Pick", "P", "give_flag", "pick"),
    _verdict("flag_maybe", "Maybe", "M", "give_flag", "maybe"),
    _verdict("flag_reject", "Reject", "X", "give_flag", "reject"),
    _verdict("flag_none", "Unflag", "U", "give_flag", "none"),
    *(
        _verdict(f"stars_{n}", f"{n} stars" if n != 1 else "1 star", str(n), "give_stars", n)
        for n in range(6)
    ),
    _verdict("label_red", "Red", "6", "give_label", "red"),
    _verdict("label_yellow", "Yellow", "7", "give_label", "yellow"),
    _verdict("label_green", "Green", "8", "give_label", "green"),
    _verdict("label_blue", "Blue", "9", "give_label", "blue"),
    _verdict("label_purple", "Purple", "Shift+6", "give_label", "purple"),
    Command("star_up", "Verdict", "One star more", ("]",), handler="add_stars", argument=1),
    Command("star_down", "Verdict", "One star less", ("[",), handler="add_stars", argument=-1),
    Command("auto_advance", "Verdict", "Auto-advance", ("Ctrl+Shift+A",), checkable=True),
    Command("blind", "Verdict", "Blind: hide all scores", ("Ctrl+B",), checkable=True),
    Command(
        "next_undecided", "View", "Next undecided", ("Tab",), handler="go_undecided", argument=1,
        among_photos=True,
    ),
    Command(
        "previous_undecided", "View", "Previous undecided", ("Shift+Tab",),
        handler="go_undecided", argument=-1, among_photos=True,
    ),
    Command("show_grid", "View", "Grid", ("G",), "grid"),
    Command("show_loupe", "View", "Loupe", ("E",), "loupe"),
    Command("show_compare", "View", "Compare", ("C",)),
    Command("show_survey", "View", "Survey", ("N",)),
    Command("toggle_zoom", "View", "100 %", ("Z",), "one-to-one"),
    Command("zoom_fit", "View", "Fit", ("Ctrl+0",), "fit"),
    Command("zoom_in", "View", "Zoom in", ("Ctrl++", "Ctrl+="), "zoom-in"),
    Command("zoom_out", "View", "Zoom out", ("Ctrl+-",), "zoom-out"),
    Command("heat_map", "View", "Heat map", ("K",), "heat", checkable=True),
    Command("clipping", "View", "Clipping", ("H",), checkable=True),
    Command("peaking", "View", "Focus peaking", ("Shift+P",), checkable=True),
    Command("thirds", "View", "Thirds", ("O",), checkable=True),
    Command("af_point", "View", "AF point", ("A",), checkable=True),
    Command("info", "View", "Information", ("I",), "info", True, handler="toggle_part"),
    Command("filters", "View", "Filters", ("\\",), "filter", True, handler="toggle_part"),
    Command(
        "failures", "View", "Files that failed", ("Ctrl+Shift+F",), "warning", True,
        handler="toggle_failures",
    ),
    Command("group_by_day", "View", "Group by day", ("Ctrl+Shift+D",), checkable=True),
    Command("apply_order", "View", "Apply the order", ("Ctrl+R",), "sort"),
    Command("full_screen", "View", "Full screen", ("F", "F11"), checkable=True),
    *(
        Command(
            f"theme_{choice}", "View", text, (), icon, True, "theme", "choose_theme", choice,
            submenu="Theme",
        )
        for choice, text, icon in (
            ("system", "As the system", "system"),
            ("dark", "Dark", "moon"),
            ("light", "Light", "sun"),
        )
    ),
    *(
        Command(
            f"text_size_{percent}", "View", f"{percent} %", (), "", True, "text_size",
            "choose_text_size", percent, submenu="Text size",
        )
        for percent in TEXT_SIZES
    ),
    *(
        Command(
            f"language_{code}", "View", text, (), "", True, "language", "choose_language", code,
            submenu="Language",
        )
        for code, text in (("system", "As the system"), *LANGUAGES.items())
    ),
    Command("reduce_motion", "View", "Reduce motion", checkable=True),
    Command("fold_groups", "Filter", "Fold bursts and other groups", ("S",), "stack", True),
    Command("best_n", "Filter", "The best N…", ("Ctrl+Shift+N",)),
    Command(
        "triage", "Filter", "Sure keep, look at these, sure reject", ("Shift+T",), checkable=True
    ),
    Command("all_photos", "Filter", "Show all photos", ("Ctrl+D",)),
    Command("save_filter", "Filter", "Save this filter…", ("Ctrl+Shift+S",)),
    Command("edit_filters", "Filter", "Edit saved filters…"),
    *(
        Command(
            f"filter_{n}", "Filter", f"Saved filter {n}", (f"Ctrl+{n}",),
            handler="recall_filter", argument=n,
        )
        for n in range(1, 10)
    ),
    Command("show_burst", "Bursts", "Burst view", ("B",)),
    Command("open_stack", "Bursts", "Open or close this stack", ("D",)),
    Command("select_group", "Bursts", "Select the whole group", ("J",)),
    Command("next_burst", "Bursts", "Next burst", (".",), handler="go_burst", argument=1),
    Command("previous_burst", "Bursts", "Previous burst", (",",), handler="go_burst", argument=-1),
    Command("keep_these", "Bursts", "Keep these, reject the rest", ("T",)),
    *(
        Command(f"keep_best_{n}", "Bursts", text, (key,), handler="keep_best", argument=n)
        for n, text, key in (
            (1, "Keep the proposed one, reject the rest", "Y"),
            (2, "Keep the best 2, reject the rest", "Shift+Y"),
            (3, "Keep the best 3, reject the rest", "Ctrl+Shift+Y"),
        )
    ),
    Command("merge_photos", "Bursts", "Put into one group", ("Ctrl+G",)),
    Command("split_photos", "Bursts", "Take out of the group", ("Ctrl+Shift+G",)),
    Command("choose_cover", "Bursts", "Make it the cover", ("Shift+S",)),
    Command("change_strictness", "Bursts", "Strictness of grouping…"),
    Command("camera_clocks", "Bursts", "Correct cameras' clocks…"),
    Command("models", "Scoring", "Models…", ("Ctrl+M",), "model"),
    Command("pause", "Scoring", "Pause", ("Ctrl+P",), "pause", checkable=True),
    Command("cancel", "Scoring", "Stop", (), "stop"),
    Command("retry_failed", "Scoring", "Try failed files again", (), "retry"),
    Command("taste_status", "Taste", "Your taste…", ("Ctrl+T",)),
    Command("rating_game", "Taste", "Rating game…", ("Ctrl+J",)),
    Command("rating_pairs", "Taste", "Rating game in pairs…", ("Ctrl+Shift+J",)),
    Command("learn_taste", "Taste", "Learn now"),
    Command("taste_audit", "Taste", "Blind audit…"),
    Command("tastes", "Taste", "Tastes…", ("Ctrl+Shift+T",)),
    Command("keys", "Help", "Keys", ("?", "F1"), "help"),
    Command("change_keys", "Help", "Change keys…"),
    Command("about", "Help", "About UniQA Desktop"),
)  # fmt: skip
"""Every command, in menu order."""

MENUS = tuple(dict.fromkeys(command.menu for command in COMMANDS))


def translated(text: str) -> str:
    return QCoreApplication.translate("Command", text)


def title(command: Command) -> str:
    """What a command is called where its menu is not seen: `Theme: Dark`."""
    text = translated(command.text)
    return f"{translated(command.submenu)}: {text}" if command.submenu else text


def build(
    owners: Sequence[object], window: QWidget, photos: QWidget, bar: QMenuBar
) -> Mapping[str, QAction]:
    """Makes the actions of all commands on `window`, or on its part `photos`, handled by the first
    of `owners` that has the handler, and the menus in `bar`. `Bindings` gives them their keys.

    Raises:
        AttributeError: no owner has a command's handler.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    menus = {(name, ""): bar.addMenu(translated(name)) for name in MENUS}
    for command in COMMANDS:
        action = QAction(translated(command.text), window)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        if command.group:
            groups.setdefault(command.group, QActionGroup(window)).addAction(action)
        action.triggered.connect(_call(_handler(owners, command), command))
        if command.among_photos:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            photos.addAction(action)
        else:
            window.addAction(action)
        place = (command.menu, command.submenu)
        if place not in menus:
            menus[place] = menus[command.menu, ""].addMenu(translated(command.submenu))
        menus[place].addAction(action)
        actions[command.id] = action
    return MappingProxyType(actions)


def _handler(owners: Sequence[object], command: Command) -> Callable[..., object]:
    name = command.handler or command.id
    owner = next((each for each in owners if hasattr(each, name)), owners[0])
    return getattr(owner, name)


def _call(handler: Callable[..., object], command: Command) -> Callable[[bool], None]:
    """A slot that gives the handler what its command says: its argument, or the checked state."""

    def slot(checked: bool) -> None:
        if command.argument is not None:
            handler(command.argument)
        elif command.checkable:
            handler(checked)
        else:
            handler()

    return slot

"""Running the window: application, look, library, and what to do when the library is in trouble."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from uniqa_desktop import __version__, settings
from uniqa_desktop.errors import KnownError, LibraryBusy, LibraryDamaged, LibraryError
from uniqa_desktop.gui import language, motion, theme
from uniqa_desktop.gui.window import Window
from uniqa_desktop.store import Store, rebuild


def run(
    folder: Path | None = None,
    *,
    library: Path,
    demo: bool = False,
    first_paint: Callable[[], object] | None = None,
) -> int:
    """Shows the window on `library` until it is closed.

    Args:
        folder: the folder to open; without one the welcome page is shown.
        library: the library file, made if it is not there.
        demo: open the demo shoot instead.
        first_paint: called after the first paint of the photos; the window closes then (for
            measuring).

    Returns:
        The exit status: 0, or 2 where the library cannot be used.
    """
    gc.disable()  # until the first paint: nothing becomes garbage in so short a time
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("UniQA Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("uniqa-desktop")
    chosen = settings.load()
    language.apply(app, chosen.language)
    theme.apply(app, chosen.theme, chosen.text_size)
    motion.apply(app, chosen.motion)
    store = open_library(library)
    if store is None:
        return 2
    with store:
        window = Window(store)
        signal.signal(signal.SIGINT, lambda *_: window.close())
        if folder is not None:
            window.open(folder)
        else:
            window.browser.show_welcome()
        if demo:
            window.completed.connect(lambda: window.desk and window.desk.open_demo())
        if first_paint is not None:
            window.first_paint.painted.connect(first_paint)
            window.first_paint.painted.connect(window.close)
        window.first_paint.painted.connect(lambda: _settle(app, window))
        window.show()
        return app.exec()


def _settle(app: QApplication, window: Window) -> None:
    """What can wait until photos are on screen: log, bug reports, icon, garbage collection."""
    from uniqa_desktop.gui.crash import BugReporter, start_log

    gc.enable()
    start_log()
    bugs = BugReporter(app)
    bugs.install()
    bugs.belongs_to(window)
    app.setWindowIcon(theme.icon("app"))


def open_library(library: Path) -> Store | None:
    """Opens the library; where that fails, says why and offers the way out there is."""
    while True:
        try:
            return Store.open(library)
        except LibraryDamaged as error:
            if not _ask(str(error), _tr("Rebuild the library")):
                return None
            try:
                rebuild(library)
            except (LibraryError, OSError) as failure:
                _ask(str(failure))
                return None
        except LibraryBusy as error:
            if not _ask(str(error), _tr("Try again")):
                return None
        except (KnownError, OSError) as error:
            _ask(str(error))
            return None


def _ask(sentence: str, way_out: str = "") -> bool:
    """Shows a known error before there is a window; whether the user takes the way out."""
    dialog = QMessageBox(QMessageBox.Icon.Warning, "UniQA Desktop", sentence)
    button = dialog.addButton(way_out, QMessageBox.ButtonRole.AcceptRole) if way_out else None
    dialog.addButton(_tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    dialog.exec()
    return button is not None and dialog.clickedButton() is button


def _tr(text: str) -> str:
    return QCoreApplication.translate("app", text)

"""What happens to a bug: the log, and one dialog with text to copy; never a silent death."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from uniqa_desktop import __version__, paths

_log = logging.getLogger(__name__)
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def start_log() -> None:
    """Sends the program's and Qt's messages to a rotating file in the log folder."""
    import logging.handlers  # it brings sockets and mail along: not before the window is up

    folder = paths.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "uniqa-desktop.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
        print(f"The log in {folder} cannot be written: {error}", file=sys.stderr)  # noqa: T201
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("uniqa_desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    qInstallMessageHandler(
        lambda level, context, text: logging.getLogger("uniqa_desktop.qt").log(
            _QT_LEVELS.get(level, logging.WARNING), "%s", text
        )
    )


class BugReporter(QObject):
    """Catches what no code caught, in any thread, and shows each kind of bug once."""

    _caught = Signal(str)
    _installed: BugReporter | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: set[str] = set()
        self._window: QWidget | None = None
        self._caught.connect(self.show_bug, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes over the hooks of the interpreter and of its threads, and is the current one."""
        BugReporter._installed = self
        sys.excepthook = self._hook
        threading.excepthook = lambda arguments: self._hook(
            arguments.exc_type, arguments.exc_value, arguments.exc_traceback
        )

    @classmethod
    def current(cls) -> BugReporter:
        """The reporter that was installed last; one is made where there is none."""
        return cls._installed or BugReporter()

    def belongs_to(self, window: QWidget) -> None:
        """Dialogs open over `window` from now on."""
        self._window = window

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), where)
            return
        text = "".join(traceback.format_exception(kind, error, where))
        _log.error("Uncaught:\n%s", text)
        self._caught.emit(text)

    def show_bug(self, text: str) -> None:
        """Shows a traceback in a dialog whose details can be copied; the same one only once."""
        if text in self._shown:
            return
        self._shown.add(text)
        dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(self.tr("A bug in UniQA Desktop"))
        dialog.setText(self.tr("Something went wrong that should not. Your photos are untouched."))
        dialog.setInformativeText(
            self.tr("You can go on. To get it mended, copy the details into a report.")
        )
        details = (
            f"UniQA Desktop {__version__}, Python {platform.python_version()}, "
            f"PySide6 {PySide6.__version__}, {platform.platform()}\n\n{text}"
        )
        dialog.setDetailedText(details)
        copy = dialog.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        dialog.addButton(QMessageBox.StandardButton.Close)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

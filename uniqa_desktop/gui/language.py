"""Which language the window speaks: Qt's translation files, put in before any widget is made."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from uniqa_desktop import paths

_log = logging.getLogger(__name__)

SYSTEM = "system"
SOURCE = "en"
"""The language that the program is written in."""
LANGUAGES: Mapping[str, str] = MappingProxyType({SOURCE: "English", "de": "Deutsch"})
"""Every language by its code, in its own words."""


def spoken(choice: str) -> str:
    """The code of the language of a setting; English where there is none of the wish.

    Args:
        choice: a code of `LANGUAGES`, or `system` for the first of the desktop's that we have.
    """
    if choice in LANGUAGES:
        return choice
    if choice != SYSTEM:
        _log.warning("There is no language %r: using the system's.", choice)
    wishes = (wish.replace("-", "_").split("_")[0] for wish in QLocale.system().uiLanguages())
    return next((wish for wish in wishes if wish in LANGUAGES), SOURCE)


def apply(app: QCoreApplication, choice: str) -> str:
    """Makes `app` speak the language of a setting from now on; texts that are shown stay.

    A language that is chosen here brings its way with numbers and dates; with `system` these are
    the system's, whatever language it asks for.

    Returns:
        The code of the language.
    """
    code = spoken(choice)
    if choice == code:
        here = QLocale.system()
        if QLocale(code).language() != here.language():
            QLocale.setDefault(QLocale(code))
    if code == SOURCE:
        return code
    folder = paths.bundled("resources/translations")
    for name, where in (
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (code, str(folder)),
    ):
        translator = QTranslator(app)
        if translator.load(name, where):
            app.installTranslator(translator)
        else:
            _log.warning("There is no translation %s in %s.", name, where)
    return code

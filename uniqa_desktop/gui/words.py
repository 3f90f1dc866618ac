"""Numbers of photography and of waiting, in the words people use for them.

Pure text: nothing here knows a widget. Every sentence goes through Qt's translation.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from uniqa_desktop.photo import Meta, Place

_MINUS = "\N{MINUS SIGN}"
_DOT = " · "
_GLUE = "\N{NO-BREAK SPACE}"
"""Between a number and its unit: a line breaks at a dot instead."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("words", text)


def count(one: str, many: str, n: int) -> str:
    """`one` for 1, else `many` with the number for `%n`; translations may have more plurals."""
    if n == 1:
        return say(one)
    text = QCoreApplication.translate("words", many, "", n)
    return text.replace(str(n), number(n), 1)  # Qt puts the number in without grouping its digits


def number(n: float) -> str:
    """A whole number as the user's country groups it: 12,480."""
    return locale().toString(round(n))


def decimals(n: float) -> str:
    """A number of a model's own, to three decimals."""
    return locale().toString(float(n), "f", 3).replace("-", _MINUS)


def tenths(n: float) -> str:
    """A number to one decimal, with the user's own decimal point: `0.7`."""
    return locale().toString(float(n), "f", 1)


def short(n: float) -> str:
    """A number to one decimal, without it where it is zero: `2.8`, `4`."""
    return number(n) if abs(n - round(n)) < 0.05 else tenths(n)


def locale() -> QLocale:
    """The user's country's way with numbers and dates; English where none is set (the "C" locale,
    which groups no digits)."""
    here = QLocale()
    return QLocale(QLocale.Language.English) if here.language() is QLocale.Language.C else here


def shutter(seconds: float) -> str:
    """Exposure time: `1/250 s` below a third of a second, else `0.5 s`, `2 s`."""
    if 0 < seconds < 0.3:
        return f"1/{round(1 / seconds)} s"
    return f"{short(seconds)} s"


def bias(ev: float) -> str:
    """Exposure bias with its sign: `+0.3 EV`, `−0.7 EV`, `0 EV`."""
    if round(ev, 1) == 0:
        return "0 EV"
    return f"{'+' if ev > 0 else _MINUS}{short(abs(ev))} EV"


def exposure(meta: Meta) -> str:
    """One line of what the camera was set to; unknown parts and a bias of zero are left out."""
    parts = [
        shutter(meta.shutter) if meta.shutter else "",
        f"f/{short(meta.aperture)}" if meta.aperture else "",
        f"ISO {meta.iso}" if meta.iso else "",
        f"{short(meta.focal_length)} mm" if meta.focal_length else "",
        bias(meta.bias) if meta.bias and round(meta.bias, 1) else "",
    ]
    return _DOT.join(part.replace(" ", _GLUE) for part in parts if part)


def pixels(width: int, height: int) -> str:
    """`24.0 MP · 6000 × 4000`."""
    megapixels = f"{tenths(width * height / 1e6)} MP"
    return _DOT.join(part.replace(" ", _GLUE) for part in (megapixels, f"{width} × {height}"))


def place(where: Place) -> str:
    """`47.3769° N, 8.5417° E`."""
    north = say("N") if where.latitude >= 0 else say("S")
    east = say("E") if where.longitude >= 0 else say("W")
    return f"{abs(where.latitude):.4f}° {north}, {abs(where.longitude):.4f}° {east}"


def file_size(size: int) -> str:
    """Bytes as file managers show them: `12.4 MB`."""
    units = QLocale.DataSizeFormat.DataSizeSIFormat
    return locale().formattedDataSize(size, 1 if size >= 1_000_000 else 0, units)


def moment(meta: Meta) -> str:
    """When a photo was taken, by the camera's own clock, with its UTC offset where it is known."""
    if meta.taken is None:
        return ""
    taken = meta.taken
    when = QDateTime(
        QDate(taken.year, taken.month, taken.day), QTime(taken.hour, taken.minute, taken.second)
    )
    text = locale().toString(when, "ddd d MMM yyyy, HH:mm:ss")
    if meta.offset_minutes is None:
        return text
    sign = "+" if meta.offset_minutes >= 0 else _MINUS
    hours, minutes = divmod(abs(meta.offset_minutes), 60)
    return f"{text} UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def day(when: date) -> str:
    """`Sun 14 Jun 2026`."""
    return locale().toString(QDate(when.year, when.month, when.day), "ddd d MMM yyyy")


def remaining(seconds: float) -> str:
    """How long a job still takes, as roughly as it can be known."""
    if seconds < 10:
        return say("a few seconds left")
    if seconds < 50:
        return say("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return count("about a minute left", "about %n minutes left", max(1, minutes))
    return count("about an hour left", "about %n hours left", round(seconds / 3600))


def rate(per_second: float) -> str:
    """Photos per second, or per minute where that is the number that says something."""
    if per_second >= 10:
        return say("{n} photos/s").format(n=number(per_second))
    if per_second >= 1:
        return say("{n} photos/s").format(n=tenths(per_second))
    return say("{n} photos/min").format(n=number(per_second * 60))

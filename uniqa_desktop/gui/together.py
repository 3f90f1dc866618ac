"""Parts of the window side by side or one below the other, without a gap."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget


def column(*parts: QWidget) -> QWidget:
    """The parts one below the other."""
    return _together(QVBoxLayout(), parts)


def row(*parts: QWidget) -> QWidget:
    """The parts side by side."""
    return _together(QHBoxLayout(), parts)


def _together(layout: QBoxLayout, parts: Iterable[QWidget]) -> QWidget:
    whole = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part)
    whole.setLayout(layout)
    return whole

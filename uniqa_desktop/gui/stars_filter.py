"""A condition on stars: an operator and a number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.query import StarRule

SIGNS = {">=": "≥", "=": "=", "<=": "≤", "!=": "≠", ">": ">", "<": "<"}
_MOST = 5


class StarsFilter(QWidget):
    """Two small boxes: any, ≥, =, ≤, ≠, >, < and 0–5 stars.

    Signals:
        rule_changed(): the user has chosen.
    """

    rule_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operator = QComboBox()
        self.operator.setAccessibleName(self.tr("Stars: comparison"))
        self.operator.setToolTip(self.tr("Filter by stars"))
        self.operator.addItem(self.tr("Any ★"), "")
        for operator, sign in SIGNS.items():
            self.operator.addItem(f"★ {sign}", operator)
        self.number = QComboBox()
        self.number.setAccessibleName(self.tr("Stars: number"))
        self.number.addItems([str(n) for n in range(_MOST + 1)])
        self.number.setCurrentIndex(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.operator)
        row.addWidget(self.number)
        self.setFocusProxy(self.operator)
        self.operator.currentIndexChanged.connect(self._changed)
        self.number.currentIndexChanged.connect(self._changed)
        self.number.setEnabled(False)

    @property
    def rule(self) -> StarRule | None:
        operator = self.operator.currentData()
        return StarRule(operator, self.number.currentIndex()) if operator else None

    def set_rule(self, rule: StarRule | None) -> None:
        """Sets the rule; tells so if it differs."""
        before = self.rule
        for box in (self.operator, self.number):
            box.blockSignals(True)
        self.operator.setCurrentIndex(max(0, self.operator.findData(rule.operator if rule else "")))
        if rule is not None:
            self.number.setCurrentIndex(rule.stars)
        for box in (self.operator, self.number):
            box.blockSignals(False)
        self.number.setEnabled(self.rule is not None)
        if self.rule != before:
            self.rule_changed.emit()

    def _changed(self) -> None:
        self.number.setEnabled(self.rule is not None)
        self.rule_changed.emit()

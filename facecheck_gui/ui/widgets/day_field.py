"""A day out of the calendar."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QWidget

from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.widgets.calm import keep_calm
from facecheck_gui.ui.widgets.retranslating import Retranslating

_LOCALES = {
    Language.EN: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    Language.ZH: QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}
_EARLIEST = date(2000, 1, 1)


class DayField(Retranslating, QDateEdit):
    """``chosen`` tells that a person chose another day, not that the program showed one.

    The calendar speaks our language, whatever the system's is; its name stands under ``name_key``.
    """

    chosen = Signal()

    def __init__(self, words: Words, name_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._name_key = words, name_key
        self._told = QDate()
        self.setCalendarPopup(True)
        self.setMinimumDate(QDate(_EARLIEST.year, _EARLIEST.month, _EARLIEST.day))
        self.setMaximumDate(QDate(2999, 12, 31))
        # A half-typed year must not be asked for.
        self.setKeyboardTracking(False)
        keep_calm(self)
        self.dateChanged.connect(self._on_date_changed)
        self._retranslate()

    @property
    def day(self) -> date:
        """The day that is shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        """Show ``day`` without telling."""
        self._told = QDate(day.year, day.month, day.day)
        self.setDate(self._told)

    @Slot(QDate)
    def _on_date_changed(self, day: QDate) -> None:
        if day != self._told:
            self._told = day
            self.chosen.emit()

    def _retranslate(self) -> None:
        name = self._words.text(self._name_key)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setLocale(_LOCALES[self._words.language])
        self.setDisplayFormat("yyyy-MM-dd")
        calendar = self.calendarWidget()
        if calendar is not None:
            calendar.setLocale(_LOCALES[self._words.language])

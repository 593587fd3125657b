"""A day at a glance: how many of each verdict, their scores, the hours they came in."""

from datetime import date, timedelta

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui import messages
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff import day_words
from facecheck_gui.ui.staff.day_words import Day
from facecheck_gui.ui.widgets.charts import BarChart
from facecheck_gui.ui.widgets.count_card import CountCard
from facecheck_gui.ui.widgets.day_field import DayField
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.ui.widgets.status_panel import StatusPanel


class _Picture(QWidget):
    """A chart with its title above and its gist below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.chart = BarChart(look)
        self.title = PlainLabel()
        self.gist = PlainLabel(role="muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget, share in ((self.title, 0), (self.chart, 1), (self.gist, 0)):
            column.addWidget(widget, share)

    def name_it(self, title: str, gist: str) -> None:
        """What stands above and below; the chart goes by its title."""
        self.title.setText(title)
        self.gist.setText(gist)
        self.chart.setAccessibleName(title)


class DayPage(Retranslating, QWidget):
    """``day_wanted`` carries the day that a person wants to see."""

    day_wanted = Signal(object)

    def __init__(
        self, look: Look, words: Words, days: LocalDays, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._words, self._days = look, words, days
        self._day: Day | None = None
        self._reading = False
        self._earlier, self._later = QToolButton(), QToolButton()
        self._field = DayField(words, "history.day")
        self._today, self._copy = QPushButton(), QPushButton()
        self._total = PlainLabel(role="muted")
        self._cards = {verdict: CountCard(look, verdict) for verdict in Verdict}
        self._scores, self._hours = _Picture(look), _Picture(look)
        self._nothing = StatusPanel(look, "text")
        self._stack = QStackedWidget()
        self._build()
        self._field.show_day(days.today())
        self._connect()
        for button in (self._earlier, self._later):
            button.setIconSize(QSize(20, 20))
        self._retranslate()
        self._on_look_changed()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self._earlier, self._field, self._later, self._today):
            top.addWidget(widget)
        top.addSpacing(8)
        top.addWidget(self._total, 1)
        top.addWidget(self._copy)
        cards = QHBoxLayout()
        cards.setSpacing(8)
        for card in self._cards.values():
            cards.addWidget(card)
        charts = QWidget()
        pictures = QHBoxLayout(charts)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(16)
        for picture in (self._scores, self._hours):
            pictures.addWidget(picture, 1)
        self._stack.addWidget(charts)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(cards)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._today.clicked.connect(self._on_today)
        self._field.chosen.connect(self._on_chosen)
        self._copy.clicked.connect(self._on_copy)
        self._look.changed.connect(self._on_look_changed)

    @property
    def text(self) -> str:
        """Everything that is shown, in words."""
        return day_words.as_text(self._day, self._days, self._words) if self._day else ""

    @property
    def shown(self) -> date | None:
        """The day whose numbers are shown; None where there are none."""
        return self._day.day if self._day is not None else None

    def ask(self) -> None:
        """Ask for the day that is chosen."""
        self.day_wanted.emit(self._field.day)

    def show_day(self, day: Day | None) -> None:
        """Show what was counted; None where it could not be read."""
        self._day, self._reading = day, False
        self._copy.setText(self._words.text("dialog.copy"))
        self._retranslate()

    def show_reading(self) -> None:
        """Show that another day is being counted, and no numbers."""
        self._day, self._reading = None, True
        self._retranslate()

    def _step(self, days: int) -> None:
        self._field.show_day(self._field.day + timedelta(days=days))
        self.ask()

    @Slot()
    def _on_earlier(self) -> None:
        self._step(-1)

    @Slot()
    def _on_later(self) -> None:
        self._step(1)

    @Slot()
    def _on_today(self) -> None:
        self._field.show_day(self._days.today())
        self.ask()

    @Slot()
    def _on_chosen(self) -> None:
        self.ask()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._copy.setText(self._words.text("dialog.copied"))

    @Slot()
    def _on_look_changed(self) -> None:
        self._earlier.setIcon(self._look.icon("earlier"))
        self._later.setIcon(self._look.icon("later"))
        self._copy.setIcon(self._look.icon("copy"))

    def _retranslate(self) -> None:
        text = self._words.text
        for button, name in ((self._earlier, "earlier_day"), (self._later, "later_day")):
            button.setToolTip(text(f"history.{name}"))
            button.setAccessibleName(text(f"history.{name}"))
        self._today.setText(text("history.period.today"))
        self._copy.setText(text("dialog.copy"))
        self._nothing.show_status("", text("history.day_empty"), "")
        counts = self._day.glance.by_verdict if self._day is not None else {}
        for verdict, card in self._cards.items():
            count = f"{counts.get(verdict, 0):,}" if self._day is not None else "–"
            card.show_count(count, messages.verdict_word(verdict, self._words))
        empty = self._day is None or not self._day.total
        self._copy.setEnabled(self._day is not None)
        self._stack.setCurrentIndex(1 if empty else 0)
        self._nothing.setVisible(self._day is not None)
        self._total.setText(self._how_many())
        if self._day is not None and not empty:
            self._draw(self._day)

    def _how_many(self) -> str:
        if self._day is not None:
            return self._words.text("history.total", count=f"{self._day.total:,}")
        return self._words.text("history.reading") if self._reading else ""

    def _draw(self, day: Day) -> None:
        text, words, up = self._words.text, self._words, self._words.text("history.checks_axis")
        self._scores.name_it(text("history.scores_title"), day_words.score_summary(day, words))
        self._scores.chart.show_bars(
            day_words.score_bars(day, words),
            up,
            text("history.score"),
            "\n".join(day_words.score_lines(day, words)),
        )
        gist = day_words.hour_summary(day, self._days, words)
        self._hours.name_it(text("history.hours_title"), gist)
        self._hours.chart.show_bars(
            day_words.hour_bars(day, self._days),
            up,
            text("history.hours_axis"),
            "\n".join(day_words.hour_lines(day, self._days)),
        )

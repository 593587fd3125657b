"""What stands where a picture should be: what is missing, why, and what can be done."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_ICON_PX, _DISC_PX, _WIDEST_PX = 32, 72, 460


class _Emblem(QWidget):
    """An icon on a quiet disc."""

    def __init__(self, look: Look, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._ink, self.name = look, ink, ""
        self.setFixedSize(_DISC_PX, _DISC_PX)

    def show_icon(self, name: str) -> None:
        """Show the icon ``name``; "" for none."""
        self.name = name
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Disc and icon."""
        if not self.name:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._look.theme.high_contrast:
            painter.setPen(self._look.colour("border"))
        else:
            painter.setBrush(painting.faded(self._look.colour(self._ink), 0.07))
        painter.drawEllipse(disc)
        ratio = self.devicePixelRatioF()
        pixmap = self._look.pixmap(self.name, _ICON_PX, self._ink, ratio)
        corner = (_DISC_PX - _ICON_PX) // 2
        painter.drawPixmap(corner, corner, pixmap)


class StatusPanel(QWidget):
    """Icon, title, sentence and up to two buttons; the buttons tell their number.

    ``ink`` is the token of its words; the sentence takes ``<ink>_muted`` where there is one.
    """

    action_requested = Signal(int)

    def __init__(self, look: Look, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._ink = look, ink
        self._emblem = _Emblem(look, ink, self)
        self._title, self._sentence = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._title.set_size(TextRole.TITLE, strong=True)
        self._buttons = (QPushButton(), QPushButton())
        self._build()
        self._buttons[0].clicked.connect(self._on_first)
        self._buttons[1].clicked.connect(self._on_second)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _build(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(_WIDEST_PX)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addStretch()
        self._column.addWidget(self._emblem, 0, centre)
        self._column.addSpacing(12)
        for label in (self._title, self._sentence):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(label, 1000)
            line.addStretch(1)
            self._column.addLayout(line)
            self._column.addSpacing(4)
        self._column.addWidget(self._row, 0, centre)
        self._column.addStretch()

    def show_status(self, icon: str, title: str, sentence: str, *actions: str) -> None:
        """Show this; ``actions`` name the buttons."""
        self._emblem.show_icon(icon)
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title.rstrip('.。')}. {sentence}" if sentence else title)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(actions))
            button.setText(actions[index] if index < len(actions) else "")
        self._row.setVisible(bool(actions))
        self._fit_emblem()

    @property
    def title(self) -> str:
        """What is shown as title."""
        return self._title.text()

    @property
    def sentence(self) -> str:
        """What is shown below the title."""
        return self._sentence.text()

    def minimumSizeHint(self) -> QSize:
        """Never pushes the window wider: words wrap."""
        return QSize(160, 120)

    def event(self, event: QEvent) -> bool:
        """Where there is little room the emblem goes first, then the margins."""
        if event.type() == QEvent.Type.Resize:
            self._fit_emblem()
        return super().event(event)

    def _fit_emblem(self) -> None:
        tight = self.height() < 240  # noqa: PLR2004 - emblem, two lines and buttons
        self._emblem.setVisible(bool(self._emblem.name) and not tight)
        side = 12 if tight else 24
        self._column.setContentsMargins(side, side, side, side)

    @Slot()
    def _on_first(self) -> None:
        self.action_requested.emit(0)

    @Slot()
    def _on_second(self) -> None:
        self.action_requested.emit(1)

    @Slot()
    def _on_look_changed(self) -> None:
        quiet = f"{self._ink}_muted"
        known = self._look.theme.colours
        painting.ink(self._title, self._look.colour(self._ink))
        painting.ink(self._sentence, self._look.colour(quiet if quiet in known else "muted"))
        self._emblem.update()

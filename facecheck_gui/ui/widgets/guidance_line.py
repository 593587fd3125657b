"""The line over the camera's picture that says what to do next: icon and words on a dark ground."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import broken_lines

_EDGE_PX, _MOST_LINES = 16.0, 2
# From the largest letters to the smallest.
_LARGE = (TextRole.VERDICT, TextRole.LARGE, TextRole.TITLE, TextRole.BODY)
_USUAL = (TextRole.TITLE, TextRole.BODY)
# Of the view's height; a higher line would lie on the face.
_TALLEST = 0.24
# Parts of one line's height: room at either end, between parts, above and below the words.
_BESIDE, _BETWEEN, _AROUND = 0.62, 0.36, 0.62


@dataclass(frozen=True, slots=True)
class GuidanceLine:
    """What one line shows; ``figure`` stands at its end, ``icon`` at its beginning, "" for none."""

    text: str
    icon: str = ""
    figure: str = ""
    good: bool = False
    large: bool = False

    def draw(self, area: QRectF, look: Look, ratio: float) -> tuple[QPixmap, QPointF]:
        """The line as a picture, and where in ``area`` its upper left corner lies."""
        plan = self._plan(area)
        pixmap = QPixmap(math.ceil(plan.width * ratio), math.ceil(plan.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, plan, look, ratio)
        painter.end()
        # Centred on a line that keeps its place whatever the words are.
        left = area.center().x() - plan.width / 2
        top = area.bottom() - plan.step / 2 - plan.height
        return pixmap, QPointF(round(left), round(top))

    def _plan(self, area: QRectF) -> "_Plan":
        """The largest letters in which the words fit, in two lines only where they are not the
        largest; whatever is left, the smallest letters take."""
        roles = _LARGE if self.large else _USUAL
        plans = [self._planned(role, area) for role in roles]
        for number, plan in enumerate(plans):
            lines_allowed = 1 if number == 0 else _MOST_LINES
            low = plan.height <= area.height() * _TALLEST
            if low and plan.whole and len(plan.lines) <= lines_allowed:
                return plan
        return plans[-1]

    def _planned(self, role: TextRole, area: QRectF) -> "_Plan":
        metrics = QFontMetricsF(font(role, strong=True))
        step = metrics.lineSpacing()
        beside = step * _BESIDE
        icon = round(step * 1.2) if self.icon else 0
        figure = metrics.horizontalAdvance(self.figure) + step * 0.9 if self.figure else 0.0
        taken = 2 * beside + (icon + step * _BETWEEN if icon else 0.0)
        taken += figure + step * _BETWEEN if figure else 0.0
        room = area.width() - 2 * _EDGE_PX - taken
        lines = broken_lines(self.text, font(role, strong=True), int(room), _MOST_LINES)
        whole = "".join(lines).replace(" ", "") == self.text.replace(" ", "")
        wide = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
        height = step * (len(lines) + _AROUND)
        return _Plan(
            role,
            tuple(lines),
            math.ceil(wide) + taken,
            round(height),
            step,
            icon,
            math.ceil(figure),
            whole,
        )

    def _paint(self, painter: QPainter, plan: "_Plan", look: Look, ratio: float) -> None:
        theme, beside = look.theme, plan.step * _BESIDE
        pill = QRectF(0, 0, plan.width, plan.height).adjusted(1.5, 1.5, -1.5, -1.5)
        pen = QPen(theme.colour("guide_good"), 2.5) if self.good else QPen(theme.colour("border"))
        painter.setPen(pen if self.good or theme.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("scrim"))
        corner = min(plan.height / 2, plan.step * 0.9)
        painter.drawPath(painting.rounded(pill, corner))
        left = beside
        if plan.icon:
            token = "guide_good" if self.good else "on_scrim"
            top = (plan.height - plan.icon) / 2
            painter.drawPixmap(QPointF(left, top), look.pixmap(self.icon, plan.icon, token, ratio))
            left += plan.icon + plan.step * _BETWEEN
        painter.setFont(font(plan.role, strong=True))
        painter.setPen(theme.colour("on_scrim"))
        words = QRectF(left, 0, plan.width - left - beside, plan.step)
        words.moveTop((plan.height - plan.step * len(plan.lines)) / 2)
        if plan.figure:
            self._paint_figure(painter, plan, look)
            words.setRight(plan.width - beside - plan.figure - plan.step * _BETWEEN)
        painter.setPen(theme.colour("on_scrim"))
        across = Qt.AlignmentFlag.AlignVCenter
        across |= Qt.AlignmentFlag.AlignLeft if plan.icon else Qt.AlignmentFlag.AlignHCenter
        for line in plan.lines:
            painter.drawText(words.adjusted(0, 0, 2, 0), across, line)
            words.translate(0, plan.step)

    def _paint_figure(self, painter: QPainter, plan: "_Plan", look: Look) -> None:
        disc = QRectF(0, 0, plan.figure, plan.step * 1.3)
        disc.moveCenter(QPointF(plan.width - plan.step * 0.5 - plan.figure / 2, plan.height / 2))
        painter.setPen(QPen(look.colour("on_scrim"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(disc, disc.height() / 2, disc.height() / 2)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.figure)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Measures in logical pixels; ``step`` is the height of one line of words."""

    role: TextRole
    lines: tuple[str, ...]
    width: float
    height: float
    step: float
    icon: int
    figure: float
    whole: bool

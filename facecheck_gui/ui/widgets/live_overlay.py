"""All that lies over the live picture: oval, face, ring, arrow and the line of words.

What is costly to draw is drawn once and kept until size, theme or content changes.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from facecheck_gui.camera.preview import Preview
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.liveness import Challenge
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import camera_overlay, challenge_arrow
from facecheck_gui.ui.widgets.face_outline import FaceOutline, place_of, steadied
from facecheck_gui.ui.widgets.guidance import ChallengeContent, GuidanceContent
from facecheck_gui.ui.widgets.guidance_line import GuidanceLine

_GROWS_S = 0.6


class LiveOverlay:
    """Keeps what is to be said and paints it. A challenge goes before guidance, guidance before
    the caption; ``clock`` gives seconds."""

    def __init__(self, look: Look, clock: Callable[[], float] = time.monotonic) -> None:
        self._look, self._clock = look, clock
        self._caption, self._well_placed = "", False
        self._guidance: GuidanceContent | None = None
        self._challenge: ChallengeContent | None = None
        self._asked_at_s = 0.0
        self._face: FaceBox | None = None
        self._outline = FaceOutline()
        self._oval: tuple[tuple[float, bool, bool], QPixmap] | None = None
        self._arrow: tuple[Challenge, QPixmap] | None = None
        self._line: tuple[GuidanceLine, QPixmap, QPointF] | None = None

    @property
    def words(self) -> str:
        """What is said now."""
        if self._challenge is not None:
            return self._challenge.text
        return self._guidance.text if self._guidance is not None else self._caption

    def caption(self, text: str, *, well_placed: bool) -> bool:
        """Take a caption; whether anything looks different now. So do the next two."""
        before = (self._caption, self._well_placed)
        self._caption, self._well_placed = text, well_placed
        return before != (text, well_placed)

    def guide(self, content: GuidanceContent | None) -> bool:
        """Take the one thing to do. What moves with the picture waits for the next one."""
        before, self._guidance = self._guidance, content
        if self._challenge is None:
            self._follow(content.face if content is not None else None)
        if before is None or content is None:
            return before is not content
        return _standing(before) != _standing(content)

    def challenge(self, content: ChallengeContent | None) -> bool:
        """Take a movement that is asked for."""
        before, self._challenge = self._challenge, content
        known = before.challenge if before is not None else None
        if content is None:
            self._follow(self._guidance.face if self._guidance is not None else None)
            return before is not None
        if content.challenge is not known:
            self._asked_at_s = self._clock()
        self._follow(content.face)
        return before is None or _standing(before) != _standing(content)

    def forget_pictures(self) -> None:
        """Size, theme or screen has changed: draw everything anew."""
        self._oval = self._arrow = self._line = None

    def paint(self, painter: QPainter, area: QRectF, ratio: float, preview: Preview) -> None:
        """Everything over ``preview``, which fills ``area``; ``ratio`` is the screen's."""
        home = camera_overlay.oval_in(area)
        growth = self._growth()
        rect = camera_overlay.grown(home, growth)
        self._paint_face(painter, area, ratio, preview)
        progress = self._progress()
        ringed = progress > 0 or self._challenge is not None
        self._paint_oval(painter, rect, growth, ratio, ringed=ringed)
        if progress > 0:
            camera_overlay.paint_countdown(painter, rect, self._look.theme, progress)
        if self._challenge is not None:
            self._paint_arrow(painter, area, home, ratio, self._challenge.challenge)
        if self.words:
            self._paint_line(painter, area, ratio)

    def _follow(self, face: FaceBox | None) -> None:
        self._face = steadied(self._face, face)

    def _ready(self) -> bool:
        if self._challenge is not None:
            return False
        return self._guidance.ready if self._guidance is not None else self._well_placed

    def _progress(self) -> float:
        if self._challenge is not None:
            return self._challenge.progress
        return self._guidance.progress if self._guidance is not None else 0.0

    def _growth(self) -> float:
        """How far the oval has grown; the camera's pictures carry it on, no timer does."""
        asked = self._challenge
        if asked is None or asked.challenge is not Challenge.COME_CLOSER:
            return 0.0
        if self._look.reduced_motion:
            return 1.0
        share = min((self._clock() - self._asked_at_s) / _GROWS_S, 1.0)
        return 1 - (1 - share) ** 3

    def _paint_face(self, painter: QPainter, area: QRectF, ratio: float, preview: Preview) -> None:
        if self._face is None:
            return
        token = "guide_good" if self._ready() else "outline_other"
        rect = place_of(self._face, preview, area)
        self._outline.paint(painter, rect, self._look.theme, token, ratio)

    def _paint_oval(
        self, painter: QPainter, rect: QRectF, growth: float, ratio: float, *, ringed: bool
    ) -> None:
        key = (growth, self._ready(), ringed)
        if self._oval is None or self._oval[0] != key:
            # On the way a whole line, because dashes would crawl; and they cost ten times as much.
            drawn = camera_overlay.oval(
                rect,
                self._look.theme,
                ratio,
                well_placed=self._ready(),
                dashed=growth in (0, 1),
                ringed=ringed,
            )
            self._oval = key, drawn
        place = rect.topLeft() - camera_overlay.OVAL_EDGE
        painter.drawPixmap(place.toPoint(), self._oval[1])

    def _paint_arrow(
        self, painter: QPainter, area: QRectF, oval: QRectF, ratio: float, asked: Challenge
    ) -> None:
        if asked is Challenge.COME_CLOSER:
            return
        rect = challenge_arrow.place(area, oval, asked)
        if self._arrow is None or self._arrow[0] is not asked:
            drawn = challenge_arrow.arrow(rect.width(), self._look.theme, ratio, asked)
            self._arrow = asked, drawn
        painter.drawPixmap(rect.topLeft().toPoint(), self._arrow[1])

    def _paint_line(self, painter: QPainter, area: QRectF, ratio: float) -> None:
        said = self._said()
        if self._line is None or self._line[0] != said:
            self._line = said, *said.draw(area, self._look, ratio)
        painter.drawPixmap(self._line[2], self._line[1])

    def _said(self) -> GuidanceLine:
        asked, guidance = self._challenge, self._guidance
        if asked is not None:
            return GuidanceLine(asked.text, asked.icon, str(asked.seconds), large=asked.large)
        if guidance is not None:
            good, large = guidance.ready, guidance.large
            return GuidanceLine(guidance.text, guidance.icon, good=good, large=large)
        return GuidanceLine(self._caption)


def _standing(content: GuidanceContent | ChallengeContent) -> tuple[object, ...]:
    """What does not move with the picture."""
    if isinstance(content, GuidanceContent):
        return content.icon, content.text, content.ready, content.large
    return content.challenge, content.text, content.seconds, content.large

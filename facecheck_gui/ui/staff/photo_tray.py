"""The one to five photos of somebody who is being put on the roster, and what was found of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.bookkeeping.people import FiledPhoto
from facecheck_gui.domain.comparison import Threshold
from facecheck_gui.flows.enrolment import Examined, nearest
from facecheck_gui.i18n import Words
from facecheck_gui.messages import finding_line
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.photo_tile import TILE_PX, PhotoTile
from facecheck_gui.ui.widgets.plain_label import PlainLabel

MOST_PHOTOS = 5


@dataclass(frozen=True, slots=True, eq=False)
class ExaminedPhoto:
    """A photo that was looked at; ``names`` are those of the people it looks like, by their ids."""

    examined: Examined
    names: Mapping[str, str] = field(default_factory=dict)


TrayPhoto = FiledPhoto | ExaminedPhoto


def photo_lines(photo: TrayPhoto, words: Words) -> tuple[str, ...]:
    """What staff should know about a photo; nothing about one that is on file already."""
    if isinstance(photo, FiledPhoto):
        return ()
    examined = photo.examined
    alike = [
        words.text(
            "roster.lookalike",
            name=photo.names.get(one.person_id, "") or one.person_id,
            id=one.person_id,
            score=one.score,
        )
        for one in examined.lookalikes
    ]
    several = [words.text("roster.several_faces", faces=examined.faces)]
    return (
        *alike,
        *(several if examined.faces > 1 else ()),
        *(finding_line(reading, words) for reading in examined.poor),
    )


def _embedding(photo: TrayPhoto) -> bytes:
    return photo.kept.embedding if isinstance(photo, FiledPhoto) else photo.examined.embedding


class PhotoTray(QWidget):
    """``changed`` tells that a photo came or went by a person's hand."""

    changed = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._words = look, words
        self._photos: list[TrayPhoto] = []
        self._tiles = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._said = PlainLabel(role="muted", wraps=True)
        self._remove = QPushButton(words.text("roster.remove_photo"))
        self._build()
        self._lay_out(-1)

    @property
    def photos(self) -> tuple[TrayPhoto, ...]:
        """What is kept when the person is saved."""
        return tuple(self._photos)

    @property
    def full(self) -> bool:
        """Whether no other photo finds room."""
        return len(self._photos) >= MOST_PHOTOS

    @property
    def said(self) -> str:
        """What is said about the photo that is looked at."""
        return self._said.text()

    def show_photos(self, photos: tuple[TrayPhoto, ...]) -> None:
        """Show these."""
        self._photos = list(photos)
        self._lay_out(0 if photos else -1)

    def add(self, photo: TrayPhoto) -> None:
        """One more, which is looked at now. Raises ValueError when full."""
        if self.full:
            raise ValueError("five photos are enough")
        self._photos.append(photo)
        self._lay_out(len(self._photos) - 1)
        self.changed.emit()

    def _build(self) -> None:
        self._row.setSpacing(8)
        self._said.setMinimumHeight(3 * self._said.fontMetrics().lineSpacing())
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._remove.setAutoDefault(False)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._row)
        layout.addLayout(below)
        self._tiles.idClicked.connect(self._on_chosen)
        self._remove.clicked.connect(self._on_remove)

    def _lay_out(self, chosen: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for tile in self._tiles.buttons():
            self._tiles.removeButton(tile)
        for number, photo in enumerate(self._photos):
            self._row.addWidget(self._tile(number, photo))
        self._row.addStretch()
        self._row.addStrut(TILE_PX.height())
        if chosen >= 0:
            self._tiles.button(chosen).setChecked(True)
        self._say()

    def _tile(self, number: int, photo: TrayPhoto) -> PhotoTile:
        picture = photo.picture if isinstance(photo, FiledPhoto) else photo.examined.picture
        name = self._words.text("roster.photo_name", number=number + 1)
        examined = isinstance(photo, ExaminedPhoto)
        lines = (*self._unlike(number), *photo_lines(photo, self._words))
        poor = bool(lines) if examined or lines else None
        tile = PhotoTile(picture.pixels, self._look, name, poor=poor, choosable=True)
        self._tiles.addButton(tile, number)
        return tile

    def _say(self) -> None:
        chosen = self._tiles.checkedId()
        self._remove.setEnabled(chosen >= 0)
        if chosen < 0:
            self._said.setText(self._words.text("roster.no_photo"))
            return
        photo = self._photos[chosen]
        lines = (*self._unlike(chosen), *photo_lines(photo, self._words))
        key = "roster.photo_on_file" if isinstance(photo, FiledPhoto) else "roster.photo_good"
        self._said.setText("\n".join(lines) or self._words.text(key))
        self._tiles.button(chosen).setAccessibleDescription(self._said.text())

    def _unlike(self, number: int) -> tuple[str, ...]:
        """That a photo seems to show somebody else than the others do."""
        embeddings = [_embedding(photo) for photo in self._photos]
        own = embeddings.pop(number)
        score = nearest(own, filter(None, embeddings)) if own else None
        if score is None or score.value >= Threshold().score:
            return ()
        return (self._words.text("roster.unlike", score=score),)

    @Slot(int)
    def _on_chosen(self, _: int) -> None:
        self._say()

    @Slot()
    def _on_remove(self) -> None:
        chosen = self._tiles.checkedId()
        if chosen < 0:
            return
        del self._photos[chosen]
        self._lay_out(min(chosen, len(self._photos) - 1))
        self.changed.emit()

"""Somebody's badge: looked at, saved as a picture or document, printed."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSaveFile,
    Slot,
)
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.image import Pixels
from facecheck_gui.i18n import Words
from facecheck_gui.imaging.qr import qr_modules
from facecheck_gui.ui.staff.ask_file import ask_file
from facecheck_gui.ui.widgets.badge_card import SIZE_MM, BadgeCard, BadgeContent, paint_badge
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_DOTS_PER_MM = 12  # 300 dpi


class BadgeDialog(QDialog):
    """A face goes onto the paper only where that is ticked."""

    def __init__(
        self,
        person: Person,
        code: str,
        words: Words,
        *,
        photo: Pixels | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``code`` is the text of its code; ``photo`` may be put on it."""
        super().__init__(parent)
        self._words, self._photo = words, photo
        self._person = person
        self._content = BadgeContent(person.name, person.person_id, person.group, qr_modules(code))
        self._card = BadgeCard(self._content)
        self._with_photo = QCheckBox(words.text("badge.with_photo"))
        self._said = PlainLabel(words.text("badge.copies"), role="muted", wraps=True)
        self._print, self._save = QPushButton(), QPushButton()
        self._close = QPushButton(words.text("dialog.close"))
        self.setWindowTitle(words.text("badge.title"))
        self._build()

    @property
    def said(self) -> str:
        """The line below the card."""
        return self._said.text()

    @property
    def content(self) -> BadgeContent:
        """What is on the card now."""
        return self._content

    def _build(self) -> None:
        text = self._words.text
        self._with_photo.setEnabled(self._photo is not None)
        self._with_photo.toggled.connect(self._on_photo_toggled)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._with_photo)
        buttons.addStretch()
        for button, key, slot in (
            (self._print, "badge.print", self._on_print),
            (self._save, "badge.save", self._on_save),
        ):
            button.setText(text(key))
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self._print.setProperty("primary", True)  # noqa: FBT003 - Qt's way
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._card)
        layout.addWidget(self._said)
        layout.addLayout(buttons)

    @Slot(bool)
    def _on_photo_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._content = replace(self._content, photo=self._photo if shown else None)
        self._card.show_content(self._content)

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._words.text('badge.title')}-{self._person.person_id}.png".replace("/", "_")
        kinds = f"{self._words.text('badge.files')} (*.png *.pdf)"
        file = ask_file(self, name, kinds)
        if file is not None:
            self.save(file)

    def save(self, file: Path) -> None:
        """As PNG or PDF, by how the file is called; whole or not at all."""
        data = self._pdf() if file.suffix.lower() == ".pdf" else self._png()
        target = QSaveFile(str(file))
        written = (
            target.open(QIODevice.OpenModeFlag.WriteOnly)
            and target.write(data) == data.size()
            and target.commit()
        )
        key = "badge.saved" if written else "badge.not_saved"
        self._said.setText(self._words.text(key, file=file.name))

    def _png(self) -> QByteArray:
        size = (SIZE_MM * _DOTS_PER_MM).toSize()
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        image.setDotsPerMeterX(_DOTS_PER_MM * 1000)
        image.setDotsPerMeterY(_DOTS_PER_MM * 1000)
        painter = QPainter(image)
        paint_badge(painter, QRectF(image.rect()), self._content)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return buffer.data()

    def _pdf(self) -> QByteArray:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        page = QPageSize(SIZE_MM, QPageSize.Unit.Millimeter)
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        writer.setResolution(300)
        painter = QPainter(writer)
        whole = QRectF(0, 0, writer.width(), writer.height())
        paint_badge(painter, whole, self._content)
        painter.end()
        buffer.close()
        return buffer.data()

    @Slot()
    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """In its own size, in the upper left corner of the page."""
        painter = QPainter(printer)
        dots_per_mm = printer.resolution() / 25.4
        paint_badge(painter, QRectF(QPointF(), SIZE_MM * dots_per_mm), self._content)
        painter.end()

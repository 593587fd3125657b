"""One person of the roster: who it is, the photos on file, what was agreed to, and what can be
done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.bookkeeping.people import PersonFile
from facecheck_gui.domain.check_in import Person
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole
from facecheck_gui.ui.widgets.photo_tile import TILE_PX, PhotoTile
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating

_ACTIONS = ("check", "change", "consent", "badge", "history", "remove")


class PersonCard(Retranslating, QFrame):
    """What is to be done is told by signals; the card decides nothing."""

    check_wanted = Signal()
    change_wanted = Signal()
    consent_wanted = Signal()
    badge_wanted = Signal()
    history_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._words = look, words
        self._person: Person | None = None
        self._file: PersonFile | None = None
        self._name, self._facts = ElidedLabel(lines=2), PlainLabel(role="muted", wraps=True)
        self._notes, self._agreed = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._photos = QHBoxLayout()
        self._photos_said = PlainLabel(role="muted", wraps=True)
        self._buttons = {name: QPushButton() for name in _ACTIONS}
        self.setProperty("card", True)  # noqa: FBT003 - Qt's way
        self._build()
        self._retranslate()

    @property
    def lines(self) -> list[str]:
        """What can be read, as text."""
        labels = (self._name, self._facts, self._photos_said, self._notes, self._agreed)
        return [label.text() for label in labels if label.text()]

    @property
    def photos(self) -> int:
        """How many photos are shown."""
        return self._photos.count() - 1 if self._photos.count() else 0

    def button(self, action: str) -> QPushButton:
        """One of: check, change, consent, badge, history, remove."""
        return self._buttons[action]

    def show_person(self, person: Person | None) -> None:
        """Who is marked; the file follows. None for nobody."""
        self._person, self._file = person, None
        self._show()

    def show_file(self, file: PersonFile | None) -> None:
        """What is on file of the person; None where it could not be read."""
        self._file = file
        if file is not None:
            self._person = file.person
        self._show()

    def _build(self) -> None:
        self._name.set_size(TextRole.TITLE, strong=True)
        self._photos.setSpacing(8)
        main, more = QHBoxLayout(), QHBoxLayout()
        for name, signal in zip(
            _ACTIONS,
            (
                self.check_wanted,
                self.change_wanted,
                self.consent_wanted,
                self.badge_wanted,
                self.history_wanted,
                self.remove_wanted,
            ),
            strict=True,
        ):
            button = self._buttons[name]
            button.clicked.connect(signal)
            (main if name in {"check", "change", "remove"} else more).addWidget(button)
        self._buttons["check"].setProperty("primary", True)  # noqa: FBT003 - Qt's way
        main.insertStretch(2)
        more.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        layout.addWidget(self._name)
        layout.addWidget(self._facts)
        layout.addSpacing(4)
        layout.addLayout(self._photos)
        layout.addWidget(self._photos_said)
        layout.addWidget(self._notes)
        layout.addWidget(self._agreed)
        layout.addStretch()
        layout.addLayout(more)
        layout.addLayout(main)

    def _show(self) -> None:
        person, file = self._person, self._file
        self._name.show_text(person.name if person else self._words.text("roster.nobody_marked"))
        self._facts.setText(self._facts_of(person) if person else "")
        self._notes.setText(person.notes if person else "")
        self._notes.setVisible(bool(self._notes.text()))
        self._show_photos(file)
        self._agreed.setText(self._agreed_of(file) if file else "")
        for name, button in self._buttons.items():
            waits = name in {"check", "change"}
            button.setEnabled(person is not None and (file is not None or not waits))
            button.setVisible(person is not None)

    def _facts_of(self, person: Person) -> str:
        text = self._words.text
        parts = [person.person_id, person.group]
        if person.valid_from is not None:
            parts.append(text("roster.from_day", day=person.valid_from.isoformat()))
        if person.valid_until is not None:
            parts.append(text("roster.until_day", day=person.valid_until.isoformat()))
        return "  ·  ".join(part for part in parts if part)

    def _agreed_of(self, file: PersonFile) -> str:
        purposes = {p.value for c in file.consents if c.holds for p in c.purposes}
        if not purposes:
            return self._words.text("roster.no_consent")
        order = ("compare", "send_to_cloud", "keep_reference", "keep_check_in")
        said = [f"✓ {self._words.text(f'purpose.{p}')}" for p in order if p in purposes]
        return "\n".join((self._words.text("roster.agreed"), *said))

    def _show_photos(self, file: PersonFile | None) -> None:
        while (item := self._photos.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, photo in enumerate(file.photos if file else ()):
            name = self._words.text("roster.photo_name", number=number + 1)
            self._photos.addWidget(PhotoTile(photo.picture.pixels, self._look, name))
        self._photos.addStretch()
        said = ""
        if file is not None and file.trouble is not None:
            told = explain(file.trouble, self._words)
            said = f"{told.sentence} {told.staff}"
        elif file is not None and not file.photos:
            said = self._words.text("roster.no_photo")
        self._photos_said.setText(said)
        self._photos_said.setVisible(bool(said))
        self._photos_said.setMinimumHeight(0 if file and file.photos else TILE_PX.height() // 2)
        self._photos_said.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _retranslate(self) -> None:
        for name, button in self._buttons.items():
            button.setText(self._words.text(f"roster.{name}_button"))
        self._show()

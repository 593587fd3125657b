"""Connects the roster's window with the records: what is read, what is written, and in which
order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from facecheck_gui.bookkeeping.badges import badge_text
from facecheck_gui.bookkeeping.importing import Brought, import_people
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import (
    PersonFile,
    known_faces,
    person_file,
    strike_off,
    write_person,
)
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Cancelled, FaceCheckError, Fault
from facecheck_gui.domain.image import Picture
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.roster_import import RowReport, Tally
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.confirm_dialog import confirmed
from facecheck_gui.ui.staff.consenting import Consenting
from facecheck_gui.ui.staff.import_dialog import ImportDialog
from facecheck_gui.ui.staff.person_dialog import Draft, PersonDialog, PersonParts
from facecheck_gui.ui.staff.photo_tray import ExaminedPhoto
from facecheck_gui.ui.staff.roster_window import RosterWindow
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task


@dataclass(frozen=True, slots=True)
class RosterParts:
    """What the desk connects. ``looking`` reads, ``writing`` writes, ``engine`` looks at photos;
    ``files`` imports; ``enrolment`` is made for one of the last two's threads; ``take_portrait``
    asks the camera."""

    window: RosterWindow
    look: Look
    words: Words
    ledger: Callable[[], LateLedger]
    settings: Callable[[], Settings]
    enrolment: Callable[[FaceIndex], Enrolment]
    looking: Lane
    writing: Lane
    engine: Lane
    files: Lane
    take_portrait: Callable[[QWidget], Picture | None]


class RosterDesk(QObject):
    """``check_wanted`` and ``history_wanted`` carry a ``Person``; ``changed`` the id of somebody of
    whom what is kept has changed."""

    check_wanted = Signal(object)
    history_wanted = Signal(object)
    changed = Signal(str)

    def __init__(self, parts: RosterParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._enrolment: Enrolment | None = None
        self._file: PersonFile | None = None
        self._reading: Task | None = None
        self._dialog: PersonDialog | None = None
        self._consenting = Consenting(parts.words, parts.ledger, parts.writing, self)
        self._consenting.changed.connect(self._on_kept_changed)
        self._consenting.failed.connect(self._on_unwritten)
        window, card = parts.window, parts.window.card
        window.person_marked.connect(self._on_marked)
        window.add_wanted.connect(self._on_add)
        window.import_wanted.connect(self._on_import)
        card.change_wanted.connect(self._on_change)
        card.remove_wanted.connect(self._on_remove)
        card.consent_wanted.connect(self._on_consent)
        card.check_wanted.connect(self._on_check)
        card.history_wanted.connect(self._on_history)
        card.badge_wanted.connect(self._on_badge)

    def open(self) -> None:
        """Bring the window to the front, with everybody."""
        window = self._parts.window
        window.show()
        window.raise_()
        window.activateWindow()
        window.people.focus_line()
        window.people.ask()

    def forget_faces(self) -> None:
        """The roster was changed by others: the next photo is held against it anew."""
        self._enrolment = None

    def refresh(self) -> None:
        """Look at the list and at the person again."""
        self._parts.window.people.ask()

    @Slot(object)
    def _on_marked(self, person: Person | None) -> None:
        shown = self._file.person if self._file is not None else None
        if person is not None and person == shown and self._reading is None:
            self._read(person)  # what is kept may have changed; the card stays as it is meanwhile
            return
        self._file = None
        self._parts.window.card.show_person(person)
        self._drop_reading()
        if person is not None:
            self._read(person)

    def _read(self, person: Person) -> None:
        self._drop_reading()
        ledger = self._parts.ledger
        self._reading = Task(lambda _: person_file(ledger(), person))
        self._reading.succeeded.connect(self._on_file)
        self._reading.failed.connect(self._on_unread)
        self._parts.looking.submit(self._reading)

    def _drop_reading(self) -> None:
        task, self._reading = self._reading, None
        if task is not None:
            task.succeeded.disconnect(self._on_file)
            task.failed.disconnect(self._on_unread)
            task.cancel()

    @Slot(object)
    def _on_file(self, file: object) -> None:
        self._reading = None
        self._file = cast(PersonFile, file)
        self._parts.window.card.show_file(self._file)
        self._consenting.see_file(self._file)

    @Slot(object)
    def _on_unread(self, error: object) -> None:
        self._reading = None
        self._tell(cast(FaceCheckError, error))

    def _tell(self, error: FaceCheckError) -> None:
        if not isinstance(error, Cancelled):
            said = explain(error, self._parts.words)
            self._parts.window.show_notice(f"{said.sentence} {said.staff}")

    @Slot()
    def _on_add(self) -> None:
        self._edit(None)

    @Slot()
    def _on_import(self) -> None:
        parts = self._parts

        def run(
            brought: Brought,
            cancel: CancelToken,
            on_total: Callable[[int], None],
            on_row: Callable[[RowReport], None],
        ) -> Tally:
            return import_people(
                parts.ledger(),
                parts.enrolment,
                brought,
                cancel,
                on_total=on_total,
                on_row=on_row,
            )

        dialog = ImportDialog(run, parts.files, parts.look, parts.words, parts.window)
        dialog.imported.connect(self._on_imported)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _on_imported(self) -> None:
        self.forget_faces()
        self.refresh()

    @Slot()
    def _on_change(self) -> None:
        if self._file is not None:
            self._edit(self._file)

    def _edit(self, file: PersonFile | None) -> None:
        parts = self._parts
        dialog_parts = PersonParts(
            parts.look, parts.words, parts.engine, self._examine, parts.take_portrait
        )
        dialog = PersonDialog(file, dialog_parts, parts.window)
        self._dialog = dialog
        dialog.saving.connect(self._on_saving)
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()

    def _examine(self, picture: Picture, cancel: CancelToken, person_id: str) -> ExaminedPhoto:
        """On the engine's thread."""
        ledger = self._parts.ledger()
        enrolment = self._enrolment
        if enrolment is None:
            enrolment = self._enrolment = self._parts.enrolment(known_faces(ledger))
        examined = enrolment.examine(picture, cancel, person_id=person_id)
        found = [ledger.books().roster.get(one.person_id) for one in examined.lookalikes]
        return ExaminedPhoto(examined, {p.person_id: p.name for p in found if p is not None})

    @Slot(object)
    def _on_saving(self, draft: Draft) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        ledger, known_as = self._parts.ledger, dialog.known_as
        photos = None
        if draft.photos is not None:
            photos = [p.examined if isinstance(p, ExaminedPhoto) else p for p in draft.photos]

        def write(_: CancelToken) -> Person:
            write_person(ledger(), draft.person, known_as=known_as, photos=photos)
            return draft.person

        self._write(write, self._on_saved, self._on_refused)

    def _write(
        self,
        work: Callable[[CancelToken], object],
        done: Callable[[object], None],
        failed: Callable[[object], None],
    ) -> None:
        task = Task(work)
        task.succeeded.connect(done)
        task.failed.connect(failed)
        self._parts.writing.submit(task)

    @Slot(object)
    def _on_saved(self, person: object) -> None:
        saved = cast(Person, person)
        self.forget_faces()
        if self._dialog is not None:
            self._dialog.accept()
        self._parts.window.show_notice("")
        self._parts.window.people.mark(saved.person_id)
        self.refresh()
        self.changed.emit(saved.person_id)

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        if self._dialog is not None:
            self._dialog.refuse(cast(FaceCheckError, error))

    @Slot()
    def _on_remove(self) -> None:
        person, words = self._parts.window.person, self._parts.words
        if person is None:
            return
        title = words.text("roster.remove_title", name=person.name or person.person_id)
        explained = words.text("roster.remove_explained")
        if not confirmed(words, title, explained, "roster.remove_ok", self._parts.window):
            return
        ledger = self._parts.ledger

        def work(_: CancelToken) -> str:
            strike_off(ledger(), person.person_id)
            return person.person_id

        self._write(work, self._on_kept_changed, self._on_unwritten)

    @Slot(object)
    def _on_kept_changed(self, person_id: object) -> None:
        """What is kept of somebody is other than it was."""
        self.forget_faces()
        self.refresh()
        self.changed.emit(cast(str, person_id))

    @Slot(object)
    def _on_unwritten(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if trouble.fault is Fault.PERSON_UNKNOWN:
            self.refresh()
        self._tell(trouble)

    @Slot()
    def _on_consent(self) -> None:
        if self._file is not None:
            self._consenting.open(self._file, self._parts.window)

    @Slot()
    def _on_check(self) -> None:
        if (person := self._parts.window.person) is not None:
            self.check_wanted.emit(person)

    @Slot()
    def _on_history(self) -> None:
        if (person := self._parts.window.person) is not None:
            self.history_wanted.emit(person)

    @Slot()
    def _on_badge(self) -> None:
        file = self._file
        if file is None:
            return
        ledger, settings = self._parts.ledger, self._parts.settings().badges
        person_id = file.person.person_id
        task = Task(lambda _: badge_text(ledger(), person_id, settings))
        task.succeeded.connect(self._on_badge_text)
        task.failed.connect(self._on_unwritten)
        self._parts.looking.submit(task)

    @Slot(object)
    def _on_badge_text(self, code: object) -> None:
        from facecheck_gui.ui.staff.badge_dialog import BadgeDialog

        file, parts = self._file, self._parts
        if file is None:
            return
        photo = file.photos[0].picture.pixels if file.photos else None
        dialog = BadgeDialog(
            file.person, cast(str, code), parts.words, photo=photo, parent=parts.window
        )
        dialog.exec()
        dialog.deleteLater()

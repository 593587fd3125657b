"""Connects the staff window with everything that is remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtWidgets import QWidget

from facecheck_gui.bookkeeping.badges import person_of
from facecheck_gui.bookkeeping.ledger import LateLedger, utc_now
from facecheck_gui.bookkeeping.upkeep import back_up_daily, tidy
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.badge import is_badge
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject, Verification
from facecheck_gui.domain.errors import FaceCheckError, Fault
from facecheck_gui.domain.image import Picture
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.reference import Reference
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.housekeeping import Housekeeping
from facecheck_gui.ui.staff.notices import Notice
from facecheck_gui.ui.staff.reference_desk import ReferenceDesk
from facecheck_gui.ui.staff.restore_dialog import RestoreDialog
from facecheck_gui.ui.staff.restore_offer import RestoreOffer
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_NOT_VALID, _BADGE = "person_not_valid", "badge"

if TYPE_CHECKING:
    from facecheck_gui.ui.staff.history_desk import HistoryDesk
    from facecheck_gui.ui.staff.history_window import HistoryWindow
    from facecheck_gui.ui.staff.records_extras import RecordsExtras
    from facecheck_gui.ui.staff.roster_desk import RosterDesk
    from facecheck_gui.ui.staff.roster_window import RosterWindow


@dataclass(frozen=True, slots=True)
class RecordsParts:
    """What the desk connects. ``ledger`` and ``settings`` are asked for today's.

    ``errands`` purges and backs up, ``looking`` reads, ``writing`` writes, and puts a backup in
    the records' place; ``files`` writes what is exported: none waits for another. ``engine`` looks
    at photos, with what ``enrolment`` makes for its thread; ``take_portrait`` asks the camera.
    """

    window: StaffWindow
    references: ReferenceDesk
    look: Look
    words: Words
    geometry: QSettings
    ledger: Callable[[], LateLedger]
    settings: Callable[[], Settings]
    errands: Lane
    looking: Lane
    writing: Lane
    files: Lane
    engine: Lane
    enrolment: Callable[[FaceIndex], Enrolment]
    take_portrait: Callable[[QWidget], Picture | None]


class RecordsDesk(QObject):
    """Opens the windows of the records when somebody first asks for them."""

    def __init__(self, parts: RecordsParts) -> None:
        super().__init__(parts.window)  # it ends with what it speaks through
        self._parts = parts
        self._late: Subject | None = None
        self._history: HistoryDesk | None = None
        self._history_window: HistoryWindow | None = None
        self._roster: RosterDesk | None = None
        self._roster_window: RosterWindow | None = None
        self._housekeeping = Housekeeping(
            parts.errands,
            lambda confirmed: tidy(
                parts.ledger(), parts.settings().records, clock_confirmed=confirmed
            ),
            parts.window.notices,
            parts.words,
            back_up=lambda: back_up_daily(parts.ledger()),
        )
        self._restore_offer = RestoreOffer(
            parts.writing,
            lambda: parts.ledger().last_good(),
            lambda file: parts.ledger().restore(file),
            parts.window.notices,
            parts.words,
            agreed=self._agreed_to_restore,
        )
        self._housekeeping.damaged.connect(self._restore_offer.offer)
        self._restore_offer.restored.connect(self._on_restored)
        parts.window.top_bar.history_requested.connect(self.open_history)
        parts.window.top_bar.roster_requested.connect(self.open_roster)
        parts.window.reference.person_requested.connect(self.find_person)
        parts.references.loaded.connect(self._on_reference)

    def start(self) -> None:
        """Begin to keep house."""
        self._housekeeping.start()

    def close(self) -> None:
        """Close the windows."""
        for window in (self._history_window, self._roster_window):
            if window is not None:
                window.close()
                window.deleteLater()

    def settings_page(self) -> "RecordsExtras":
        """What the records' page of the settings has besides settings."""
        from facecheck_gui.ui.staff.records_extras import RecordsExtras

        return RecordsExtras(self._parts.words, self._parts.files, self._parts.ledger)

    def may_move(self, before: Settings, after: Settings) -> bool:
        """Ask what becomes of the records when another database is chosen, and copy them where
        that is wanted; whether the other one is to be used."""
        from facecheck_gui.ui.staff.moving_dialog import MovingDialog

        parts = self._parts
        ledger, to = parts.ledger(), after.records.database
        dialog = MovingDialog(
            parts.words,
            parts.writing,
            lambda cancel, tell: ledger.move_to(to, cancel, tell),
            before=before.records.database,
            after=to,
            parent=parts.window,
        )
        moved = bool(dialog.exec())
        dialog.deleteLater()
        return moved

    @Slot(object)
    def see_check(self, verification: Verification) -> None:
        """A check has ended: what is newest has changed, or the records are damaged."""
        error = verification.error
        if error is not None and error.fault is Fault.RECORDS_DAMAGED:
            self._restore_offer.offer()
        if self._history is not None:
            self._history.refresh()

    def _agreed_to_restore(self, time: str) -> bool:
        dialog = RestoreDialog(self._parts.words, time, self._parts.window)
        agreed = bool(dialog.exec())
        dialog.deleteLater()
        return agreed

    @Slot()
    def _on_restored(self) -> None:
        """What was kept for long enough is there again, and goes again."""
        self._housekeeping.keep_house()
        if self._history is not None:
            self._history.refresh()

    @Slot()
    def find_person(self) -> None:
        """Let somebody on the roster be chosen, and load the photos."""
        from facecheck_gui.ui.staff.person_finder import PersonFinder

        parts = self._parts
        finder = PersonFinder(
            self._search,
            parts.looking,
            parts.look,
            parts.words,
            parent=parts.window,
        )
        if finder.exec() and finder.person is not None:
            self.load_person(finder.person)
        finder.deleteLater()

    def _search(self, typed: str) -> tuple[Person, ...]:
        """On a lane. A hand scanner may have typed a badge's code."""
        ledger = self._parts.ledger()
        if is_badge(typed):
            return (person_of(ledger, typed, self._parts.settings().badges),)
        return ledger.books().roster.search(typed)

    @Slot(str)
    def load_code(self, code: str) -> None:
        """A badge was scanned: load whom it belongs to."""
        task = self._person_of(code)
        task.failed.connect(self._on_badge_unknown)
        self._parts.looking.submit(task)

    @Slot(str)
    def see_code(self, code: str) -> None:
        """The camera saw a code. One that is no badge of ours may stand on anything: what it does
        not find is not spoken of."""
        if is_badge(code):
            self.load_code(code)
        else:
            self._parts.looking.submit(self._person_of(code))

    def _person_of(self, code: str) -> Task:
        ledger, settings = self._parts.ledger, self._parts.settings().badges
        task = Task(lambda _: person_of(ledger(), code, settings))
        task.succeeded.connect(self._on_badge_known)
        return task

    @Slot(object)
    def _on_badge_known(self, person: object) -> None:
        self._parts.window.notices.take_away(_BADGE)
        self.load_person(cast(Person, person))

    @Slot(object)
    def _on_badge_unknown(self, error: object) -> None:
        said = explain(cast(FaceCheckError, error), self._parts.words)
        values = {"sentence": said.sentence, "step": said.staff}
        self._parts.window.notices.show_notice(_BADGE, Notice("errand_failed", values))

    def load_person(self, person: Person) -> None:
        """Somebody's photos become the reference; who is not expected today is said."""
        parts = self._parts
        subject = Subject(person.person_id, person.name)
        parts.references.load_person(
            subject,
            lambda: [p.jpeg for p in parts.ledger().books().album.references(subject.person_id)],
        )
        self._late = None if person.valid_on(date.today()) else subject  # noqa: DTZ011 - here
        self._say_late()

    @Slot(object)
    def _on_reference(self, reference: Reference) -> None:
        """Another reference is not about that person any more."""
        if self._late is not None and reference.subject != self._late:
            self._late = None
            self._say_late()

    def _say_late(self) -> None:
        notices = self._parts.window.notices
        if self._late is None:
            notices.take_away(_NOT_VALID)
        else:
            notice = Notice("person_not_valid", {"name": self._late.name}, lasting=True)
            notices.show_notice(_NOT_VALID, notice)

    @Slot()
    def open_roster(self) -> None:
        """Show who is expected."""
        if self._roster is None:
            self._roster = self._made_roster()
        self._roster.open()

    @Slot(object)
    def _on_check_wanted(self, person: Person) -> None:
        self._parts.window.raise_()
        self._parts.window.activateWindow()
        self.load_person(person)

    @Slot(str)
    def _on_kept_changed(self, person_id: str) -> None:
        """A face that may be gone is not compared any more."""
        loaded = self._parts.references.reference
        if loaded is not None and loaded.subject and loaded.subject.person_id == person_id:
            self._parts.references.clear()

    @Slot(object)
    def _on_history_wanted(self, person: Person) -> None:
        self.open_history()
        if self._history is not None:
            self._history.show_person(Subject(person.person_id, person.name))

    def _made_roster(self) -> "RosterDesk":
        from facecheck_gui.ui.staff.roster_desk import RosterDesk, RosterParts
        from facecheck_gui.ui.staff.roster_window import RosterWindow

        parts = self._parts
        window = RosterWindow(self._search, parts.looking, parts.look, parts.words, parts.geometry)
        self._roster_window = window
        made = RosterDesk(
            RosterParts(
                window,
                parts.look,
                parts.words,
                parts.ledger,
                parts.settings,
                parts.enrolment,
                parts.looking,
                parts.writing,
                parts.engine,
                parts.files,
                parts.take_portrait,
            ),
            window,
        )
        made.check_wanted.connect(self._on_check_wanted)
        made.history_wanted.connect(self._on_history_wanted)
        made.changed.connect(self._on_kept_changed)
        return made

    @Slot()
    def open_history(self) -> None:
        """Show what was checked."""
        if self._history is None:
            self._history = self._made_history()
        self._history.open()

    def _made_history(self) -> "HistoryDesk":
        from facecheck_gui.domain.local_days import LocalDays
        from facecheck_gui.ui.staff.day_words import Scale
        from facecheck_gui.ui.staff.history_desk import HistoryDesk, HistoryParts
        from facecheck_gui.ui.staff.history_export import HistoryExport
        from facecheck_gui.ui.staff.history_file import HistoryFile
        from facecheck_gui.ui.staff.history_window import HistoryWindow
        from facecheck_gui.ui.staff.late_history import LateHistory

        parts, days = self._parts, LocalDays(utc_now)
        history = LateHistory(parts.ledger)
        window = HistoryWindow(parts.look, parts.words, days, parts.geometry)
        self._history_window = window

        def scale() -> Scale:
            settings = parts.settings()
            return Scale(settings.check.engine, settings.threshold(settings.check.engine))

        export = HistoryExport(
            window,
            parts.words,
            days,
            lane=parts.files,
            rows=history.all,
            write=HistoryFile(parts.words, days),
            parent=window,
        )
        return HistoryDesk(
            HistoryParts(
                window, parts.look, parts.words, days, history, parts.looking, export, scale
            ),
            window,
        )

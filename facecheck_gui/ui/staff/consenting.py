"""What somebody on the roster agrees to: given and taken back, and written down."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import PersonFile, take_back
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.i18n import Words
from facecheck_gui.messages import CONSENT_VERSION
from facecheck_gui.records.consents import Consent
from facecheck_gui.ui.staff.confirm_dialog import confirmed
from facecheck_gui.ui.staff.consent_dialog import ConsentDialog
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task


class Consenting(QObject):
    """``changed`` carries the id of the person, ``failed`` why it could not be written."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, words: Words, ledger: Callable[[], LateLedger], lane: Lane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._words, self._ledger, self._lane = words, ledger, lane
        self._file: PersonFile | None = None
        self._dialog: ConsentDialog | None = None

    def open(self, file: PersonFile, parent: QWidget) -> None:
        """Ask the person, until the dialog is closed."""
        dialog = ConsentDialog(file.person, self._words, parent=parent)
        dialog.show_consents(file.consents)
        dialog.given.connect(self._on_given)
        dialog.withdrawn.connect(self._on_withdrawn)
        self._dialog, self._file = dialog, file
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()

    def see_file(self, file: PersonFile) -> None:
        """What is on file has been read again."""
        dialog, asked = self._dialog, self._file
        if dialog and asked and file.person.person_id == asked.person.person_id:
            self._file = file
            dialog.show_consents(file.consents)

    def _write(self, work: Callable[[CancelToken], str]) -> None:
        task = Task(work)
        task.succeeded.connect(self.changed)
        task.failed.connect(self.failed)
        self._lane.submit(task)

    @Slot(object, str)
    def _on_given(self, purposes: frozenset[Purpose], text: str) -> None:
        if self._file is None:
            return
        ledger, language = self._ledger, self._words.language.value
        person_id = self._file.person.person_id

        def work(_: CancelToken) -> str:
            ledger().books().consents.give(
                person_id, purposes, text=text, version=CONSENT_VERSION, language=language
            )
            return person_id

        self._write(work)

    @Slot(str)
    def _on_withdrawn(self, consent_id: str) -> None:
        file = self._file
        if file is None:
            return
        found = next((one for one in file.consents if one.consent_id == consent_id), None)
        if found is None or not self._wants_back(file, found):
            return
        ledger, person_id = self._ledger, file.person.person_id

        def work(_: CancelToken) -> str:
            take_back(ledger(), found)
            return person_id

        self._write(work)

    def _wants_back(self, file: PersonFile, consent: Consent) -> bool:
        """Asked once where a face goes with it."""
        if consent.purposes == {Purpose.SEND_TO_CLOUD}:
            return True
        text = self._words.text
        explained = text("consent.withdraw_explained", name=file.person.name)
        title = text("consent.withdraw_title")
        return confirmed(self._words, title, explained, "consent.withdraw", self._dialog)

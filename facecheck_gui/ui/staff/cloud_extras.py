"""What the cloud's settings page has besides settings: key and secret, and a test."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.comparers.kuaidi100 import ConnectionReport
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import FaceCheckError, SettingsError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.settings.secrets import SecretPlace, SecretStore
from facecheck_gui.ui.staff.credentials_dialog import CredentialsDialog
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

TestConnection = Callable[[CancelToken], ConnectionReport]


class CloudExtras(QFrame):
    """Everything slow here (key store, network) happens on ``lane``."""

    def __init__(
        self,
        words: Words,
        secrets: SecretStore,
        lane: Lane,
        connection_test: Callable[[], TestConnection],
        parent: QWidget | None = None,
    ) -> None:
        """``connection_test`` gives the test for the settings as they stand in the form; it
        raises SettingsError when they do not fit."""
        super().__init__(parent)
        self.setProperty("card", True)  # noqa: FBT003 - Qt's way
        self._words, self._secrets, self._lane = words, secrets, lane
        self._connection_test = connection_test
        self._where, self._outcome = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._enter = QPushButton(words.text("credentials.enter"))
        self._forget = QPushButton(words.text("credentials.forget"))
        self._test = QPushButton(words.text("settings.test"))
        self._enter.clicked.connect(self._on_enter)
        self._forget.clicked.connect(self._on_forget)
        self._test.clicked.connect(self._on_test)
        self._build()
        self._ask_where()

    def _build(self) -> None:
        secrets = QHBoxLayout()
        secrets.addWidget(self._where, 1)
        secrets.addWidget(self._enter)
        secrets.addWidget(self._forget)
        test = QHBoxLayout()
        test.addWidget(self._outcome, 1)
        test.addWidget(self._test)
        self._outcome.setText(self._words.text("settings.test_nothing_billed"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(self._words.text("credentials.title"), role="heading"))
        layout.addLayout(secrets)
        layout.addLayout(test)

    @property
    def outcome(self) -> str:
        """What the test came to."""
        return self._outcome.text()

    def _run(self, work: Callable[[CancelToken], object], succeeded: Callable[..., None]) -> None:
        task = Task(work)  # no child: the lane may outlive this dialog
        task.succeeded.connect(succeeded)
        task.failed.connect(self._on_failed)
        self._lane.submit(task)

    def _ask_where(self) -> None:
        self._run(lambda _: self._secrets.where(), self._on_where)

    @Slot(object)
    def _on_where(self, place: object) -> None:
        found = cast(SecretPlace, place)
        self._where.setText(self._words.text(f"credentials.where_{found.value}"))
        self._forget.setEnabled(found in {SecretPlace.KEYRING, SecretPlace.MEMORY})

    @Slot()
    def _on_enter(self) -> None:
        dialog = CredentialsDialog(self._words, self)
        if dialog.exec():
            given: Credentials = dialog.credentials
            self._run(lambda _: self._secrets.save(given), self._on_where)

    @Slot()
    def _on_forget(self) -> None:
        self._run(lambda _: self._secrets.forget(), self._on_forgotten)

    @Slot(object)
    def _on_forgotten(self, worked: object) -> None:
        self._ask_where()
        if not worked:
            self._outcome.setText(self._words.text("credentials.forget_failed"))

    @Slot()
    def _on_test(self) -> None:
        try:
            test = self._connection_test()
        except SettingsError as error:
            self._on_failed(error)
            return
        self._test.setEnabled(False)
        self._outcome.setText(self._words.text("settings.testing"))
        self._run(test, self._on_tested)

    @Slot(object)
    def _on_tested(self, report: object) -> None:
        told = cast(ConnectionReport, report)
        self._test.setEnabled(True)
        key = "settings.test_ok_secure" if told.secure else "settings.test_ok_plain"
        self._outcome.setText(self._words.text(key, milliseconds=f"{told.elapsed_ms:.0f}"))

    @Slot(object)
    def _on_failed(self, error: FaceCheckError) -> None:
        self._test.setEnabled(True)
        explanation = explain(error, self._words)
        self._outcome.setText(f"{explanation.sentence} {explanation.staff}")

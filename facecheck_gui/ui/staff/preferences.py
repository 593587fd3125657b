"""Settings while the window runs: engine, kinds, language, look, and what to say about them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from facecheck_gui.comparers.call_meter import MeterReading, MeterState
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import Cancelled, FaceCheckError, SettingsError
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.i18n import Language, Words, preferred_language
from facecheck_gui.messages import explain
from facecheck_gui.settings.endpoint import is_loopback, is_plain_http
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import LoadedSettings, SettingsStore
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.cloud_extras import CloudExtras, TestConnection
from facecheck_gui.ui.staff.credentials_dialog import CredentialsDialog
from facecheck_gui.ui.staff.notices import Notice, Notices
from facecheck_gui.ui.staff.settings_dialog import SettingsDialog
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

if TYPE_CHECKING:
    from facecheck_gui.ui.staff.records_extras import RecordsExtras

_THEMES = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Workshop:
    """What changing settings needs: where they are kept, and what is made from them. ``may_move``
    is asked, with the settings before and after, where the records' database is another one."""

    store: SettingsStore
    secrets: SecretStore
    lane: Lane
    connection_test: Callable[[Settings], TestConnection]
    read_meter: Callable[[Settings], MeterReading]
    records_page: Callable[[], "RecordsExtras"]
    may_move: Callable[[Settings, Settings], bool]


class Preferences(QObject):
    """``changed`` carries the settings that hold from now on."""

    changed = Signal(object)
    language_changed = Signal()
    key_changed = Signal()

    def __init__(
        self,
        loaded: LoadedSettings,
        workshop: Workshop,
        window: StaffWindow,
        look: Look,
        words: Words,
    ) -> None:
        super().__init__()
        self._settings, self._workshop = loaded.settings, workshop
        self._window, self._look, self._words = window, look, words
        self._has_key: bool | None = None
        for number, notice in enumerate(loaded.notices):
            shown = Notice(f"settings_{notice.code.value}", {"subject": notice.subject})
            self._notices.show_notice(f"settings-{number}", shown)
        self._connect()
        self._show()

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    @property
    def _notices(self) -> Notices:
        return self._window.notices

    def _connect(self) -> None:
        window = self._window
        window.top_bar.engine.chosen.connect(self._on_engine_chosen)
        window.top_bar.settings_requested.connect(self._on_settings_requested)
        window.top_bar.language_requested.connect(self._on_language_requested)
        window.top_bar.theme_chosen.connect(self._on_theme_chosen)
        window.next_theme_requested.connect(self._on_next_theme)
        window.live.kind.chosen.connect(self._on_probe_kind)
        window.live.liveness.chosen.connect(self._on_liveness)
        window.reference.kind.chosen.connect(self._on_reference_kind)
        window.reference.liveness.chosen.connect(self._on_reference_liveness)
        self._notices.action_requested.connect(self._on_notice_action)

    def remember(self, values: dict[str, object]) -> None:
        """Change settings by their dotted names, and keep them."""
        self.take(self._settings.with_values(values))

    def take(self, settings: Settings) -> None:
        """These settings hold from now on, and are kept."""
        before, self._settings = self._settings, settings
        try:
            self._workshop.store.save(settings)
            self._notices.take_away("not-saved")
        except SettingsError:
            self._notices.show_notice("not-saved", Notice("settings_not_saved"))
        if before.general.theme != settings.general.theme:
            self._look.wear(settings.general.theme)
        self._speak(preferred_language(settings.general.language))
        self._show()
        self.changed.emit(settings)

    def refresh_notices(self) -> None:
        """A call was spent, or the key has changed: say what holds now."""
        cloud = self._settings.kuaidi100
        engine = self._settings.check.engine
        on_cloud = engine is EngineName.KUAIDI100
        insecure = is_plain_http(cloud.endpoint) and not is_loopback(cloud.endpoint)
        self._say("http", Notice("plain_http", lasting=True), holds=on_cloud and insecure)
        training = engine is EngineName.TRAINING
        self._say("training", Notice("training", lasting=True), holds=training)
        live = self._settings.check.liveness is not LivenessLevel.NONE
        on_device = engine is EngineName.DEVICE
        self._say("liveness", Notice("liveness_device", lasting=True), holds=live and on_device)
        asked = self._settings.check.reference_liveness is not LivenessLevel.NONE
        self._say("reference", Notice("liveness_reference", lasting=True), holds=asked)
        if on_cloud:
            self._run(lambda _: self._workshop.secrets.load() is not None, self._on_key_known)
            settings = self._settings
            self._run(lambda _: self._workshop.read_meter(settings), self._on_meter_read)
        else:
            self._notices.take_away("key")
            self._notices.take_away("calls")

    def _say(self, name: str, notice: Notice, *, holds: bool) -> None:
        if holds:
            self._notices.show_notice(name, notice)
        else:
            self._notices.take_away(name)

    def _show(self) -> None:
        window, check = self._window, self._settings.check
        window.top_bar.engine.choose(check.engine)
        window.top_bar.show_theme(self._settings.general.theme)
        window.live.kind.choose(check.probe_kind)
        window.live.liveness.choose(check.liveness)
        window.reference.kind.choose(check.reference_kind)
        window.reference.liveness.choose(check.reference_liveness)
        self.refresh_notices()

    def _run(self, work: Callable[[object], object], done: Callable[..., None]) -> None:
        task = Task(work)
        task.succeeded.connect(done)
        task.failed.connect(self._on_errand_failed)
        self._workshop.lane.submit(task)

    @Slot(object)
    def _on_errand_failed(self, error: FaceCheckError) -> None:
        if not isinstance(error, Cancelled):
            said = explain(error, self._words)
            values = {"sentence": said.sentence, "step": said.staff}
            self._notices.show_notice("errand", Notice("errand_failed", values))

    @Slot(object)
    def _on_key_known(self, there: object) -> None:
        on_cloud = self._settings.check.engine is EngineName.KUAIDI100
        first = self._has_key is None and not there
        self._has_key = bool(there)
        missing = Notice("key_missing", lasting=True, action="notice.enter_key")
        self._say("key", missing, holds=on_cloud and not there)
        if first and on_cloud:
            # Without a key store the pair is asked for at every start.
            self._enter_key()

    @Slot(object)
    def _on_meter_read(self, reading: MeterReading) -> None:
        keys = {
            MeterState.LOW: "calls_low",
            MeterState.USED_UP: "calls_none",
            MeterState.EXPIRING: "calls_expiring",
            MeterState.EXPIRED: "calls_expired",
        }
        key = keys.get(reading.state)
        values = {"left": reading.left, "size": reading.size, "date": reading.expires}
        self._say("calls", Notice(key or "", values, lasting=True), holds=key is not None)

    def _enter_key(self) -> None:
        dialog = CredentialsDialog(self._words, self._window)
        dialog.accepted.connect(self._on_key_entered)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_key_entered(self) -> None:
        given: Credentials = cast(CredentialsDialog, self.sender()).credentials
        self._run(lambda _: self._workshop.secrets.save(given), self._on_key_saved)

    @Slot(object)
    def _on_key_saved(self, _: object) -> None:
        self.refresh_notices()
        self.key_changed.emit()

    @Slot(str)
    def _on_notice_action(self, name: str) -> None:
        if name == "key":
            self._enter_key()

    @Slot(object)
    def _on_engine_chosen(self, engine: EngineName) -> None:
        self.remember({"check.engine": engine})

    @Slot(object)
    def _on_probe_kind(self, kind: object) -> None:
        self.remember({"check.probe_kind": kind})

    @Slot(object)
    def _on_liveness(self, level: object) -> None:
        self.remember({"check.liveness": level})

    @Slot(object)
    def _on_reference_kind(self, kind: object) -> None:
        self.remember({"check.reference_kind": kind})

    @Slot(object)
    def _on_reference_liveness(self, level: object) -> None:
        self.remember({"check.reference_liveness": level})

    @Slot()
    def _on_settings_requested(self) -> None:
        workshop = self._workshop
        extras = CloudExtras(self._words, workshop.secrets, workshop.lane, self._test_of_form)
        records = workshop.records_page()
        pages = {"kuaidi100": extras, "records": records}
        self._dialog = SettingsDialog(
            self._settings, self._words, extras=pages, parent=self._window
        )
        self._dialog.applied.connect(self._on_settings_applied)
        self._dialog.exec()
        records.leave()
        self._has_key = False if self._has_key is None else self._has_key
        self.refresh_notices()
        self.key_changed.emit()

    def _test_of_form(self) -> TestConnection:
        return self._workshop.connection_test(self._dialog.changed_settings())

    @Slot(object)
    def _on_settings_applied(self, settings: Settings) -> None:
        before = self._settings
        if settings.records.database != before.records.database and not self._workshop.may_move(
            before, settings
        ):
            settings = settings.changed(records__database=before.records.database)
        self.take(settings)

    @Slot()
    def _on_language_requested(self) -> None:
        other = Language.EN if self._words.language is Language.ZH else Language.ZH
        self.remember({"general.language": other.value})

    def _speak(self, language: Language) -> None:
        if language is self._words.language:
            return
        self._words.speak(language)
        for window in QApplication.topLevelWidgets():
            QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.language_changed.emit()

    @Slot(str)
    def _on_theme_chosen(self, name: str) -> None:
        self.remember({"general.theme": name})

    @Slot()
    def _on_next_theme(self) -> None:
        worn = self._look.theme.name
        following = _THEMES[(_THEMES.index(worn) + 1) % len(_THEMES)]
        self.remember({"general.theme": following})

"""What a check-up is about, how it can come out, and the value that tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias

Fact: TypeAlias = str | int | float | bool | tuple[str, ...] | None
"""A plain value; a word of a closed set, a number, a name or several names."""


class State(Enum):
    """How bad it is."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; the program works."""
    TROUBLE = "trouble"
    """Something that is wanted does not work."""


class Topic(Enum):
    """What a check-up is about, in the order in which they run."""

    PYTHON = "python"
    WINDOW = "window"
    FONT = "font"
    OPENCV = "opencv"
    CAMERAS = "cameras"
    ENGINE = "engine"
    SETTINGS = "settings"
    SECRETS = "secrets"
    CLOUD = "cloud"
    CALLS = "calls"
    RECORDS = "records"


class Outcome(Enum):
    """Every way in which a check-up can come out: topic, word, state."""

    PYTHON_OK = (Topic.PYTHON, "ok", State.OK)
    PYTHON_TOO_OLD = (Topic.PYTHON, "too_old", State.TROUBLE)
    PYTHON_TOO_NEW = (Topic.PYTHON, "too_new", State.NOTE)

    WINDOW_OK = (Topic.WINDOW, "ok", State.OK)
    WINDOW_INVISIBLE = (Topic.WINDOW, "invisible", State.NOTE)
    """It starts, on a platform that shows nothing, because the environment says so."""
    WINDOW_NOT_TRIED = (Topic.WINDOW, "not_tried", State.NOTE)
    WINDOW_NO_DISPLAY = (Topic.WINDOW, "no_display", State.TROUBLE)
    WINDOW_LIBRARIES_MISSING = (Topic.WINDOW, "libraries_missing", State.TROUBLE)
    WINDOW_QT_MISSING = (Topic.WINDOW, "qt_missing", State.TROUBLE)
    WINDOW_QT_UNSAFE = (Topic.WINDOW, "qt_unsafe", State.TROUBLE)
    """This version of Qt ends the program after minutes on this version of Python."""
    WINDOW_HANGS = (Topic.WINDOW, "hangs", State.TROUBLE)
    WINDOW_BROKEN = (Topic.WINDOW, "broken", State.TROUBLE)

    FONT_OK = (Topic.FONT, "ok", State.OK)
    FONT_MISSING = (Topic.FONT, "missing", State.NOTE)
    FONT_UNKNOWN = (Topic.FONT, "unknown", State.NOTE)

    OPENCV_OK = (Topic.OPENCV, "ok", State.OK)
    OPENCV_DOUBLED = (Topic.OPENCV, "doubled", State.NOTE)
    """Several packages bring OpenCV and write over each other's files."""
    OPENCV_LIBRARIES_MISSING = (Topic.OPENCV, "libraries_missing", State.TROUBLE)
    OPENCV_MISSING = (Topic.OPENCV, "missing", State.TROUBLE)

    CAMERAS_OK = (Topic.CAMERAS, "ok", State.OK)
    CAMERAS_NONE = (Topic.CAMERAS, "none", State.NOTE)
    CAMERAS_REMEMBERED_ABSENT = (Topic.CAMERAS, "remembered_absent", State.NOTE)
    CAMERAS_NO_OPENCV = (Topic.CAMERAS, "no_opencv", State.TROUBLE)
    CAMERAS_DENIED = (Topic.CAMERAS, "denied", State.TROUBLE)

    ENGINE_OK = (Topic.ENGINE, "ok", State.OK)
    ENGINE_MISSING = (Topic.ENGINE, "missing", State.TROUBLE)
    ENGINE_ALTERED = (Topic.ENGINE, "altered", State.TROUBLE)

    SETTINGS_OK = (Topic.SETTINGS, "ok", State.OK)
    SETTINGS_DEFAULTS = (Topic.SETTINGS, "defaults", State.OK)
    SETTINGS_VALUES_REFUSED = (Topic.SETTINGS, "values_refused", State.NOTE)
    SETTINGS_NOT_WRITABLE = (Topic.SETTINGS, "not_writable", State.NOTE)
    SETTINGS_DAMAGED = (Topic.SETTINGS, "damaged", State.TROUBLE)
    SETTINGS_UNREADABLE = (Topic.SETTINGS, "unreadable", State.TROUBLE)

    SECRETS_KEYRING = (Topic.SECRETS, "keyring", State.OK)
    SECRETS_ENVIRONMENT = (Topic.SECRETS, "environment", State.OK)
    SECRETS_MEMORY = (Topic.SECRETS, "memory", State.NOTE)
    SECRETS_NOWHERE = (Topic.SECRETS, "nowhere", State.TROUBLE)

    CLOUD_OK = (Topic.CLOUD, "ok", State.OK)
    CLOUD_LOOPBACK = (Topic.CLOUD, "loopback", State.OK)
    CLOUD_NOT_TRIED = (Topic.CLOUD, "not_tried", State.NOTE)
    CLOUD_HTTP_REFUSED = (Topic.CLOUD, "http_refused", State.TROUBLE)
    """The address is plain http, and the settings do not allow that."""
    CLOUD_HTTPS_POSSIBLE = (Topic.CLOUD, "https_possible", State.NOTE)
    """The address is plain http although the same server answers over https."""
    CLOUD_HTTP_ONLY = (Topic.CLOUD, "http_only", State.NOTE)
    CLOUD_NOT_TRUSTED = (Topic.CLOUD, "not_trusted", State.TROUBLE)
    CLOUD_UNREACHABLE = (Topic.CLOUD, "unreachable", State.TROUBLE)

    CALLS_OK = (Topic.CALLS, "ok", State.OK)
    CALLS_NOT_COUNTED = (Topic.CALLS, "not_counted", State.OK)
    CALLS_FEW = (Topic.CALLS, "few", State.NOTE)
    CALLS_EXPIRE_SOON = (Topic.CALLS, "expire_soon", State.NOTE)
    CALLS_USED_UP = (Topic.CALLS, "used_up", State.TROUBLE)
    CALLS_EXPIRED = (Topic.CALLS, "expired", State.TROUBLE)

    RECORDS_OK = (Topic.RECORDS, "ok", State.OK)
    RECORDS_ON_SERVER = (Topic.RECORDS, "on_server", State.OK)
    RECORDS_NONE_YET = (Topic.RECORDS, "none_yet", State.OK)
    RECORDS_KEY_IN_FILE = (Topic.RECORDS, "key_in_file", State.NOTE)
    """There is no key store, so that whoever reads the account's files can forge the audit."""
    RECORDS_DAMAGED = (Topic.RECORDS, "damaged", State.TROUBLE)
    RECORDS_NOT_WRITABLE = (Topic.RECORDS, "not_writable", State.TROUBLE)
    RECORDS_UNREACHABLE = (Topic.RECORDS, "unreachable", State.TROUBLE)

    FAILED = (None, "failed", State.TROUBLE)
    """The check-up itself failed; the fact ``exception`` names the class."""
    NO_ANSWER = (None, "no_answer", State.TROUBLE)
    """The check-up did not end within ``limit_s`` seconds."""

    def __init__(self, topic: Topic | None, word: str, state: State) -> None:
        self.topic = topic
        self.word = word
        self.state = state

    @property
    def word_key(self) -> str:
        """Under which key people find the words."""
        return f"doctor.{self.topic.value}.{self.word}" if self.topic else f"doctor.{self.word}"


@dataclass(frozen=True, slots=True)
class CheckUp:
    """How one check-up came out.

    ``packages`` are what Debian and Ubuntu call the packages that would mend it. ``wanted`` is
    False when nobody asks for what was found missing: that is worth a note, and no trouble.
    """

    topic: Topic
    outcome: Outcome
    facts: Mapping[str, Fact] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    wanted: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    @property
    def state(self) -> State:
        """How bad it is, here."""
        if self.outcome.state is State.TROUBLE and not self.wanted:
            return State.NOTE
        return self.outcome.state

    def as_json(self) -> dict[str, Any]:
        """The same as plain values; keys and words are stable."""
        facts = {name: list(f) if isinstance(f, tuple) else f for name, f in self.facts.items()}
        return {
            "topic": self.topic.value,
            "state": self.state.value,
            "outcome": self.outcome.word,
            "facts": facts,
            "packages": list(self.packages),
        }


def word_keys() -> tuple[str, ...]:
    """Every key under which the doctor wants words."""
    states = [f"doctor.state.{state.value}" for state in State]
    titles = [f"doctor.{topic.value}.title" for topic in Topic]
    return (*states, *titles, *(outcome.word_key for outcome in Outcome))

"""Whether a window can open here, and whether it can write Chinese."""

import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version

from facecheck_gui.doctor import libraries
from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.doctor.qt_trial import Trial, TrialEnd

_SHOWN_FONTS = 5
_FONT_PACKAGE = "fonts-noto-cjk"
_PLATFORMS_WITHOUT_SCREEN = ("offscreen", "minimal", "minimalegl", "vnc")
_ENDS = {
    TrialEnd.QT_MISSING: Outcome.WINDOW_QT_MISSING,
    TrialEnd.HUNG: Outcome.WINDOW_HANGS,
    TrialEnd.BROKE: Outcome.WINDOW_BROKEN,
}


def expected_platform(environ: Mapping[str, str], system: str) -> str:
    """Which of its platforms Qt will take, by its own word; "" where there is no display."""
    asked = environ.get("QT_QPA_PLATFORM", "")
    if asked:
        # A list of them may be given, each with options behind a colon.
        return asked.split(";")[0].split(":")[0]
    if system != "linux":
        return {"win32": "windows", "darwin": "cocoa"}.get(system, "")
    if environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environ.get("DISPLAY") else ""


def is_unsafe(qt_version: str, python: tuple[int, int]) -> bool:
    """Whether this pair aborts after minutes: PySide6 6.12 and Python before 3.12, measured."""
    major, minor = (int(part) for part in qt_version.split(".")[:2])
    return (major, minor) >= (6, 12) and python < (3, 12)


def installed_pyside() -> str:
    """Its version; "" where no package tells one, as in a frozen program."""
    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return ""


class Window:
    """Tries Qt once for both questions."""

    def __init__(
        self,
        environ: Mapping[str, str],
        system: str,
        loads: Callable[[str], bool],
        try_qt: Callable[[str], Trial],
        *,
        frozen: bool = getattr(sys, "frozen", False),
        pyside: Callable[[], str] = installed_pyside,
    ) -> None:
        self._environ = environ
        self._system = system
        self._loads = loads
        self._try_qt = try_qt
        self._frozen = frozen
        self._pyside = pyside
        self._trial: Trial | None = None

    def check_up(self) -> CheckUp:
        """Facts: ``platform`` (Qt's word for it), ``display``, ``pyside`` (version), ``missing``
        (libraries), ``said`` (by Qt)."""
        platform = expected_platform(self._environ, self._system)
        wanted = libraries.of_platform(platform) if self._system == "linux" else ()
        missing = libraries.missing(wanted, self._loads)
        facts: dict[str, Fact] = {
            "platform": platform,
            "display": self._environ.get("WAYLAND_DISPLAY") or self._environ.get("DISPLAY") or "",
            "pyside": self._pyside(),
            "missing": tuple(library.soname for library in missing),
            "said": "",
        }
        outcome = self._outcome(platform, facts, missing=bool(missing))
        return CheckUp(Topic.WINDOW, outcome, facts, libraries.packages(missing))

    def _outcome(self, platform: str, facts: dict[str, Fact], *, missing: bool) -> Outcome:
        pyside = str(facts["pyside"])
        if pyside and is_unsafe(pyside, sys.version_info[:2]):
            return Outcome.WINDOW_QT_UNSAFE
        if not platform:
            return Outcome.WINDOW_NO_DISPLAY
        if self._frozen:
            return Outcome.WINDOW_LIBRARIES_MISSING if missing else Outcome.WINDOW_NOT_TRIED
        self._trial = trial = self._try_qt("")
        facts["said"] = trial.said
        if trial.end is TrialEnd.BROKE and missing:
            return Outcome.WINDOW_LIBRARIES_MISSING
        if trial.end is not TrialEnd.STARTED:
            return _ENDS[trial.end]
        facts["platform"] = trial.platform
        hidden = trial.platform in _PLATFORMS_WITHOUT_SCREEN
        return Outcome.WINDOW_INVISIBLE if hidden else Outcome.WINDOW_OK

    def font_check_up(self) -> CheckUp:
        """Facts: ``count`` of the families that can write Chinese, and ``families``, the first."""
        fonts = self._chinese_fonts()
        known = fonts or ()
        facts: dict[str, Fact] = {"count": len(known), "families": known[:_SHOWN_FONTS]}
        if fonts is None:
            return CheckUp(Topic.FONT, Outcome.FONT_UNKNOWN, facts)
        if not fonts:
            package = (_FONT_PACKAGE,) if self._system == "linux" else ()
            return CheckUp(Topic.FONT, Outcome.FONT_MISSING, facts, package)
        return CheckUp(Topic.FONT, Outcome.FONT_OK, facts)

    def _chinese_fonts(self) -> tuple[str, ...] | None:
        trial = self._trial
        if (trial is None or trial.end is not TrialEnd.STARTED) and self._may_try_offscreen:
            trial = self._try_qt("offscreen")
        return trial.chinese_fonts if trial and trial.end is TrialEnd.STARTED else None

    @property
    def _may_try_offscreen(self) -> bool:
        """Linux alone shows the same fonts without a display."""
        return self._system == "linux" and not self._frozen

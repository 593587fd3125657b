"""Whether a window can open, and why not."""

import importlib.util
import sys
from collections.abc import Callable, Mapping

import pytest

from facecheck_gui.doctor.checkup import Outcome
from facecheck_gui.doctor.libraries import load_library
from facecheck_gui.doctor.qt_trial import Trial, TrialEnd, try_qt
from facecheck_gui.doctor.window import Window, expected_platform, is_unsafe

STARTED = Trial(TrialEnd.STARTED, "xcb", "6.11.3", ("Noto Sans CJK SC",))
BROKE = Trial(TrialEnd.BROKE, said="could not connect to display")
DISPLAY = {"DISPLAY": ":0"}


def window(
    trial: Trial = STARTED,
    environ: Mapping[str, str] = DISPLAY,
    *,
    without: tuple[str, ...] = (),
    system: str = "linux",
    frozen: bool = False,
    pyside: Callable[[], str] = lambda: "6.11.3",
    offscreen: Trial = STARTED,
) -> Window:
    return Window(
        environ,
        system,
        lambda soname: soname not in without,
        lambda platform: offscreen if platform == "offscreen" else trial,
        frozen=frozen,
        pyside=pyside,
    )


def test_a_window_that_opens_needs_nothing() -> None:
    checkup = window().check_up()
    assert checkup.outcome is Outcome.WINDOW_OK
    assert checkup.facts["platform"] == "xcb"
    assert checkup.packages == ()


def test_missing_libraries_are_named_with_their_packages() -> None:
    without = ("libxcb-cursor.so.0", "libEGL.so.1")
    checkup = window(BROKE, without=without).check_up()
    assert checkup.outcome is Outcome.WINDOW_LIBRARIES_MISSING
    assert checkup.facts["missing"] == ("libEGL.so.1", "libxcb-cursor.so.0")
    assert checkup.packages == ("libegl1", "libxcb-cursor0")


def test_a_window_that_opens_all_the_same_is_no_trouble() -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    checkup = window(environ=environ, without=("libwayland-cursor.so.0",)).check_up()
    assert checkup.outcome is Outcome.WINDOW_OK
    assert checkup.packages == ("libwayland-cursor0",)


def test_without_a_display_qt_is_not_even_tried_but_packages_are_named() -> None:
    checkup = window(BROKE, {}, without=("libGL.so.1",)).check_up()
    assert checkup.outcome is Outcome.WINDOW_NO_DISPLAY
    assert checkup.facts["said"] == ""
    assert checkup.packages == ("libgl1",)


@pytest.mark.parametrize(
    ("trial", "outcome"),
    [
        (BROKE, Outcome.WINDOW_BROKEN),
        (Trial(TrialEnd.HUNG), Outcome.WINDOW_HANGS),
        (Trial(TrialEnd.QT_MISSING), Outcome.WINDOW_QT_MISSING),
        (Trial(TrialEnd.STARTED, "offscreen"), Outcome.WINDOW_INVISIBLE),
    ],
)
def test_each_way_to_fail_is_told_apart(trial: Trial, outcome: Outcome) -> None:
    checkup = window(trial).check_up()
    assert checkup.outcome is outcome
    assert checkup.facts["said"] == trial.said


def test_a_frozen_program_is_not_started_again() -> None:
    def fail(_: str) -> Trial:
        raise AssertionError("a child was started")

    examined = Window(DISPLAY, "linux", lambda _: True, fail, frozen=True, pyside=lambda: "")
    assert examined.check_up().outcome is Outcome.WINDOW_NOT_TRIED
    assert examined.font_check_up().outcome is Outcome.FONT_UNKNOWN


@pytest.mark.parametrize(
    ("qt_version", "python", "unsafe"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12.0", (3, 12), False),
        ("6.11.3", (3, 11), False),
        ("7.0.0", (3, 11), True),
    ],
)
def test_the_pair_that_aborts_after_minutes_is_known(
    qt_version: str, python: tuple[int, int], unsafe: bool
) -> None:
    assert is_unsafe(qt_version, python) is unsafe


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the pair is safe from Python 3.12 on")
def test_the_unsafe_pair_is_trouble_before_qt_is_tried() -> None:
    assert window(pyside=lambda: "6.12.0").check_up().outcome is Outcome.WINDOW_QT_UNSAFE


@pytest.mark.parametrize(
    ("environ", "system", "platform"),
    [
        ({}, "linux", ""),
        ({"DISPLAY": ":0"}, "linux", "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:size=8x8;xcb"}, "linux", "offscreen"),
        ({}, "win32", "windows"),
        ({}, "darwin", "cocoa"),
    ],
)
def test_the_platform_is_the_one_that_qt_would_take(
    environ: dict[str, str], system: str, platform: str
) -> None:
    assert expected_platform(environ, system) == platform


def test_no_libraries_are_wanted_of_other_systems() -> None:
    everything_missing = Window(
        {}, "win32", lambda _: False, lambda _: STARTED, pyside=lambda: "6.11.3"
    )
    assert everything_missing.check_up().packages == ()


def test_fonts_are_known_without_a_display() -> None:
    examined = window(BROKE, {})
    examined.check_up()
    checkup = examined.font_check_up()
    assert checkup.outcome is Outcome.FONT_OK
    assert checkup.facts == {"count": 1, "families": ("Noto Sans CJK SC",)}


def test_a_machine_that_cannot_write_chinese_is_told_of_a_font() -> None:
    examined = window(Trial(TrialEnd.STARTED, "xcb"))
    examined.check_up()
    checkup = examined.font_check_up()
    assert checkup.outcome is Outcome.FONT_MISSING
    assert checkup.packages == ("fonts-noto-cjk",)


def test_fonts_stay_unknown_where_qt_does_not_start() -> None:
    examined = window(BROKE, offscreen=BROKE)
    examined.check_up()
    assert examined.font_check_up().outcome is Outcome.FONT_UNKNOWN
    assert window(BROKE, system="win32").font_check_up().outcome is Outcome.FONT_UNKNOWN


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="needs PySide6")
def test_qt_really_starts_in_a_child() -> None:
    trial = try_qt("offscreen")
    assert (trial.end, trial.platform) == (TrialEnd.STARTED, "offscreen"), trial.said
    assert trial.qt_version.startswith("6.")


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="needs PySide6")
def test_qt_that_aborts_takes_only_the_child_along() -> None:
    trial = try_qt("nothing of that name")
    assert trial.end is TrialEnd.BROKE
    assert "platform plugin" in trial.said
    assert trial.said.isprintable()
    assert len(trial.said) <= 400


def test_the_loader_is_asked_for_real() -> None:
    assert not load_library("libnothing-of-that-name.so.0")

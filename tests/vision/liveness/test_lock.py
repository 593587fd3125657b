"""Five failures take patience, one more takes staff."""

import pytest

from facecheck_gui.domain.liveness import (
    LivenessLevel,
    LivenessReport,
    LivenessResult,
    LivenessSign,
    is_attack,
    report_of,
)
from facecheck_gui.vision.liveness.lock import FailureLock, LockState
from tests.vision.acts import Clock

FAILED = report_of(LivenessLevel.NORMAL, (LivenessSign.MOVES_AS_FLAT,))
LATE = report_of(LivenessLevel.NORMAL, (LivenessSign.NOT_DONE_IN_TIME,))
PASSED = report_of(LivenessLevel.NORMAL, ())


def _counted(clock: Clock, *reports: LivenessReport) -> FailureLock:
    lock = FailureLock(clock)
    for report in reports:
        lock.count(report)
    return lock


def test_four_failures_are_free(clock: Clock) -> None:
    assert _counted(clock, FAILED, LATE, FAILED, LATE).state is LockState.OPEN


def test_the_fifth_failure_locks_for_half_a_minute(clock: Clock) -> None:
    lock = _counted(clock, *[FAILED] * 5)
    assert lock.state is LockState.WAIT
    assert lock.wait_s == 30
    clock.now_s = 29.9
    assert lock.state is LockState.WAIT
    clock.now_s = 30.0
    assert lock.state is LockState.OPEN


def test_one_more_after_the_wait_takes_staff(clock: Clock) -> None:
    lock = _counted(clock, *[FAILED] * 5)
    clock.now_s = 31.0
    lock.count(LATE)
    clock.now_s = 9999.0
    assert lock.state is LockState.STAFF
    lock.unlock()
    assert lock.state is LockState.OPEN
    assert lock.failures == 0


def test_only_a_pass_sets_the_count_back(clock: Clock) -> None:
    assert _counted(clock, FAILED, FAILED, FAILED, FAILED, PASSED, FAILED).failures == 1


def test_what_is_reported_while_locked_counts_for_nothing(clock: Clock) -> None:
    assert _counted(clock, *[FAILED] * 9).failures == 5


@pytest.mark.parametrize("sign", LivenessSign)
def test_any_sign_keeps_a_check_from_passing(sign: LivenessSign) -> None:
    report = report_of(LivenessLevel.HIGH, (sign,))
    asked = LivenessResult.FAILED if is_attack(sign) else LivenessResult.NOT_CHECKED
    assert report.result is asked


def test_one_attack_among_other_signs_fails_the_check() -> None:
    signs = (LivenessSign.FACE_LOST, LivenessSign.OTHER_PERSON)
    assert report_of(LivenessLevel.NORMAL, signs).result is LivenessResult.FAILED

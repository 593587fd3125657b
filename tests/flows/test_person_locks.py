"""Five failures lock a person's face way."""

from facecheck_gui.flows.person_locks import PersonLocks
from tests.fakes import FakeClock


def _locks(clock: FakeClock, failures: int) -> PersonLocks:
    locks = PersonLocks(clock)
    for _ in range(failures):
        locks.count_failure("00417")
    return locks


def test_four_failures_lock_nobody_and_the_fifth_does_for_a_while() -> None:
    clock = FakeClock()
    assert not _locks(clock, 4).is_locked("00417")
    locks = _locks(clock, 5)
    assert locks.is_locked("00417")
    assert not locks.is_locked("00418")
    clock.advance(29.9)
    assert locks.is_locked("00417")
    clock.advance(0.2)
    assert not locks.is_locked("00417")


def test_one_more_after_that_waits_for_staff() -> None:
    clock = FakeClock()
    locks = _locks(clock, 6)
    clock.advance(3600)
    assert locks.is_locked("00417")
    locks.unlock("00417")
    assert not locks.is_locked("00417")


def test_a_day_later_nobody_remembers() -> None:
    clock = FakeClock()
    locks = _locks(clock, 4)
    clock.advance(24 * 3600 + 1)
    locks.count_failure("00418")
    locks.count_failure("00417")
    assert not locks.is_locked("00417")

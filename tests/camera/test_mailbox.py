"""The slot between the camera and a slow window."""

import threading

from facecheck_gui.camera.mailbox import Mailbox


def test_only_the_newest_is_kept_and_given_once() -> None:
    mailbox: Mailbox[int] = Mailbox()
    for item in range(5):
        mailbox.put(item)
    assert mailbox.take() == 4
    assert mailbox.take() is None


def test_one_wake_is_under_way_at_most() -> None:
    mailbox: Mailbox[int] = Mailbox()
    assert [mailbox.put(item) for item in range(4)] == [True, False, False, False]
    mailbox.answer()
    assert [mailbox.put(item) for item in range(2)] == [True, False]


def test_a_reader_that_takes_early_still_gets_its_wake() -> None:
    mailbox: Mailbox[int] = Mailbox()
    mailbox.put(1)
    mailbox.take()
    assert mailbox.put(2) is False
    mailbox.answer()
    assert mailbox.take() == 2


def test_nothing_newer_is_lost_between_two_threads() -> None:
    mailbox: Mailbox[int] = Mailbox()
    bell = threading.Semaphore(0)
    seen: list[int] = []

    def write() -> None:
        for item in range(20_000):
            if mailbox.put(item):
                bell.release()

    writer = threading.Thread(target=write)
    writer.start()
    while not seen or seen[-1] < 19_999:
        assert bell.acquire(timeout=5)
        mailbox.answer()
        item = mailbox.take()
        if item is not None:
            seen.append(item)
    writer.join()
    assert seen == sorted(set(seen))

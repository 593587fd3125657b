"""Ending work from another thread."""

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled


def test_cancelling_runs_what_was_registered_once() -> None:
    calls: list[str] = []
    token = CancelToken()
    with token.on_cancel(lambda: calls.append("closed")):
        token.cancel()
        token.cancel()
    assert calls == ["closed"]


def test_registering_after_cancelling_runs_at_once() -> None:
    calls: list[str] = []
    token = CancelToken()
    token.cancel()
    with token.on_cancel(lambda: calls.append("closed")):
        assert calls == ["closed"]


def test_what_left_the_block_is_not_called() -> None:
    calls: list[str] = []
    token = CancelToken()
    with token.on_cancel(lambda: calls.append("closed")):
        pass
    token.cancel()
    assert calls == []


def test_cancelled_work_raises_and_waiting_wakes() -> None:
    token = CancelToken()
    assert not token.wait(0)
    token.raise_if_cancelled()
    token.cancel()
    assert token.wait(60)
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()

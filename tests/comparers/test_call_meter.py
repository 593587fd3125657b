"""The tally of cloud calls: across restarts, programs, packages and broken lines."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from facecheck_gui.comparers.call_meter import CallMeter, MeterState
from facecheck_gui.domain.errors import CloudError, FaceCheckError, Fault, SettingsError

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_calls_are_counted_across_restarts_and_packages(tmp_path: Path) -> None:
    path = tmp_path / "data" / "calls.log"

    def meter(size: int = 10, expires: date | None = None) -> CallMeter:
        return CallMeter(path, size=size, expires=expires, clock=lambda: NOW)

    for _ in range(9):
        meter().spend()
    reading = meter().read()
    assert (reading.used, reading.left, reading.state) == (9, 1, MeterState.LOW)
    meter().spend()
    assert meter().read().state is MeterState.USED_UP
    meter().refund()
    assert meter().read().left == 1
    assert meter(size=20).read().used == 0
    assert meter(size=0).read().left is None
    path.write_bytes(path.read_bytes() + b"\xff broken line\n+ half")
    assert meter().read().used == 9


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        (date(2026, 11, 1), MeterState.EXPIRING),
        (date(2026, 11, 15), MeterState.EXPIRING),
        (date(2026, 11, 16), MeterState.FINE),
        (date(2026, 10, 31), MeterState.EXPIRED),
        (None, MeterState.FINE),
    ],
)
def test_the_end_of_a_package_is_said_fourteen_days_before(
    tmp_path: Path, expires: date | None, state: MeterState
) -> None:
    meter = CallMeter(tmp_path / "c", size=50, expires=expires, clock=lambda: NOW)
    assert meter.read().state is state


def _meter(path: Path, size: int = 10) -> CallMeter:
    return CallMeter(path, size=size, expires=None, clock=lambda: NOW)


def test_a_reading_counts_the_call_it_belongs_to(tmp_path: Path) -> None:
    meter = _meter(tmp_path / "c", size=2)
    assert meter.spend().left == 1
    last = meter.spend()
    assert (last.left, last.state) == (0, MeterState.USED_UP)
    with pytest.raises(CloudError) as caught:
        meter.spend()
    assert caught.value.fault is Fault.CALLS_USED_UP
    assert meter.read().used == 2


def test_the_warning_begins_with_nine_calls_in_ten(tmp_path: Path) -> None:
    meter = _meter(tmp_path / "c", size=50)
    states = [meter.spend().state for _ in range(45)]
    assert set(states[:-1]) == {MeterState.FINE}
    assert states[-1] is MeterState.LOW


@pytest.mark.parametrize("torn", ["+", "- 2026-1", "- 2026-11-01T12:00:00Z", "+ 2026-11-01T12:0"])
def test_a_line_cut_short_by_a_full_disk_spoils_no_other(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "c"
    _meter(path).spend()
    path.write_bytes(path.read_bytes() + torn.encode())
    assert _meter(path).read().used == 1
    assert _meter(path).spend().used == 2
    _meter(path).refund()
    assert _meter(path).read().used == 1


def test_a_meter_sees_what_others_count_in_between(tmp_path: Path) -> None:
    ours, theirs = _meter(tmp_path / "c"), _meter(tmp_path / "c")
    ours.spend()
    theirs.spend()
    theirs.refund()
    theirs.spend()
    assert ours.spend().used == 3


def test_a_tally_that_was_taken_away_begins_anew(tmp_path: Path) -> None:
    meter = _meter(tmp_path / "c")
    meter.spend()
    meter.spend()
    (tmp_path / "c").unlink()
    assert meter.read().used == 0
    assert meter.spend().used == 1


def test_who_comes_second_to_the_last_call_does_not_send(tmp_path: Path) -> None:
    path = tmp_path / "c"
    theirs, rivals = _meter(path, size=1), [1]

    def clock() -> datetime:
        # Asked between our look at the tally and our line in it.
        if rivals:
            rivals.clear()
            theirs.spend()
        return NOW

    ours = CallMeter(path, size=1, expires=None, clock=clock)
    with pytest.raises(CloudError) as caught:
        ours.spend()
    assert caught.value.fault is Fault.CALLS_USED_UP
    assert ours.read().used == 1


def test_threads_share_a_meter_and_not_one_call_too_many(tmp_path: Path) -> None:
    meter = _meter(tmp_path / "c", size=30)

    def spend(_: int) -> bool:
        try:
            meter.spend()
        except CloudError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(spend, range(60))) == 30


_SPENDS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.domain.errors import CloudError
meter = CallMeter(Path(sys.argv[1]), size=60, expires=None, clock=lambda: datetime.now(UTC))
print("ready", flush=True)
sys.stdin.readline()
spent = 0
try:
    while True:
        meter.spend()
        spent += 1
except CloudError:
    print(spent)
"""


def test_programs_share_a_package_and_not_one_call_too_many(tmp_path: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _SPENDS, str(tmp_path / "c")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    assert sum(int(program.communicate()[0]) for program in programs) == 60
    assert _meter(tmp_path / "c", size=60).read().left == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_on_a_full_disk_nothing_may_be_sent(tmp_path: Path) -> None:
    (tmp_path / "c").symlink_to("/dev/full")
    with pytest.raises(SettingsError) as caught:
        _meter(tmp_path / "c").refund()
    assert caught.value.fault is Fault.TALLY_NOT_WRITTEN


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_is_not_ours_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FaceCheckError) as caught:
        _meter(tmp_path / "c").spend()
    assert caught.value.fault is Fault.TALLY_NOT_WRITTEN

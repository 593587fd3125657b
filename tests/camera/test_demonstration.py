"""The camera that is none."""

from pathlib import Path

import numpy as np
import pytest

from facecheck_gui.camera.address import CameraDevice, Demonstration, Sitter, VideoFile
from facecheck_gui.camera.demonstration import moved
from facecheck_gui.camera.devices import ConnectedCamera
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Pixels
from tests.camera.stories import noisy
from tests.fakes import FakeClock

PORTRAITS = {Sitter.COLLINS: noisy(1, 512, 512), Sitter.HOPPER: noisy(2, 512, 600)}


def opener(clock: FakeClock) -> SourceOpener:
    return SourceOpener(
        find_portrait=PORTRAITS.__getitem__,
        find_device=lambda device: None,
        clock=clock,
        pause=clock.advance,
    )


def test_thirty_frames_a_second_of_640_by_480() -> None:
    clock = FakeClock()
    source = opener(clock)(Demonstration())
    began_s = clock()
    frames = [source.read() for _ in range(61)]
    assert clock() - began_s == pytest.approx(2.0, abs=0.01)
    assert {frame.shape for frame in frames} == {(480, 640, 3)}
    assert source.size == (640, 480)


def test_it_moves_a_little_and_the_same_at_the_same_time() -> None:
    picture = PORTRAITS[Sitter.COLLINS]
    at = [moved(picture, (0.5, 0.4, 1.0), time_s) for time_s in (10.0, 10.0, 11.0)]
    assert np.array_equal(at[0], at[1])
    assert not np.array_equal(at[0], at[2])


@pytest.mark.parametrize("shape", [(512, 512), (600, 400), (300, 900), (1200, 1000), (64, 48)])
def test_the_picture_fills_the_frame_at_any_time(shape: tuple[int, int]) -> None:
    white: Pixels = np.full((*shape, 3), 255, np.uint8)
    for time_s in np.linspace(0, 60, 40):
        assert moved(white, (0.1, 0.95, 1.0), float(time_s)).min() == 255


def test_another_sitter_can_take_the_place_while_it_runs() -> None:
    clock = FakeClock()
    open_source = opener(clock)
    source = open_source(Demonstration())
    source.read()
    open_source.show(Sitter.HOPPER)
    shown = source.read()
    expected = opener(FakeClock(clock()))(Demonstration(Sitter.HOPPER)).read()
    assert np.array_equal(shown, expected)


def test_each_address_is_opened_by_its_own_source() -> None:
    clock = FakeClock()
    open_source = opener(clock)
    for address in (CameraDevice(), VideoFile(Path("missing.avi"))):
        with pytest.raises(CameraError) as caught:
            open_source(address)
        assert caught.value.fault is Fault.CAMERA_ABSENT


def test_a_device_that_went_away_before_it_was_opened_is_absent() -> None:
    from facecheck_gui.camera.address import CameraIdentity

    gone = ConnectedCamera(CameraIdentity("Webcam", "/dev/video987"), 987)
    open_source = SourceOpener(
        find_portrait=PORTRAITS.__getitem__, find_device=lambda device: gone, clock=FakeClock()
    )
    with pytest.raises(CameraError) as caught:
        open_source(CameraDevice())
    assert caught.value.fault in {Fault.CAMERA_ABSENT, Fault.CAMERA_UNUSABLE}

"""What a station is set to: how near people come, and whether the picture takes itself."""

import pytest

from facecheck_gui.domain.errors import SettingsError
from facecheck_gui.domain.guidance import DESK, KIOSK
from facecheck_gui.settings.schema import Settings


def test_a_station_is_a_desk_whose_staff_take_the_picture() -> None:
    settings = Settings()
    assert settings.guidance.distances == DESK
    assert not settings.capture.automatic


def test_a_station_may_stand_as_near_as_a_kiosk() -> None:
    settings = Settings().changed(
        guidance__closest=KIOSK.closest, guidance__farthest=KIOSK.farthest
    )
    assert settings.guidance.distances == KIOSK


def test_distances_that_leave_no_room_cannot_be_set() -> None:
    with pytest.raises(SettingsError, match=r"guidance\.closest"):
        Settings().changed(guidance__closest=0.2)

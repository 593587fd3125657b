"""A photo on its way to the roster, seen by the real engine."""

import pytest

from facecheck_gui import resources
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.gate import refusals
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.schema import Settings
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of


@pytest.fixture(scope="module")
def engine() -> OnDeviceComparer:
    return on_this_device(None)


@pytest.fixture
def enrolment(engine: OnDeviceComparer) -> Enrolment:
    limits = limits_of(Settings().reference_quality)

    def embed(pixels: Pixels, face: Face) -> bytes:
        return engine.embedding(pixels, face).astype("<f4").tobytes()

    inspector = Inspector(engine.faces, pose_of, QualityJudge(limits))
    return Enrolment(engine.faces, inspector, embed, FaceIndex(), refusals)


def _photo(name: str) -> Picture:
    return read_file(resources.path("demo", name))


def test_a_photo_is_examined_and_warned_of_once_somebody_has_this_face(
    enrolment: Enrolment,
) -> None:
    first = enrolment.examine(_photo("collins.jpg"), CancelToken())
    assert first.lookalikes == ()
    assert len(first.embedding) == 512
    enrolment.remember("P1", (first.embedding,))
    again = enrolment.examine(_photo("collins_card.jpg"), CancelToken())
    assert [alike.person_id for alike in again.lookalikes] == ["P1"]
    own = enrolment.examine(_photo("collins_card.jpg"), CancelToken(), person_id="P1")
    assert own.lookalikes == ()
    assert enrolment.examine(_photo("hopper.jpg"), CancelToken()).lookalikes == ()
    enrolment.remember("P1", ())
    assert enrolment.examine(_photo("collins.jpg"), CancelToken()).lookalikes == ()


def test_what_is_poor_is_told_and_blocks_nothing(enrolment: Enrolment) -> None:
    examined = enrolment.examine(_photo("collins.jpg"), CancelToken())
    assert {reading.measure.value for reading in examined.poor} == {"eye_distance"}
    assert examined.faces == 1


def test_of_two_people_only_the_one_who_is_taken_is_kept(
    enrolment: Enrolment, engine: OnDeviceComparer
) -> None:
    photo = _photo("two_people.jpg")
    two = enrolment.examine(photo, CancelToken())
    assert two.faces == 2
    assert two.picture.width < photo.width * 0.6
    assert len(engine.faces(two.picture)) == 1


def test_a_photo_without_a_face_is_refused(enrolment: Enrolment) -> None:
    with pytest.raises(EngineError) as caught:
        enrolment.examine(_photo("no_face.jpg"), CancelToken())
    assert (caught.value.fault, caught.value.picture) == (Fault.NO_FACE, WhichPicture.REFERENCE)


def test_who_cancels_is_heeded(enrolment: Enrolment) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        enrolment.examine(_photo("collins.jpg"), cancel)

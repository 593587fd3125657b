"""The engine inside the program, on real photographs."""

import json
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.comparers.score_scale import ScoreScale
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import ComparisonRequest, Side
from facecheck_gui.domain.errors import Cancelled, EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import FaceToken, ImageAddress, ImageSource, Picture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessReport, LivenessResult
from facecheck_gui.domain.quality import FindingCode
from facecheck_gui.imaging.files import read_file
from facecheck_gui.opencv import cv2

Demo = Callable[[str], Picture]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OnDeviceComparer:
    return on_this_device(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def demo() -> Demo:
    pictures = {
        path.name: read_file(path)
        for path in resources.path("demo").glob("*.jpg")
        if path.name != "staff-window.jpg"
    }
    return pictures.__getitem__


def _request(probe: ImageSource, reference: ImageSource, **sides: object) -> ComparisonRequest:
    return ComparisonRequest(
        "1",
        Side(probe, liveness=sides.get("liveness", LivenessLevel.NONE)),  # type: ignore[arg-type]
        Side(reference, chosen_face=sides.get("chosen")),  # type: ignore[arg-type]
    )


def _fault(engine: OnDeviceComparer, request: ComparisonRequest) -> tuple[Fault, WhichPicture]:
    with pytest.raises(EngineError) as caught:
        engine.compare(request, CancelToken())
    return caught.value.fault, caught.value.picture


def _resized(picture: Picture, factor: float) -> Picture:
    return Picture(np.asarray(cv2.resize(picture.pixels, None, fx=factor, fy=factor)))


def test_the_same_person_scores_high_and_another_low(engine: OnDeviceComparer, demo: Demo) -> None:
    same = engine.compare(_request(demo("collins.jpg"), demo("collins_card.jpg")), CancelToken())
    other = engine.compare(_request(demo("hopper.jpg"), demo("collins_card.jpg")), CancelToken())
    assert same.score.value >= 80
    assert other.score.value < 75
    told = json.loads(same.raw_reply)
    assert 0 < told["distance"] < 0.5
    assert json.loads(other.raw_reply)["distance"] > 0.6


def test_one_picture_against_itself_is_as_alike_as_can_be(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    picture = demo("hopper.jpg")
    assert engine.compare(_request(picture, picture), CancelToken()).score.value == 100


def test_the_mission_patch_is_never_taken_for_the_face(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    for factor in (0.7, 1.0, 1.5, 2.0):
        faces = engine.faces(_resized(demo("collins.jpg"), factor))
        assert len(faces) == 1
        centre = faces[0].box.centre
        assert centre == pytest.approx((224 * factor, 122 * factor), abs=25 * factor)


@pytest.mark.parametrize("degrees", [-30, -20, -10, 10, 20, 30])
def test_a_tilted_head_is_found_and_is_the_same_person(
    engine: OnDeviceComparer, demo: Demo, degrees: float
) -> None:
    card = demo("collins_card.jpg")
    turn = cv2.getRotationMatrix2D((card.width / 2, card.height / 2), degrees, 0.9)
    turned = cv2.warpAffine(
        card.pixels, turn, (card.width, card.height), borderMode=cv2.BORDER_REPLICATE
    )
    comparison = engine.compare(_request(Picture(np.asarray(turned)), card), CancelToken())
    assert comparison.score.value >= 80


@pytest.mark.parametrize("height_px", [80, 100, 120, 160, 240])
def test_faces_from_eighty_pixels_are_found_and_recognised_at_any_distance(
    engine: OnDeviceComparer, demo: Demo, height_px: int
) -> None:
    (face,) = engine.faces(demo("hopper.jpg"))
    factor = height_px / face.box.height
    small = cv2.resize(demo("hopper.jpg").pixels, None, fx=factor, fy=factor)
    stage = np.full((480, 640, 3), 128, np.uint8)
    height, width = min(480, small.shape[0]), min(640, small.shape[1])
    stage[:height, :width] = small[:height, :width]
    comparison = engine.compare(_request(Picture(stage), demo("hopper.jpg")), CancelToken())
    assert comparison.score.value >= 90


@pytest.mark.parametrize(
    ("probe", "reference", "expected"),
    [
        ("no_face.jpg", "hopper.jpg", (Fault.NO_FACE, WhichPicture.PROBE)),
        ("hopper.jpg", "no_face.jpg", (Fault.NO_FACE, WhichPicture.REFERENCE)),
        ("two_people.jpg", "hopper.jpg", (Fault.SEVERAL_FACES, WhichPicture.PROBE)),
    ],
)
def test_what_cannot_be_compared_names_its_picture(
    engine: OnDeviceComparer,
    demo: Demo,
    probe: str,
    reference: str,
    expected: tuple[Fault, WhichPicture],
) -> None:
    assert _fault(engine, _request(demo(probe), demo(reference))) == expected


def test_a_face_of_a_few_pixels_is_not_compared(engine: OnDeviceComparer, demo: Demo) -> None:
    (face,) = engine.faces(demo("hopper.jpg"))
    tiny = _resized(demo("hopper.jpg"), 40 / face.box.height)
    fault, picture = _fault(engine, _request(tiny, demo("hopper.jpg")))
    assert fault in {Fault.FACE_TOO_SMALL, Fault.NO_FACE}
    assert picture is WhichPicture.PROBE


def test_several_faces_on_the_reference_are_said_unless_one_was_chosen(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    two = demo("two_people.jpg")
    comparison = engine.compare(_request(demo("hopper.jpg"), two), CancelToken())
    assert FindingCode.SEVERAL_FACES in {f.code for f in comparison.findings}
    verdicts = {}
    for face in engine.faces(two):
        chosen = engine.compare(_request(demo("hopper.jpg"), two, chosen=face.box), CancelToken())
        assert FindingCode.SEVERAL_FACES not in {f.code for f in chosen.findings}
        verdicts[face.box.left > 448] = chosen.score.value
    assert verdicts[True] >= 80 > verdicts[False]


def test_a_chosen_face_that_is_not_there_is_no_face(engine: OnDeviceComparer, demo: Demo) -> None:
    request = _request(demo("hopper.jpg"), demo("collins.jpg"), chosen=FaceBox(0, 400, 60, 60))
    assert _fault(engine, request) == (Fault.NO_FACE, WhichPicture.REFERENCE)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (ImageAddress("https://example.org/a.jpg"), Fault.ADDRESS_NEEDS_CLOUD),
        (FaceToken("abc"), Fault.TOKEN_NEEDS_CLOUD),
    ],
)
def test_what_only_the_cloud_can_see_is_refused(
    engine: OnDeviceComparer, demo: Demo, source: ImageSource, fault: Fault
) -> None:
    hopper = demo("hopper.jpg")
    assert _fault(engine, _request(hopper, source)) == (fault, WhichPicture.REFERENCE)
    assert _fault(engine, _request(source, hopper)) == (fault, WhichPicture.PROBE)


@pytest.mark.parametrize("level", [lv for lv in LivenessLevel if lv is not LivenessLevel.NONE])
def test_liveness_is_never_pretended(
    engine: OnDeviceComparer, demo: Demo, level: LivenessLevel
) -> None:
    request = _request(demo("hopper.jpg"), demo("hopper.jpg"), liveness=level)
    assert _fault(engine, request) == (Fault.LIVENESS_UNAVAILABLE, WhichPicture.PROBE)


def test_liveness_that_this_station_saw_is_told_and_a_lower_level_is_not_enough(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    hopper = demo("hopper.jpg")
    asked = _request(hopper, hopper, liveness=LivenessLevel.NORMAL)
    low, high = (
        LivenessReport(level, LivenessResult.PASSED)
        for level in (LivenessLevel.LOW, LivenessLevel.HIGH)
    )
    answer = engine.compare(replace(asked, liveness=high), CancelToken())
    assert answer.liveness is LivenessResult.PASSED
    assert FindingCode.LIVENESS_NOT_CHECKED not in [f.code for f in answer.findings]
    unproved = replace(asked, liveness=low)
    assert _fault(engine, unproved) == (Fault.LIVENESS_UNAVAILABLE, WhichPicture.PROBE)


def _noisy(picture: Picture, seed: int) -> Picture:
    noise = np.random.default_rng(seed).normal(0, 25, picture.pixels.shape)
    return Picture(np.clip(picture.pixels + noise, 0, 255).astype(np.uint8))


def _distance_of(engine: OnDeviceComparer, request: ComparisonRequest) -> float:
    told: float = json.loads(engine.compare(request, CancelToken()).raw_reply)["distance"]
    return told


def test_further_frames_bring_the_probe_nearer_to_its_reference(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    frames = [_noisy(demo("collins.jpg"), seed) for seed in range(3)]
    alone = [_distance_of(engine, _request(frame, demo("collins_card.jpg"))) for frame in frames]
    request = _request(frames[0], demo("collins_card.jpg"))
    together = replace(request, probe=replace(request.probe, also=tuple(frames[1:])))
    assert _distance_of(engine, together) < float(np.mean(alone))


def test_a_further_frame_without_a_face_changes_nothing(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    request = _request(demo("collins.jpg"), demo("collins_card.jpg"))
    more = replace(request, probe=replace(request.probe, also=(demo("no_face.jpg"),)))
    assert _distance_of(engine, more) == _distance_of(engine, request)


def test_frames_of_different_people_are_not_compared(engine: OnDeviceComparer, demo: Demo) -> None:
    request = _request(demo("collins.jpg"), demo("collins_card.jpg"))
    swapped = replace(request, probe=replace(request.probe, also=(demo("hopper.jpg"),)))
    assert _fault(engine, swapped) == (Fault.SEVERAL_FACES, WhichPicture.PROBE)


def test_a_cancelled_check_ends_without_a_score(engine: OnDeviceComparer, demo: Demo) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        engine.compare(_request(demo("hopper.jpg"), demo("hopper.jpg")), token)


def test_every_answer_says_that_the_scale_is_not_calibrated(
    engine: OnDeviceComparer, demo: Demo
) -> None:
    comparison = engine.compare(_request(demo("hopper.jpg"), demo("hopper.jpg")), CancelToken())
    codes = {finding.code for finding in comparison.findings}
    assert {FindingCode.SCALE_NOT_CALIBRATED, FindingCode.LIVENESS_NOT_CHECKED} <= codes


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.floats(0, 2), st.floats(0, 2))
def test_a_greater_distance_is_never_a_higher_score(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert ScoreScale().score(near) >= ScoreScale().score(far)


def test_the_scale_is_eighty_at_its_working_point_and_ends_at_both_ends() -> None:
    scale = ScoreScale()
    assert scale.score(0).value == 100
    assert scale.score(scale.d80).value == 80
    assert scale.score(math.nextafter(scale.d80, 1)).value < 80
    assert scale.score(scale.dmax).value == 0
    assert scale.score(9).value == 0


@pytest.mark.parametrize("distance", [math.nan, math.inf, -0.1])
def test_what_is_no_distance_is_never_a_score(distance: float) -> None:
    with pytest.raises(EngineError):
        ScoreScale().score(distance)


def test_of_several_references_the_most_alike_counts(engine: OnDeviceComparer, demo: Demo) -> None:
    probe, card, other = demo("collins.jpg"), demo("collins_card.jpg"), demo("hopper.jpg")
    request = _request(probe, other)
    several = replace(request, reference=replace(request.reference, also=(card, other)))
    alone = engine.compare(_request(probe, card), CancelToken())
    comparison = engine.compare(several, CancelToken())
    assert comparison.score == alone.score
    assert comparison.reference_index == 1
    assert comparison.reference_face == alone.reference_face
    assert json.loads(comparison.raw_reply)["reference"]["number"] == 2
    assert engine.compare(request, CancelToken()).reference_index == 0

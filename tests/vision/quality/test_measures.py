"""Every measure that is claimed moves with what it measures, and crosses its limit on the way."""

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from facecheck_gui.domain.face import Face, FaceBox, Landmarks, Pose
from facecheck_gui.domain.quality import Measure, QualityReport, Standing
from facecheck_gui.settings.schema import LiveQualitySettings, ReferenceQualitySettings
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.face_patch import face_patch
from facecheck_gui.vision.quality.light import backlit, side_of_light
from facecheck_gui.vision.quality.limits import limits_of
from tests.vision.shots import HEIGHT, JUDGE, WIDTH, Shot, patched

_PORTRAITS = ("collins.jpg", "hopper.jpg")


def _standings(measure: Measure, reports: list[QualityReport]) -> list[Standing]:
    readings = [report.reading(measure) for report in reports]
    return [reading.standing for reading in readings if reading is not None]


def _assert_falls(measure: Measure, reports: list[QualityReport], *, to: Standing) -> None:
    """From good, ever further in one direction, beyond the limit."""
    values = [report.value(measure) for report in reports]
    assert None not in values
    steps = np.diff(np.array(values, np.float64))
    assert np.all(steps < 0) if to is Standing.TOO_LOW else np.all(steps > 0), values
    standings = _standings(measure, reports)
    assert standings[0] is Standing.GOOD
    assert standings[-1] is to


every_portrait = pytest.mark.parametrize("name", _PORTRAITS)


@every_portrait
def test_a_good_portrait_is_good_in_everything_that_is_measured(name: str) -> None:
    report = Shot(name).report()
    assert report.poor == ()
    assert [r.measure for r in report.readings] == list(Measure)


def test_what_takes_denser_landmarks_or_a_model_is_not_measured() -> None:
    report = Shot("collins.jpg").report()
    unknown = {r.measure for r in report.readings if r.standing is Standing.NOT_MEASURED}
    assert unknown == {Measure.EYES_OPEN, Measure.MOUTH_CLOSED, Measure.FACE_COVERED}


@every_portrait
def test_blur(name: str) -> None:
    shot = Shot(name)
    blurs = [0.0, 1.0, 1.6, 2.4, 3.4]
    reports = [
        shot.changed(lambda p, s=s: cv2.GaussianBlur(p, (0, 0), s) if s else p).report()
        for s in blurs
    ]
    _assert_falls(Measure.SHARPNESS, reports, to=Standing.TOO_LOW)


@every_portrait
def test_a_noisy_dark_blur_is_not_sharp(name: str) -> None:
    noise = np.random.default_rng(3).normal(0, 12, (HEIGHT, WIDTH, 3))
    blurred = Shot(name).changed(lambda p: cv2.GaussianBlur(p, (0, 0), 4) * 0.5 + noise)
    assert _standings(Measure.SHARPNESS, [blurred.report()]) == [Standing.TOO_LOW]


@every_portrait
def test_sharpness_hardly_depends_on_the_size_of_the_face(name: str) -> None:
    values = [Shot(name, box_px=size).report().value(Measure.SHARPNESS) for size in (150, 190, 230)]
    known = [value for value in values if value is not None]
    assert len(known) == 3
    assert max(known) - min(known) < 0.35
    assert min(known) > LiveQualitySettings().least_sharpness


@every_portrait
def test_darkness(name: str) -> None:
    shot = Shot(name)
    reports = [shot.changed(lambda p, k=k: p * k).report() for k in (1, 0.8, 0.6, 0.4, 0.25)]
    _assert_falls(Measure.LUMINANCE, reports, to=Standing.TOO_LOW)
    _assert_falls(Measure.UNDER_EXPOSED, reports, to=Standing.TOO_HIGH)


@every_portrait
def test_glare(name: str) -> None:
    shot = Shot(name)
    reports = [shot.changed(lambda p, k=k: p * k).report() for k in (1, 1.4, 1.8, 2.6, 6)]
    luminances = [r.value(Measure.LUMINANCE) for r in reports]
    assert luminances == sorted(luminances, key=lambda v: v or 0)
    assert _standings(Measure.LUMINANCE, reports)[-1] is Standing.TOO_HIGH
    exposed = [r.value(Measure.OVER_EXPOSED) for r in reports]
    assert exposed == sorted(exposed, key=lambda v: v or 0)
    assert _standings(Measure.OVER_EXPOSED, reports)[0] is Standing.GOOD
    assert _standings(Measure.OVER_EXPOSED, reports)[-1] is Standing.TOO_HIGH


@every_portrait
def test_haze(name: str) -> None:
    shot = Shot(name)
    reports = [
        shot.changed(lambda p, k=k: 128 + (p - 128) * k).report() for k in (1, 0.7, 0.45, 0.25, 0.1)
    ]
    _assert_falls(Measure.DYNAMIC_RANGE, reports, to=Standing.TOO_LOW)


@every_portrait
@pytest.mark.parametrize("side", [-1, 1])
def test_light_from_one_side(name: str, side: int) -> None:
    shot = Shot(name)
    middle = (shot.eyes[0][0] + shot.eyes[1][0]) / 2
    across = np.clip((np.arange(WIDTH) - middle) * side / 30, 0, 1)[None, :, None]
    shadows = (0.0, 0.15, 0.3, 0.5, 0.7)
    shots = [shot.changed(lambda p, k=k: p * (1 - k * across)) for k in shadows]
    reports = [one.report() for one in shots]
    values = [report.value(Measure.EVENNESS) for report in reports]
    assert _standings(Measure.EVENNESS, reports)[0] is Standing.GOOD
    assert _standings(Measure.EVENNESS, reports)[-1] is Standing.TOO_LOW
    # What little light comes from a side at first is evened out by the shadow.
    falling = [value for value in values[1:] if value is not None]
    assert falling == sorted(falling, reverse=True)
    patch = face_patch(shots[-1].pixels, shots[-1].face.landmarks)
    assert patch is not None
    assert math.copysign(1, side_of_light(patch)) == -side


@every_portrait
def test_light_from_behind(name: str) -> None:
    shot = Shot(name)
    box = shot.face.box
    dark = np.zeros((HEIGHT, WIDTH, 1))
    dark[box.top - 20 :, box.left - 15 : box.left + box.width + 15] = 1
    values = []
    for k in (0.0, 0.3, 0.6, 0.8):
        one = shot.changed(lambda p, k=k: p * (1 - k * dark) + (255 - p) * (1 - dark) * k)
        values.append(backlit(one.pixels, one.face))
    assert values == sorted(values)
    assert values[-1] > 0.3


@every_portrait
def test_distance(name: str) -> None:
    reports = [Shot(name, box_px=size).report() for size in (190, 160, 130, 110, 80)]
    _assert_falls(Measure.EYE_DISTANCE, reports, to=Standing.TOO_LOW)
    _assert_falls(Measure.HEAD_SIZE, reports, to=Standing.TOO_LOW)
    nearer = [Shot(name, box_px=size).report() for size in (190, 260, 330, 400)]
    _assert_falls(Measure.HEAD_SIZE, nearer, to=Standing.TOO_HIGH)


@every_portrait
def test_leaning(name: str) -> None:
    straight = pose_of(Shot(name).face.landmarks).roll_deg
    for sign in (-1, 1):
        reports = [Shot(name, roll_deg=sign * a - straight).report() for a in (2, 8, 14, 19, 24)]
        _assert_falls(Measure.ROLL, reports, to=Standing.TOO_HIGH)


@every_portrait
@pytest.mark.parametrize(
    ("measure", "x", "y"),
    [
        (Measure.MARGIN_LEFT, -1, 0),
        (Measure.MARGIN_RIGHT, 1, 0),
        (Measure.MARGIN_ABOVE, 0, -1),
        (Measure.MARGIN_BELOW, 0, 1),
    ],
)
def test_completeness(name: str, measure: Measure, x: int, y: int) -> None:
    shifts = (0, 80, 150, 220, 270)
    reports = [Shot(name, x=x * s, y=30 + y * s * 0.85).report() for s in shifts]
    _assert_falls(measure, reports, to=Standing.TOO_LOW)


@pytest.mark.parametrize(
    ("measure", "axis"), [(Measure.YAW, "yaw_deg"), (Measure.PITCH, "pitch_deg")]
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_turning(measure: Measure, axis: str, sign: int) -> None:
    shot = Shot("hopper.jpg")
    straight = Pose(0.0, 0.0, 0.0)
    reports = [
        shot.report(pose=replace(straight, **{axis: sign * angle})) for angle in (1, 8, 15, 19, 25)
    ]
    _assert_falls(measure, reports, to=Standing.TOO_HIGH)


def test_a_second_person() -> None:
    shot = Shot("hopper.jpg")
    sizes = (10, 40, 70, 80, 140)
    others = [replace(shot.face, box=FaceBox(5, 5, size, size)) for size in sizes]
    reports = [shot.report(), *(shot.report(other) for other in others)]
    _assert_falls(Measure.SINGLE_FACE, reports, to=Standing.TOO_HIGH)


@every_portrait
@pytest.mark.parametrize("eye", [0, 1])
def test_a_covered_eye(name: str, eye: int) -> None:
    shot = Shot(name)
    apart = math.dist(*shot.eyes)
    reports = [
        patched(shot, shot.eyes[eye], (0.42 * apart, 0.3 * apart), opacity).report()
        for opacity in (0, 0.6, 0.8, 0.9, 1.0)
    ]
    values = [report.value(Measure.EYES_COVERED) or 0.0 for report in reports]
    assert values == sorted(values)
    standings = _standings(Measure.EYES_COVERED, reports)
    assert (standings[0], standings[-1]) == (Standing.GOOD, Standing.TOO_HIGH)


@every_portrait
def test_a_covered_mouth(name: str) -> None:
    shot = Shot(name)
    apart = math.dist(*shot.eyes)
    nose = shot.face.landmarks.nose_base
    mouth = (nose[0], nose[1] + 0.55 * apart)
    reports = [
        patched(shot, mouth, (0.95 * apart, 0.6 * apart), opacity).report()
        for opacity in (0, 0.6, 0.8, 0.9, 1.0)
    ]
    values = [report.value(Measure.MOUTH_COVERED) or 0.0 for report in reports]
    assert values == sorted(values)
    standings = _standings(Measure.MOUTH_COVERED, reports)
    assert (standings[0], standings[-1]) == (Standing.GOOD, Standing.TOO_HIGH)


def test_a_face_at_the_edge_or_of_no_size_is_reported_and_never_raises() -> None:
    for shot in (
        Shot("hopper.jpg", x=-330),
        Shot("hopper.jpg", x=330, y=250),
        Shot("hopper.jpg", box_px=3),
        Shot("hopper.jpg", box_px=900),
    ):
        assert shot.report().poor != ()
    point = (5.0, 5.0)
    nothing = Face(FaceBox(5, 5, 0, 0), Landmarks(point, point, point, point, point), 0.0)
    report = JUDGE.report(Shot("hopper.jpg").pixels, (nothing,), None)
    assert {r.standing for r in report.readings if r.value is None} == {Standing.NOT_MEASURED}


def test_without_a_pose_no_angle_is_measured() -> None:
    shot = Shot("hopper.jpg")
    report = JUDGE.report(shot.pixels, (shot.face,), None)
    assert {report.value(m) for m in (Measure.YAW, Measure.PITCH, Measure.ROLL)} == {None}


def test_a_reference_is_held_to_no_less_than_a_live_picture() -> None:
    live, reference = (limits_of(s()) for s in (LiveQualitySettings, ReferenceQualitySettings))
    assert live.keys() == reference.keys()
    for measure, limits in live.items():
        other = reference[measure]
        assert (other.least or 0) >= (limits.least or 0)
        assert (other.most or 9) <= (limits.most or 9)

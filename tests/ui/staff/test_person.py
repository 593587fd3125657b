"""Somebody from the roster as the reference: every photo counts, and the row says who it was."""

from collections.abc import Callable

import pytest

from facecheck_gui import resources
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.errors import Fault, RecordsError
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter

OpenCounter = Callable[..., Counter]
ZHANG = Subject("00417", "<b>Zhang Wei</b>")


def _photo(name: str) -> bytes:
    return resources.path("demo", name).read_bytes()


def test_all_photos_of_the_person_are_compared_and_the_request_says_who(
    open_counter: OpenCounter,
) -> None:
    comparer = ScriptedComparer(91.5)
    counter = open_counter(comparer)
    counter.wait_until_live()
    photos = [_photo("collins.jpg"), _photo("collins_card.jpg")]
    with counter.qtbot.waitSignal(counter.references.loaded):
        counter.references.load_person(ZHANG, lambda: photos)
    counter.window.check_requested.emit()
    counter.wait_for_end()
    (request,) = comparer.requests
    assert request.subject == ZHANG
    assert len(request.reference.also) == 1
    assert counter.references.reference is not None
    assert counter.references.reference.picture is not None
    assert counter.references.reference.picture.label == "<b>Zhang Wei</b>"


def test_another_photo_afterwards_is_nobody_s(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5)
    counter = open_counter(comparer)
    counter.wait_until_live()
    with counter.qtbot.waitSignal(counter.references.loaded):
        counter.references.load_person(ZHANG, lambda: [_photo("collins.jpg")])
    with counter.qtbot.waitSignal(counter.references.loaded):
        counter.references.load_path(str(resources.path("demo", "hopper.jpg")))
    counter.window.check_requested.emit()
    counter.wait_for_end()
    assert comparer.requests[0].subject is None
    assert comparer.requests[0].reference.also == ()


def _locked() -> list[bytes]:
    raise RecordsError(Fault.RECORDS_LOCKED)


@pytest.mark.parametrize(
    ("photos", "fault"),
    [
        (list, Fault.PERSON_WITHOUT_PHOTO),
        (lambda: [b"no picture"], Fault.NOT_A_PICTURE),
        (_locked, Fault.RECORDS_LOCKED),
    ],
)
def test_a_person_who_cannot_be_loaded_is_told(
    open_counter: OpenCounter, photos: Callable[[], list[bytes]], fault: Fault
) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    with counter.qtbot.waitSignal(counter.references.load_failed) as failed:
        counter.references.load_person(ZHANG, photos)
    assert failed.args[0].fault is fault
    assert counter.references.reference is None

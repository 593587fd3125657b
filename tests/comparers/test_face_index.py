"""The roster's faces in one look: nobody who is alike is missed, nobody else is named."""

import numpy as np
import pytest

from facecheck_gui.comparers.face_index import FaceIndex


def _embedding(seed: int, *, near: int | None = None, by: float = 0.0) -> bytes:
    made = np.random.default_rng(seed).normal(0, 0.12, 128)
    if near is not None:
        away = made / np.linalg.norm(made) * by
        made = np.random.default_rng(near).normal(0, 0.12, 128) + away
    return made.astype("<f4").tobytes()


def _index(people: int) -> FaceIndex:
    index = FaceIndex()
    index.add_all((f"P{number}", _embedding(number)) for number in range(people))
    return index


def test_who_looks_like_it_is_named_the_most_alike_first() -> None:
    index = _index(3000)
    index.add("twin", _embedding(9001, near=7, by=0.2))
    found = index.like(_embedding(9002, near=7, by=0.05))
    assert [alike.person_id for alike in found] == ["P7", "twin"]
    assert found[0].score > found[1].score
    assert len(index) == 3001


def test_a_stranger_looks_like_nobody() -> None:
    assert _index(3000).like(_embedding(99_999)) == ()
    assert FaceIndex().like(_embedding(1)) == ()


def test_a_person_with_several_references_is_named_once() -> None:
    index = FaceIndex()
    for seed in (101, 102, 103):
        index.add("P1", _embedding(seed, near=1, by=0.1))
    (only,) = index.like(_embedding(1))
    assert only.person_id == "P1"


def test_who_was_removed_is_not_found_and_the_others_are() -> None:
    index = _index(100)
    index.remove("P7")
    assert index.like(_embedding(7)) == ()
    for number in (0, 6, 8, 99):
        assert [a.person_id for a in index.like(_embedding(number))] == [f"P{number}"]


def test_no_more_are_named_than_asked_for() -> None:
    index = FaceIndex()
    for number in range(9):
        index.add(f"P{number}", _embedding(200 + number, near=1, by=0.1))
    assert len(index.like(_embedding(1), most=3)) == 3


@pytest.mark.parametrize("junk", [b"", b"x", bytes(511), np.full(128, np.nan, "<f4").tobytes()])
def test_what_is_no_embedding_is_refused(junk: bytes) -> None:
    with pytest.raises(ValueError, match="128 numbers"):
        FaceIndex().add("P1", junk)

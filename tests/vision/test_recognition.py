"""The network: the right weights, the right graph, the same numbers as dlib."""

import threading
from collections.abc import Callable
from pathlib import Path

import dlib
import numpy as np
import pytest

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.domain.errors import EngineError, Fault
from facecheck_gui.imaging.files import read_file
from facecheck_gui.vision.alignment import chip
from facecheck_gui.vision.dlib_weights import parse
from facecheck_gui.vision.embedding import Embedder
from facecheck_gui.vision.engine_files import (
    FIVE_LANDMARKS,
    RECOGNITION,
    EngineFiles,
    installed_folders,
)
from facecheck_gui.vision.made_once import MadeOnce
from facecheck_gui.vision.recognition_graph import build

PORTRAITS = ("collins.jpg", "collins_card.jpg", "hopper.jpg", "two_people.jpg")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OnDeviceComparer:
    return on_this_device(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(lambda: build(parse(EngineFiles().read(RECOGNITION))))


@pytest.fixture(scope="module")
def chips(engine: OnDeviceComparer) -> list[np.ndarray]:
    """Every face of the demonstration's pictures, plain, mirrored, darker and blurred a little."""
    found = []
    for name in PORTRAITS:
        picture = read_file(resources.path("demo", name))
        for face in engine.faces(picture):
            one = chip(picture.pixels, face.landmarks)
            softer = ((one[:-1, :-1].astype(int) + one[1:, 1:]) // 2).astype(np.uint8)
            soft = np.pad(softer, ((0, 1), (0, 1), (0, 0)), mode="edge")
            found += [one, np.ascontiguousarray(one[:, ::-1]), one // 2, soft]
    return found


def _ramp() -> np.ndarray:
    row, col = np.mgrid[0:150, 0:150]
    return np.stack([row, col, (row + col) // 2], axis=2).astype(np.uint8)


@pytest.mark.parametrize(
    ("pixels", "first", "norm"),
    [
        (np.zeros((150, 150, 3), np.uint8), (-0.03991766, 0.10491644, 0.09082285), 1.306647),
        (np.full((150, 150, 3), 128, np.uint8), (-0.0390526, 0.12281314, 0.0530472), 1.342806),
        (_ramp(), (-0.07619563, 0.13011137, 0.03133953), 1.355622),
    ],
    ids=["black", "grey", "ramp"],
)
def test_the_graph_gives_the_published_numbers(
    embedder: Embedder, pixels: np.ndarray, first: tuple[float, ...], norm: float
) -> None:
    (embedding,) = embedder.embed([pixels])
    assert embedding[:3] == pytest.approx(first, abs=1e-5)
    assert float(np.linalg.norm(embedding)) == pytest.approx(norm, abs=1e-5)


def test_the_graph_agrees_with_dlib_on_every_face(
    embedder: Embedder, chips: list[np.ndarray]
) -> None:
    assert len(chips) >= 20
    folder = next(iter(installed_folders()))
    peer = dlib.face_recognition_model_v1(str(folder / RECOGNITION.name))
    ours = np.concatenate([embedder.embed([one]) for one in chips])
    theirs = np.array([peer.compute_face_descriptor(one) for one in chips])
    assert float(np.abs(ours - theirs).max()) < 1e-5


def test_several_chips_at_once_give_the_same_as_one_by_one(
    embedder: Embedder, chips: list[np.ndarray]
) -> None:
    together = embedder.embed(chips[:4])
    alone = np.concatenate([embedder.embed([one]) for one in chips[:4]])
    assert float(np.abs(together - alone).max()) < 1e-5


def test_threads_with_one_engine_get_the_same_numbers(
    embedder: Embedder, chips: list[np.ndarray]
) -> None:
    expected = embedder.embed(chips[:6])
    wrong: list[int] = []

    def work() -> None:
        for index, one in enumerate(chips[:6] * 3):
            (got,) = embedder.embed([one])
            if not np.allclose(got, expected[index % 6], atol=1e-5):
                wrong.append(index)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("file", [RECOGNITION, FIVE_LANDMARKS], ids=lambda f: f.name)
def test_one_flipped_bit_in_the_weights_is_refused(tmp_path: Path, file: object) -> None:
    content = bytearray(EngineFiles().read(file))  # type: ignore[arg-type]
    content[len(content) // 2] ^= 1
    (tmp_path / file.name).write_bytes(content)  # type: ignore[attr-defined]
    with pytest.raises(EngineError) as caught:
        EngineFiles(lambda: (tmp_path,)).read(file)  # type: ignore[arg-type]
    assert caught.value.fault is Fault.ENGINE_FILES_ALTERED


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        EngineFiles(lambda: (tmp_path,)).read(RECOGNITION)
    assert caught.value.fault is Fault.ENGINE_FILES_MISSING
    assert caught.value.detail == RECOGNITION.name


@pytest.fixture
def counted() -> tuple[list[int], Callable[[], bytes]]:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"graph"

    return made, make


def test_what_is_slow_to_make_is_made_once(
    tmp_path: Path, counted: tuple[list[int], Callable[[], bytes]]
) -> None:
    made, make = counted
    assert MadeOnce(tmp_path).get("graph", "v1", make) == b"graph"
    assert MadeOnce(tmp_path).get("graph", "v1", make) == b"graph"
    assert len(made) == 1


def test_it_is_made_again_when_its_source_or_itself_has_changed(
    tmp_path: Path, counted: tuple[list[int], Callable[[], bytes]]
) -> None:
    made, make = counted
    MadeOnce(tmp_path).get("graph", "v1", make)
    MadeOnce(tmp_path).get("graph", "v2", make)
    assert len(made) == 2
    for kept in tmp_path.iterdir():
        kept.write_bytes(kept.read_bytes()[:-1] + b"X")
    assert MadeOnce(tmp_path).get("graph", "v1", make) == b"graph"
    assert len(made) == 3
    assert MadeOnce(tmp_path).get("graph", "v1", make) == b"graph"
    assert len(made) == 3


def test_a_folder_that_cannot_be_written_costs_time_and_not_the_answer(
    tmp_path: Path, counted: tuple[list[int], Callable[[], bytes]]
) -> None:
    made, make = counted
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    for _ in range(2):
        assert MadeOnce(in_the_way / "cache").get("graph", "v1", make) == b"graph"
    assert len(made) == 2

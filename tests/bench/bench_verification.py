"""One verification on this device, against ``face_recognition`` 1.3.0 with its defaults.

Both get the same two 640 x 480 arrays; arrays are fresh every time, so nothing is remembered but
where "reference kept" says so. The peer is installed into a temporary folder. Sizes are those of
the detector's box, which is about a third higher than a face from brow to chin.
"""

import importlib
import importlib.util
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import ComparisonRequest, Side
from facecheck_gui.domain.image import Picture, Pixels

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
WIDTH_PX, HEIGHT_PX = 640, 480
_ROUNDS = 7
# How large the face's box is in the demonstration picture, and where its middle is.
_SITTERS = {"collins.jpg": (106.0, (225, 125)), "hopper.jpg": (206.0, (270, 235))}


def scene(name: str, box_px: float) -> Pixels:
    """A 640 x 480 picture of a sitter whose face has a box of ``box_px``."""
    known_px, (x, y) = _SITTERS[name]
    factor = box_px / known_px
    with Image.open(DEMO / name) as image:
        size = (round(image.width * factor), round(image.height * factor))
        scaled = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), (122, 118, 110))
    left, top = round(WIDTH_PX / 2 - x * factor), round(HEIGHT_PX / 2 - y * factor)
    canvas.paste(scaled, (left, top))
    return np.asarray(canvas, np.uint8)


def load_peer(folder: str) -> Any:
    """Install ``face_recognition`` into ``folder`` and import it."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder]
    subprocess.run([*command, "face_recognition==1.3.0"], check=True, capture_output=True)
    sys.path.insert(0, folder)
    if importlib.util.find_spec("pkg_resources") is None:
        sys.modules["pkg_resources"] = _stand_in_for_pkg_resources()
    return importlib.import_module("face_recognition")


def _stand_in_for_pkg_resources() -> types.ModuleType:
    """What ``face_recognition_models`` wants of a module that newer installations lack."""
    module = types.ModuleType("pkg_resources")

    def resource_filename(package: str, name: str) -> str:
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        return str(Path(spec.origin).parent / name)

    module.resource_filename = resource_filename  # type: ignore[attr-defined]
    return module


def peer_verifies(peer: Any, probe: Pixels, reference: Pixels) -> bool:
    """What a user of the peer writes; whether there was a face in both."""
    ours, theirs = peer.face_encodings(probe), peer.face_encodings(reference)
    if not ours or not theirs:
        return False
    peer.face_distance([theirs[0]], ours[0])
    return True


def fresh(pixels: Pixels) -> Picture:
    """A picture that nobody has seen before."""
    own = pixels.copy()
    own.flags.writeable = False
    return Picture(own)


def _timed_ms(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return (time.perf_counter() - began_s) * 1000


def _compare(comparer: OnDeviceComparer, probe: Picture, reference: Picture) -> None:
    comparer.compare(ComparisonRequest("bench", Side(probe), Side(reference)), CancelToken())


def _line(
    label: str, peer: Any, comparer: OnDeviceComparer, sizes: tuple[float, ...], *, kept: bool
) -> str:
    pairs = [
        (scene(one, size), scene(other, size))
        for size in sizes
        for one, other in itertools.product(_SITTERS, _SITTERS)
    ]
    found = sum(peer_verifies(peer, *pair) for pair in pairs)
    ours, theirs = [], []
    references = [fresh(reference) for _, reference in pairs]
    for _ in range(_ROUNDS):
        for (probe, reference), held in zip(pairs, references, strict=True):
            theirs.append(_timed_ms(lambda p=probe, r=reference: peer_verifies(peer, p, r)))  # type: ignore[misc]
            ready = held if kept else fresh(reference)
            if kept:  # the first check after loading has embedded it
                _compare(comparer, fresh(probe), held)
            ours.append(_timed_ms(lambda p=fresh(probe), r=ready: _compare(comparer, p, r)))  # type: ignore[misc]
    mine, other = statistics.median(ours), statistics.median(theirs)
    return (
        f"{label}: {mine:.0f} ms against {other:.0f} ms, {other / mine:.1f} x "
        f"(n={len(ours)}, the peer found both faces in {found} of {len(pairs)} pairs)"
    )


def main() -> None:
    """Print one line: how many times as fast as the peer, on four kinds of scene."""
    with tempfile.TemporaryDirectory() as folder:
        peer = load_peer(folder)
        comparer = on_this_device(Path(folder) / "cache")
        comparer.warm_up()
        lines = [
            _line("near, box 160 to 220 px", peer, comparer, (160, 190, 220), kept=False),
            _line("reference kept", peer, comparer, (160, 190, 220), kept=True),
            _line("small, box 80 to 106 px", peer, comparer, (80, 106), kept=False),
            _line("far, box 50 to 60 px", peer, comparer, (50, 60), kept=False),
        ]
    print("verification: " + "; ".join(lines))


if __name__ == "__main__":
    main()

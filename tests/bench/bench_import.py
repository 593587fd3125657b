"""Importing a roster of photos, against bare examination of as many in the same run.

Photos are the demonstration's portraits, each a little different, made as they are asked for. A
line: photos a second, the ratio to bare examination, and memory after 1,000 and at the end.
"""

import argparse
import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image, ImageEnhance

from facecheck_gui import resources
from facecheck_gui.bookkeeping.people import RosterKeeper, known_faces
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.roster_import import Outcome, RosterImport, RowReport, Tally
from facecheck_gui.flows.roster_sheet import entries_of_photos
from facecheck_gui.imaging.decode import decode
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.wiring import Wiring

_PORTRAITS = ("collins.jpg", "hopper.jpg")
_BARE_EVERY = 10


class MadePhotos:
    """Photos that lie nowhere."""

    def __init__(self, count: int) -> None:
        self.names = tuple(f"{number:06d} Somebody.jpg" for number in range(count))
        self._portraits = [Image.open(resources.path("demo", name)) for name in _PORTRAITS]
        self.making_s = 0.0

    def read(self, name: str) -> bytes:
        """The same bytes for the same name."""
        began_s = time.perf_counter()
        number, stream = int(name[:6]), io.BytesIO()
        portrait = self._portraits[number % len(self._portraits)].convert("RGB")
        changed = ImageEnhance.Brightness(portrait).enhance(0.9 + number % 1999 / 10_000)
        changed.save(stream, "JPEG", quality=88 + number // 2000 % 8)
        self.making_s += time.perf_counter() - began_s
        return stream.getvalue()


class Meter:
    """Between rows: examines every tenth photo alone, and looks at the memory."""

    def __init__(self, bare: Enrolment, photos: MadePhotos, early_at: int) -> None:
        self._bare, self._photos, self._early_at = bare, photos, early_at
        self.done = self.bare_photos = 0
        self.bare_s = self.early_mb = 0.0

    def see(self, _: RowReport) -> None:
        """A row is done."""
        self.done += 1
        if self.done % _BARE_EVERY == 0:
            name = self._photos.names[self.done - 1]
            data, at_s = self._photos.read(name), time.perf_counter()
            self._bare.examine(decode(data, label=name), CancelToken())
            self.bare_s += time.perf_counter() - at_s
            self.bare_photos += 1
        if self.done == self._early_at:
            self.early_mb = _memory_mb()


def _memory_mb() -> float:
    """What the process holds now, on Linux."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def run(count: int) -> str:
    """The line."""
    with tempfile.TemporaryDirectory() as folder:
        home, settings = Path(folder), Settings()
        wiring = Wiring(Places(home / "s", home / "d", home / "c", home / "st"), lambda: None)
        ledger, photos = wiring.ledger(settings), MadePhotos(count)
        bare = wiring.enrolment(settings, FaceIndex())
        bare.examine(decode(photos.read(photos.names[0])), CancelToken())
        meter = Meter(bare, photos, min(1000, count // 2))

        def once(on_row: Callable[[RowReport], None]) -> tuple[Tally, float]:
            photos.making_s, began_s = 0.0, time.perf_counter()
            keeper = RosterKeeper(ledger)
            importing = RosterImport(
                photos,
                lambda data, label: decode(data, label=label),
                wiring.enrolment(settings, known_faces(ledger)),
                keeper,
                digest_key=keeper.digest_key,
            )
            tally = importing.run(entries_of_photos(photos.names), CancelToken(), on_row)
            return tally, time.perf_counter() - began_s - photos.making_s

        tally, took_s = once(meter.see)
        took_s -= meter.bare_s
        late_mb = _memory_mb()
        again, skipped_s = once(lambda _: None)
        wiring.close()
    assert tally.of(Outcome.ADDED) == again.of(Outcome.UNCHANGED) == count
    each_ms, floor_ms = took_s / count * 1000, meter.bare_s / meter.bare_photos * 1000
    return (
        f"import of {count:,} photos: {1000 / each_ms:.1f} a second, {each_ms / floor_ms:.2f} x a "
        f"bare examination ({floor_ms:.1f} ms); {meter.early_mb:.0f} MB at "
        f"{min(1000, count // 2):,}, {late_mb:.0f} MB at the end; "
        f"again, unchanged: {count / skipped_s:,.0f} rows a second"
    )


def main() -> None:
    """Print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000, help="photos")
    print(run(parser.parse_args().n))


if __name__ == "__main__":
    main()

"""What letting a phone's picture in costs, against Pillow used as most programs use it.

Ours: the whole chain from bytes to a read-only picture within 1920 x 1080, colour profile honoured.
The peer: open, turn by Exif, convert to RGB, shrink to the same size. A 12 Mpx JPEG, held sideways;
interleaved, medians.
"""

import io
import statistics
import time

import numpy as np
from PIL import Image, ImageOps

from facecheck_gui.domain.image import ImageLimits
from facecheck_gui.imaging.decode import decode

_WIDTH_PX, _HEIGHT_PX = 4032, 3024
_ROUNDS = 15
_SIDEWAYS = 6


def _phone_picture() -> bytes:
    """Soft shapes with some grain, as a sensor gives: about 3 MB."""
    chance = np.random.default_rng(3)
    shapes = Image.fromarray(chance.integers(0, 255, (48, 64, 3), np.uint8))
    soft = np.asarray(shapes.resize((_WIDTH_PX, _HEIGHT_PX), Image.Resampling.BICUBIC))
    grain = chance.normal(0, 4, (_HEIGHT_PX, _WIDTH_PX, 1))
    image = Image.fromarray(np.clip(soft + grain, 0, 255).astype(np.uint8))
    exif = Image.Exif()
    exif[0x0112] = _SIDEWAYS
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88, exif=exif)
    return stream.getvalue()


def _plain(data: bytes) -> np.ndarray:
    limits = ImageLimits()
    with Image.open(io.BytesIO(data)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((limits.max_width_px, limits.max_height_px), Image.Resampling.LANCZOS)
    return np.asarray(upright)


def main() -> None:
    """Print milliseconds for both and their ratio."""
    data = _phone_picture()
    ours_ms, plain_ms = [], []
    for _ in range(_ROUNDS):
        began_s = time.perf_counter()
        picture = decode(data)
        ours_ms.append((time.perf_counter() - began_s) * 1000)

        began_s = time.perf_counter()
        pixels = _plain(data)
        plain_ms.append((time.perf_counter() - began_s) * 1000)
        if pixels.shape != picture.pixels.shape:
            raise SystemExit("the two do not do the same work")
    ours, plain = statistics.median(ours_ms), statistics.median(plain_ms)
    print(
        f"decode {_WIDTH_PX}x{_HEIGHT_PX} JPEG ({len(data) / 1e6:.1f} MB): ours {ours:.0f} ms, "
        f"plain Pillow {plain:.0f} ms, ratio {ours / plain:.2f}"
    )


if __name__ == "__main__":
    main()

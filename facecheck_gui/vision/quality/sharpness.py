"""How sharp a face is, whatever its contrast and the grain of its camera."""

import math

import numpy as np

from facecheck_gui.vision.quality.face_patch import FacePatch, Grey, Zone

# Where faces have edges, and where they have none.
_FEATURES = (
    Zone(-0.5, 0.0, 0.6, 0.4),
    Zone(0.5, 0.0, 0.6, 0.4),
    Zone(0.0, 0.75, 0.8, 0.35),
    Zone(0.0, 1.15, 0.9, 0.4),
)
_PLAIN = (Zone(-0.55, 0.6, 0.35, 0.35), Zone(0.55, 0.6, 0.35, 0.35), Zone(0.0, -0.55, 0.8, 0.3))
_FINE, _COARSE = 1.0, 3.0
# White noise has this much of its fine energy between the two widths, by the formula of Gauss.
_NOISE_IN_COARSE = 0.074
# The median knows the noise of plain skin to a tenth or so.
_NOISE_MARGIN = 1.25
_LEAST_COARSE = 0.3
_MEDIAN_TO_DEVIATION = 0.6745
_VERY_SHARP = 0.4


def sharpness(patch: FacePatch) -> float:
    """0 to 1: the energy of details of one pixel over that of details of three, at one face size.

    The ratio falls with blur and does not change with contrast. Noise, which is estimated where
    skin is plain, is taken out of both, so that a noisy blur is a blur. Portraits give 0.7 and
    more; a blur of 1, 2, 3 pixels (64 between the eyes) 0.6 to 0.75, 0.37 to 0.52, 0.2 to 0.4.
    """
    fine, coarse = _bands(patch.grey)
    noise = _noise(patch, fine)
    details = max(_energy(patch, fine) - _NOISE_MARGIN * noise, 0.0)
    shapes = _energy(patch, coarse)
    shapes = max(shapes - _NOISE_IN_COARSE * noise, _LEAST_COARSE * shapes)
    if shapes <= 0:
        return 0.0
    return min(math.sqrt(details / shapes) / _VERY_SHARP, 1.0)


def _bands(grey: Grey) -> tuple[Grey, Grey]:
    from facecheck_gui.opencv import cv2

    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), _FINE), np.float32)
    softer = np.asarray(cv2.GaussianBlur(grey, (0, 0), _COARSE), np.float32)
    return grey - soft, soft - softer


def _energy(patch: FacePatch, band: Grey) -> float:
    parts = [patch.part(band, zone).ravel() for zone in _FEATURES]
    return float(np.mean(np.concatenate(parts) ** 2))


def _noise(patch: FacePatch, fine: Grey) -> float:
    """Variance of the grain."""
    parts = np.concatenate([patch.part(fine, zone).ravel() for zone in _PLAIN])
    return float((np.median(np.abs(parts)) / _MEDIAN_TO_DEVIATION) ** 2)

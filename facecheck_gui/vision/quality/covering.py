"""Whether eyes and mouth can be seen, as far as plain pixels tell.

An open eye is darker in its middle than the cheek beside it, and lips are darker than the skin
around them. What hides them evenly (a hand, a mask, dark glasses, a patch) takes that away. Of 299
frames of 8 portraits, many of them blurred, dark or noisy, 1 was wrongly told to have covered eyes
and 2 a covered mouth, by the live limits; of 193 frames with one eye under a plain patch 119 were
told so (in the others the landmarks went to the brow), of 144 with a plain mask over the mouth all.
Masks with a pattern, and glasses, were not among them.
"""

import numpy as np

from facecheck_gui.domain.quality import Measure
from facecheck_gui.vision.quality.face_patch import FacePatch, Grey, Zone

_EYES = (Zone(-0.5, 0.0, 0.55, 0.32), Zone(0.5, 0.0, 0.55, 0.32))
_MOUTH = Zone(0.0, 1.2, 0.7, 0.6)
_CHEEKS = (Zone(-0.55, 0.65, 0.4, 0.3), Zone(0.55, 0.65, 0.4, 0.3))
_GRAIN_PX = 1.4
_LEAST_CHEEK = 20.0
# How much darker than the cheek, as a share of it; what is less is missing.
_EYE_CONTRAST, _MOUTH_CONTRAST = 0.25, 0.08


def covered(patch: FacePatch) -> dict[Measure, float | None]:
    """Share of what an open eye, and a mouth, would show that is missing, 0 to 1."""
    from facecheck_gui.opencv import cv2

    soft = np.asarray(cv2.GaussianBlur(patch.grey, (0, 0), _GRAIN_PX), np.float32)
    cheeks = np.concatenate([patch.part(soft, cheek).ravel() for cheek in _CHEEKS])
    cheek = max(float(np.median(cheeks)), _LEAST_CHEEK)
    eyes = min(_darkness(patch.part(soft, eye)) for eye in _EYES)
    mouth = _darkness(patch.part(soft, _MOUTH).mean(axis=1, keepdims=True))
    return {
        Measure.EYES_COVERED: _missing(eyes / cheek, _EYE_CONTRAST),
        Measure.MOUTH_COVERED: _missing(mouth / cheek, _MOUTH_CONTRAST),
    }


def _darkness(zone: Grey) -> float:
    """How much darker the darkest of it is than most of it."""
    most, darkest = np.percentile(zone, (70, 5))
    return float(most - darkest)


def _missing(contrast: float, usual: float) -> float:
    return min(max(1 - contrast / usual, 0.0), 1.0)

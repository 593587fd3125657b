"""The portrait in a reference photo: upright, and cut out where the photo shows a card."""

from collections.abc import Callable
from dataclasses import dataclass

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Picture
from facecheck_gui.imaging import crop
from facecheck_gui.vision.card import is_on_card

FindFaces = Callable[[Picture], tuple[Face, ...]]

_QUARTER_TURNS = (1, 3, 2)
# Of the face's box, on each side: enough for the hair, the chin and what a reference must show.
_PORTRAIT_MARGIN = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """``faces`` has the most prominent first, in pixels of ``picture``; none where none is sure."""

    picture: Picture
    faces: tuple[Face, ...] = ()
    on_card: bool = False


def find_portrait(picture: Picture, find_faces: FindFaces) -> Portrait:
    """The portrait in ``picture``. Where no face stands upright the picture is turned by 90, 270
    and 180 degrees; where it shows a card the portrait on it is cut out. Raises what
    ``find_faces`` raises."""
    found = _upright(picture, find_faces)
    if not found.faces or not is_on_card(found.picture.pixels, found.faces[0].box):
        return found
    part = crop.around(found.picture, found.faces[0].box, _PORTRAIT_MARGIN)
    faces = find_faces(part)
    # What is not found again in the part must not be lost with it.
    return Portrait(part, faces, on_card=True) if faces else found


def _upright(picture: Picture, find_faces: FindFaces) -> Portrait:
    faces = find_faces(picture)
    if not faces:
        for quarters in _QUARTER_TURNS:
            turned = crop.turned(picture, quarters)
            faces = find_faces(turned)
            if faces:
                return Portrait(turned, faces)
    return Portrait(picture, faces)

"""The one place that knows where ``resources/`` lies: in the tree, in the wheel or in a bundle."""

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The resources folder. Raises FileNotFoundError when the installation is incomplete."""
    bundle = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / "resources", _PACKAGE.parent / "resources"]
    if bundle:
        places.insert(0, Path(bundle) / "resources")
    for place in places:
        if (place / "i18n").is_dir():
            return place
    raise FileNotFoundError("the folder 'resources' is missing from this installation")


def path(*parts: str) -> Path:
    """A file or folder below ``resources/``, for instance ``path("icons", "check.svg")``."""
    return root().joinpath(*parts)

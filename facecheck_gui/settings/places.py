"""Where this program keeps what it keeps. FACECHECK_HOME moves all of it under one folder."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_NAME = "facecheck"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders and files; none is made before something is written there."""

    settings_file: Path
    data: Path
    cache: Path
    state: Path

    @property
    def call_tally(self) -> Path:
        """Where cloud calls are counted."""
        return self.data / "calls.log"

    @property
    def records_file(self) -> Path:
        """Where the records lie, unless a server keeps them."""
        return self.data / "records.db"

    @property
    def backups(self) -> Path:
        """Where the last backups of the records lie."""
        return self.data / "backups"

    @property
    def station_key(self) -> Path:
        """The secret of the records' seals, where no key store keeps it. Never in a backup."""
        return self.data / "station.key"

    @property
    def sessions(self) -> Path:
        """Which runs of the program are alive."""
        return self.state / "sessions"

    @property
    def window_state(self) -> Path:
        """Size and place of windows."""
        return self.state / "windows.ini"


def places(environ: Mapping[str, str] = os.environ) -> Places:
    """The usual folders of this system, or those the environment names."""
    home = environ.get("FACECHECK_HOME")
    if home:
        root = Path(home)
        found = Places(root / "settings.json", root / "data", root / "cache", root / "state")
    else:
        found = Places(
            platformdirs.user_config_path(_NAME, appauthor=False) / "settings.json",
            platformdirs.user_data_path(_NAME, appauthor=False),
            platformdirs.user_cache_path(_NAME, appauthor=False),
            platformdirs.user_state_path(_NAME, appauthor=False),
        )
    named = environ.get("FACECHECK_SETTINGS")
    if named:
        return Places(Path(named), found.data, found.cache, found.state)
    return found

"""The real key store of a Linux desktop, in a session of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_WANTED = ("dbus-run-session", "gnome-keyring-daemon")
_MISSING = [name for name in _WANTED if shutil.which(name) is None]

pytestmark = pytest.mark.skipif(
    bool(_MISSING), reason=f"a real Secret Service needs {', '.join(_MISSING)}"
)

_SESSION = """
printf 'a password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$@"
"""
_STORY = """
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.settings.key_store import key_store_state
from facecheck_gui.settings.secrets import SecretStore

told = [key_store_state().value, SecretStore().where().value]
told.append(SecretStore().save(Credentials("a key", "密钥")).value)
told.append(str(SecretStore().load() == Credentials("a key", "密钥")))
told.append(str(SecretStore().forget()))
told.append(SecretStore().where().value)
print(*told)
"""


def test_secrets_go_to_a_real_secret_service_and_out_again(tmp_path: Path) -> None:
    dropped = ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS")
    environ = {name: value for name, value in os.environ.items() if name not in dropped}
    for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        environ[name] = str(tmp_path)
    tmp_path.chmod(0o700)
    story = ["sh", "-c", _SESSION, "session", sys.executable, "-c", _STORY]
    ended = subprocess.run(
        ["dbus-run-session", "--", *story],
        env=environ,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert ended.stdout.split() == ["trusted", "nowhere", "keyring", "True", "True", "nowhere"], (
        ended.stderr
    )

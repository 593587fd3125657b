"""A private PostgreSQL server in a folder, for tests; never run as root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_DEADLINE_S = 30.0
_SERVANTS = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder of the newest ``initdb`` and ``postgres``; None where there is none."""
    on_path = shutil.which("initdb")
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    folders = [Path(on_path).parent] if on_path else []
    folders += reversed(kept)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _servant() -> dict[str, object]:
    """As whom the programs run: they refuse root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(names[name] for name in _SERVANTS if name in names)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server(*, safe: bool = False) -> Iterator[str]:
    """The URL of an empty database on a server of our own. ``safe`` keeps what a power cut would
    take, which tests rarely need."""
    found = programs()
    assert found is not None
    with tempfile.TemporaryDirectory(prefix="fcpg", ignore_cleanup_errors=True) as name:
        folder, servant = Path(name), _servant()
        if servant:
            os.chown(folder, servant["user"], servant["group"])  # type: ignore[arg-type]
        data = folder / "data"
        plain = {"LC_ALL": "C", "PATH": os.environ["PATH"], "TZ": "UTC"}
        subprocess.run(
            [found / "initdb", "-D", data, "-U", "facecheck", "-A", "trust", "-E", "UTF8"],
            check=True,
            capture_output=True,
            env=plain,
            cwd=folder,
            **servant,  # type: ignore[call-overload]
        )
        port = _free_port()
        options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", "unix_socket_directories=", "-c", "log_statement=none"]
        if not safe:
            options += ["-c", "fsync=off", "-c", "synchronous_commit=off"]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [found / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                env=plain,
                cwd=folder,
                **servant,  # type: ignore[call-overload]
            )
            try:
                url = f"postgresql://facecheck@127.0.0.1:{port}/postgres"
                _wait_until_it_answers(url, running)
                yield url
            finally:
                # Fast: whoever is still connected is let go of.
                running.send_signal(signal.SIGINT)
                running.wait(_DEADLINE_S)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, running: "subprocess.Popen[bytes]") -> None:
    import psycopg

    deadline_s = time.monotonic() + _DEADLINE_S
    while True:
        try:
            with psycopg.connect(url):
                return
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > deadline_s:
                raise
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.05)

"""Played in a process of its own, with a camera preloaded: drives it through its moods.

Prints one JSON line: the cameras listed, the states told in order, and what was measured.
"""

import json
import queue
import sys
import threading
import time
from pathlib import Path

from facecheck_gui.camera.address import CameraDevice
from facecheck_gui.camera.capture import CaptureLoop
from facecheck_gui.camera.devices import list_cameras
from facecheck_gui.camera.health import Patience
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.domain.errors import CameraError

STORY = [
    ("ok", "live"),
    ("hang", "frozen camera_silent"),
    ("ok", "live"),
    ("unplug", "lost camera_lost"),
    ("ok", "live"),
    ("freeze", "frozen camera_frozen"),
    ("ok", "live"),
    ("black", "frozen camera_unusable"),
    ("ok", "live"),
    ("unplug", "lost camera_lost"),
    ("busy", "lost camera_busy"),
    ("denied", "lost camera_denied"),
    ("absent", "lost camera_absent"),
    ("ok", "live"),
]
PATIENCE = Patience(silence_s=0.5, still_s=0.5, flat_s=0.5, first_retry_s=0.1, longest_retry_s=0.2)
STEP_DEADLINE_S = 8.0


class Play:
    """The loop on its thread, and the watchdog on this one."""

    def __init__(self, control: Path) -> None:
        self._control = control
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.states: list[str] = []
        self.loop = CaptureLoop(
            CameraDevice(list_cameras()[0], width_px=640, height_px=480),
            open_source=SourceOpener(find_portrait=lambda sitter: None),
            deliver=lambda frame: None,
            announce=self._announce,
            patience=PATIENCE,
        )
        self.thread = threading.Thread(target=self.loop.run, daemon=True)

    def _announce(self, state: object, error: CameraError | None) -> None:
        words = [state.value, *([error.fault.word] if error else [])]
        self._told.put(" ".join(words))

    def set_mood(self, mood: str) -> None:
        """Whole or not at all: the camera reads the file at every call."""
        fresh = self._control.with_suffix(".new")
        fresh.write_text(mood + "\n")
        fresh.replace(self._control)

    def wait_for(self, state: str) -> float:
        """Seconds until ``state`` was told."""
        began_s = time.monotonic()
        while time.monotonic() < began_s + STEP_DEADLINE_S:
            self.loop.watch()
            try:
                self.states.append(self._told.get(timeout=0.05))
            except queue.Empty:
                continue
            if self.states[-1] == state:
                return time.monotonic() - began_s
        raise SystemExit(f"{state} never came: {self.states}")


def main() -> None:
    """The whole story."""
    play = Play(Path(sys.argv[1]))
    play.thread.start()
    took_s, frames = [], []
    for mood, state in STORY:
        play.set_mood(mood)
        took_s.append(round(play.wait_for(state), 2))
        if state == "live":
            frames.append(play.loop.fresh_frame(1.0).pixels)
    began_s = time.monotonic()
    play.loop.stop()
    play.thread.join(3)
    red, _, blue = frames[0][:, 20:300].reshape(-1, 3).mean(axis=0)
    report = {
        "states": play.states,
        "took_s": took_s,
        "cameras": [camera.name for camera in list_cameras()],
        "shape": list(frames[0].shape),
        "red_left": bool(red > blue + 80),
        "stopped_in_s": time.monotonic() - began_s,
        "ended": not play.thread.is_alive(),
    }
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()

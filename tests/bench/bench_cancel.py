"""How long a cancelled exchange keeps its worker, against a bare hand-over between threads."""

import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import Behaviour, HostileServer

_ROUNDS = 60


class _Worker:
    """Runs ``work`` in a thread; ``free_at_s`` is when it came back."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.free_at_s = 0.0
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            self._work()
        except Cancelled:
            self.free_at_s = time.perf_counter()


def _exchange_ms(server: HostileServer) -> float:
    token = CancelToken()
    worker = _Worker(lambda: Exchange().post_form(server.url, bytes(100_000), token))
    server.wait_for_request()
    return _freed_ms(worker, token)


def _look_up_ms(_: HostileServer) -> float:
    token, begun, may_end = CancelToken(), threading.Event(), threading.Event()

    def resolve(_: str) -> list[str]:
        begun.set()
        may_end.wait()
        return []

    worker = _Worker(lambda: Exchange(resolve=resolve).post_form("http://x.example/", b"", token))
    begun.wait()
    took_ms = _freed_ms(worker, token)
    may_end.set()
    return took_ms


def _bare_ms(_: HostileServer) -> float:
    token, begun = CancelToken(), threading.Event()

    def work() -> None:
        begun.set()
        token.wait(60)
        token.raise_if_cancelled()

    worker = _Worker(work)
    begun.wait()
    return _freed_ms(worker, token)


def _freed_ms(worker: _Worker, token: CancelToken) -> float:
    began_s = time.perf_counter()
    token.cancel()
    worker.join()
    return (worker.free_at_s - began_s) * 1000


def _measured(
    measures: dict[str, Callable[[HostileServer], float]], behaviour: Behaviour
) -> dict[str, list[float]]:
    figures: dict[str, list[float]] = {name: [] for name in measures}
    with HostileServer(behaviour) as server:
        for _ in range(_ROUNDS):
            for name, measure in measures.items():
                figures[name].append(measure(server))
    return figures


def main() -> None:
    """Print one line: medians and maxima over interleaved rounds."""
    figures = _measured(
        {"waiting": _exchange_ms, "look-up": _look_up_ms, "floor": _bare_ms},
        hostile.hang_before_reply,
    )
    floor_ms = statistics.median(figures["floor"])
    parts = [
        f"{name} {statistics.median(each):.2f} (max {max(each):.2f})"
        for name, each in figures.items()
    ]
    ratio = statistics.median(figures["waiting"]) / floor_ms
    print(f"cancel to worker free, ms: {', '.join(parts)}; {ratio:.1f} x a bare hand-over")


if __name__ == "__main__":
    main()

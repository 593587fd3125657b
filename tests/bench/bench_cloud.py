"""A cloud check against a bare ``requests.post`` of the same bytes.

Both go to the same server on loopback, in a process of its own, in turn; medians. Ours encodes
nothing anew (the reference is kept, the probe's JPEG is part of the check) but builds the form,
signs, counts the call on the disk, keeps one deadline and reads the reply strictly.
"""

import multiprocessing
import statistics
import tempfile
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

import requests

from facecheck_gui import resources
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.comparers.kuaidi100 import Kuaidi100Comparer
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import ComparisonRequest, Side
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.imaging.files import read_file
from facecheck_gui.protocol.fields import Call, encode_call
from facecheck_gui.protocol.signature import sign
from facecheck_gui.web.exchange import Exchange

_REPLY = b'{"code":200,"message":"","data":{"score":"91.50","sourceToken":"","compareToken":""}}'
_ROUNDS = 60


class _Vendor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(_REPLY)))
        self.end_headers()
        self.wfile.write(_REPLY)

    def log_message(self, *_: object) -> None:
        return


def _serve(told: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Vendor)
    told.send(server.server_address[1])
    server.serve_forever()


def main() -> None:
    """Print one line."""
    here, there = multiprocessing.Pipe()
    vendor = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    vendor.start()
    url = f"http://127.0.0.1:{here.recv()}/api"
    credentials = Credentials("key", "secret")
    probe = Side(read_file(resources.path("demo", "collins.jpg")))
    reference = Side(read_file(resources.path("demo", "collins_card.jpg")))
    payloads = Payloads()
    body = encode_call(
        Call("key", sign(credentials), payloads.probe(probe), payloads.reference(reference))
    )
    with tempfile.TemporaryDirectory() as folder:
        comparer = Kuaidi100Comparer(
            Exchange(),
            lambda: credentials,
            url,
            meter=CallMeter(
                Path(folder) / "calls", size=0, expires=None, clock=lambda: datetime.now(UTC)
            ),
            pacing=Pacing(calls_per_second=10_000),
            payloads=payloads,
        )
        request = ComparisonRequest("bench", probe, reference)
        ours, bare = [], []
        for round_ in range(_ROUNDS + 3):
            started = time.perf_counter()
            comparer.compare(request, CancelToken())
            middle = time.perf_counter()
            requests.post(
                url,
                data=body,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                timeout=(5, 5),
            ).json()
            ended = time.perf_counter()
            if round_ >= 3:
                ours.append((middle - started) * 1000)
                bare.append((ended - middle) * 1000)
    vendor.terminate()
    mine, floor = statistics.median(ours), statistics.median(bare)
    print(
        f"cloud check of {len(body) / 1000:.0f} kB: {mine:.1f} ms; bare requests.post "
        f"{floor:.1f} ms; ratio {mine / floor:.2f} (n={_ROUNDS} each)"
    )


if __name__ == "__main__":
    main()

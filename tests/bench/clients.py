"""Scans a second with durable commits from 1, 8 and 32 terminals at once, beside the ceiling.

The ceiling is the same server with as many terminals, each request one hand-written INSERT and a
durable commit. The house wants at least 0.4 of it, one scan a request.
"""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from config import load_settings
from factory.app import create_app
from tests.bench.events import PORT, Ready, prepare, serving
from tests.bench.events import _at as at

CLIENTS, REQUESTS = (1, 8, 32), 480
Send = Callable[[http.client.HTTPConnection], None]


def main() -> None:
    """Fill a house, serve it, and ask it from ever more terminals."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIDIM_INSTANCE": folder, "DIDIM_KEY_FILE": str(Path(folder) / "key")}
        os.environ.pop("DIDIM_DATABASE_URL", None)
        ready = prepare(create_app(load_settings()))
        work = _by_bundle(ready)
        with serving():
            for clients in CLIENTS:
                ceiling = _rate(clients, [_ceiling(ready)] * clients)
                scans = _rate(clients, [_scanning(ready, work) for _ in range(clients)])
                print(
                    f"{clients:3} terminals: ceiling {ceiling:6.0f}/s, scans {scans:6.0f}/s, "
                    f"{scans / ceiling:.2f} of the ceiling"
                )


def _by_bundle(ready: Ready) -> list[list[dict[str, object]]]:
    """The scans of each bundle in their order; a terminal takes whole bundles."""
    found: dict[object, list[dict[str, object]]] = {}
    for each in ready.scans:
        found.setdefault(each["bundle"], []).append(each)
    return list(found.values())


def _ceiling(ready: Ready) -> Send:
    headers = {"Authorization": f"Bearer {ready.clock}", "Content-Type": "application/json"}

    def send(link: http.client.HTTPConnection) -> None:
        link.request("POST", "/ceiling", b"", headers)
        _read(link)

    return send


def _scanning(ready: Ready, work: list[list[dict[str, object]]]) -> Send:
    headers = {"Authorization": f"Bearer {ready.floor}", "Content-Type": "application/json"}
    mine: list[dict[str, object]] = []

    def send(link: http.client.HTTPConnection) -> None:
        if not mine:
            mine.extend(work.pop())
        one = mine.pop(0) | {"scan_id": str(uuid4()), "badge": ready.badge, "at": at()}
        link.request("POST", "/api/v1/scans", json.dumps({"scans": [one]}), headers)
        told = _read(link)
        assert b"recorded" in told, told

    return send


def _read(link: http.client.HTTPConnection) -> bytes:
    answer = link.getresponse()
    assert answer.status == 200, answer.status
    return answer.read()


def _rate(clients: int, senders: Iterable[Send]) -> float:
    """Requests a second, all terminals together."""
    each = REQUESTS // clients

    def run(send: Send) -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT)
        for _ in range(each):
            send(link)

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(run, send) for send in senders]:
            done.result()
    return each * clients / (time.perf_counter() - begun)

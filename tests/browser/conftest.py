"""A real browser on a real server; without Chromium the tests are skipped, in CI they fail."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import hurried, make_app_on_copy
from tests.prepare import browser

ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=PreloadTopChromeWebUI",  # the frame of a window that nobody sees
]
expect.set_options(timeout=20_000)  # what comes, comes; a busy machine may take its time


@pytest.fixture
def house(tmp_path: Path, empty_database: Path) -> Iterator[tuple[Flask, str]]:
    """An application of its own, and its address."""
    app = hurried(make_app_on_copy(empty_database, tmp_path))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each gets a page of its own, that knows nothing of the others."""
    path = browser()
    if path is None:
        message = "no Chromium here: apt-get install chromium libatomic1"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 800 × 1280 dots, as on a tablet; whatever the console says fails the test."""
    said: list[str] = []
    context = chromium.new_context(
        viewport={"width": 800, "height": 1280}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    opened = context.new_page()
    opened.on("console", lambda told: said.append(told.text))
    yield opened
    context.close()
    # Hints for designers; refusals we asked for; what the net says of a server that was stopped.
    known = (
        "[DOM]",
        "status of 422",
        "status of 503",  # the database is held or full, as a test wants it
        "net::ERR_",
        "error occurred when fetching the script",
        "Autofocus processing was blocked",  # a scanner was quicker than the page
    )
    assert [told for told in said if not any(hint in told for hint in known)] == []

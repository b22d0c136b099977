"""A hundred thousand hostile requests; `make test` sends a tenth of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.web.besieged import besiege

pytestmark = pytest.mark.endure
REQUESTS = int(os.environ.get("DIDIM_HOSTILE", "100000"))


def test_a_hundred_thousand_hostile_requests_break_nothing(tmp_path: Path) -> None:
    besiege(tmp_path, REQUESTS)

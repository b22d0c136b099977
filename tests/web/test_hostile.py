"""Ten thousand hostile requests; `make endure` sends ten times as many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.besieged import besiege

pytestmark = pytest.mark.repeating


def test_ten_thousand_hostile_requests_break_nothing(tmp_path: Path) -> None:
    besiege(tmp_path, 10_000)

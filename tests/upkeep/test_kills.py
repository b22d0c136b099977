"""Ten of the hundreds of kills of `tests/endure/test_mixed_kills.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endure.test_mixed_kills import kill


def test_a_house_at_work_survives_ten_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill(10, "sqlite", tmp_path, monkeypatch)

"""`didim bundle list`: what scripts read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factory.cli import main
from factory.cli.support import house
from factory.db.session import transaction
from tests.production.floor import Floor, make_floor, sew

WAY = ("C06", "S01", "S02", "S20", "S11", "F05", "F07")


@pytest.fixture
def floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Floor:
    """A factory of its own with three bundles, the first of them finished."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    assert called("db", "upgrade").exit_code == 0
    with house(), transaction() as session:
        made = make_floor(session)
        sew(session, made, *WAY)
        return made


def called(*words: str) -> Result:
    return CliRunner().invoke(main, ["--language", "en", *words], catch_exceptions=False)


def test_bundles_are_listed_with_what_can_be_done(floor: Floor) -> None:
    listed = json.loads(called("bundle", "list", "--json").stdout)
    assert [line["bundle"] for line in listed] == [bundle.code for bundle in floor.bundles]
    assert listed[0] == {"bundle": floor.code, "quantity": 10, "ready": []}
    assert listed[1]["ready"] == [
        {"operation": "C06", "left": 10},
        {"operation": "S20", "left": 10},
    ]


def test_only_those_in_work_are_listed_where_asked(floor: Floor) -> None:
    listed = json.loads(called("bundle", "list", "--json", "--open").stdout)
    assert floor.code not in {line["bundle"] for line in listed}
    assert len(listed) == 2


def test_people_read_a_line_a_bundle(floor: Floor) -> None:
    lines = called("bundle", "list").stdout.splitlines()
    assert lines[1] == f"{floor.bundles[1].code}\t10\tC06:10 S20:10"

"""`didim stock` and `didim verify`: the rail for scripts, and its balances held to their facts."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factory.cli import main
from factory.cli.support import house
from factory.db.session import transaction
from factory.kernel.time import now
from seed_data import catalogue
from tests.stock.build import make_item, make_stock


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a place of its own, with tables and the demo's styles."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    runner = CliRunner()
    called(runner, "db", "upgrade")
    with house(), transaction() as session:
        catalogue.fill(session, now())
        make_stock(session, make_item(session), 10)
    return runner


def called(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["--language", "en", *words], catch_exceptions=False)


def test_stock_is_listed_for_scripts(run: CliRunner) -> None:
    lines = json.loads(called(run, "stock", "list", "--json").stdout)
    assert len(lines) == (3 + 2 + 2) * 5 * 2
    (there,) = [line for line in lines if line["on_hand"]]
    assert len(there.pop("code")) == 8
    assert there == {
        "style": "W-2601",
        "colour": "BK",
        "size": "66",
        "grade": "first",
        "price": 189000,
        "on_hand": 10,
    }


def test_stock_is_listed_for_people(run: CliRunner) -> None:
    lines = called(run, "stock", "list").stdout.splitlines()
    assert len(lines) == 70
    assert any(line.endswith("W-2601\tBK\t66\tfirst\t189000\t10") for line in lines)


def test_a_changed_balance_is_found_by_verify(run: CliRunner, tmp_path: Path) -> None:
    assert called(run, "verify").exit_code == 0
    with sqlite3.connect(tmp_path / "didim.sqlite") as database:
        database.execute("UPDATE stock_balances SET on_hand = 9")
    found = called(run, "verify")
    assert found.exit_code == 1
    assert "stock 4" in found.stdout
    assert "9 / 10" in found.stdout

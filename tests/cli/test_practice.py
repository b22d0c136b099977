"""Scripts beside a demo: they try themselves out on it until a house is set up."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import load_settings
from factory.app import create_app
from factory.cli import main
from factory.cli.practice import demo_settings
from factory.db.migrate import upgrade
from factory.db.session import db, transaction
from factory.security import service
from factory.security.keys import new_ring, write_ring

ADD = ("device", "add", "door", "--role", "clock")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a place of its own, where a demo was opened and no house was set up."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    demo = demo_settings(load_settings())
    demo.instance.mkdir()
    write_ring(new_ring(demo=True), demo.key_file)
    with create_app(demo).app_context():
        upgrade(db.engine)
        with transaction() as session:
            service.mark_demo(session)
        db.engine.dispose()
    return CliRunner()


def called(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["--language", "en", *words], catch_exceptions=False)


def names(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as opened:
        return [str(name) for (name,) in opened.execute("SELECT name FROM devices")]


def test_a_terminal_is_added_to_the_demo_where_there_is_no_house(
    run: CliRunner, tmp_path: Path
) -> None:
    added = called(run, *ADD)
    assert (added.exit_code, len(added.stdout.split())) == (0, 1), added.stderr
    assert added.stderr.splitlines() == [
        "No house was set up here yet: this is the practice factory."
    ]
    assert names(tmp_path / "demo" / "didim.sqlite") == ["door"]
    refused = called(run, *ADD)
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "didim.sqlite").exists()


@pytest.mark.parametrize("words", ["device list", "worker list", "bundle list", "stock list"])
def test_what_scripts_ask_is_the_demos(run: CliRunner, words: str) -> None:
    listed = called(run, *words.split(), "--json")
    assert (listed.exit_code, json.loads(listed.stdout)) == (0, [])
    assert called(run, "verify").exit_code == 0


def test_a_house_once_set_up_is_meant_and_nothing_is_said(run: CliRunner, tmp_path: Path) -> None:
    assert called(run, "db", "upgrade").exit_code == 0
    added = called(run, *ADD)
    assert (added.exit_code, added.stderr) == (0, "")
    assert names(tmp_path / "didim.sqlite") == ["door"]
    assert names(tmp_path / "demo" / "didim.sqlite") == []


def test_a_database_named_in_the_settings_is_meant(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    refused = called(run, *ADD)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "didim db upgrade" in refused.stderr


def test_an_account_is_never_opened_in_the_demo(run: CliRunner) -> None:
    """What sets a house up says that there is none: it would be lost with the demo."""
    words = ("account", "add", "willow", "--role", "manager", "--password", "long enough for it")
    refused = called(run, *words)
    assert refused.exit_code == 1
    assert "didim db upgrade" in refused.stderr
    assert called(run, *ADD).exit_code == 0  # a file without tables is no house either


def test_a_file_that_can_not_be_read_is_no_reason_for_the_demo(
    run: CliRunner, tmp_path: Path
) -> None:
    (tmp_path / "didim.sqlite").write_bytes(b"no database at all, but something of hers" * 100)
    refused = called(run, *ADD)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "The database is damaged. What to do about it: didim doctor\n"
    assert names(tmp_path / "demo" / "didim.sqlite") == []

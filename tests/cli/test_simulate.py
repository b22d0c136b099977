"""`didim simulate` and `didim demo`: a season in an empty place, refusals in one sentence."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from factory.cli import main
from factory.kernel.ids import is_well_read
from factory.kernel.time import day_of

SMALL = ("--workers", "3", "--days", "3", "--orders", "2")
DAY = ("--until", "2026-11-24")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a place of its own."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    return CliRunner()


def called(run: CliRunner, *words: str, language: str = "en") -> Result:
    return run.invoke(main, ["--language", language, *words], catch_exceptions=False)


def listed(run: CliRunner, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(called(run, *words, "--json").stdout)
    return found


def test_a_season_fills_an_empty_place_and_is_in_balance(run: CliRunner) -> None:
    done = called(run, "simulate", *SMALL, *DAY)
    assert done.exit_code == 0
    assert "A season is told, from 20 Nov 2026 (Fri) until 24 Nov 2026 (Tue) 13:40" in done.stdout
    assert "A season is told" in done.stderr  # how far it is
    assert called(run, "verify").exit_code == 0
    assert len(listed(run, "worker", "list")) == 3
    assert sum(int(str(coat["on_hand"])) for coat in listed(run, "stock", "list")) > 10


def test_only_an_empty_place_can_be_filled(run: CliRunner) -> None:
    called(run, "simulate", *SMALL, *DAY)
    again = called(run, "simulate", *SMALL, *DAY)
    assert again.exit_code == 1
    assert "already" in again.stderr
    assert again.stderr.count("\n") == 1
    korean = called(run, "simulate", *SMALL, *DAY, language="ko")
    assert "이미 자료가 있어요" in korean.stderr
    plain = called(run, "simulate", *SMALL, *DAY, language="ko_easy")
    assert "이미 적힌 것이 있어요" in plain.stderr


def test_accounts_and_terminals_may_be_there_before(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    called(run, "device", "add", "door", "--role", "clock")
    called(run, "account", "add", "willow", "--role", "manager", "--password", "long enough for it")
    assert called(run, "simulate", *SMALL, *DAY).exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--workers", "0"), "--workers: must be from 1 to 60"),
        (("--workers", "61"), "--workers: must be from 1 to 60"),
        (("--days", "-4"), "--days: must be from 1 to 250"),
        (("--orders", "0"), "--orders: must be from 1 to 60"),
        (("--until", "yesterday"), "--until: must be a day such as 2026-11-23"),
        (("--until", "2026-02-30"), "--until: must be a day such as 2026-11-23"),
        (("--until", "2026-01-20"), "The law book begins on"),
        (("--workers", "many"), "--workers must be a whole number"),
    ],
)
def test_what_can_not_be_told_is_refused(
    run: CliRunner, words: tuple[str, str], sentence: str, tmp_path: Path
) -> None:
    refused = called(run, "simulate", *words)
    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert not (tmp_path / "didim.sqlite").exists()


def test_on_a_day_of_rest_the_season_ends_on_the_working_day_before(run: CliRunner) -> None:
    done = called(
        run, "simulate", "--workers", "1", "--days", "1", "--orders", "1", "--until", "2026-11-22"
    )
    assert "until 20 Nov 2026 (Fri) 13:40" in done.stdout


def test_the_demo_opens_in_the_middle_of_its_season_and_keeps_it(
    run: CliRunner, tmp_path: Path
) -> None:
    with time_machine.travel("2026-11-24T15:20:00+09:00", tick=False):
        first = called(run, "demo", "--prepare-only", *SMALL)
        again = called(run, "demo", "--prepare-only", *SMALL)
    assert again.stdout == first.stdout
    assert not (tmp_path / "demo" / "filling.sqlite").exists()
    codes = re.findall(r"\b[124]\d{7,11}\b", first.stdout)
    kinds = [code[0] for code in codes]
    assert kinds.count("1") >= 2  # badges
    assert kinds.count("2") >= 1  # bundles
    assert kinds.count("4") == 3  # hang tags
    assert all(is_well_read(code) for code in codes)
    for name in ("manager", "supervisor", "cutter", "cashier", "orders", "keeper", "door", "floor"):
        assert name in first.stdout


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-11-24T11:20:00+09:00", "2026-11-24"),  # the morning so far
        ("2026-11-24T03:05:00+09:00", "2026-11-23"),  # at night the day before, half done
        ("2026-11-22T16:00:00+09:00", "2026-11-20"),  # on a Sunday the Friday
    ],
)
def test_in_the_demo_nothing_lies_in_the_future(
    run: CliRunner, tmp_path: Path, now: str, last: str
) -> None:
    with time_machine.travel(now, tick=False):
        called(run, "demo", "--prepare-only", *SMALL)
    with sqlite3.connect(tmp_path / "demo" / "didim.sqlite") as database:
        [(latest,)] = database.execute("SELECT max(at) FROM punches")
        opened = database.execute("SELECT max(at) FROM till_openings").fetchone()[0]
    told = datetime.fromisoformat(latest).replace(tzinfo=UTC)
    assert told <= datetime.fromisoformat(now)
    assert day_of(told).isoformat() == last
    assert day_of(datetime.fromisoformat(opened).replace(tzinfo=UTC)).isoformat() == last


def test_a_demo_that_was_broken_off_is_begun_anew(run: CliRunner, tmp_path: Path) -> None:
    left = tmp_path / "demo" / "filling.sqlite"
    left.parent.mkdir()
    left.write_text("half a season")
    with time_machine.travel("2026-11-24T15:20:00+09:00", tick=False):
        assert called(run, "demo", "--prepare-only", *SMALL).exit_code == 0
    assert (tmp_path / "demo" / "didim.sqlite").exists()
    assert not left.exists()

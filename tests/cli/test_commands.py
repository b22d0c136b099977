"""Commands: what they print, and one sentence when they refuse."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factory.cli import COMMANDS, main
from factory.cli.support import house
from factory.db import engine
from factory.db.session import transaction
from factory.kernel.time import now, today
from factory.kernel.words import translate
from factory.people import service as people
from factory.security.domain import SYSTEM
from factory.security.keys import read_ring
from factory.security.recovery import lines_of
from factory.web import storage
from tests.people.build import make_worker

SMALL = ("--workers", "3", "--days", "3", "--orders", "2")
"""A season that is told in a moment."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a place of its own."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    return CliRunner()


def called(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["--language", "en", *words], catch_exceptions=False)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_says_what_it_does(run: CliRunner, name: str) -> None:
    assert called(run, name, "--help").exit_code == 0


def test_a_command_says_that_the_database_is_held(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(run, "db", "upgrade").exit_code == 0
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    with closing(sqlite3.connect(tmp_path / "didim.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = called(run, "device", "add", "door", "--role", "clock")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.strip() == translate(storage.BUSY, "en")
        assert called(run, "device", "list").exit_code == 0
    assert called(run, "device", "add", "door", "--role", "clock").exit_code == 0


def test_without_tables_one_sentence_says_what_to_do(run: CliRunner) -> None:
    refused = called(run, "device", "list")
    assert refused.exit_code == 1
    assert "didim db upgrade" in refused.stderr


def test_terminals_are_added_listed_and_made_void(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    assert "up to date" in called(run, "db", "upgrade").stdout
    token = called(run, "device", "add", "door", "--role", "clock").stdout
    assert len(token.strip()) > 40
    listed = json.loads(called(run, "device", "list", "--json").stdout)
    assert listed == [{"name": "door", "role": "clock", "last_seen": None}]
    again = called(run, "device", "add", "door", "--role", "clock")
    assert again.exit_code == 2
    assert "already used" in again.stderr
    assert called(run, "device", "void", "door").exit_code == 0
    assert called(run, "device", "list").stdout == ""


def test_the_first_account_is_opened_from_the_shell(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    password = ["--password", "long enough for it"]
    assert called(run, "account", "add", "willow", "--role", "manager", *password).exit_code == 0
    assert "willow\tmanager" in called(run, "account", "list").stdout
    assert called(run, "account", "password", "willow", *password).exit_code == 0
    assert called(run, "account", "password", "nobody", *password).exit_code == 2


def test_what_is_due_is_shown_first_and_erased_then(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    with house(), transaction() as session:
        pine = make_worker(session, hired=date(2020, 3, 2))
        people.seal(session, pine, {"phone": "010-1234-5678"}, by=SYSTEM, at=now())
        people.seal(session, pine, {"legal_name": "Pine Legal"}, by=SYSTEM, at=now())
        left = today().replace(month=1, day=1, year=today().year - 2)
        people.leave(session, pine, left, by=SYSTEM, at=now())
    phone, name = f"{pine.number}\tphone", f"{pine.number}\tlegal_name"
    for _ in range(2):
        shown = called(run, "purge", "--dry-run").stdout
        assert phone in shown
        assert name in shown
        assert shown.count("due to be erased") == 1
    assert "erased, of 1 person" in called(run, "purge").stdout
    shown = called(run, "purge", "--dry-run").stdout
    assert phone not in shown
    assert name in shown
    assert "erased, of 0 people" in called(run, "purge").stdout


def test_a_lost_telephone_is_taken_off_from_the_shell(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    password = ["--password", "long enough for it"]
    called(run, "account", "add", "juniper", "--role", "keeper", *password)
    assert called(run, "account", "telephone-off", "juniper").exit_code == 0
    assert called(run, "account", "telephone-off", "nobody").exit_code == 2


def test_a_wrong_setting_is_one_sentence(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIDIM_PROFILE", "party")
    refused = called(run, "device", "list")
    assert refused.exit_code == 2
    assert "DIDIM_PROFILE" in refused.stderr


def test_the_server_opens_answers_and_stops_cleanly(tmp_path: Path) -> None:
    environment = os.environ | {
        "DIDIM_INSTANCE": str(tmp_path),
        "DIDIM_LANGUAGE": "en",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "factory.cli", "demo", "--port", "18734", *SMALL]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        for line in server.stdout:
            if "The house is open" in line:
                break
        with urllib.request.urlopen("http://127.0.0.1:18734/healthz", timeout=5) as answer:
            assert json.load(answer) == {"status": "ok"}
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0


def test_calc_reads_an_object_or_a_list_in_order(run: CliRunner) -> None:
    one = {"monthly_pay": 3000000, "pay_date": "2026-12-10"}
    words = ["--language", "en", "calc", "withholding"]
    answer = run.invoke(main, words, input=json.dumps(one))
    found = json.loads(answer.stdout)
    assert (found["income_tax"], found["local_income_tax"]) == (74350, 7430)
    assert found["explain"][0]["rule"].startswith("The simplified table")
    many = json.loads(run.invoke(main, words, input=json.dumps([one, one])).stdout)
    assert many == [found, found]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "JSON: can't be read"),
        ("[1]", "[0]: must be an object"),
        ("7", "JSON: must be an object"),
        ('{"monthly_pay": "x", "pay_date": "2026-12-10"}', "monthly_pay: must be a whole number"),
        ('{"monthly_pay": 1, "pay_date": "2025-12-10"}', "The law book begins on"),
    ],
)
def test_calc_refuses_with_one_sentence(run: CliRunner, text: str, sentence: str) -> None:
    refused = run.invoke(main, ["--language", "en", "calc", "withholding"], input=text)
    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_verify_agrees_and_tells_what_differs(run: CliRunner, tmp_path: Path) -> None:
    called(run, "db", "upgrade")
    assert called(run, "verify").exit_code == 0
    with sqlite3.connect(tmp_path / "didim.sqlite") as database:
        database.executescript(
            "INSERT INTO workers VALUES (1, 1, 'Pine', 'ko', '2026-09-01', NULL, 1, 0, 'uid');"
            "INSERT INTO punches"
            " (id, event_id, worker_id, kind, at, received_at, device_offset, terminal, entered_by,"
            " reason)"
            " VALUES (1, 'e', 1, 'in', '2026-11-02', '2026-11-02', 0, '', '', '');"
            "INSERT INTO presences VALUES (1, 'out', '2026-11-02');"
        )
    refused = called(run, "verify")
    assert refused.exit_code == 1
    assert refused.stdout.startswith("presence 1:")


def test_people_are_listed_by_chosen_name_for_scripts(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    assert json.loads(called(run, "worker", "list", "--json").stdout) == []
    assert called(run, "worker", "list").stdout == ""


def test_a_backup_is_written_and_comes_back_into_an_empty_place(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called(run, "db", "upgrade")
    called(run, "device", "add", "door", "--role", "clock")
    file = str(tmp_path / "backup.didim")
    assert "rows are in backup.didim" in called(run, "backup", "create", file).stdout
    assert called(run, "backup", "create", file).exit_code == 1
    assert called(run, "backup", "restore", file).exit_code == 1
    monkeypatch.setenv("DIDIM_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert "are back" in called(run, "backup", "restore", file).stdout
    assert "door" in called(run, "device", "list").stdout


def test_a_backup_is_listed_looked_at_and_rehearsed(run: CliRunner, tmp_path: Path) -> None:
    called(run, "db", "upgrade")
    called(run, "device", "add", "door", "--role", "clock")
    made = called(run, "backup", "create").stdout
    (file,) = (tmp_path / "backups").iterdir()
    assert str(file) in made
    assert str(file) in called(run, "backup", "list").stdout
    assert "is whole: " in called(run, "backup", "verify", str(file)).stdout
    assert "every row is equal" in called(run, "backup", "rehearse", str(file)).stdout
    assert list(tmp_path.glob("rehearsal-*")) == []
    spoilt = bytearray(file.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    file.write_bytes(spoilt)
    refused = called(run, "backup", "verify", str(file))
    assert (refused.exit_code, "no whole backup" in refused.stderr) == (1, True)


def test_keys_are_rotated_put_on_paper_and_typed_back(run: CliRunner, tmp_path: Path) -> None:
    called(run, "db", "upgrade")
    file, key = tmp_path / "sheet.pdf", tmp_path / "vault.key"
    assert "sealed with key 2" in called(run, "keys", "rotate").stdout
    assert called(run, "keys", "sheet", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
    typed = lines_of(read_ring(key))
    assert called(run, "keys", "enter").exit_code == 1
    kept = key.read_text(encoding="ascii")
    key.unlink()
    away = called(run, "doctor")
    assert (away.exit_code, "✗ key: It is not there" in away.stdout) == (1, True)
    assert "✓ balances" in away.stdout
    assert "! audit chain: It can't be looked at without the key" in away.stdout
    assert "was changed" not in away.stdout
    told = run.invoke(main, ["--language", "ko", "device", "list"])
    assert "그 자리에 없어요" in told.stderr
    back = run.invoke(main, ["--language", "en", "keys", "enter"], input="\n".join(typed))
    assert "with 2 keys" in back.stdout
    assert key.read_text(encoding="ascii") == kept
    assert called(run, "audit", "verify").exit_code == 0


def test_a_password_is_typed_twice_and_asked_for_in_her_language(run: CliRunner) -> None:
    called(run, "db", "upgrade")
    words = ["--language", "ko", "account", "add", "maple", "--role", "manager"]
    typed = "one way 1\nanother 2\nwide field 3\nwide field 3\n"
    told = run.invoke(main, words, input=typed)
    assert told.exit_code == 0
    assert "비밀번호" in told.stderr
    assert "서로 달라요" in told.stderr
    assert "wide field" not in told.output
    assert "maple" in called(run, "account", "list").stdout


def test_the_doctor_and_the_audit_tell_what_was_changed(run: CliRunner, tmp_path: Path) -> None:
    called(run, "db", "upgrade")
    called(run, "device", "add", "door", "--role", "clock")
    mark = called(run, "audit", "verify").stdout.split()[-1]
    assert called(run, "audit", "verify", "--since", mark).exit_code == 0
    called(run, "backup", "create")
    assert called(run, "doctor").exit_code == 0
    with sqlite3.connect(tmp_path / "didim.sqlite") as database:
        database.executescript(
            "DROP TRIGGER audit_entries_no_update;UPDATE audit_entries SET actor = 'Willow'"
        )
    told = called(run, "audit", "verify")
    assert (told.exit_code, told.stdout) == (1, "Entry 1 was changed after it was kept.\n")
    ill = called(run, "doctor")
    assert ill.exit_code == 1
    assert "audit_entries_no_update" in ill.stdout
    with sqlite3.connect(tmp_path / "didim.sqlite") as database:
        for table in ("audit_links", "audit_entries"):
            database.executescript(f"DROP TRIGGER {table}_no_delete;DELETE FROM {table}")  # noqa: S608
    cut = called(run, "audit", "verify")
    assert (cut.exit_code, "is not in the chain" in cut.stdout) == (1, True)


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("simulate", "--orders", "many"), 2, "It is not called like that"),
        (("nothing",), 2, "It is not called like that"),
        (("verify", "more"), 2, "It is not called like that"),
        (("device", "add", " ", "--role", "clock"), 2, "Please give a name"),
        (("backup", "create", "/no/such/folder/file"), 2, "There is no folder"),
        (("backup", "restore", "/no/such/file"), 2, "There is no file"),
    ],
)
def test_a_command_called_wrongly_says_so_in_one_line(
    run: CliRunner, words: tuple[str, ...], status: int, sentence: str
) -> None:
    assert called(run, "db", "upgrade").exit_code == 0
    answer = called(run, *words)
    assert answer.exit_code == status
    assert sentence in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("DIDIM_DATABASE_URL", "nonsense"), ("DIDIM_INSTANCE", "/proc/nowhere")]
)
def test_a_wrong_setting_is_named(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    answer = called(run, "verify")
    assert answer.exit_code == 2
    assert name in answer.stderr


def test_a_second_server_at_the_same_address_is_refused(run: CliRunner) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert called(run, "db", "upgrade").exit_code == 0
        answer = called(run, "serve", "--port", str(other.getsockname()[1]))
    assert answer.exit_code == 1
    assert "Nothing can be served" in answer.stderr


def test_a_house_of_a_newer_program_is_left_as_it_is(run: CliRunner, tmp_path: Path) -> None:
    called(run, "db", "upgrade")
    with sqlite3.connect(tmp_path / "didim.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    answer = called(run, "db", "upgrade")
    assert (answer.exit_code, "newer version" in answer.stderr) == (1, True)
    assert not (tmp_path / "backups").exists()
    assert "Start that one" in called(run, "doctor").stdout


def test_what_it_writes_is_for_its_own_account_alone(tmp_path: Path) -> None:
    place, second = tmp_path / "house", tmp_path / "second"
    second.mkdir()
    given = {
        "DIDIM_INSTANCE": str(place),
        "DIDIM_KEY_FILE": str(tmp_path / "vault.key"),
        "DIDIM_BACKUP_FOLDER": str(second),
    }
    for words in (("db", "upgrade"), ("backup", "create")):
        command = [sys.executable, "-m", "factory.cli", *words]
        subprocess.run(command, env=os.environ | given, check=True, capture_output=True)
    written = [*place.rglob("*"), *second.rglob("*")]
    assert len(written) > 3
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []

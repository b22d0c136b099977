"""A key file that a passphrase locks: it opens with it alone, and stays locked when keys rotate."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factory.cli import main
from factory.security import locked
from factory.security.keys import is_locked_at, new_ring, read_ring, write_ring
from factory.security.locked import KeyLocked, PassphraseWrong, is_locked, lock, unlock

WORDS = "seven coats on a rail"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing may be cheap in tests."""
    monkeypatch.setattr(locked, "COST", 2)


def test_it_opens_with_its_passphrase_alone() -> None:
    text = lock("1 abcdef\n", WORDS)
    assert is_locked(text)
    assert "abcdef" not in text
    assert unlock(text, WORDS) == "1 abcdef\n"
    assert lock("1 abcdef\n", WORDS) != text
    with pytest.raises(KeyLocked):
        unlock(text, "")
    for other in (WORDS + " ", WORDS.upper(), "x"):
        with pytest.raises(PassphraseWrong):
            unlock(text, other)


@pytest.mark.parametrize("spoil", ["", " 00", " zz zz zz"])
def test_a_file_that_was_changed_does_not_open(spoil: str) -> None:
    text = lock("1 abcdef\n", WORDS)
    spoilt = text.rstrip("\n")[:-2] + "00" if not spoil else locked.START + spoil
    with pytest.raises(PassphraseWrong):
        unlock(spoilt, WORDS)


def test_a_ring_stays_locked_as_it_turns(tmp_path: Path) -> None:
    path, ring = tmp_path / "vault.key", new_ring()
    write_ring(ring, path)
    assert not is_locked_at(path)
    assert read_ring(path, WORDS).passphrase == "", "what is not locked is not locked by reading"
    write_ring(type(ring)(ring.masters, passphrase=WORDS), path)
    assert is_locked_at(path)
    assert ring.masters[1].hex() not in path.read_text()
    turned = read_ring(path, WORDS).rotated()
    write_ring(turned, path)
    assert is_locked_at(path)
    assert read_ring(path, WORDS).masters == turned.masters


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a place of its own."""
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    monkeypatch.delenv("DIDIM_KEY_PASSPHRASE", raising=False)
    return CliRunner()


def called(run: CliRunner, *words: str, typed: str = "") -> Result:
    return run.invoke(main, ["--language", "en", *words], input=typed)


def test_a_house_with_a_locked_key_asks_for_its_passphrase(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(run, "db", "upgrade").exit_code == 0
    assert called(run, "keys", "lock", "--passphrase", "short").exit_code == 2
    assert called(run, "keys", "lock", "--passphrase", WORDS).exit_code == 0
    assert is_locked_at(tmp_path / "vault.key")
    assert called(run, "account", "list").exit_code == 1, "nobody types anything"
    wrong = called(run, "account", "list", typed="something else\n")
    assert wrong.exit_code == 2
    assert "not the passphrase" in wrong.stderr
    assert called(run, "account", "list", typed=f"{WORDS}\n").exit_code == 0
    monkeypatch.setenv("DIDIM_KEY_PASSPHRASE", WORDS)
    assert called(run, "keys", "rotate").exit_code == 0
    assert is_locked_at(tmp_path / "vault.key")
    assert called(run, "account", "list").exit_code == 0
    assert called(run, "keys", "unlock").exit_code == 0
    assert not is_locked_at(tmp_path / "vault.key")
    monkeypatch.delenv("DIDIM_KEY_PASSPHRASE")
    assert called(run, "account", "list").exit_code == 0

"""Everything that differs between one installation and another, read once from the environment."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

LANGUAGES = ("ko", "ko_easy", "en")
DATABASES = ("sqlite:///", "postgresql+psycopg://")


class Profile(StrEnum):
    """What this installation is for."""

    DEVELOPMENT = "development"
    TESTING = "testing"
    PRODUCTION = "production"


class SettingWrong(Exception):
    """A setting in the environment that can't be used; its text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation."""

    profile: Profile
    instance: Path
    """The folder of all that changes."""
    database_url: str
    key_file: Path
    """The vault's key, outside the database and its backups."""
    secret_key: str
    passphrase: str = field(default="", repr=False)
    """What opens the key file, where one locks it."""
    second_place: Path | None = None
    """Where each nightly backup is laid once more: a stick, a folder of the network."""
    language: str = "ko"
    hosts: frozenset[str] = frozenset()
    """Names with a dot by which it may be called, besides those of its own network."""
    host: str = "127.0.0.1"
    port: int = 5000

    @property
    def backups(self) -> Path:
        """Where nightly backups lie."""
        return self.instance / "backups"

    @property
    def papers(self) -> Path:
        """Where virtual printers lay their paper."""
        return self.instance / "papers"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; `SettingWrong` says what can't be used."""
    given = os.environ if environment is None else environment
    instance = Path(given.get("DIDIM_INSTANCE", "instance")).resolve()
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingWrong(
            f"DIDIM_INSTANCE is {str(instance)!r}; no folder can be made there."
        ) from None
    return Settings(
        profile=_profile(given.get("DIDIM_PROFILE", "production")),
        instance=instance,
        database_url=_database(given.get("DIDIM_DATABASE_URL"), instance),
        key_file=Path(given.get("DIDIM_KEY_FILE", "~/.config/didim/vault.key")).expanduser(),
        secret_key=_secret(Path(given.get("DIDIM_SECRET_KEY_FILE", instance / "secret.key"))),
        passphrase=given.get("DIDIM_KEY_PASSPHRASE", ""),
        second_place=Path(second) if (second := given.get("DIDIM_BACKUP_FOLDER", "")) else None,
        language=_language(given.get("DIDIM_LANGUAGE", "ko")),
        hosts=_hosts(given.get("DIDIM_HOSTS", "")),
        host=given.get("HOST", "127.0.0.1"),
        port=_port(given.get("PORT", "5000")),
    )


def _profile(text: str) -> Profile:
    try:
        return Profile(text)
    except ValueError:
        message = f"DIDIM_PROFILE is {text!r}; it must be development, testing or production."
        raise SettingWrong(message) from None


def _database(text: str | None, instance: Path) -> str:
    if not text:
        return f"sqlite:///{instance / 'didim.sqlite'}"
    if not text.startswith(DATABASES):
        raise SettingWrong(f"DIDIM_DATABASE_URL must begin with {' or '.join(DATABASES)}.")
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise SettingWrong(f"DIDIM_LANGUAGE is {text!r}; it must be ko, ko_easy or en.")
    return text


def _hosts(text: str) -> frozenset[str]:
    """The names that were given, and the computer's own."""
    named = {name.strip().lower() for name in text.split(",")} | {socket.gethostname().lower()}
    return frozenset(named - {""})


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise SettingWrong(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def _secret(path: Path) -> str:
    """Read the key that signs cookies; make it once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()

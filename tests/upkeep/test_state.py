"""The page that says how the computer is, and the start page that says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from factory.app import SETTINGS
from factory.db.session import transaction
from factory.kernel.time import now
from factory.security import service
from factory.security.domain import SYSTEM, Role
from factory.upkeep import records, rotation
from tests.conftest import SignIn

BALANCES = "<dt>balances</dt>"
NO_BACKUP = "backup: There is none. Run: didim backup create"


@pytest.fixture
def settings(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A computer of its own, with its key on a stick and without a backup."""
    house, key = tmp_path / "house", tmp_path / "stick" / "vault.key"
    for each in (house, key.parent):
        each.mkdir()
    key.touch()
    old: Settings = app.extensions[SETTINGS]
    made = replace(old, instance=house, key_file=key)
    monkeypatch.setitem(app.extensions, SETTINGS, made)
    return made


def deed(app: Flask, *, days_ago: int) -> None:
    with app.app_context(), transaction() as session:
        when = now() - timedelta(days=days_ago)
        service.record(session, SYSTEM, "open_house", "doors", at=when)


def make_backup(settings: Settings, *, days_ago: int = 0) -> None:
    settings.backups.mkdir(exist_ok=True)
    (settings.backups / rotation.name_for(now() - timedelta(days=days_ago))).touch()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.KEEPER])
def test_the_start_page_tells_of_a_night_without_a_backup_until_there_is_one(
    app: Flask, settings: Settings, sign_in: SignIn, role: Role
) -> None:
    browser = sign_in(role)
    deed(app, days_ago=2)
    start = browser.get("/").text
    assert NO_BACKUP in start
    assert '<a href="/state">' in start
    make_backup(settings)
    assert "backup:" not in browser.get("/").text


def test_balances_that_differ_in_the_night_are_told_until_a_night_finds_them_right(
    app: Flask, settings: Settings, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    make_backup(settings)
    assert BALANCES not in browser.get("/state").text, "nobody has looked at them yet"
    look(app, "bundle good 20000011", "drawer 2026-11-23")
    start = browser.get("/").text
    assert "balances: 2 differ from their facts (bundle good 20000011)" in start
    look(app)
    assert "differ from their facts" not in browser.get("/").text
    assert BALANCES in browser.get("/state").text


def look(app: Flask, *differing: str) -> None:
    """What a night found; how it looks is played through on each engine (`test_engines`)."""
    with app.app_context(), transaction() as session:
        records.append_check(session, differing, at=now())


def test_the_start_page_waits_for_no_folder_far_away(
    app: Flask, settings: Settings, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    found_in = rotation.found_in

    def looking(place: Path) -> dict[datetime, Path]:
        looked.append(place)
        return found_in(place)

    monkeypatch.setattr(rotation, "found_in", looking)
    far = settings.instance / "far"
    far.mkdir()
    monkeypatch.setitem(app.extensions, SETTINGS, replace(settings, second_place=far))
    browser = sign_in(Role.KEEPER)
    assert browser.get("/").status_code == 200
    assert far not in looked
    browser.get("/state")
    assert far in looked


@pytest.mark.usefixtures("settings")
def test_on_its_first_day_a_house_needs_no_backup_yet(app: Flask, sign_in: SignIn) -> None:
    deed(app, days_ago=0)
    assert NO_BACKUP not in sign_in(Role.KEEPER).get("/").text


@pytest.mark.usefixtures("settings")
def test_nobody_needs_a_backup_of_what_is_invented(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.KEEPER)
    deed(app, days_ago=2)
    with app.app_context(), transaction() as session:
        service.mark_demo(session)
    assert NO_BACKUP not in browser.get("/").text


def test_what_is_worth_minding_stands_on_the_page_and_not_on_the_start_page(
    app: Flask, settings: Settings, sign_in: SignIn
) -> None:
    browser = sign_in(Role.KEEPER)
    deed(app, days_ago=2)
    make_backup(settings)
    assert "What waits" not in browser.get("/").text
    shown = browser.get("/state").text
    assert "Name a stick or a folder elsewhere" in shown
    assert "Run: didim cert" in shown


def test_a_pulled_key_and_an_old_backup_are_each_told(
    app: Flask, settings: Settings, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    deed(app, days_ago=9)
    make_backup(settings, days_ago=4)
    settings.key_file.unlink()
    assert "key: It is not there" in browser.get("/").text
    shown = browser.get("/state").text
    assert "The newest is 4 days old" in shown
    assert "It is not there" in shown


def test_the_page_is_for_those_who_look_after_the_house(sign_in: SignIn) -> None:
    assert sign_in(Role.SUPERVISOR).get("/state").status_code == 403

"""The vault, terminals and audit, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, now, today
from factory.security import devices, keys, queries, service
from factory.security.domain import (
    SYSTEM,
    Actor,
    DeviceRole,
    NameTaken,
    NotTheirs,
    ReasonNeeded,
    Role,
    TokenUnknown,
    WorkerId,
    WrongDeviceRole,
)
from factory.security.vault import ring_of

WILLOW = Actor(name="Willow", roles=frozenset({Role.MANAGER}))
PINE = Actor(name="Pine", roles=frozenset({Role.WORKER}))
UID = "6f3c6a1e-0000-4000-8000-000000000001"


def test_a_sealed_name_opens_with_a_reason_which_is_kept(session: Session) -> None:
    service.seal(session, "worker", UID, {"legal_name": "홍길동"}, by=WILLOW, at=now())
    opened = service.read_sealed(
        session, "worker", UID, "legal_name", reason="contract", by=WILLOW, at=now()
    )
    assert opened == "홍길동"
    session.flush()
    (entry,) = queries.readings(session, UID)
    assert (entry.actor, entry.reason) == ("Willow", "contract")


def test_the_database_never_holds_the_sealed_text(session: Session) -> None:
    service.seal(session, "worker", UID, {"legal_name": "Legal Name"}, by=WILLOW, at=now())
    session.flush()
    (kept,) = session.execute(text("SELECT envelope FROM vault")).one()
    assert b"Legal" not in bytes(kept)


def test_reading_needs_a_reason_and_the_right(session: Session) -> None:
    service.seal(session, "worker", UID, {"phone": "010"}, by=WILLOW, at=now())
    read = service.read_sealed
    with pytest.raises(ReasonNeeded):
        read(session, "worker", UID, "phone", reason=" ", by=WILLOW, at=now())
    with pytest.raises(NotTheirs):
        read(session, "worker", UID, "phone", reason="curious", by=PINE, at=now())
    with pytest.raises(NotFound):
        read(session, "worker", UID, "address", reason="letter", by=WILLOW, at=now())


def test_bytes_copied_to_another_row_do_not_open(session: Session) -> None:
    ring = ring_of(session)
    sealed = ring.seal("secret", "worker|a|phone")
    with pytest.raises(keys.SealBroken):
        ring.open(sealed, "worker|b|phone")
    with pytest.raises(keys.SealBroken):
        ring.open(b"\x01\x09" + sealed[2:], "worker|a|phone")
    with pytest.raises(keys.SealBroken):
        ring.open(b"", "worker|a|phone")


def test_what_is_sealed_can_be_replaced_and_erased(session: Session) -> None:
    for number in ("010-1", "010-2"):
        service.seal(session, "worker", UID, {"phone": number}, by=WILLOW, at=now())
    read = service.read_sealed
    assert read(session, "worker", UID, "phone", reason="call", by=WILLOW, at=now()) == "010-2"
    service.seal(session, "worker", UID, {"phone": ""}, by=WILLOW, at=now())
    assert service.sealed_fields(session, "worker", UID) == frozenset()
    service.seal(session, "worker", UID, {"phone": "010"}, by=WILLOW, at=now())
    service.erase_sealed(session, "worker", UID, by=WILLOW, at=now())
    assert service.sealed_fields(session, "worker", UID) == frozenset()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.chmod(0o644),
        lambda path: path.write_text("no key at all"),
        lambda path: path.write_text("1 abcd\n"),
        lambda path: path.write_text(""),
    ],
)
def test_a_key_file_that_cant_be_used_says_so(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / "vault.key"
    assert keys.ring_at(path).masters == keys.ring_at(path).masters
    spoil(path)
    with pytest.raises(keys.KeyFileUnusable):
        keys.read_ring(path)


def test_a_demo_key_says_that_it_is_one(tmp_path: Path) -> None:
    keys.write_ring(keys.new_ring(demo=True), tmp_path / "k")
    assert keys.read_ring(tmp_path / "k").demo


def test_a_blind_index_ignores_case_and_spaces() -> None:
    ring = keys.new_ring()
    assert ring.index("name", " Ab ") == ring.index("name", "ab")
    assert ring.index("name", "ab") != ring.index("phone", "ab")


def test_an_audit_entry_can_be_neither_changed_nor_deleted(session: Session) -> None:
    service.record(session, WILLOW, "look", "thing", at=now())
    session.flush()
    for statement in ("UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement))


def test_a_terminal_is_known_by_its_token_and_its_role(
    session: Session, clock: time_machine.Traveller
) -> None:
    token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
    assert devices.known(session, token, DeviceRole.CLOCK).device == "door"
    with pytest.raises(WrongDeviceRole):
        devices.known(session, token, DeviceRole.TILL)
    with pytest.raises(NameTaken):
        devices.add(session, "door", DeviceRole.TILL, by=SYSTEM, at=now())
    devices.seen(session, Actor(name="door", device="door"), at=now())
    assert devices.listed(session)[0].last_seen == now()
    devices.void(session, "door", by=SYSTEM, at=now())
    with pytest.raises(TokenUnknown):
        devices.known(session, token, DeviceRole.CLOCK)


def test_one_number_has_one_account_and_leaving_closes_it(session: Session) -> None:
    add = service.create_worker_account
    add(session, WorkerId(1), number=7, pin="2580", by=SYSTEM, at=now())
    with pytest.raises(NameTaken):
        add(session, WorkerId(2), number=7, by=SYSTEM, at=now())
    assert service.check_secret(session, "7", "2580", at=now()) is not None
    service.show_as(session, WorkerId(1), "Pine")
    service.sign_in_through(session, WorkerId(1), today() - 2 * DAY, by=SYSTEM, at=now())
    assert service.check_secret(session, "7", "2580", at=now()) is None
    with pytest.raises(NotFound):
        service.set_pin(session, WorkerId(99), "2580", by=SYSTEM, at=now())


def test_a_demo_database_says_so(session: Session) -> None:
    assert not service.is_demo(session)
    service.mark_demo(session)
    session.flush()
    assert service.is_demo(session)

"""A manager who signs in with her telephone shows it at the till too: a PIN is half of it."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.security import service as security
from factory.security.domain import SYSTEM, AccountId, CodeWanted, CodeWrong, Role
from factory.stock import queries as stock
from tests.cast import PASSWORD
from tests.security.test_telephone import code_now, taken_in
from tests.till.build import LANGUAGES, basket, pay

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hers(app: Flask) -> AccountId:
    """Willow's account, with a telephone."""
    with app.app_context(), transaction() as session:
        account = security.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
        taken_in(session, account)
    return account


def shown(app: Flask, account: AccountId) -> str:
    with app.app_context(), reading() as session:
        return code_now(session, account)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_price_wants_her_telephone_as_well(
    app: Flask,
    birch: FlaskClient,
    coat: str,
    hers: AccountId,
    clock: time_machine.Traveller,
    language: str,
) -> None:
    birch.post("/language", data={"language": language})
    one = basket(coat) | {"lines-0-price": "250,000"}
    sent = {"cash": "250000", "badge": "willow", "pin": PASSWORD}
    for code, refusal in (("", CodeWanted()), ("000000", CodeWrong())):
        refused = pay(birch, **one, **sent, telephone=code)
        assert refused.status_code == 422
        assert tell(refusal, language) in refused.text
        assert 'id="telephone-wrong"' in refused.text
    clock.shift(60)
    assert pay(birch, **one, **sent, telephone=shown(app, hers)).status_code == 303
    again = pay(birch, **one, **sent, telephone=shown(app, hers))
    assert tell(CodeWrong(), language) in again.text


def test_coats_without_a_receipt_want_it_too(
    app: Flask, birch: FlaskClient, coat: str, hers: AccountId, clock: time_machine.Traveller
) -> None:
    typed = {"code": coat, "quantity": "1", "amount": "100,000", "kind": "cash", "fate": "rail"}
    typed |= {"reason": "gift", "event_id": new_id(), "badge": "willow", "pin": PASSWORD}
    assert birch.post("/till/returns/without", data=typed).status_code == 422
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 5
    clock.shift(60)
    done = birch.post("/till/returns/without", data=typed | {"telephone": shown(app, hers)})
    assert done.status_code == 303

"""A second person who signs in with her telephone shows it there too: a password is half of it."""

from __future__ import annotations

from html import unescape

import pytest
import time_machine
from flask import Flask

from factory.db.session import reading, transaction
from factory.kernel.words import tell
from factory.payroll import queries
from factory.security import service
from factory.security.domain import AccountId, CodeWanted, CodeWrong, Role
from tests.conftest import Kept, SignIn
from tests.payroll.second import cedar
from tests.payroll.test_transfers import ADDRESS, ASKED, with_account
from tests.security.test_telephone import code_now, taken_in


@pytest.fixture
def hers(app: Flask, kept: Kept) -> AccountId:
    """Cedar's account, with a telephone; a month is closed."""
    kept(with_account)
    kept(cedar)
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, "cedar")
        assert account is not None
        taken_in(session, account)
    return account


def test_her_password_alone_opens_nothing(
    app: Flask, sign_in: SignIn, hers: AccountId, clock: time_machine.Traveller
) -> None:
    client = sign_in(Role.MANAGER)
    for typed, refusal in (("", CodeWanted()), ("000000", CodeWrong())):
        refused = client.post(f"{ADDRESS}?language=en", data=ASKED | {"code": typed})
        assert refused.status_code == 422
        assert tell(refusal, "en") in unescape(refused.text)
    with app.app_context(), reading() as session:
        assert queries.transfers(session) == ()
    clock.shift(60)
    with app.app_context(), reading() as session:
        code = code_now(session, hers)
    assert client.post(ADDRESS, data=ASKED | {"code": code}).status_code == 303
    clock.shift(60)
    again = client.post(f"{ADDRESS}?language=en", data=ASKED | {"code": code, "again": "y"})
    assert tell(CodeWrong(), "en") in unescape(again.text)

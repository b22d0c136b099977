"""A telephone besides the password: asked, taken in and off, each code once, and nobody guesses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, tell
from factory.security import queries, second, service, sessions, telephone, vault
from factory.security.domain import SYSTEM, AccountId, CodeWrong, NotYourOwn, Role
from factory.security.records import SealedRow
from factory.security.telephone import Step
from tests.cast import PASSWORD
from tests.conftest import SignIn

pytestmark = pytest.mark.usefixtures("clock")
WRONG = {"name": "willow", "password": PASSWORD}


def willow(session: Session, role: Role = Role.MANAGER, name: str = "willow") -> AccountId:
    return service.create_account(
        session, name, PASSWORD, roles=[role], language="en", by=SYSTEM, at=now()
    )


def code_now(session: Session, account: AccountId) -> str:
    secret = vault.read_own(session, telephone.KIND, str(account), telephone.FIELD)
    assert secret is not None
    return second.code_of(secret, second.step_of(now()))


def taken_in(session: Session, account: AccountId) -> tuple[str, ...]:
    telephone.begin(session, account)
    code = code_now(session, account)
    codes = telephone.take_in(session, account, code, by=SYSTEM, at=now())
    assert codes is not None
    return codes


def test_a_code_is_asked_only_once_the_telephone_has_answered(session: Session) -> None:
    account = willow(session)
    telephone.begin(session, account)
    assert telephone.step(session, account) is Step.NOTHING
    assert telephone.take_in(session, account, "000000", by=SYSTEM, at=now()) is None
    assert telephone.step(session, account) is Step.NOTHING
    taken_in(session, account)
    assert telephone.step(session, account) is Step.CODE
    assert telephone.waiting_secret(session, account) is None


def test_beginning_twice_shows_the_same_key(session: Session) -> None:
    account = willow(session)
    telephone.begin(session, account)
    first = telephone.waiting_secret(session, account)
    telephone.begin(session, account)
    assert first == telephone.waiting_secret(session, account)


def test_a_code_is_taken_once(session: Session, clock: time_machine.Traveller) -> None:
    account = willow(session)
    taken_in(session, account)
    first = code_now(session, account)
    assert not telephone.take(session, account, first, at=now()), "it took the telephone in"
    clock.shift(30)
    following = code_now(session, account)
    assert telephone.take(session, account, following, at=now())
    assert not telephone.take(session, account, following, at=now())


def test_a_recovery_code_is_taken_once_and_only_from_whom_it_is(session: Session) -> None:
    account, other = willow(session), willow(session, name="maple")
    codes, hers = taken_in(session, account), taken_in(session, other)
    assert len(set(codes)) == telephone.CODES
    assert not telephone.take(session, account, hers[0], at=now())
    assert telephone.take(session, account, codes[0].upper().replace("-", " "), at=now())
    assert not telephone.take(session, account, codes[0], at=now())
    found = telephone.telephone(session, account)
    assert found is not None
    assert found.codes == telephone.CODES - 1
    assert queries.audit(session)[0].what == "use_recovery_code"


def test_other_recovery_codes_end_the_old_ones(session: Session) -> None:
    account = willow(session)
    old = taken_in(session, account)
    new = telephone.new_codes(session, account, by=SYSTEM, at=now())
    assert not telephone.take(session, account, old[1], at=now())
    assert telephone.take(session, account, new[1], at=now())


def test_taken_off_nothing_is_left_of_it(session: Session) -> None:
    account = willow(session)
    codes = taken_in(session, account)
    token = sessions.open_session(session, account, at=now())
    telephone.take_off(session, account, by=SYSTEM, at=now())
    session.flush()
    session.expire_all()
    assert telephone.step(session, account) is Step.NOTHING
    assert session.query(SealedRow).count() == 0
    assert not telephone.take(session, account, codes[0], at=now())
    assert sessions.who_is(session, token, at=now()) is None
    assert queries.audit(session)[0].what == "take_telephone_off"


def test_the_house_demands_it_of_managers_and_keepers_alone(session: Session) -> None:
    manager = willow(session)
    cashier = willow(session, Role.CASHIER, "cashier")
    tokens = [sessions.open_session(session, each, at=now()) for each in (manager, cashier)]
    telephone.demand(session, wanted=True, by=SYSTEM, at=now())
    session.flush()
    assert telephone.step(session, manager) is Step.TAKE_IN
    assert telephone.step(session, cashier) is Step.NOTHING
    signed_in = [sessions.who_is(session, token, at=now()) is not None for token in tokens]
    assert signed_in == [False, True]
    telephone.demand(session, wanted=False, by=SYSTEM, at=now())
    assert telephone.step(session, manager) is Step.NOTHING


def test_neither_key_nor_codes_lie_open_in_the_database(session: Session) -> None:
    account = willow(session)
    telephone.begin(session, account)
    secret = telephone.waiting_secret(session, account) or ""
    codes = taken_in(session, account)
    session.flush()
    kept = [
        row for table in ("vault", "telephones", "recovery_codes") for row in _all(session, table)
    ]
    assert len(kept) == 1 + 1 + telephone.CODES
    for text in (secret, secret.lower(), codes[0], codes[0].replace("-", "")):
        assert not any(text.encode() in str(row).encode() for row in kept)


def _all(session: Session, table: str) -> list[object]:
    return list(session.execute(sql(f"SELECT * FROM {table}")))  # noqa: S608 - our own names


# At a browser

Given = Callable[..., tuple[str, ...]]


@pytest.fixture
def given(app: Flask, client: FlaskClient) -> Given:
    """Willow, who has taken her telephone in; gives her recovery codes."""
    del client

    def made(*, demanded: bool = False, telephone_too: bool = True) -> tuple[str, ...]:
        with app.app_context(), transaction() as session:
            account = willow(session)
            codes = taken_in(session, account) if telephone_too else ()
            if demanded:
                telephone.demand(session, wanted=True, by=SYSTEM, at=now())
            return codes

    return made


def code_of(app: Flask, name: str = "willow") -> str:
    with app.app_context(), reading() as session:
        account = service.find_account_id(session, name)
        assert account is not None
        return code_now(session, account)


def test_after_the_password_nobody_is_signed_in_before_the_code(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    given()
    answer = client.post("/sign-in", data={**WRONG, "next": "/people/"})
    assert answer.location == "/sign-in/code?next=/people/"
    assert client.get("/").location == "/sign-in?next=/"
    clock.shift(30)
    answer = client.post("/sign-in/code", data={"code": code_of(app), "next": "/people/"})
    assert answer.location == "/people/"
    assert client.get("/").status_code == 200


def test_a_code_that_was_used_signs_nobody_in_again(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    given()
    clock.shift(30)
    for expected in (303, 422):
        client.post("/sign-in", data=WRONG)
        answer = client.post("/sign-in/code", data={"code": code_of(app)})
        assert answer.status_code == expected
        client.delete_cookie("didim_session")
    assert client.get("/").status_code == 303


def test_a_recovery_code_signs_in(client: FlaskClient, given: Given) -> None:
    codes = given()
    client.post("/sign-in", data=WRONG)
    assert client.post("/sign-in/code", data={"code": codes[3]}).status_code == 303
    assert client.get("/").status_code == 200
    assert "Recovery codes that are left: 7" in client.get("/settings/telephone").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_code_is_refused_in_her_language(
    client: FlaskClient, given: Given, language: str
) -> None:
    given()
    client.post("/sign-in", data=WRONG)
    answer = client.post(f"/sign-in/code?language={language}", data={"code": "12"})
    assert answer.status_code == 422
    assert tell(CodeWrong(), language) in unescape(answer.text)


def test_codes_are_not_guessed(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    """After five wrong ones even the right one waits; the password does not start anew."""
    given()
    clock.shift(30)
    for _ in range(5):
        client.post("/sign-in", data=WRONG)
        client.post("/sign-in/code", data={"code": "000000"})
    client.post("/sign-in", data=WRONG)
    right = {"code": code_of(app)}
    assert "Please wait 1 minute" in client.post("/sign-in/code", data=right).text
    clock.shift(61)
    right = {"code": code_of(app)}
    assert client.post("/sign-in/code", data=right).status_code == 303


def test_the_word_between_the_steps_is_soon_over(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    given()
    client.post("/sign-in", data=WRONG)
    clock.shift(5 * 60 + 1)
    answer = client.post("/sign-in/code", data={"code": code_of(app)})
    assert answer.location == "/sign-in"
    assert client.get("/").status_code == 303


def test_a_new_password_ends_what_the_old_one_began(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    given()
    client.post("/sign-in", data=WRONG)
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, "willow")
        assert account is not None
        service.set_password(session, account, "another password", by=SYSTEM, at=now())
    clock.shift(30)
    assert client.post("/sign-in/code", data={"code": code_of(app)}).location == "/sign-in"


def test_without_a_password_there_is_no_second_step(client: FlaskClient, given: Given) -> None:
    codes = given()
    for address in ("/sign-in/code", "/sign-in/telephone"):
        assert client.get(address).location == "/sign-in"
        assert client.post(address, data={"code": codes[0]}).location == "/sign-in"


def test_where_it_is_demanded_she_takes_her_telephone_in_before_anything_else(
    app: Flask, client: FlaskClient, given: Given
) -> None:
    given(demanded=True, telephone_too=False)
    answer = client.post("/sign-in", data=WRONG)
    assert answer.location == "/sign-in/telephone?next=/"
    page = client.get(answer.location).text
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert key is not None
    assert 'src="data:image/svg+xml' in page
    assert client.get("/people/").status_code == 303
    secret = key[1].replace(" ", "")
    assert client.post("/sign-in/telephone", data={"code": "1"}).status_code == 422
    code = second.code_of(secret, second.step_of(now()))
    answer = client.post("/sign-in/telephone", data={"code": code, "next": "/people/"})
    assert answer.status_code == 200
    assert len(re.findall(r"<li><code>[a-z2-7-]{19}</code>", answer.text)) == telephone.CODES
    assert 'href="/people/"' in answer.text
    assert client.get("/people/").status_code == 200


def test_whoever_has_one_already_is_not_shown_its_key_again(
    client: FlaskClient, given: Given
) -> None:
    given(demanded=True)
    client.post("/sign-in", data=WRONG)
    assert client.get("/sign-in/telephone").location == "/sign-in"


def test_she_takes_one_in_by_herself_knowing_her_password(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.post("/settings/telephone/begin", data={"old": "wrong"}).status_code == 422
    assert 'class="key"' not in browser.get("/settings/telephone").text
    answer = browser.post("/settings/telephone/begin", data={"old": PASSWORD})
    assert answer.location == "/settings/telephone"
    assert 'class="key"' in browser.get("/settings/telephone").text
    with app.app_context(), reading() as session:
        name = next(each.name for each in queries.accounts(session))
    answer = browser.post("/settings/telephone", data={"code": code_of(app, name)})
    assert "Recovery codes" in answer.text
    assert "You sign in with password and telephone" in browser.get("/settings/telephone").text


def test_other_codes_and_the_end_of_it_want_a_code(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, given: Given
) -> None:
    codes = given()
    client.post("/sign-in", data=WRONG)
    client.post("/sign-in/code", data={"code": codes[0]})
    for address in ("codes", "off"):
        answer = client.post(f"/settings/telephone/{address}", data={"code": "1"})
        assert answer.status_code == 422
    clock.shift(30)
    answer = client.post("/settings/telephone/codes", data={"code": code_of(app)})
    assert answer.text.count("<li><code>") == telephone.CODES
    clock.shift(30)
    answer = client.post("/settings/telephone/off", data={"code": code_of(app)})
    assert answer.location == "/sign-in"
    assert client.post("/sign-in", data=WRONG).location == "/"


def test_at_a_shared_screen_nobody_takes_a_telephone_in(sign_in: SignIn) -> None:
    screen = sign_in(Role.FLOOR_TERMINAL)
    assert screen.get("/settings/telephone").status_code == 403
    answer = screen.post("/settings/telephone/begin", data={"old": PASSWORD})
    assert answer.status_code == 403


def test_another_keeper_takes_a_lost_telephone_off(
    client: FlaskClient, sign_in: SignIn, given: Given
) -> None:
    given()
    keeper = sign_in(Role.KEEPER)
    assert "This account signs in with a telephone" in keeper.get("/accounts/willow").text
    assert keeper.post("/accounts/willow/telephone/off").status_code == 303
    assert "take_telephone_off" in keeper.get("/audit").text
    client.delete_cookie("didim_session")
    assert client.post("/sign-in", data=WRONG).location == "/"


def test_nobody_takes_her_own_off_without_a_code(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    answer = keeper.post("/accounts/Juniper/telephone/off")
    assert answer.status_code == 422
    assert tell(NotYourOwn(), "en") in unescape(answer.text)


def test_who_demands_it_of_others_has_one_herself(app: Flask, sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    answer = keeper.post("/telephones/demanded", data={"wanted": "y"})
    assert answer.status_code == 422
    assert "take in your own telephone first" in answer.text
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, "Juniper")
        assert account is not None
        taken_in(session, account)
    assert keeper.post("/telephones/demanded", data={"wanted": "y"}).status_code == 303
    assert " checked" in box_of(keeper.get("/accounts").text)
    assert keeper.post("/telephones/demanded").status_code == 303
    assert " checked" not in box_of(keeper.get("/accounts").text)


def box_of(page: str) -> str:
    found = re.search(r'<input[^>]*name="wanted"[^>]*>', page)
    assert found is not None
    return found[0]


def test_a_new_manager_without_one_is_signed_out_where_it_is_demanded(
    app: Flask, sign_in: SignIn
) -> None:
    keeper = sign_in(Role.KEEPER)
    with app.app_context(), transaction() as session:
        hazel = willow(session, Role.CUTTER, "hazel")
        token = sessions.open_session(session, hazel, at=now())
        telephone.demand(session, wanted=True, by=SYSTEM, at=now())
        keepers = service.find_account_id(session, "Juniper")
        assert keepers is not None
        hers = sessions.open_session(session, keepers, at=now())
    keeper.set_cookie("didim_session", hers)
    assert keeper.post("/accounts/hazel", data={"roles": ["manager"]}).status_code == 303
    with app.app_context(), reading() as session:
        assert sessions.who_is(session, token, at=now()) is None

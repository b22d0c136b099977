"""Two managers at one run at the same moment: each step is done once, and nothing is torn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from factory.db.session import db, reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.payroll import queries, service
from factory.payroll.domain.approval import Approval, DraftChanged, How
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.run import Run, RunLocked
from factory.payroll.records import CalculationRow, DraftRow, RunRow, SlipRow
from factory.payroll.service import entering
from factory.payroll.service.calculating import Progress
from factory.people import queries as people
from factory.people.domain import TermsKind
from factory.security.domain import Actor, Role
from tests.conftest import make_app
from tests.payroll.build import ASPEN, OCTOBER, WILLOW
from tests.people.build import make_terms, make_worker
from tests.postgres import fresh_database
from tests.stock.test_at_once import at_once

pytestmark = pytest.mark.usefixtures("clock")
SEPTEMBER = date(2026, 9, 1)
LINDEN, ROWAN, ALDER = (
    Actor(name=name, roles=frozenset({Role.MANAGER})) for name in ("Linden", "Rowan", "Alder")
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A house whose transactions really commit: Pine and Cedar, paid by agreement."""
    folder = tmp_path_factory.mktemp("own")
    if request.param == "sqlite":
        yield filled(make_app(f"sqlite:///{folder / 'own.sqlite'}", folder))
        return
    with fresh_database() as url:
        app = filled(make_app(url, folder))
        yield app
        with app.app_context():
            db.engine.dispose()


def filled(app: Flask) -> Flask:
    with app.app_context(), transaction() as session:
        terms = {"kind": TermsKind.FREELANCE, "rate": Money(1_000_000)}
        for name in ("Pine", "Cedar"):
            make_worker(session, name, terms=make_terms(**terms))
    return app


def calculated(month: date, by: Actor = WILLOW) -> Callable[[], object]:
    def act() -> object:
        with transaction() as session:
            return service.calculate(session, month, by=by, at=now())

    return act


def approved(month: date, shown: str, by: Actor) -> Callable[[], object]:
    def act() -> object:
        with transaction() as session:
            how = Approval(shown=shown, how=How.SECOND)
            return service.approve(session, month, how, by=by, at=now())

    return act


def entered(month: date) -> object:
    with transaction() as session:
        pine = people.workers(session)[0]
        bonus = Entered(Item.CHUSEOK, Money(300_000))
        entering.enter(session, pine, month, bonus, by=WILLOW, at=now())
    return bonus


def counts(house: Flask, month: date) -> tuple[int, ...]:
    """Drafts, calculations, runs and payslips that are kept of a month."""
    with house.app_context(), reading() as session:
        tables = (DraftRow, CalculationRow, RunRow, SlipRow)
        asked = (select(func.count()).select_from(t).where(t.month == month) for t in tables)
        return tuple(session.scalar(each) or 0 for each in asked)


def shown(house: Flask, month: date) -> str:
    with house.app_context(), reading() as session:
        found = queries.draft(session, month)
        assert found is not None
        return found.calculated.digest


def test_two_managers_at_once_do_each_step_once(house: Flask) -> None:
    started = at_once(house, *[calculated(SEPTEMBER), calculated(SEPTEMBER, ASPEN)] * 2)
    assert [isinstance(each, Progress) for each in started] == [True] * 4
    assert counts(house, SEPTEMBER) == (2, 1, 0, 0)
    name, managers = shown(house, SEPTEMBER), (LINDEN, ROWAN, ALDER)
    acts = [approved(SEPTEMBER, name, by) for by in managers]
    done = at_once(house, *acts, calculated(SEPTEMBER))
    assert sum(isinstance(each, Run) for each in done) == 1
    assert all(isinstance(each, Run | Progress | RunLocked) for each in done)
    assert counts(house, SEPTEMBER) == (2, 1, 1, 2)
    amount_comes_in_or_the_month_is_closed(house)


def amount_comes_in_or_the_month_is_closed(house: Flask) -> None:
    """Never both: an amount in a month whose payslips do not know of it."""
    with house.app_context():
        calculated(OCTOBER)()
    name = shown(house, OCTOBER)
    done = at_once(house, lambda: entered(OCTOBER), approved(OCTOBER, name, ROWAN))
    outcome = {type(each) for each in done}
    assert outcome in ({Entered, DraftChanged}, {Run, RunLocked})
    with house.app_context(), reading() as session:
        kept = bool(queries.entries(session, OCTOBER))
    assert kept is (Entered in outcome)

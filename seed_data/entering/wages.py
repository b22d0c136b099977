"""Tell how pay is calculated, and approved by two."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.payroll import queries, service
from factory.payroll.domain.approval import Approval, How, NotInOrder
from factory.payroll.domain.entered import Entered
from factory.payroll.domain.run import MattersOpen
from seed_data import household
from seed_data.acts import Declared, Elected, Granted, Paid
from seed_data.entering.dispatch import enter
from seed_data.ledger import MANAGER, Ledger


@enter.register
def _declared(act: Declared, session: Session, ledger: Ledger) -> None:
    worker = ledger.worker(session, act.person)
    facts = household.tax_facts(act.person, act.day)
    if facts is not None:
        service.set_facts(session, worker, facts, by=MANAGER, at=act.at)
    for each in household.reported(act.person, act.day):
        service.report_pay(session, worker, each, by=MANAGER, at=act.at)


@enter.register
def _granted(act: Granted, session: Session, ledger: Ledger) -> None:
    worker, entered = ledger.worker(session, act.person), Entered(act.item, Money(act.won))
    service.enter(session, worker, act.month, entered, by=MANAGER, at=act.at)


@enter.register
def _elected(act: Elected, session: Session, ledger: Ledger) -> None:
    worker = ledger.worker(session, act.person)
    service.enter_representative(session, worker, act.day, by=MANAGER, at=act.at)


@enter.register
def _paid(act: Paid, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - the form for all
    """The representative looks at what was calculated; where there is none, the manager says so.

    Where a day is still open, the month waits on the manager's desk, as in life.
    """
    service.calculate(session, act.month, by=MANAGER, at=act.at)
    found, elected = queries.draft(session, act.month), queries.representative(session)
    if found is None:
        return
    approval = Approval(
        shown=found.calculated.digest,
        how=How.REPRESENTATIVE if elected else How.SELF,
        reason="" if elected else ALONE,
        representative=elected.worker if elected else None,
    )
    with suppress(MattersOpen, NotInOrder), session.begin_nested():
        service.approve(session, act.month, approval, by=MANAGER, at=act.at)


ALONE = "아직 근로자대표를 뽑지 않았고 맡은 사람이 한 명뿐임"

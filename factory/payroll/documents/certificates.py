"""Papers that she takes with her: employment, wages, a change of terms (arts. 17, 39)."""

from __future__ import annotations

from datetime import date

from factory.business.domain import UNNAMED, Business
from factory.kernel.words import say, show, show_day, show_money, show_month
from factory.payroll.documents.ledger import basis
from factory.payroll.domain.certificates import Wages
from factory.payroll.domain.papers import Person
from factory.people.domain import DAY_NAMES, Terms, Worker
from printers.document import Align
from printers.sheet import Block, Column, Facts, Paragraph, Sheet, Signatures, Space, Table, Total

LINE = "_" * 26
RIGHT = Align.RIGHT


def employment(
    person: Person, work: str, purpose: str, on: date, house: Business = UNNAMED
) -> Sheet:
    """That she works here, or worked here: when, and what (art. 39)."""
    worker = person.worker
    facts = (
        *_who(person),
        (say("Time of employment"), _time(worker)),
        (say("Work"), work or LINE),
        (say("What it is for"), purpose),
    )
    told = say("We certify that she worked here in this time.")
    if worker.left is None:
        told = say("We certify that she is employed here.")
    blocks = (_lined(facts), *_signed(told, on, house))
    return Sheet(say("Certificate of employment"), blocks)


def _lined(facts: tuple[tuple[str, str], ...]) -> Table:
    """One line for each, as offices expect it of a certificate."""
    return Table((Column("", share=3), Column("", share=8)), facts)


def _time(worker: Worker) -> str:
    first = show_day(worker.hired)
    if worker.left is None:
        return say("{first} until today", first=first)
    return say("{first} to {last}", first=first, last=show_day(worker.left))


def wages(found: Wages, purpose: str, on: date, house: Business = UNNAMED) -> Sheet:
    """What she was paid, month by month, from approved payslips."""
    columns = (
        Column(say("Month of pay"), share=3),
        *(Column(say(name), RIGHT, 3) for name in ("Total pay", "Taken off", "Paid out")),
    )
    rows = [(show_month(month), *_won(s.gross, s.taken, s.net)) for month, s in found.slips]
    total = (say("Together"), *_won(found.earned, found.taken, found.paid))
    average = found.earned // len(found.slips)
    facts = (*_who(found.person), (say("What it is for"), purpose))
    blocks = (
        _lined(facts),
        Table(columns, (*rows, total), totals=1),
        Total(say("Earned a month, on average"), show_money(average)),
        *_signed(say("We certify that she was paid these wages."), on, house),
    )
    return Sheet(say("Certificate of wages"), blocks)


def change_of_terms(
    person: Person, before: Terms, after: Terms, on: date, house: Business = UNNAMED
) -> Sheet:
    """What held, what holds from a day on, and who signs (art. 17(2): she gets a copy)."""
    columns = (
        Column(say("Matter"), share=3),
        Column(say("Before the change"), share=4),
        Column(say("From {since} on", since=after.since), share=4),
    )
    rows = tuple(
        (name, old, new if new != old else say("as before"))
        for (name, old), (_, new) in zip(_agreed(before), _agreed(after), strict=True)
    )
    told = say("Everything else stays as the employment contract says.")
    signs = Signatures((say("Employer"), say("Worker")), mark=say("(signature)"))
    return Sheet(
        say("Change of terms"),
        (
            Facts((*_who(person)[:2], *_house(house), *_head(house))),
            Table(columns, rows),
            Paragraph(told),
            Paragraph(show_day(on), bold=True),
            Space(2),
            signs,
        ),
        small_print=say("Labor Standards Act, art. 17: both sides keep one signed copy."),
    )


def _agreed(terms: Terms) -> tuple[tuple[str, str], ...]:
    days = [say(DAY_NAMES[day]) for day in DAY_NAMES if day in terms.work_days]
    return (
        (say("Pay stands on"), basis(terms)),
        (say("Hours a week"), str(terms.weekly_hours)),
        (say("Working days"), show(tuple(days))),
        (say("Weekly rest day"), say(DAY_NAMES[terms.rest_day])),
        (say("From–to"), f"{terms.shift_start}–{terms.shift_end}"),
        (say("Allowances"), _allowances(terms)),
    )


def _allowances(terms: Terms) -> str:
    each = [f"{show(one.kind)} {show_money(one.amount)}" for one in terms.allowances]
    return ", ".join(each) or say("none")


def _who(person: Person) -> tuple[tuple[str, str], ...]:
    return (
        (say("Full name"), person.legal_name or LINE),
        (say("Birth date"), person.born or LINE),
        (say("Address"), person.address or LINE),
    )


def _won(*amounts: int) -> list[str]:
    return [show_money(won) for won in amounts]


def _signed(told: str, on: date, house: Business) -> tuple[Block, ...]:
    """What is certified, the day, and who stands for it; what nobody entered is a line to fill."""
    name = f"{say('Representative')} {house.representative}".strip()
    return (
        Space(12),
        Paragraph(told, align=Align.CENTER),
        Space(10),
        Paragraph(show_day(on), bold=True, align=Align.CENTER),
        Space(12),
        Facts(_house(house), columns=1),
        Signatures((name,), mark=say("(signature or seal)")),
    )


def _head(house: Business) -> tuple[tuple[str, str], ...]:
    return ((say("Representative"), house.representative or LINE),)


def _house(house: Business) -> tuple[tuple[str, str], ...]:
    """The employer as its certificate names it: a bank looks the number up and calls."""
    return (
        (say("Business name"), house.name or LINE),
        (say("Business registration number"), house.registration or LINE),
        (say("Employer's address"), house.address or LINE),
        (say("Telephone"), house.phone or LINE),
    )

"""Papers of a month as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from factory.kernel.words import say
from factory.payroll.documents.ledger import basis
from factory.payroll.documents.lists import summary_heads, summary_rows
from factory.payroll.domain.labour import LabourLine
from factory.payroll.domain.papers import Line, MonthOfPay, Person
from factory.payroll.domain.run import Worked
from factory.payroll.explain import name_of
from factory.web.spreadsheet import spreadsheet

Row = list[str | int]
HOUR, HUNDRED = 60, 100
WORKED: tuple[tuple[str, Callable[[Worked], str | int]], ...] = (
    ("Days worked", lambda worked: worked.days),
    ("Hours worked", lambda worked: _hours(worked.minutes)),
    ("Overtime hours", lambda worked: _hours(worked.overtime)),
    ("of these at night", lambda worked: _hours(worked.night)),
    ("Holiday hours", lambda worked: _hours(worked.holiday)),
)


def ledger_csv(found: MonthOfPay) -> bytes:
    """The wage ledger: a row for each person, a column for each part that anybody has."""
    return spreadsheet(_ledger(found))


def _ledger(found: MonthOfPay) -> Iterator[Row]:
    earned, taken = found.earned(), found.taken()
    yield [
        *_who_heads(),
        *(say(name) for name, _ in WORKED),
        *map(name_of, earned),
        say("Total pay"),
        *map(name_of, taken),
        say("Goes out"),
        say("Paid out"),
    ]
    for line in found.lines:
        slip = line.entry.slip
        own = {each.code: each.amount for each in (*slip.earnings, *slip.deductions)}
        yield [
            *_who(line.person),
            *(value(slip.worked) for _, value in WORKED),
            *(own.get(code, 0) for code in earned),
            slip.gross,
            *(own.get(code, 0) for code in taken),
            slip.taken,
            slip.net,
        ]


def _who_heads() -> list[str]:
    return [say(name) for name in ("Number", "Name", "Birth date", "Hired on", "Pay stands on")]


def _who(person: Person) -> Row:
    worker, terms = person.worker, person.terms
    kind = basis(terms) if terms else ""
    return [worker.number, person.name, person.born, worker.hired.isoformat(), kind]


def _hours(minutes: int) -> str:
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def list_csv(found: MonthOfPay) -> bytes:
    """The pay list: number, name, earned, taken off, paid out."""
    heads = [say(name) for name in ("Number", "Name", "Total pay", "Taken off", "Paid out")]
    return spreadsheet([heads, *(_listed(line) for line in found.lines)])


def _listed(line: Line) -> Row:
    slip = line.entry.slip
    return [line.person.worker.number, line.person.name, slip.gross, slip.taken, slip.net]


def summary_csv(found: MonthOfPay) -> bytes:
    """Insurances and tax by number alone."""
    return spreadsheet([summary_heads(), *summary_rows(found)])


def register_csv(people: tuple[Person, ...]) -> bytes:
    """The workers' register as far as it is kept here."""
    heads = (
        "Number",
        "Full name",
        "Name at work",
        "Birth date",
        "Sex",
        "Address",
        "Hired on",
        "Left on",
    )
    return spreadsheet([[say(name) for name in heads], *map(_registered, people)])


def _registered(person: Person) -> Row:
    worker = person.worker
    sex = say("woman") if worker.woman else say("man")
    last = worker.left.isoformat() if worker.left else ""
    named = (worker.number, person.legal_name, worker.name, person.born)
    return [*named, sex, person.address, worker.hired.isoformat(), last]


def labour_csv(lines: Sequence[LabourLine]) -> bytes:
    """Labour cost by order and style; standard minutes whole."""
    heads = [say(name) for name in ("Order", "Style", "Standard minutes", "Labour cost")]
    rows: list[Row] = [
        [each.order, each.style, each.hundredths // HUNDRED, each.won] for each in lines
    ]
    return spreadsheet([heads, *rows])

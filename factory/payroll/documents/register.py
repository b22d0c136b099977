"""The workers' register (Labor Standards Act, art. 41; Decree, art. 20): a part for each person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factory.kernel.words import say, show_day
from factory.payroll.documents.ledger import basis, work
from factory.payroll.domain.papers import Person
from printers.sheet import Facts, Heading, Sheet, Together

LINE = "_" * 26


def workers_register(people: tuple[Person, ...], on: date, house: str = "") -> Sheet:
    """What the law wants to be known of each; what is not kept here stays a line to write on."""
    parts = (
        (Heading(f"{each.worker.number} · {each.name}"), Facts(tuple(_known(each))))
        for each in people
    )
    return Sheet(
        say("Workers' register"),
        tuple(map(Together, parts)),
        subtitle=show_day(on),
        issuer=house,
        small_print=say(
            "Labor Standards Act, art. 41; Decree, art. 20. Keep 3 years after somebody left."
        ),
    )


def _known(person: Person) -> Iterator[tuple[str, str]]:
    worker, terms = person.worker, person.terms
    yield say("Full name"), person.legal_name or LINE
    yield say("Name at work"), worker.name
    yield say("Birth date"), person.born or LINE
    yield say("Sex"), say("woman") if worker.woman else say("man")
    yield say("Address"), person.address or LINE
    yield say("Earlier work"), LINE
    yield say("Work to be done"), work(person)
    yield say("Pay stands on"), basis(terms) if terms else LINE
    yield say("Hired on"), show_day(worker.hired)
    yield say("End of a fixed term"), LINE
    yield say("Left on"), show_day(worker.left) if worker.left else ""
    yield say("Why she left"), LINE if worker.left else ""

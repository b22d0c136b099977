"""`didim law`: look the law book through, and tell a figure with its article and source."""

from __future__ import annotations

import json
import re
from datetime import date

import click

from factory.cli.support import house
from factory.db.session import reading
from factory.kernel.errors import Refused
from factory.kernel.fields import as_day
from factory.kernel.time import today
from factory.kernel.words import say, translate
from factory.law.articles import cite
from factory.law.book import Figure, LawBook, law_book
from factory.law.check import BookFaulty, faults
from factory.law.shown import show_days, shown
from factory.lawbook import queries

SHORTEST = 4
"""Letters of a word that may stand inside a longer one."""


class FigureUnknown(Refused):
    """The law book has no figure named {name}. Similar ones: {near}."""


class WhichFigure(Refused):
    """{name} stands in the law book more than once: {near}."""


@click.group("law")
def law_group() -> None:
    """The law book: its figures with article and source."""


@law_group.command("check")
def check() -> None:
    """Look every file of the law book through: order, gaps, sources, words, age."""
    found = faults(today())
    for each in found:
        click.echo(f"{each.name}: {translate(each.problem)}", err=not each.doubt)
    wrong = sum(1 for each in found if not each.doubt)
    if wrong:
        raise BookFaulty(count=wrong)
    click.echo(say("The law book is in order: {count} figures.", count=len(law_book().figures)))


@law_group.command("show")
@click.argument("name")
@click.option("--on", "day", metavar="DATE", help="The day; today if not given.")
@click.option("--entered", is_flag=True, help="With what was entered and approved in this house.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def show_figure(name: str, day: str | None, *, entered: bool, as_json: bool) -> None:
    """Tell a figure on a day, with its article, its source and when it was checked."""
    book, on = _book(entered=entered), as_day(day, "--on") if day else today()
    found = book.on(on).figure(whole_name(book, name))
    click.echo(json.dumps(_plain(found), ensure_ascii=False) if as_json else _told(found))


def _book(*, entered: bool) -> LawBook:
    if not entered:
        return law_book()
    with house(), reading() as session:
        return queries.book(session)


def whole_name(book: LawBook, name: str) -> str:
    """`minimum_hourly` is `wages.minimum_hourly`, where only one is called so."""
    if name in book.figures:
        return name
    short = name.rpartition(".")[2]
    same = [each for each in book.figures if each.rpartition(".")[2] == short]
    if len(same) == 1:
        return same[0]
    if same:
        raise WhichFigure(name=name, near=", ".join(same))
    raise FigureUnknown(name=name, near=", ".join(alike(book, name)))


def alike(book: LawBook, name: str) -> list[str]:
    """The figures that share most words with a name, in name or label; all where none does."""
    words = [word for word in re.split(r"[._\s]+", name.lower()) if len(word) > 1]
    told = {
        figure.name: f"{figure.name} {figure.label} {translate(figure.label)}".lower()
        for figure in (values[-1] for values in book.figures.values())
    }
    shared = {each: sum(_meets(word, text) for word in words) for each, text in told.items()}
    most = max(shared.values())
    return sorted(each for each, count in shared.items() if count == most)


def _meets(word: str, text: str) -> bool:
    """`pensions` meets `pension` as well as the other way round."""
    return word in text or any(part in word for part in text.split() if len(part) > SHORTEST)


def _told(figure: Figure) -> str:
    days = show_days(figure) if figure.unit == "holidays" else ()
    lines = (
        f"{figure.name}: {translate(figure.label)}",
        *(f"  {part}: {amount}" if part else f"  {amount}" for part, amount in shown(figure)),
        *(f"  {day} {called}" for day, called in days),
        f"  {_span(figure)}",
        f"  {cite(figure.article)}",
        f"  {translate(figure.source)}",
        f"  {say('checked on {day}', day=figure.checked)}",
    )
    return "\n".join(lines)


def _span(figure: Figure) -> str:
    since = say("from {day}", day=figure.since)
    return since if figure.ends is None else f"{since} {say('until {day}', day=figure.ends)}"


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "label": translate(figure.label),
        "value": _value(figure.value),
        "unit": figure.unit,
        "since": figure.since.isoformat(),
        "ends": figure.ends and figure.ends.isoformat(),
        "article": cite(figure.article),
        "source": translate(figure.source),
        "checked": figure.checked.isoformat(),
    }


def _value(value: object) -> object:
    """Exact numbers as text, all the way down."""
    if isinstance(value, dict):
        return {show_key(key): _value(part) for key, part in value.items()}
    return [_value(part) for part in value] if isinstance(value, tuple) else str(value)


def show_key(key: object) -> str:
    """A part's name, or a day as ISO writes it."""
    return key.isoformat() if isinstance(key, date) else str(key)

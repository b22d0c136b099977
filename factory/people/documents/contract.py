"""The employment contract as an office paper: the legal word first, plain words in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from factory.kernel.words import say, show, show_day, show_money
from factory.people.domain import DAY_NAMES, TermsKind
from factory.people.domain.contract import MINUTES, PAY_DAY, Contract, NotEmployed
from printers.sheet import Block, Column, Facts, Paragraph, Sheet, Signatures, Space, Table

BLANK, LINE = "_" * 24, "_" * 26
SHORT = "_" * 8
Item = tuple[str, str]


def contract(paper: Contract) -> Sheet:
    """The contract in two parts: what was agreed, line by line, and who signs."""
    lines = tuple(_numbered(paper))
    blocks: tuple[Block, ...] = (
        Paragraph(say("Employer and worker agree on the following work.")),
        Table((Column(say("Matter"), share=3), Column(say("What was agreed"), share=7)), lines),
        Paragraph(show_day(paper.made_on), bold=True),
        *_parties(paper),
    )
    subtitle = say("Number {number} · {name}", number=paper.worker.number, name=paper.worker.name)
    return Sheet(say("Employment contract"), blocks, subtitle=subtitle, small_print=_foot())


def _foot() -> str:
    return say("Labor Standards Act, art. 17: both sides keep one signed copy.")


def _parties(paper: Contract) -> tuple[Block, ...]:
    """The employer at the left, the worker at the right; what is not kept is a line to write on."""
    who, house = paper.identity, paper.business
    pairs = (
        (say("Business name"), house.name or LINE),
        (say("Full name"), who.legal_name or LINE),
        (say("Employer's address"), house.address or LINE),
        (say("Worker's address"), who.address or LINE),
        (say("Business registration number"), house.registration or LINE),
        (say("Worker's telephone"), LINE),
        (say("Representative"), house.representative or LINE),
        ("", ""),
        (say("Telephone"), house.phone or LINE),
    )
    signs = Signatures((say("Employer"), say("Worker")), mark=say("(signature)"))
    return (Facts(pairs), Space(2), signs)


def _numbered(paper: Contract) -> Iterator[Item]:
    lines = (*_period_and_place(paper), *_time(paper), *_rest(paper), *_wage(paper), *_end(paper))
    for number, (name, text) in enumerate(lines, 1):
        yield f"{number}. {name}", text


def _period_and_place(paper: Contract) -> Iterator[Item]:
    since, until = paper.terms.since, paper.wish.until
    if until is None:
        yield say("Contract period"), say("From {since} on, without an end", since=since)
    else:
        told = say("From {since} to {until}", since=since, until=until)
        yield say("Contract period"), told
    yield say("Place of work"), paper.wish.place
    yield say("Work to be done"), paper.wish.work


def _time(paper: Contract) -> Iterator[Item]:
    terms = paper.terms
    yield say("Contracted working hours"), _hours(paper)
    if not paper.daily_minutes:
        return
    told = say("{minutes} minutes a day between work, free to use", minutes=paper.break_minutes)
    times = say("from {start} to {end}", start=SHORT, end=SHORT)
    yield say("Breaks"), f"{told} ({times})"
    yield say("Days of work"), _days(terms.work_days)


def _hours(paper: Contract) -> str:
    if not paper.daily_minutes:
        return say("Without fixed hours; agreed on for each day")
    return say(
        "From {start} to {end}, {daily} a day, {weekly} hours a week",
        start=paper.terms.shift_start,
        end=paper.terms.shift_end,
        daily=_length(paper.daily_minutes),
        weekly=paper.terms.weekly_hours,
    )


def _rest(paper: Contract) -> Iterator[Item]:
    day = _days((paper.terms.rest_day,))
    if paper.weekly_holiday:
        weekly = say("{day}; paid when she came on every agreed day of the week", day=day)
    else:
        weekly = say("{day}; unpaid, as under 15 hours a week", day=day)
    yield say("Weekly day of rest"), weekly
    if paper.small:
        yield say("Public holidays"), say("1 May is a paid holiday.")
        yield say("Annual paid leave"), say("As both agree: {blank}", blank=BLANK)
        return
    holidays = say("Public holidays with their substitutes and 1 May are paid holidays.")
    yield say("Public holidays"), holidays
    yield say("Annual paid leave"), say("As the Labor Standards Act, art. 60, provides")


def _wage(paper: Contract) -> Iterator[Item]:
    yield say("Wage and its parts"), f"{_rate(paper)}. {_parts(paper)}"
    yield say("How it is calculated"), _method(paper)
    told = say(
        "For the 1st to the last day of each month on the {day}th of the next month; "
        "if that is a Saturday or a holiday, on the last working day before",
        day=PAY_DAY,
    )
    yield say("Pay day and period"), told
    yield (
        say("How it is paid"),
        say("In full into a bank account in her own name, with a payslip each time"),
    )


def _rate(paper: Contract) -> str:
    terms = paper.terms
    rate = show_money(terms.rate)
    match terms.kind:
        case TermsKind.HOURLY:
            return say("Basic pay: {rate} an hour", rate=rate)
        case TermsKind.DAILY:
            return say("Basic pay: {rate} a day", rate=rate)
        case TermsKind.MONTHLY:
            return say("Basic pay: {rate} a month", rate=rate)
        case TermsKind.PIECE:
            return say(
                "Piece pay: each good piece at the rate of its operation; the list of rates is "
                "handed over with this contract. At least the minimum wage for all hours worked"
            )
        case TermsKind.FREELANCE:
            raise NotEmployed(name=paper.worker.name)


def _parts(paper: Contract) -> str:
    return f"{_promised(paper)}{_others(paper)}"


def _promised(paper: Contract) -> str:
    allowances = tuple(f"{show(a.kind)} {show_money(a.amount)}" for a in paper.terms.allowances)
    return say("Each month besides: {allowances}. ", allowances=allowances) if allowances else ""


def _others(paper: Contract) -> str:
    if not paper.weekly_holiday or paper.terms.kind is TermsKind.MONTHLY:
        return say("Other allowances and bonuses: {blank}", blank=BLANK)
    return say("Weekly holiday pay. Other allowances and bonuses: {blank}", blank=BLANK)


def _method(paper: Contract) -> str:
    if paper.small:
        return say("All hours worked are paid at the agreed rate, never below the minimum wage.")
    if paper.part_time:
        return say(
            "Overtime (beyond the {daily} agreed for a day, on other days, or beyond 40 a week), "
            "night work (22:00–06:00) and holiday work: {premium} % more; "
            "holiday work beyond 8 hours: {beyond} % more. Hours are those of the time clock.",
            daily=_length(paper.daily_minutes),
            premium=paper.premium,
            beyond=paper.premium_beyond,
        )
    return say(
        "Overtime (beyond 8 hours a day or 40 a week), night work (22:00–06:00) and holiday work: "
        "{premium} % more; holiday work beyond 8 hours: {beyond} % more. "
        "Hours are those of the time clock.",
        premium=paper.premium,
        beyond=paper.premium_beyond,
    )


def _end(paper: Contract) -> Iterator[Item]:
    yield say("Social insurance"), _insurance(paper)
    if paper.worker.woman and not paper.small:
        told = say("Only with her consent: □ I consent □ I do not consent")
        yield say("Night and holiday work"), told
    yield (
        say("Delivery of the contract"),
        say(
            "The employer gives the worker a copy of this contract at signing, "
            "also without being asked (Labor Standards Act, art. 17)."
        ),
    )
    yield (
        say("Everything else"),
        say("As the Labor Standards Act and the work rules provide; both sides keep to them."),
    )


def _insurance(paper: Contract) -> str:
    if paper.terms.kind is TermsKind.DAILY or not paper.weekly_holiday:
        return say("Employment insurance and industrial accident insurance; others by law")
    return say("National pension, health, employment and industrial accident insurance")


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES)
    if not rest:
        return say("{hours} hours", hours=hours)
    return say("{hours} hours {minutes} minutes", hours=hours, minutes=rest)


def _days(days: tuple[str, ...]) -> str:
    from_week = [name for day, name in DAY_NAMES.items() if day in days]
    return show(tuple(say(name) for name in from_week))

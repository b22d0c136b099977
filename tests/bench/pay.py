"""Payslips a second: calculated alone, and drawn as PDF.

The ceiling is reportlab by itself: the same lines of text in the same font on as many pages, with
nothing calculated, wrapped or placed.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from pypdf import PdfReader
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from factory.kernel.words import speaking
from factory.law.book import law_book
from factory.payroll import documents
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase, PayKind, Person, Shift, Terms
from factory.payroll.domain.run import Entry, last_day, pay_date
from factory.payroll.queries.runs import as_shown
from factory.printing.service import pdf_of
from printers import fonts
from tests.bench.show import line

MONTH = date(2026, 10, 1)
PAID_ON = pay_date(MONTH, law_book())
SLIPS, WARMING = 220, 20
EDGE, TOP, LEADING, SIZE = 50, 790, 14, 9
BARE, WISH = "Bare", 0.6


def case(rate: int) -> PayCase:
    """A whole month by the hour, with a long evening each week."""
    day, shifts = date(2026, 9, 28), []
    while day <= last_day(MONTH):
        start = datetime(day.year, day.month, day.day, 8, 55)  # noqa: DTZ001 - a wall clock alone
        noon, late = start.replace(hour=12, minute=0), 21 if day.weekday() == 1 else 18
        pause = (noon, noon + timedelta(hours=1))
        if day.weekday() < 5:
            shifts.append(Shift(start, start.replace(hour=late, minute=3), (pause,)))
        day += timedelta(days=1)
    terms = Terms(PayKind.HOURLY, rate, Fraction(40), frozenset(range(5)), 6, Fraction(8))
    end, people = last_day(MONTH), Person(hired=date(2025, 3, 1))
    return PayCase(PAID_ON, MONTH, end, 12, Fraction(40), people, terms, tuple(shifts))


def calculated(given: PayCase) -> Entry:
    """A payslip as a run holds it, with every line's reason."""
    return Entry(7, "초롱", as_shown(calculate(given, law_book())), (), PAID_ON, final=True)


def drawn(given: PayCase) -> bytes:
    """The same as PDF."""
    return pdf_of(documents.payslip(calculated(given), MONTH))


def bare(pages: Sequence[Sequence[str]]) -> bytes:
    """Nothing but these lines, page by page, by reportlab as it comes."""
    kept = io.BytesIO()
    ours, rl_config.useA85 = rl_config.useA85, 1
    page = Canvas(kept, (595, 842), invariant=1, initialFontName=_bare_font())
    for texts in pages:
        for number, text in enumerate(texts):
            page.setFont(BARE, SIZE)
            page.drawString(EDGE, TOP - number * LEADING, text)
        page.showPage()
    page.save()
    rl_config.useA85 = ours
    return kept.getvalue()


@lru_cache(maxsize=1)
def _bare_font() -> str:
    """The papers' ordinary font, with nothing of ours around it."""
    pdfmetrics.registerFont(TTFont(BARE, str(fonts.REGULAR)))
    return BARE


def lines_of(data: bytes) -> list[list[str]]:
    """The lines of text that stand on a paper, page by page."""
    return [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(data)).pages]


def in_turns(*works: Callable[[int], object]) -> tuple[list[float], ...]:
    """Processor time of each piece of each work, in turns, each time another one first.

    So what else the machine does falls on all alike; the first ones only warm up.
    """
    taken: tuple[list[float], ...] = tuple([] for _ in works)
    for number in range(SLIPS):
        for turn in range(len(works)):
            which = (number + turn) % len(works)
            begun = time.thread_time()
            works[which](number)
            taken[which].append(time.thread_time() - begun)
    return tuple(each[WARMING:] for each in taken)


def main() -> None:
    """Measure both beside bare reportlab."""
    with speaking("ko"):
        cases = [case(11_000 + 17 * number) for number in range(SLIPS)]
        pages = [lines_of(drawn(each)) for each in cases]
        count = sum(len(texts) for texts in pages[0])
        bares, calculations, papers = in_turns(
            lambda n: bare(pages[n]), lambda n: calculated(cases[n]), lambda n: drawn(cases[n])
        )
    ceiling = line(f"ceiling: reportlab, {count} lines", bares)
    line("payslips, calculation only", calculations, 1, ceiling)
    line("payslips, with PDF", papers, 1, ceiling)
    pairs = statistics.quantiles(alone / ours for alone, ours in zip(bares, papers, strict=True))
    low, middle, high = pairs
    print(f"{'':34} {middle:8.2f} of bare reportlab in the middle pair (at least {WISH});")
    print(f"{'':34} in the middle half of {len(papers)} pairs {low:.2f} to {high:.2f}")

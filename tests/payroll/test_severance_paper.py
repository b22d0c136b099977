"""The paper of severance: what it stands on, what goes out of it, where it goes, until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from factory.kernel.money import Money
from factory.kernel.words import LANGUAGES, say, show_day, show_money, speaking, tell
from factory.law.articles import cite
from factory.law.book import law_book
from factory.payroll import documents
from factory.payroll.domain.average import Earned, average_wage
from factory.payroll.domain.case import Garnishment
from factory.payroll.domain.severance import (
    Goes,
    MoreThanSmall,
    Severance,
    Statement,
    from_age,
    kept,
    must_be_said,
    refuse_where,
    small,
    stretches_of,
    working,
)
from factory.payroll.explain import explain, explained_name
from factory.payroll.rules.garnishment import of_severance
from factory.payroll.rules.severance import severance
from factory.payroll.rules.tax import retirement_tax
from factory.printing.service import pdf_of

BOOK = law_book()
LEAVES = date(2026, 12, 1)
LAW = BOOK.on(LEAVES)
AUTUMN = (
    Earned(date(2026, 9, 1), date(2026, 9, 30), 2_300_000),
    Earned(date(2026, 10, 1), date(2026, 10, 31), 2_400_000),
    Earned(date(2026, 11, 1), date(2026, 11, 30), 2_350_000),
)
ORDINARY = Fraction("89952.16")


def owed(goes: Goes | None = Goes.AGE, ordinary: Fraction = ORDINARY, **changes: Any) -> Severance:
    """The fact sheet's worked example, as it is kept with a payment."""
    average = average_wage(LEAVES, AUTUMN, LAW, bonus=600_000, leave=300_000)
    line = severance(average, 1370, ordinary, BOOK)
    taxes = {each.code: each for each in retirement_tax(line.amount.won, 4, LAW)}
    with speaking("en"):
        reasons = tuple(explain((line, *taxes.values())))
    given: dict[str, Any] = {
        "owed": line.amount,
        "income_tax": taxes["income_tax"].amount,
        "local_tax": taxes["local_income_tax"].amount,
        "explain": reasons,
        "stretches": average.stretches,
        "goes": goes,
    }
    return Severance(**(given | changes))


def statement(found: Severance | None = None, **changes: Any) -> Statement:
    given: dict[str, Any] = {
        "number": 7,
        "name": "초롱",
        "hired": date(2023, 3, 2),
        "left": date(2026, 11, 30),
        "until": date(2026, 12, 14),
        "severance": found or owed(),
        "last_pay": Money(1_890_480),
    }
    return Statement(**(given | changes))


def text_of(found: Statement, legal_name: str = "") -> str:
    data = pdf_of(documents.severance_statement(found, legal_name=legal_name))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return " ".join(text.split())


# What it was reckoned from


def test_the_working_is_read_from_what_was_kept_with_the_payment() -> None:
    found = working(owed())
    assert found is not None
    assert list(map(int, (found.wages, found.days, found.service))) == [7_050_000, 91, 1370]
    assert (found.average, found.ordinary) == (Fraction("79945.06"), ORDINARY)
    assert (found.daily, found.by_ordinary) == (ORDINARY, True)
    exact = found.daily * found.for_a_year * found.service / found.year
    assert round(exact) == owed().owed.won == 10_128_860


def test_where_the_average_is_not_below_it_the_average_holds() -> None:
    found = working(owed(ordinary=Fraction(1)))
    assert found is not None
    assert (found.daily, found.by_ordinary) == (Fraction("79945.06"), False)


def test_what_was_typed_in_or_is_not_owed_has_no_working() -> None:
    assert working(Severance(Money(0), reason="too short")) is None
    typed = {"code": "severance", "inputs": [{"name": "amount", "value": 8_000_000}]}
    assert working(Severance(Money(8_000_000), explain=(typed,))) is None


@given(
    st.lists(
        st.tuples(st.dates(), st.integers(0, 31), st.integers(0, 31), st.fractions(0, 9_000_000)),
        max_size=4,
    )
)
def test_months_are_kept_exactly(months: list[tuple[date, int, int, Fraction]]) -> None:
    found = owed().stretches[0]
    some = tuple(
        replace(found, first=day, last=day, days=days, left_out=out, wages=won)
        for day, days, out, won in months
    )
    assert stretches_of(kept(some)) == some


# Where it goes


def test_into_an_irp_account_the_whole_goes_and_the_tax_waits() -> None:
    there, here = owed(Goes.IRP), owed(Goes.AGE)
    assert (there.withheld, there.net, there.tax) == (Money(0), there.owed, here.tax)
    assert here.net == here.owed - here.tax
    assert [goes.taxed for goes in Goes] == [False, True, True, True]


@pytest.mark.parametrize(("won", "said"), [(3_000_000, False), (3_000_001, True)])
def test_more_than_a_small_amount_has_to_be_said_where(won: int, *, said: bool) -> None:
    assert small(LAW) == Money(3_000_000)
    assert must_be_said(Severance(Money(won)), LAW) is said
    assert not must_be_said(Severance(Money(won), goes=Goes.OTHER), LAW)


def test_a_large_amount_is_not_called_small() -> None:
    refuse_where(Goes.SMALL, small(LAW), LAW)
    refuse_where(Goes.OTHER, Money(9_000_000), LAW)
    with pytest.raises(MoreThanSmall) as refused:
        refuse_where(Goes.SMALL, Money(3_000_001), LAW)
    assert refused.value.field == "goes"
    assert "₩3,000,001" in tell(refused.value, "en")
    assert from_age(LAW) == 55


# What a court may have of it


def attached(won: int, *orders: Garnishment) -> list[int]:
    return [line.amount.won for _, line in of_severance(won, orders, BOOK)]


def order(most: int | None = None, number: str = "2026-1") -> Garnishment:
    return Garnishment(number, date(2026, 10, 1), most)


def test_half_of_severance_may_be_attached_and_no_least_amount_is_kept() -> None:
    assert attached(10_000_001, order()) == [5_000_000]
    assert attached(1_000_000, order()) == [500_000]


def test_no_more_than_is_claimed_is_taken_and_later_orders_have_the_rest() -> None:
    assert attached(10_000_000, order(1_200_000), order(number="2026-2")) == [1_200_000, 3_800_000]
    assert attached(10_000_000, order(), order(number="2026-2")) == [5_000_000, 0]


@given(won=st.integers(0, 90_000_000), claims=st.lists(st.integers(1, 9_000_000), max_size=4))
def test_half_always_stays_hers(won: int, claims: list[int]) -> None:
    orders = [order(claim, f"2026-{n}") for n, claim in enumerate(claims)]
    taken = attached(won, *orders)
    assert sum(taken) <= won / 2
    assert all(0 <= won <= claim for won, claim in zip(taken, claims, strict=True))


# The paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_shows_all_that_severance_stands_on(language: str) -> None:
    with speaking(language):
        found, text = statement(), text_of(statement())
        for name in ("Average wage of a day", "Ordinary wage of a day", "Severance"):
            assert say(name) in text
        for day in (found.hired, found.left, found.until):
            assert show_day(day) in text
        for article in ("Labor Standards Act, art. 36", "Income Tax Act, art. 48, 55(2)"):
            assert cite(article).split(",")[0] in text
        assert show_money(found.severance.net) in text
    for number in ("초롱", "7,050,000", "2,300,000", "91", "79,945.06", "89,952.16", "1,370"):
        assert number in text


def test_the_legal_name_stands_on_it_only_where_she_wished_it() -> None:
    with speaking("ko"):
        assert "너른 들" not in text_of(statement())
        assert "너른 들 (초롱)" in text_of(statement(), legal_name="너른 들")


def test_it_says_where_the_money_goes_and_what_becomes_of_the_tax() -> None:
    with speaking("en"):
        assert "waits until you take the money out" in text_of(statement(owed(Goes.IRP)))
        assert "Nobody has said yet" in text_of(statement(owed(None)))
        assert "her age allows it" in text_of(statement())
        assert "not paid yet" in text_of(statement())
        paid = text_of(statement(paid_on=date(2026, 12, 3)))
        assert "not paid yet" not in paid


def test_days_left_out_stand_in_their_month() -> None:
    shut = frozenset({date(2026, 10, 20), date(2026, 10, 21)})
    average = average_wage(LEAVES, AUTUMN, LAW, left_out=shut)
    assert [(each.days, each.left_out) for each in average.stretches] == [(30, 0), (29, 2), (30, 0)]
    assert "Days left out" in text_of_english(owed(stretches=average.stretches))


def text_of_english(found: Severance) -> str:
    with speaking("en"):
        return text_of(statement(found))


def test_what_was_reckoned_elsewhere_has_a_paper_without_a_working() -> None:
    why = {
        "code": "severance",
        "amount": 8_000_000,
        "formula": "amount",
        "inputs": [{"name": "amount", "value": 8_000_000, "unit": "KRW", "origin": "contract"}],
        "rule": "Entered by the office.",
        "article": "",
    }
    text = text_of_english(Severance(Money(8_000_000), explain=(why,), goes=Goes.IRP))
    assert "Entered by the office." in text
    assert "Calendar days" not in text


def test_lines_of_severance_have_names_of_their_own() -> None:
    with speaking("en"):
        names = [explained_name(why) for why in owed().explain]
        assert explained_name({"code": "garnishment"}) == "Garnishment"
    assert names == ["Severance", "Retirement income tax", "Local tax on it"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_says_the_same_in_short(language: str) -> None:
    found = statement(owed(attached=Money(1_000_000)))
    with speaking(language):
        slip = repr(documents.severance_slip(found))
        assert show_money(found.severance.net) in slip
        assert say("Attachment by a court") in slip
    for number in ("89,952.16", "1,370", "10,128,860", "−1,000,000"):
        assert number in slip

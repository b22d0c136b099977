"""What may be entered for a month by hand, and what is never taken from pay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.money import Money
from factory.kernel.words import tell
from factory.payroll.domain.case import Extra, Insurance, PayKind
from factory.payroll.domain.entered import (
    SETTLED,
    BelowZero,
    ConsentMissing,
    ConsentToCome,
    Item,
    MoreThanEarned,
    NeverTaken,
    checked,
    refuse_more_than_earned,
)
from factory.payroll.domain.known import (
    CreditorByCode,
    CutOffBackwards,
    Known,
    MonthWanted,
    MoreChildrenThanMembers,
    PayFacts,
    Reported,
    YearFacts,
    checked_attachment,
    checked_facts,
    checked_reported,
)
from factory.payroll.domain.payslip import DEDUCTIONS, EARNINGS, stem
from tests.payroll.build import make_attachment, make_entered

TODAY = date(2026, 11, 24)
NEVER = [Item.TILL, Item.DEFECT, Item.LATENESS, Item.LOAN]
TAKEN = [item for item in Item if not item.never]


@pytest.mark.parametrize("item", NEVER)
def test_some_things_are_never_taken_from_pay_even_with_consent(item: Item) -> None:
    with pytest.raises(NeverTaken) as refused:
        checked(make_entered(item=item, agreed_on=TODAY), TODAY)
    assert "art. 20, 21, 43" in tell(refused.value, "en")
    assert item.label in tell(refused.value, "en")


@pytest.mark.parametrize("item", TAKEN)
def test_every_other_item_is_a_line_of_a_payslip(item: Item) -> None:
    assert stem(item) in EARNINGS + DEDUCTIONS
    entered = make_entered(item=item, amount=Money(1000), agreed_on=TODAY)
    sign = 1 if item.earned else -1
    assert checked(entered, TODAY).extra() == Extra(item.value, sign * 1000)


@pytest.mark.parametrize("item", [item for item in TAKEN if item.agreed])
def test_what_she_agreed_to_needs_the_day_of_her_consent(item: Item) -> None:
    with pytest.raises(ConsentMissing):
        checked(make_entered(item=item), TODAY)
    with pytest.raises(ConsentToCome):
        checked(make_entered(item=item, agreed_on=date(2026, 11, 25)), TODAY)
    assert checked(make_entered(item=item, amount=Money(0)), TODAY).amount == Money(0)


@pytest.mark.parametrize("item", TAKEN)
def test_only_settlements_can_be_given_back(item: Item) -> None:
    entered = make_entered(item=item, amount=Money(-1), agreed_on=TODAY)
    if item in SETTLED:
        assert checked(entered, TODAY).extra().amount == 1
    else:
        with pytest.raises(BelowZero):
            checked(entered, TODAY)


@given(asked=st.integers(1, 10**7), earned=st.integers(-(10**6), 10**7))
def test_an_advance_is_never_more_than_what_is_earned(asked: int, earned: int) -> None:
    entered = make_entered(item=Item.ADVANCE, amount=Money(asked))
    if asked <= earned:
        refuse_more_than_earned(entered, earned)
    else:
        with pytest.raises(MoreThanEarned):
            refuse_more_than_earned(entered, earned)


def test_a_bonus_may_be_more_than_what_is_earned() -> None:
    refuse_more_than_earned(make_entered(item=Item.CHUSEOK, amount=Money(10**7)), 0)


def test_children_count_among_the_family_members() -> None:
    with pytest.raises(MoreChildrenThanMembers):
        checked_facts(PayFacts(TODAY, family_members=2, children=2))
    assert checked_facts(PayFacts(TODAY, family_members=3, children=2)).children == 2
    assert checked_facts(PayFacts(TODAY)).family_members == 1


def test_pay_is_reported_by_whole_months() -> None:
    with pytest.raises(MonthWanted):
        checked_reported(Reported(Insurance.PENSION, date(2026, 7, 2), Money(1)))


def test_an_attachment_ends_after_it_begins_and_names_no_creditor() -> None:
    assert checked_attachment(make_attachment(creditor=" C-01 ")).creditor == "C-01"
    with pytest.raises(CutOffBackwards):
        checked_attachment(make_attachment(until=date(2026, 1, 1)))
    for name in ("Somebody", "아무개", ""):
        with pytest.raises(CreditorByCode):
            checked_attachment(make_attachment(creditor=name))


def test_an_attachment_holds_from_its_first_day_to_its_last() -> None:
    first, last = date(2026, 11, 1), date(2026, 12, 31)
    found = make_attachment(first=first, until=last)
    assert [found.holds(d) for d in (date(2026, 10, 31), first, last, date(2027, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert make_attachment(first=first).holds(date(2040, 1, 1))


@pytest.mark.parametrize(
    ("kind", "insured"),
    [
        (PayKind.HOURLY, set(Insurance)),
        (PayKind.MONTHLY, set(Insurance)),
        (PayKind.PIECE, set(Insurance)),
        (PayKind.DAILY, {Insurance.EMPLOYMENT}),
        (PayKind.FREELANCE, set()),
    ],
)
def test_where_nothing_is_said_the_usual_insurances_hold(
    kind: PayKind, insured: set[Insurance]
) -> None:
    assert Known().person(kind, TODAY, None).insured == insured
    said = Known(PayFacts(TODAY, insured=frozenset({Insurance.HEALTH})))
    assert said.person(kind, TODAY, None).insured == {Insurance.HEALTH}


def test_what_was_used_elsewhere_and_here_is_added() -> None:
    known = Known(year=YearFacts(2026, exempt_used=Money(300)), exempt_here=500, paid_before=7)
    assert known.person(PayKind.HOURLY, TODAY, None).exempt_used == 800
    assert known.person(PayKind.HOURLY, TODAY, None).previous_year_pay == 7
    said = Known(year=YearFacts(2026, previous_pay=Money(9)), paid_before=7)
    assert said.person(PayKind.HOURLY, TODAY, None).previous_year_pay == 9

"""Ways of work: they have one end, no circle, and answer what comes before and after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.catalogue.domain import (
    NoOperations,
    Operation,
    OperationsInACircle,
    OperationTwice,
    OperationUnknown,
    PredecessorUnknown,
    Routing,
    Section,
    SeveralEnds,
    Station,
    Step,
    routing,
)
from factory.catalogue.domain.sheet import read_sheet
from factory.kernel.money import Money
from tests.catalogue.build import RATE, SHEET, make_step


def way(*steps: Step) -> Routing:
    return routing("uid", "W-2601", 1, steps)


COAT = way(*read_sheet(SHEET, RATE, None).steps)


def test_a_wool_coat_has_45_operations_and_takes_78_9_minutes() -> None:
    assert len(COAT.steps) == 45
    assert COAT.sam == 7890
    assert [len(COAT.of_section(section)) for section in Section] == [6, 32, 7]
    minutes = [sum(step.sam for step in COAT.of_section(section)) for section in Section]
    assert minutes == [900, 5640, 1350]
    assert COAT.rate == Money(7890 * 180 // 100)


def test_the_coat_begins_at_two_tables_and_ends_at_packing() -> None:
    assert [step.code for step in COAT.first_steps] == ["C01", "C02"]
    assert COAT.last.code == "F07"
    assert COAT.last.operation.section is Section.FINISHING


def test_before_and_after_a_step() -> None:
    assert COAT.predecessors("S11") == ("S08", "S10")
    assert COAT.successors("C05") == ("C06", "S20", "S22")
    assert COAT.successors("F07") == ()
    assert COAT.step("S28").sam == 360


def test_an_operation_that_is_no_step_is_refused() -> None:
    with pytest.raises(OperationUnknown):
        COAT.step("S99")
    with pytest.raises(OperationUnknown):
        COAT.predecessors("S99")


def test_every_station_has_its_section_and_its_name() -> None:
    assert {station.section for station in Station} == set(Section)
    assert len({station.label for station in Station}) == len(Station)
    assert all(section.label for section in Section)


def test_an_operation_is_called_in_the_readers_language() -> None:
    press = Operation("F04", Station.FINISH, "완성 다림", "Final press", "iron")
    assert press.called("en") == "Final press"
    assert press.called("ko") == press.called("ko_easy") == "완성 다림"
    assert replace(press, name_en="").called("en") == "완성 다림"


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ((), NoOperations),
        ((make_step("A"), make_step("A")), OperationTwice),
        ((make_step("A", "B"),), PredecessorUnknown),
        ((make_step("A", "A"),), OperationsInACircle),
        ((make_step("A"), make_step("B", "A", "C"), make_step("C", "B")), OperationsInACircle),
        ((make_step("A"), make_step("B")), SeveralEnds),
    ],
)
def test_ways_that_cant_be_walked_are_refused(
    steps: tuple[Step, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        way(*steps)


def test_the_circle_is_named_and_nothing_else() -> None:
    steps = (make_step("A"), make_step("B", "A", "C"), make_step("C", "B"))
    with pytest.raises(OperationsInACircle) as refused:
        way(*steps)
    assert refused.value.values["operations"] == ("B", "C")


@st.composite
def walkable(draw: st.DrawFn) -> tuple[Step, ...]:
    """Steps in a random order, each after some that were drawn before it, all before the last."""
    count = draw(st.integers(1, 8))
    steps = []
    for number in range(count):
        earlier = [f"S{n}" for n in range(number)]
        before = draw(st.sets(st.sampled_from(earlier))) if earlier else set()
        steps.append(make_step(f"S{number}", *sorted(before)))
    followed = {before for step in steps for before in step.predecessors}
    steps.append(make_step("END", *(s.code for s in steps if s.code not in followed)))
    return tuple(draw(st.permutations(steps)))


@settings(max_examples=50, deadline=None)
@given(steps=walkable())
def test_whoever_follows_the_arrows_comes_to_the_end(steps: tuple[Step, ...]) -> None:
    found = way(*steps)
    assert found.last.code == "END"
    for step in found.steps:
        assert all(step.code in found.successors(before) for before in step.predecessors)
        reached, seen = {step.code}, set()
        while reached:
            seen |= reached
            reached = {after for code in reached for after in found.successors(code)} - seen
        assert "END" in seen


@settings(max_examples=50, deadline=None)
@given(steps=walkable(), chance=st.randoms())
def test_an_arrow_back_from_the_end_makes_a_circle(steps: tuple[Step, ...], chance: object) -> None:
    first = chance.choice([s for s in steps if s.code != "END"])  # type: ignore[attr-defined]
    bent = tuple(
        replace(step, predecessors=(*step.predecessors, "END")) if step == first else step
        for step in steps
    )
    with pytest.raises(OperationsInACircle):
        way(*bent)

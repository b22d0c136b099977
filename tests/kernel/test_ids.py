from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.ids import (
    CodeKind,
    CodeMisread,
    WrongKindOfCode,
    drawing_from,
    is_well_read,
    new_id,
    random_badge_code,
    read_code,
    running_code,
)

numbers = st.integers(0, 10**6 - 1)


@pytest.mark.parametrize("code", ["104839572616", "20000120", "40001238"])
def test_codes_of_the_contracts_are_well_read(code: str) -> None:
    assert is_well_read(code)


@given(numbers, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(number: int, place: int, shift: int) -> None:
    code = running_code(CodeKind.BUNDLE, number)
    wrong = str((int(code[place]) + shift) % 10)
    assert not is_well_read(code[:place] + wrong + code[place + 1 :])


@given(numbers, st.integers(0, 6))
def test_two_swapped_neighbours_are_always_caught(number: int, place: int) -> None:
    code = running_code(CodeKind.BUNDLE, number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not is_well_read(swapped)


def test_a_badge_code_has_twelve_digits_and_no_order() -> None:
    first, second = random_badge_code(), random_badge_code()
    assert first != second
    assert len(first) == len(second) == 12
    assert read_code(f" {first}\n", CodeKind.BADGE) == first


@pytest.mark.parametrize("text", ["", "1", "20000121", "２0000120", "2000a120"])
def test_a_misread_code_is_refused(text: str) -> None:
    with pytest.raises(CodeMisread):
        read_code(text, CodeKind.BUNDLE)


def test_another_paper_is_refused_as_such() -> None:
    with pytest.raises(WrongKindOfCode):
        read_code("20000120", CodeKind.BADGE)


def test_event_ids_differ() -> None:
    assert new_id() != new_id()


def test_a_simulation_draws_the_same_ids_and_badges_from_the_same_seed() -> None:
    def drawn(seed: int) -> tuple[str, str, str]:
        with drawing_from(Random(seed)):  # noqa: S311 - a simulation
            return new_id(), random_badge_code(), new_id()

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert is_well_read(drawn(1)[1])


def test_after_a_simulation_ids_are_drawn_from_the_computer_again() -> None:
    with drawing_from(Random(1)):  # noqa: S311 - a simulation
        first = new_id()
    assert UUID(first).version == 4
    assert new_id() != first
    with drawing_from(Random(1)):  # noqa: S311 - a simulation
        assert new_id() == first

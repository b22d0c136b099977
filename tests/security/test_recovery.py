"""The keys on paper come back, and a slip of the finger is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.security.keys import Ring
from factory.security.recovery import LineMissing, LineWrong, lines_of, ring_from

RINGS = st.dictionaries(
    st.integers(1, 255), st.binary(min_size=32, max_size=32), min_size=1, max_size=3
)


@given(RINGS, st.randoms())
def test_what_is_typed_from_the_sheet_is_the_ring(masters: dict[int, bytes], order: object) -> None:
    lines = lines_of(Ring(masters))
    order.shuffle(lines)  # type: ignore[attr-defined]  # a random.Random
    typed = [line.upper().replace(":", " ") for line in lines]
    assert ring_from(["", *typed]).masters == masters


@given(st.binary(min_size=32, max_size=32), st.integers(0, 3), st.integers(5, 27))
def test_one_wrong_letter_is_found_with_its_line(key: bytes, which: int, place: int) -> None:
    lines = lines_of(Ring({1: key}))
    letter = lines[which][place]
    if letter == " ":
        return
    wrong = "0" if letter != "0" else "1"
    lines[which] = lines[which][:place] + wrong + lines[which][place + 1 :]
    with pytest.raises(LineWrong) as refused:
        ring_from(lines)
    assert refused.value.values["number"] == which + 1


@pytest.mark.parametrize("typed", [[], lines_of(Ring({1: b"k" * 32}))[:3]])
def test_a_line_that_was_left_out_is_named(typed: list[str]) -> None:
    with pytest.raises(LineMissing) as refused:
        ring_from(typed)
    assert refused.value.values["name"] == ("1-4" if typed else "1-1")


def test_lines_of_another_number_do_not_pass_for_this_one() -> None:
    lines = lines_of(Ring({2: b"k" * 32}))
    with pytest.raises(LineWrong):
        ring_from([line.replace("2-", "1-", 1) for line in lines])

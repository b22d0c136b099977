"""The sheet of operations: read exactly, and what is wrong is said line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.catalogue.domain import OperationsInACircle, OperationTwice, Station, routing
from factory.catalogue.domain.routings import PredecessorUnknown
from factory.catalogue.domain.sheet import (
    ColumnsMissing,
    OperationCodeWrong,
    OperationUnnamed,
    RateUnknown,
    RateWrong,
    SectionWrong,
    Sheet,
    SheetHasMistakes,
    StationUnknown,
    TextTooLong,
    TimeWrong,
    rate_for,
    read_sheet,
    write_sheet,
)
from factory.kernel.money import Money
from factory.kernel.words import LANGUAGES, tell
from tests.catalogue.build import RATE, SHEET, make_step

HEAD = "code,section,group,name_ko,name_en,machine,sam_min,rate,predecessors\n"
GOOD = "S01,sewing,prep,박기,Sew,SNLS,1.20,250,\n"


def read(lines: str, rate: Money | None = None) -> Sheet:
    return read_sheet(HEAD + lines, rate, None)


def wrong(lines: str) -> list[tuple[int, type]]:
    return [(mistake.line, type(mistake.refusal)) for mistake in read(lines).mistakes]


def test_the_wool_coats_sheet_is_read_whole() -> None:
    sheet = read_sheet(SHEET, RATE, None)
    assert sheet.mistakes == ()
    welts = sheet.steps[9]
    assert (welts.code, welts.operation.station, welts.sam) == ("S04", Station.PREP, 170)
    assert welts.operation.name_en == "Make welts x2 (ready, dummy stitch, ready)"
    assert welts.rate == Money(306)


@pytest.mark.parametrize(
    ("sam", "a_minute", "won"),
    [(120, 180, 216), (170, 180, 306), (30, 180, 54), (1, 180, 2), (333, 181, 603)],
)
def test_a_rate_is_time_by_rate_exact_then_up(sam: int, a_minute: int, won: int) -> None:
    assert rate_for(sam, Money(a_minute)) == Money(won)


def test_a_rate_in_the_sheet_comes_first_then_the_minute_then_what_it_was() -> None:
    without = GOOD.replace("250", "")
    assert read(GOOD, Money(180)).steps[0].rate == Money(250)
    assert read(without, Money(180)).steps[0].rate == Money(216)
    before = routing("uid", "W-2601", 1, (make_step("S01", rate=Money(240)),))
    assert read_sheet(HEAD + without, None, before).steps[0].rate == Money(240)
    assert wrong(without) == [(2, RateUnknown)]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (GOOD.replace("S01", "01S"), OperationCodeWrong),
        (GOOD.replace("prep", "garden"), StationUnknown),
        (GOOD.replace("sewing", "cutting"), SectionWrong),
        (GOOD.replace("박기", ""), OperationUnnamed),
        (GOOD.replace("Sew", "x" * 101), TextTooLong),
        (GOOD.replace("1.20", "1.205"), TimeWrong),
        (GOOD.replace("1.20", "0"), TimeWrong),
        (GOOD.replace("1.20", "60.01"), TimeWrong),
        (GOOD.replace("1.20", "long"), TimeWrong),
        (GOOD.replace("1.20", "NaN"), TimeWrong),
        (GOOD.replace("1.20", "Infinity"), TimeWrong),
        (GOOD.replace("1.20", "1e-400"), TimeWrong),
        (GOOD.replace("250", "2.5"), RateWrong),
        (GOOD.replace(",\n", ",S99\n"), PredecessorUnknown),
    ],
)
def test_what_is_wrong_in_a_line_is_said_there(line: str, refusal: type) -> None:
    assert wrong(line) == [(2, refusal)]


def test_every_wrong_line_is_named_at_once() -> None:
    found = wrong(GOOD.replace("prep", "x") + GOOD + GOOD.replace("S01", "?").replace("1.20", ""))
    assert found == [(2, StationUnknown), (4, OperationCodeWrong), (4, TimeWrong)]
    assert wrong(GOOD + GOOD) == [(3, OperationTwice)]


def test_a_circle_is_a_mistake_of_the_whole_sheet() -> None:
    assert wrong(GOOD.replace(",\n", ",S01\n")) == [(0, OperationsInACircle)]


def test_a_sheet_without_its_columns_says_which() -> None:
    (mistake,) = read_sheet("code,name_ko\nS01,박기\n", RATE, None).mistakes
    assert isinstance(mistake.refusal, ColumnsMissing)
    assert tell(mistake.refusal, "en").endswith("group, sam_min, predecessors.")
    assert read_sheet("", RATE, None).mistakes[0].line == 0


def test_nothing_is_taken_from_a_sheet_with_mistakes() -> None:
    with pytest.raises(SheetHasMistakes):
        read(GOOD + GOOD).checked()
    assert len(read(GOOD).checked()) == 1


def test_marks_of_spreadsheets_and_empty_lines_do_not_disturb() -> None:
    text = "\ufeff" + (HEAD + ",,,,,,,,\n" + GOOD).replace("\n", "\r\n") + "\r\n"
    assert read_sheet(text, None, None) == read(GOOD)
    assert read_sheet((HEAD + GOOD).replace("\n", "\r"), None, None).steps == read(GOOD).steps


def test_small_letters_and_won_signs_are_understood() -> None:
    assert read(GOOD.replace("S01", "s01").replace("250", '"1,250원"')).steps[0].rate == Money(1250)


def test_every_mistake_has_its_sentence_in_every_language() -> None:
    lines = GOOD.replace("prep", "x") + GOOD.replace("1.20", "") + GOOD.replace("250", "a")
    for language in LANGUAGES:
        told = [tell(mistake.refusal, language) for mistake in read(lines).mistakes]
        assert len(set(told)) == 3
        assert not any("{" in sentence for sentence in told)


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1)


@given(
    name=WORDS.filter(lambda text: text == text.strip() and len(text) <= 100),
    sam=st.integers(1, 6000),
    rate=st.integers(0, 9_999_999),
    station=st.sampled_from(Station),
)
def test_what_is_written_is_read_again_as_it_was(
    name: str, sam: int, rate: int, station: Station
) -> None:
    changes = {"name": name, "name_en": name, "sam": sam, "rate": Money(rate), "station": station}
    steps = (make_step("S01", **changes), make_step("S02", "S01", **changes))
    sheet = read_sheet(write_sheet(steps), None, None)
    assert (sheet.steps, sheet.mistakes) == (steps, ())


@given(text=st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_sheet(text, RATE, None)
    read_sheet(HEAD + text, None, None)

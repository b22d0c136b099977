from datetime import date
from enum import StrEnum

import pytest

from factory.kernel.errors import BadInput, FactoryError, NotFound, Refused
from factory.kernel.money import Money
from factory.kernel.time import Length, at
from factory.kernel.words import language, say, show, show_money, speaking, tell


class PaperOut(Refused):
    """There are only {left} labels left.

    What follows here is for developers and is never shown.
    """


class Colour(StrEnum):
    BLACK = "black"


def test_an_error_says_its_docstring_with_its_values() -> None:
    assert tell(PaperOut(left=3), "en") == "There are only 3 labels left."


def test_an_error_names_itself_without_its_values() -> None:
    error = BadInput("terms.rate", "secret")
    assert str(error) == "bad_input"
    assert PaperOut.code() == "paper_out"
    assert issubclass(NotFound, FactoryError)


def test_money_is_written_as_people_write_it() -> None:
    assert show_money(Money(1234000), "ko") == "1,234,000원"
    assert show_money(Money(1234000), "en") == "₩1,234,000"
    assert show_money(-5, "en") == "-₩5"


@pytest.mark.parametrize(
    ("minutes", "ko", "en"),
    [
        (0, "0분", "0 min"),
        (45, "45분", "45 min"),
        (60, "1시간", "1 h"),
        (150, "2시간 30분", "2 h 30 min"),
        (3120, "52시간", "52 h"),
    ],
)
def test_lengths_of_time_are_said_in_hours_and_minutes(minutes: int, ko: str, en: str) -> None:
    assert show(Length(minutes), "ko") == show(Length(minutes), "ko_easy") == ko
    assert show(Length(minutes), "en") == en
    assert say("{time}", "ko", time=Length(minutes)) == ko


def test_days_and_times_are_written_as_people_write_them() -> None:
    day = date(2026, 11, 23)
    assert show(day, "ko") == "2026년 11월 23일(월)"
    assert show(day, "en") == "23 Nov 2026 (Mon)"
    assert show(at(day, "08:52"), "ko") == "2026년 11월 23일(월) 08:52"


def test_lists_and_own_words_are_shown() -> None:
    assert show((1, Colour.BLACK), "en") == "1, black"


def test_the_language_spoken_holds_inside_the_block() -> None:
    assert language() == "ko"
    with speaking("en"):
        assert language() == "en"
        assert say("{n} coats", n=3) == "3 coats"


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [
        (1, "en", "1 day is closed now."),
        (2, "en", "2 days are closed now."),
        (1, "ko", "1일을 마감했어요."),
    ],
)
def test_one_is_said_otherwise_than_many_where_the_language_does(
    count: int, language: str, said: str
) -> None:
    assert say("{count} days are closed now.", language, count=count, waiting=0) == said


def test_what_counts_is_what_the_sentence_for_one_no_longer_names() -> None:
    sentence = "{count} days are closed now. Still to be settled: {waiting}."
    told = [say(sentence, "en", count=count, waiting=3 - count) for count in (1, 2)]
    assert told == [
        "1 day is closed now. Still to be settled: 2.",
        "2 days are closed now. Still to be settled: 1.",
    ]

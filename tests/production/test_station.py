"""What a place on the floor offers, and what it says when there is nothing to do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from factory.catalogue.domain import Station
from factory.kernel.time import SEOUL
from factory.kernel.words import say, tell
from factory.production.domain.scans import AlreadyDone, Done, NothingInWork, NotReady
from factory.production.domain.station import (
    asked_about,
    chosen,
    offers,
    refuse_idle_place,
    steps_at,
)
from tests.production.coats import after

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=SEOUL)
CHORONG = Done("초롱", datetime(2026, 11, 24, 10, 32, tzinfo=SEOUL))


def offered(*done: str, place: Station | None, usual: str | None = None) -> list[str]:
    made, _, progress = after(*done)
    return [offer.step.code for offer in offers(made, progress, place, usual)]


@pytest.mark.parametrize(
    ("done", "place", "expected"),
    [
        ((), Station.FUSE, ["C06"]),
        ((), Station.LINING, ["S20"]),
        ((), Station.PREP, []),
        (("C06",), Station.PREP, ["S01", "S02"]),
        (("C06", "S01"), Station.PREP, ["S02"]),
        (("C06", "S01", "S02"), Station.ASSEMBLY, []),
        (("C06", "S01", "S02", "S20"), Station.ASSEMBLY, ["S11"]),
        ((), None, ["C06", "S20"]),
        (("C06",), None, ["S01", "S02", "S20"]),
    ],
)
def test_a_place_offers_the_work_whose_turn_it_is_there(
    done: tuple[str, ...], place: Station | None, expected: list[str]
) -> None:
    assert offered(*done, place=place) == expected


def test_what_she_did_last_stands_first() -> None:
    assert offered("C06", place=Station.PREP, usual="S02") == ["S02", "S01"]
    assert offered("C06", place=Station.PREP, usual="S11") == ["S01", "S02"]


def test_an_offer_says_how_many_are_left() -> None:
    made, _, progress = after("C06", rework="C06")
    found = offers(made, progress, Station.PREP)
    assert [offer.left for offer in found] == [9, 9]


def test_everywhere_has_every_step() -> None:
    made, *_ = after()
    assert steps_at(made, None) == made.steps
    assert [step.code for step in steps_at(made, Station.PREP)] == ["S01", "S02"]


@pytest.mark.parametrize(
    ("asked", "usual", "expected"),
    [(None, None, None), (None, "S02", "S02"), ("S01", "S02", "S01"), ("S11", None, None)],
)
def test_only_several_kinds_of_work_need_a_question(
    asked: str | None, usual: str | None, expected: str | None
) -> None:
    made, _, progress = after("C06")
    found = chosen(offers(made, progress, Station.PREP), asked, usual)
    assert (found.step.code if found else None) == expected


def test_one_kind_of_work_needs_no_question() -> None:
    made, _, progress = after()
    found = chosen(offers(made, progress, Station.FUSE), None, None)
    assert found is not None
    assert found.step.code == "C06"
    assert chosen((), None, "C06") is None


def refused(
    *done: str, place: Station | None, last: Done | None = None, rework: str = "", language: str
) -> str:
    made, graph, progress = after(*done, rework=rework)
    with pytest.raises((AlreadyDone, NotReady, NothingInWork)) as found:
        refuse_idle_place(made, graph, progress, place, last, language=language, now=NOW)
    return tell(found.value, language)


def test_a_bundle_that_is_done_here_is_refused_with_who_and_when() -> None:
    sentence = refused("C06", place=Station.FUSE, last=CHORONG, language="ko")
    assert "초롱" in sentence
    assert "10:32" in sentence


def test_what_was_done_on_another_day_is_refused_with_the_day() -> None:
    before = Done("초롱", CHORONG.at - timedelta(days=1))
    assert "11월 23일" in refused("C06", place=Station.FUSE, last=before, language="ko")


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "일 C06"), ("ko_easy", "일 C06"), ("en", "work C06")]
)
def test_a_bundle_that_is_not_here_yet_is_refused_with_the_work_that_comes_first(
    language: str, name: str
) -> None:
    sentence = refused(place=Station.PREP, language=language)
    assert name in sentence
    assert "C05" not in sentence


def test_only_what_can_be_done_or_repaired_now_is_named() -> None:
    sentence = refused("C06", "S01", place=Station.ASSEMBLY, language="en")
    assert "work S02, work S20" in sentence
    assert "S01" not in sentence


def test_a_bundle_that_waits_for_a_repair_says_so() -> None:
    made, _, progress = after("C06", "S01", "S02", "S20", "S11", rework="S11")
    assert asked_about(made, progress, Station.QC) == "F05"
    assert [o.step.code for o in offers(made, progress, Station.QC)] == ["F05"]


def test_a_coat_that_has_no_work_at_a_place_says_where_it_goes() -> None:
    assert "work C06" in refused(place=Station.FINISH, language="en")


def test_the_words_of_an_early_bundle_have_their_korean() -> None:
    english = NotReady.sentence()
    assert say(english, "ko", missing="x") != say(english, "en", missing="x")

"""The papers of the floor, as they come out of the printer."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from factory.kernel.words import LANGUAGES, speaking
from factory.printing import offline
from factory.printing.offline import Made
from factory.production import documents
from printers import paper
from printers.document import Document, Text
from tests.production.papers import make_cut_ticket, make_tag, make_ticket

WIDTHS = ("virtual-58", "virtual-80", "generic-58", "generic-80")


def printed(document: Document, profile: str = "virtual-80") -> Made:
    return offline.make(document, profile, "auto")


def codes_on(made: Made) -> list[str]:
    picture = Image.open(io.BytesIO(made.png))
    return sorted(code.text for code in zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize("profile", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_says_what_lies_in_the_bundle_and_scans_on_every_paper(
    language: str, profile: str
) -> None:
    with speaking(language):
        made = printed(documents.bundle_ticket(make_ticket()), profile)
    assert codes_on(made) == ["20000120"]
    for words in ("W-2601", "여성 울 코트", "2026-0012", "검정", "66", "10", "5/12", "12/5"):
        assert words in made.text.replace("5 of 12", "5/12"), words
    assert paper.read(made.data).warnings == ()


def test_colour_size_and_pieces_can_be_read_at_arms_length() -> None:
    blocks = documents.bundle_ticket(make_ticket()).blocks
    sizes = {getattr(block, "size", 1) for block in blocks}
    assert max(sizes) == 6
    large = [block for block in blocks if getattr(block, "size", 1) >= 4]
    assert len(large) == 2


def test_a_ticket_lists_the_jobs_but_neither_their_price_nor_any_name() -> None:
    text = printed(documents.bundle_ticket(make_ticket())).text
    assert "S01 주머니 위치 표시" in text
    assert "S02" in text
    assert "원" not in text.replace("원단", "")


def test_a_ticket_without_jobs_stays_short() -> None:
    whole = printed(documents.bundle_ticket(make_ticket())).text
    short = printed(documents.bundle_ticket(make_ticket(jobs=()))).text
    assert "S01" not in short
    assert len(short.splitlines()) < len(whole.splitlines())


def test_a_ticket_that_lists_the_next_jobs_alone_says_how_many_come_after() -> None:
    with speaking("en"):
        some = printed(documents.bundle_ticket(make_ticket(more=27))).text
        all_of_them = printed(documents.bundle_ticket(make_ticket())).text
    assert "27 more come after these" in some
    assert "come after" not in all_of_them


def test_only_a_ticket_that_replaces_another_says_so() -> None:
    with speaking("en"):
        again = printed(documents.bundle_ticket(make_ticket(issue=2))).text
        first = printed(documents.bundle_ticket(make_ticket())).text
    assert "Ticket 2: throw the older one away" in again
    assert "throw" not in first


def test_a_coat_made_for_one_person_is_told_by_its_ticket_from_afar() -> None:
    with speaking("en"):
        plain, made = (
            documents.bundle_ticket(replace(make_ticket(), made=made)).blocks
            for made in (False, True)
        )
    banners = [b for b in made if isinstance(b, Text) and b.inverse and b.size == 3]
    assert [banner.text for banner in banners] == ["Made to measure"]
    assert [b for b in made if b not in banners] == list(plain)


def test_the_cut_ticket_leaves_out_sizes_that_are_not_in_the_marker() -> None:
    with speaking("en"):
        text = printed(documents.cut_ticket(make_cut_ticket())).text
    assert "44" not in text
    assert "55 25 · 66 50" in text
    assert "55 12 · 66 24" in text


def test_the_cut_ticket_adds_up_and_leaves_room_for_what_it_really_was() -> None:
    with speaking("en"):
        text = printed(documents.cut_ticket(make_cut_ticket())).text
    assert make_cut_ticket().pieces == 111
    assert "111 pcs" in text
    assert text.count(documents.BLANK) == 4


@pytest.mark.parametrize("profile", WIDTHS)
def test_each_coat_gets_a_tag_of_its_own_to_cut_apart(profile: str) -> None:
    made = printed(documents.hang_tags(make_tag(), 3), profile)
    assert codes_on(made) == ["40001238"] * 3
    assert made.text.count("189,000원") == 3
    assert paper.read(made.data).warnings == ()


def test_a_printer_with_a_cutter_cuts_after_each_tag() -> None:
    made = printed(documents.hang_tags(make_tag(), 3), "virtual-58")
    assert paper.read(made.data).cuts == 3


def test_a_coat_of_the_second_grade_says_so_on_its_tag() -> None:
    with speaking("en"):
        second = printed(documents.hang_tags(make_tag(grade="second grade"), 1)).text
        first = printed(documents.hang_tags(make_tag(), 1)).text
    assert "second grade" in second
    assert "grade" not in first


def test_a_size_without_its_ks_name_leaves_that_line_out() -> None:
    with speaking("en"):
        assert "KS size" in printed(documents.hang_tags(make_tag(), 1)).text
        assert "KS size" not in printed(documents.hang_tags(make_tag(ks_size=""), 1)).text


@pytest.mark.parametrize(("lay", "number", "of"), [(3, 5, 12), (8, 8, 8), (12, 112, 120)])
def test_which_bundle_it_is_stays_in_one_piece_on_the_narrowest_paper(
    lay: int, number: int, of: int
) -> None:
    with speaking("ko"):
        text = printed(
            documents.bundle_ticket(make_ticket(lay=lay, number=number, of=of)), "virtual-58"
        ).text
    assert f"묶음 {number}/{of}\n" in text

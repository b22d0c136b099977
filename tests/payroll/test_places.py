"""Every matter of a month leads to the page on which it is settled."""

from __future__ import annotations

from flask import Flask

from factory.payroll.domain.matters import Matter, MatterKind
from factory.payroll.routes.places import place_of

OF_DAYS = {MatterKind.OPEN_DAYS, MatterKind.SHORT_BREAK}
"""They lead to each day."""


def test_every_matter_leads_to_a_page_of_hers_or_to_the_law_book(app: Flask) -> None:
    with app.test_request_context():
        places = {
            kind: place_of(Matter(kind, 7, "Pine"), "2026-10", "2026-09")
            for kind in set(MatterKind) - OF_DAYS
        }
    law = places.pop(MatterKind.NOT_PUBLISHED)
    assert law.startswith("/law")
    assert all("7" in place.partition("?")[0].split("/") for place in places.values())
    assert places[MatterKind.CLOSED_CHANGED] == "/pay/2026-09/7/correct"
    assert places[MatterKind.WORKED_AFTER] == "/pay/leaving/7"

"""What the catalogue's pages are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from tests.catalogue.build import make_care, make_measures, make_style
from tests.web.test_pictures import drawn


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """The wool coat, with its operations."""
    if "W-2601" not in {style.number for style in queries.styles(session)}:
        make_style(session)
    if queries.care_label(session, "W-2601") is None:
        make_care(session)
    make_measures(session)
    code = "C05"  # other rooms shorten the way of work; this step stays
    service.set_sketch(session, "W-2601", drawn(), by=SYSTEM, at=now())
    service.set_operation_photo(session, code, drawn(), by=SYSTEM, at=now())
    coat = {"number": "W-2601"}
    places = ("style", "colours", "prices", "operations", "sheet", "care", "sketch", "measures")
    photo = {"catalogue.photo": coat | {"code": code}, "catalogue.operation_photo": {"code": code}}
    photo["catalogue.sketch_picture"] = coat
    return photo | {f"catalogue.{page}": coat for page in places}

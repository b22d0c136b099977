"""Open to everybody: whether the house stands, and the description of the terminals' API."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from factory.db.engine import takes_writes
from factory.db.session import db, reading
from factory.web.guard import public

bp = Blueprint("health", __name__)
HOUSE = Path(__file__).resolve().parent.parent
DESCRIPTION = "openapi.json"


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Say ok when the database answers, and whether it can only be read."""
    with reading() as session:
        session.execute(text("SELECT 1"))
    return jsonify({"status": "ok"} | ({} if takes_writes(db.engine) else {"writes": "refused"}))


@bp.get("/api/v1/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """Describe the API as OpenAPI 3.1."""
    return jsonify(description())


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The frame that stands beside this file, with each room's addresses and shapes put in.

    A room describes its own in `factory/ROOM/openapi.json`; a test holds all against the views.
    """
    whole = _read(Path(__file__).with_name(DESCRIPTION))
    for path in sorted(HOUSE.glob(f"*/{DESCRIPTION}")):
        if path.parent != Path(__file__).parent:
            room = _read(path)
            whole["paths"].update(room["paths"])
            whole["components"]["schemas"].update(room["schemas"])
    return whole


def _read(path: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return described

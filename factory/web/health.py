"""Open to everybody: whether the house stands, and the description of the terminals' API."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from factory.db.session import reading
from factory.web.guard import public

bp = Blueprint("health", __name__)
DESCRIPTION = Path(__file__).with_name("openapi.json")


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Say ok when the database answers."""
    with reading() as session:
        session.execute(text("SELECT 1"))
    return jsonify({"status": "ok"})


@bp.get("/api/v1/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """Describe the API as OpenAPI 3.1."""
    return jsonify(description())


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The description as it stands beside this file; a test holds it against the views."""
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described

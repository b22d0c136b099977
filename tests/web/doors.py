"""The table of doors: who may open each address. `python -m tests.web.doors` writes it anew."""

from __future__ import annotations

import tomllib
from pathlib import Path

from flask import Flask

from factory.security.domain import ALLOWED, Role

TABLE = Path(__file__).with_name("doors.toml")
HEAD = """\
# Who may open which address: each role, "everybody" (signed out too), or a terminal with its token.
# After a change of routes or roles: python -m tests.web.doors, and read what differs.
"""
EVERYBODY = "everybody"


def now_open(app: Flask) -> dict[str, list[str]]:
    """For each address, by the name of its view, who may open it as the program stands."""
    views = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    return {name: _who(app.view_functions[name]) for name in sorted(views)}


def _who(view: object) -> list[str]:
    guard = view.guard  # type: ignore[attr-defined]
    if guard.kind == "public":
        return [EVERYBODY]
    if guard.kind == "device":
        return [f"terminal {guard.needs}"]
    return [role.value for role in Role if guard.needs in ALLOWED[role]]


def rows() -> dict[str, list[str]]:
    """The table as it is kept."""
    kept: dict[str, list[str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return kept


def written(doors: dict[str, list[str]]) -> str:
    """The table as a file."""
    lines = (
        f'"{name}" = [{", ".join(f"{who!r}" for who in found)}]'.replace("'", '"')
        for name, found in doors.items()
    )
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the table of the program as it stands."""
    import tempfile

    from tests.conftest import make_app

    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/doors.sqlite", Path(folder))
        TABLE.write_text(written(now_open(app)), encoding="utf-8")


if __name__ == "__main__":
    main()

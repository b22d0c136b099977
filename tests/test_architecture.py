"""What import contracts can't say: private rooms, one commit, short files."""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRIVATE = {"records", "documents", "forms", "routes", "vault", "api"}
MAY_SEE_ALL = {"app", "cli", "reports"}
TOOLKITS = {"web", "db", "kernel", "law"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if "versions" not in path.parts:
                yield path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_rooms_do_not_reach_into_each_other() -> None:
    for path in sources("factory"):
        room = path.relative_to(ROOT / "factory").parts[0].removesuffix(".py")
        for name in imports(path):
            parts = name.split(".")
            if room in MAY_SEE_ALL or parts[0] != "factory" or parts[1] in TOOLKITS:
                continue
            assert parts[1] == room or not PRIVATE & set(parts[2:3]), f"{path}: {name}"


def test_there_is_one_commit() -> None:
    found = [path for path in sources("factory", "printers") if ".commit()" in path.read_text()]
    assert [path.name for path in found] == ["session.py"]


def test_a_day_is_asked_of_seoul() -> None:
    """The date of an instant in UTC is yesterday's until nine in the morning."""
    asked = "now()" + ".date()"
    found = [path for path in sources("factory", "seed_data", "tests") if asked in path.read_text()]
    assert not found, "today() is the day"


@pytest.mark.parametrize(
    "path", list(sources("factory", "printers", "seed_data", "tests")), ids=str
)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


def test_what_comes_from_elsewhere_is_unchanged() -> None:
    lists = list(ROOT.glob("*/**/VENDORED.toml"))
    assert lists
    for listed in (path for path in lists if ".venv" not in path.parts):
        for item in tomllib.loads(listed.read_text(encoding="utf-8"))["vendored"]:
            data = (listed.parent / item["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == item["sha256"], item["file"]

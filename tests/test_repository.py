"""What lies in the repository: pinned packages, listed licences, and no secret of anybody's."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OTHERS = {".git", ".venv", "__pycache__", "instance", "build", "dist", "node_modules"}
SECRET_FILES = (".sqlite", ".backup", ".key", ".pem", ".p12", ".env")
SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a key of the vault": re.compile(r"^\d{1,3} [0-9a-f]{64}$", re.MULTILINE),
    "a token": re.compile(r"\b(?:ghp_|github_pat_|glpat-|xox[bp]-|AKIA)[A-Za-z0-9_-]{16,}"),
    "a bearer": re.compile(r"Bearer [A-Za-z0-9_-]{40,}"),
}
LISTED = re.compile(r"^\| ([a-z0-9-]+) \| (\S.*) \|$", re.MULTILINE)


def files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in OTHERS and not name.endswith("_cache")
        ]
        yield from (Path(folder, name) for name in names)


def secrets_in(text: str) -> list[str]:
    return [what for what, pattern in SECRETS.items() if pattern.search(text)]


def test_no_secret_lies_in_the_repository() -> None:
    found = {}
    for path in files():
        kinds = secrets_in(path.read_bytes().decode("utf-8", "replace"))
        if path.name.endswith(SECRET_FILES):
            kinds.append("a file of a house")
        if kinds:
            found[str(path.relative_to(ROOT))] = kinds
    assert found == {}


def test_a_secret_would_be_found() -> None:
    """Put together here, so that this file holds none."""
    examples = (
        "-----BEGIN EC " + "PRIVATE KEY-----",
        "1 " + "ab" * 32,
        "ghp_" + "a" * 36,
        "Authorization: Bearer " + "x" * 43,
    )
    assert [secrets_in(example) for example in examples] == [[what] for what in SECRETS]


def test_every_package_is_pinned_by_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(packages) > 50
    pinned = re.compile(r"^[a-z0-9._-]+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    assert [each.split()[0] for each in packages if not pinned.match(each)] == []


def test_every_package_it_runs_with_is_listed_with_its_licence() -> None:
    listed = dict(LISTED.findall((ROOT / "docs/licences.md").read_text(encoding="utf-8")))
    assert sorted(running() - set(listed)) == [], "say it in docs/licences.md"


def running() -> set[str]:
    """Every package that those of `pyproject.toml` need, as far as they are installed."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        waiting: list[str] = tomllib.load(file)["project"]["dependencies"]
    found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        start = re.match(r"[A-Za-z0-9._-]+", wanted)
        name = re.sub(r"[-_.]+", "-", start[0]).lower() if start else ""
        if name in found or "extra ==" in wanted:
            continue
        try:
            needed = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        waiting += needed
    return found

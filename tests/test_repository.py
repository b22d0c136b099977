"""What lies in the repository: pinned packages, listed licences, and no secret of anybody's."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OTHERS = {".git", ".venv", "__pycache__", "instance", "build", "dist", "node_modules"}
SECRET_FILES = (
    *(".sqlite", ".sqlite-wal", ".sqlite3", ".db", ".backup", ".unfinished"),
    *(".key", ".pem", ".p12", ".pfx", ".jks", ".env", ".crt"),
)
SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a key of the vault": re.compile(r"^\d{1,3} [0-9a-f]{64}$", re.MULTILINE),
    "a locked key of the vault": re.compile(r"^locked \d+ [0-9a-f]{32} [0-9a-f]{24}", re.MULTILINE),
    "a line of a recovery sheet": re.compile(r"^\d{1,3}-[1-9](?: [0-9a-f]{4}){5}$", re.MULTILINE),
    "a token": re.compile(r"\b(?:ghp_|github_pat_|glpat-|xox[bp]-|AKIA)[A-Za-z0-9_-]{16,}"),
    "a bearer": re.compile(r"Bearer [A-Za-z0-9_-]{40,}"),
}
OWN = {"didim", "pip", "uv"}
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
        "locked 1 " + "ab" * 16 + " " + "cd" * 12 + " 18",
        "1-1" + " 9bb2" * 5,
        "ghp_" + "a" * 36,
        "Authorization: Bearer " + "x" * 43,
    )
    assert [secrets_in(example) for example in examples] == [[what] for what in SECRETS]


@pytest.mark.parametrize(
    ("lock", "least"), [("requirements.lock", 50), ("requirements-setup.lock", 1)]
)
def test_every_package_is_pinned_by_hash(lock: str, least: int) -> None:
    found = packages((ROOT / lock).read_text(encoding="utf-8"))
    assert len(found) >= least
    assert loose(found) == []


def test_a_package_that_is_not_pinned_by_hash_would_be_found() -> None:
    kept = "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert loose(packages(kept)) == []
    for other in (
        "b==1\n",
        "b>=1 \\\n    --hash=sha256:" + "0" * 64,
        "b @ https://b.example/b.whl\n",
    ):
        assert loose(packages(kept + other)) == ["b"]


def test_nothing_is_installed_but_from_what_is_pinned() -> None:
    orders = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "pip " in line
    ]
    installing = [line for line in orders if " install " in line or " sync " in line]
    assert len(installing) == 4
    for line in installing:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation -e ." in line


def packages(text: str) -> list[str]:
    """What a lock says of each package."""
    return re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)


def loose(found: list[str]) -> list[str]:
    """The names of those that are not of one version and one hash."""
    pinned = re.compile(r"^[a-z0-9._-]+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    return [re.split(r"[^a-z0-9._-]", each)[0] for each in found if not pinned.match(each)]


def test_every_package_it_runs_with_is_listed_with_its_licence() -> None:
    listed = dict(LISTED.findall((ROOT / "docs/licences.md").read_text(encoding="utf-8")))
    assert sorted(running() - set(listed)) == [], "say it in docs/licences.md"


def test_every_installed_package_is_pinned_and_listed() -> None:
    """Those for tests too; `pip` came with the virtual environment, Didim itself is neither."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    listed = set(dict(LISTED.findall((ROOT / "docs/licences.md").read_text(encoding="utf-8"))))
    there = {plain(each.metadata["Name"]) for each in metadata.distributions()} - OWN
    assert len(there) > 50
    assert sorted((there & pinned) - listed) == [], "say it in docs/licences.md"
    assert sorted(pinned - listed) == [], "say it in docs/licences.md"


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


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

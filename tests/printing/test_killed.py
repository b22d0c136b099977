"""A worker killed at each point of its work: nothing is lost, nothing comes out twice by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

EXPECTED = {
    "before_its_printer_is_taken": ("sent", 1),
    "while_its_printer_is_asked": ("sent", 1),
    "before_it_is_taken": ("sent", 1),
    "before_a_byte_has_left": ("unsure", 0),
    "between_two_papers": ("unsure", 1),
    "with_half_of_it_printed": ("unsure", 0),
    "before_it_is_settled": ("unsure", 1),
    "after_it_was_settled": ("sent", 1),
}
"""How the paper stands after the next start, and how many papers came out in all."""


def kill_at_each_point(folder: Path, rounds: int, database: str = "") -> None:
    """Kill a worker at each point so many times; whatever the round, it ends as it should."""
    command = [sys.executable, "-m", "tests.printing.dying", str(folder), str(rounds), database]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found: Counter[tuple[str, str, int]] = Counter()
    for line in done.stdout.splitlines():
        for point, told in json.loads(line).items():
            assert told["killed"], point
            found[point, told["state"], told["cuts"]] += 1
    assert found == {(point, *ended): rounds for point, ended in EXPECTED.items()}


def test_a_paper_whose_worker_is_killed_comes_out_once_or_a_person_is_asked(tmp_path: Path) -> None:
    kill_at_each_point(tmp_path, 1)


@pytest.mark.postgresql
def test_so_it_is_on_postgresql(tmp_path: Path) -> None:
    from tests.postgres import fresh_database

    with fresh_database() as url:
        kill_at_each_point(tmp_path, 1, url)

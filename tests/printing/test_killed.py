"""A worker killed in the middle: nothing is lost, nothing comes out twice by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXPECTED = {
    "before_it_is_taken": ("sent", 1),
    "before_a_byte_has_left": ("unsure", 0),
    "with_half_of_it_printed": ("unsure", 0),
    "before_it_is_settled": ("unsure", 1),
    "after_it_was_settled": ("sent", 1),
}


def test_a_paper_whose_worker_is_killed_comes_out_once_or_a_person_is_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.printing.dying", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found = {}
    for line in done.stdout.splitlines():
        for point, told in json.loads(line).items():
            assert told["killed"], point
            found[point] = (told["state"], told["cuts"])
    assert found == EXPECTED

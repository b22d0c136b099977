"""Run every part: `python -m tests.bench [PART …]`."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = (
    *("events", "clients", "past", "pay", "board", "wall", "grid", "month", "paper", "sales"),
    "trust",
)


def main(chosen: list[str]) -> None:
    """Run the parts that are named, or all."""
    for name in chosen or PARTS:
        print(f"— {name}")
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        import_module("tests.bench.events").serve()
    else:
        main(sys.argv[1:])

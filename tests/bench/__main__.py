"""Measure everything, one thing after the other; `serve` is the server that is asked."""

from __future__ import annotations

import sys

from tests.bench import clock, pay

if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        clock.serve()
    else:
        clock.main()
        pay.main()

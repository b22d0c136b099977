"""One line of the report."""

from __future__ import annotations

import statistics


def line(name: str, taken: list[float], count: int = 1, ceiling: float = 0) -> float:
    """Print how fast something went, and beside its ceiling; gives things a second."""
    rate = count * len(taken) / sum(taken)
    median, worst = statistics.median(taken) * 1000, statistics.quantiles(taken, n=100)[-1] * 1000
    ratio = f"{rate / ceiling:5.2f} of the ceiling" if ceiling else ""
    print(f"{name:34} {rate:8.0f}/s  median {median:6.2f} ms  99th {worst:6.2f} ms  {ratio}")
    return rate

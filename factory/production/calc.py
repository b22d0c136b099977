"""`didim calc aql`: a sampling plan from JSON to JSON, without a database."""

from __future__ import annotations

from typing import Any

from factory.kernel.fields import Fields
from factory.kernel.words import mark, say
from factory.production.domain.aql import Aql, Sampling, sampling

SAMPLED = mark("Look at a sample; its size follows from the lot and the limit.")
EVERY_COAT = mark("The sample would be as large as the lot: look at every coat.")


def aql(given: Fields) -> dict[str, Any]:
    """How many of a lot are looked at, and how many faulty ones are too many."""
    lot = given.whole("lot", least=1)
    limit = given.one_of("aql", Aql)
    given.done()
    found = sampling(lot, limit)
    return {
        "code": found.code,
        "sample": found.plan.sample,
        "accept": found.plan.accept,
        "reject": found.plan.reject,
        "inspect_all": found.inspect_all,
        "explain": [_explain(found, lot, limit)],
    }


def _explain(found: Sampling, lot: int, limit: Aql) -> dict[str, Any]:
    inputs = [
        {"name": "lot", "value": lot, "unit": "piece", "origin": "given"},
        {"name": "aql", "value": limit.value, "unit": "percent", "origin": "given"},
        {"name": "letter", "value": found.code, "unit": None, "origin": "ISO 2859-1, table 1"},
    ]
    return {
        "code": "sample",
        "amount": found.plan.sample,
        "formula": "lot" if found.inspect_all else "plan[letter, aql]",
        "inputs": inputs,
        "rule": say(EVERY_COAT if found.inspect_all else SAMPLED),
        "article": "ISO 2859-1, table 2-A",
    }

"""Large fuzzing: any bytes are paper, any text is refused with a sentence."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory.kernel.errors import Refused
from factory.kernel.fields import Fields
from factory.kernel.words import LANGUAGES, tell
from factory.payroll.calc import payslip
from printers import paper

pytestmark = pytest.mark.endure
MANY = settings(
    max_examples=3000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KNOWN = [b"\x1b@", b"\x1ba\x01", b"\x1dV\x42\x00", b"\x1dv0\x00", b"\x1c&", b"\x1c.", b"\x1dk\x49"]
STREAMS = st.lists(st.one_of(st.sampled_from(KNOWN), st.binary(max_size=40)), max_size=40)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=20,
)
FIELDS = ["pay_date", "period", "workplace", "worker", "terms", "shifts", "pieces", "extras"]


@MANY
@given(STREAMS)
def test_any_bytes_come_out_as_paper(parts: list[bytes]) -> None:
    read = paper.read(b"".join(parts))
    assert read.png().startswith(b"\x89PNG")
    assert isinstance(read.text, str)


@MANY
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_any_case_of_pay_is_calculated_or_refused_in_words(case: dict[str, object]) -> None:
    told: list[str] = []
    try:
        payslip(Fields(json.loads(json.dumps(case)), ""))
    except Refused as refusal:
        told = [tell(refusal, language) for language in LANGUAGES]
    assert all(told)


@MANY
@given(body=st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_any_body_at_the_terminals_door_is_answered(client: FlaskClient, body: bytes) -> None:
    answer = client.post(
        "/api/v1/clock-events", data=body, headers={"Authorization": "Bearer wrong"}
    )
    assert answer.status_code == 401
    assert answer.json is not None
    assert set(answer.json["error"]) == {"code", "message", "field"}

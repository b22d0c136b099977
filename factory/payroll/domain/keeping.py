"""A payslip as it is kept, and back: plain words and numbers that JSON can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from factory.payroll.domain.run import Amounts, Remark, Slip, Worked


def to_body(slip: Slip) -> dict[str, Any]:
    """A payslip as plain values."""
    w = slip.worked
    return {
        "gross": slip.gross,
        "non_taxable": slip.non_taxable,
        "taxable": slip.taxable,
        "net": slip.net,
        "earnings": _kept(slip.earnings),
        "deductions": _kept(slip.deductions),
        "employer": _kept(slip.employer),
        "notices": [{"code": each.code, "day": each.day} for each in slip.notices],
        "explain": list(slip.explain),
        "worked": {
            "days": w.days,
            "minutes": w.minutes,
            "overtime": w.overtime,
            "night": w.night,
            "holiday": w.holiday,
        },
        "exempt": slip.exempt,
    }


def from_body(body: Mapping[str, Any]) -> Slip:
    """A payslip from plain values."""
    return Slip(
        body["gross"],
        body["non_taxable"],
        body["taxable"],
        body["net"],
        _lines(body["earnings"]),
        _lines(body["deductions"]),
        _lines(body["employer"]),
        tuple(Remark(**each) for each in body["notices"]),
        tuple(body["explain"]),
        Worked(**body["worked"]),
        body.get("exempt", 0),
    )


def _kept(lines: Iterable[Amounts]) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "amount": each.amount,
            "quantity": each.quantity,
            "unit": each.unit,
            "rate": each.rate,
        }
        for each in lines
    ]


def _lines(kept: Iterable[Mapping[str, Any]]) -> tuple[Amounts, ...]:
    return tuple(Amounts(**each) for each in kept)

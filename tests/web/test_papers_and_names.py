"""The table of papers and names in `docs/privacy.md`, row by row, against the papers themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from factory.payroll.domain.certificates import Certificate
from factory.payroll.domain.papers import Paper
from factory.printing.domain import Purpose
from tests.web.papers import (
    CONTRACT,
    NAMED,
    NOBODY,
    WHY,
    A,
    B,
    C,
    K,
    L,
    Made,
    N,
    Row,
    bank_file,
    certificate,
    hers,
    month_paper,
    open_house,
    page_of_paper,
    recovery,
    row,
    sent,
    severance_slip,
    shown,
    slips,
    wished,
)

TABLE = Path(__file__).parents[2] / "docs" / "privacy.md"
ROOM = TABLE.parents[1] / "factory"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A house in which every room has made its papers."""
    with open_house(tmp_path_factory.mktemp("papers_and_names")) as house:
        yield house


ROWS: dict[str, Row] = {
    "badge": row((slips(Purpose.BADGE), {C}), made_by="people.print_badge"),
    "bundle ticket, cut ticket, hang tag, price tag, care label, inspection sheet": row(
        (
            (
                slips(Purpose.BUNDLE_TICKET, Purpose.CUT_TICKET),
                slips(Purpose.HANG_TAG, Purpose.CARE_LABEL),
                shown("production.care_artwork", "production.inspection_paper"),
            ),
            NOBODY,
        ),
        made_by="production.print_tickets production.print_cut_ticket production.print_tags "
        "production.print_care_proof production.care_artwork production.inspection_paper",
    ),
    "work order, packing list, list of orders": row(
        (shown("orders.work_order", "orders.packing_list", "orders.table"), NOBODY),
        made_by="orders.work_order orders.packing_list orders.table",
    ),
    "receipt, also of an exchange": row(
        (slips(Purpose.RECEIPT), NOBODY), made_by="till.print_slip till.print_ticket"
    ),
    "slip of the till's opening, X report, Z report": row(
        (slips(Purpose.DAY_END), NOBODY), made_by="till._print"
    ),
    "ticket of an alteration or of a coat made to order, slip of its measures": row(
        (slips(Purpose.ALTERATION_TICKET), NOBODY), made_by="till.print_ticket till._print"
    ),
    "delivery note, statement, quote, list of what firms owe, list of tax invoices": row(
        (
            (
                shown("orders.delivery_note", "orders.quote"),
                shown("till.firm_statement", "till.firms_sheet", "till.invoices_sheet"),
            ),
            NOBODY,
        ),
        made_by="orders.delivery_note orders.quote till.firm_statement till.firms_sheet "
        "till.invoices_sheet",
    ),
    "monthly hours, attendance sheet; both as spreadsheet": row(
        ((shown("attendance.hours_paper"), shown("attendance.hours_table")), {C, N}),
        ((shown("attendance.sheet_paper"), shown("attendance.sheet_table")), {C, N}),
        made_by="attendance.hours_paper attendance.hours_table attendance.sheet_paper "
        "attendance.sheet_table",
    ),
    "payslip, on paper and as PDF": row(
        ((shown("payroll.paper"), shown("payroll.all_payslips")), {C, N}),
        ((hers("payroll.my_paper"), slips(Purpose.PAYSLIP)), {C, N}),
        (wished(shown("payroll.paper")), {C, N, L}),
        made_by="payroll.paper payroll.all_payslips payroll.my_paper payroll.print_slip",
    ),
    "statement of severance, on paper and as PDF": row(
        ((shown("payroll.severance_paper"), severance_slip), {C, N}),
        (wished(shown("payroll.severance_paper")), {C, N, L}),
        made_by="payroll.severance_paper payroll.print_severance",
    ),
    "notice of what is kept of her": row(
        (sent("/people/{number}/notice.pdf"), {C, N}), made_by="people.notice"
    ),
    "employment contract": row(
        (sent("/people/{number}/contract", **CONTRACT), {C, N}),
        (sent("/people/{number}/contract", **CONTRACT, named="y", reason=WHY), {C, N, L, A}),
        made_by="people.contract",
    ),
    "certificate of employment, of wages, of a change of terms": row(
        (certificate(Certificate.EMPLOYMENT), {L, B, A, N}),
        (certificate(Certificate.WAGES), {L, B, A, N}),
        (certificate(Certificate.CHANGE), {L, B, N}),
        made_by="payroll.certificate",
    ),
    "wage ledger, pay list; both as spreadsheet": row(
        (month_paper(Paper.LEDGER), {C, N}),
        (month_paper(Paper.LIST), {C, N}),
        (month_paper(Paper.LEDGER, **NAMED), {N, L, B}),
        (month_paper(Paper.LIST, **NAMED), {N, L}),
        made_by="payroll._given",
    ),
    "workers' register; as spreadsheet": row(
        (month_paper(Paper.REGISTER, **NAMED), {L, B, A, C, N}), made_by="payroll._given"
    ),
    "insurance and tax by number; as spreadsheet": row(
        (month_paper(Paper.SUMMARY), {N}), made_by="payroll._given"
    ),
    "labour cost by order and style": row(
        (month_paper(Paper.LABOUR), NOBODY), made_by="payroll._given"
    ),
    "file for the bank, of wages or of severance": row(
        (bank_file, {K, N}), made_by="payroll.transfer_file payroll.leavers_file"
    ),
    "list of a style's operations, of stock, of what was sold, of margins; as spreadsheet": row(
        (
            (
                shown("catalogue.sheet", "stock.sheet", "reports.margins_sheet"),
                shown("reports.sold_sheet", "reports.through_sheet"),
            ),
            NOBODY,
        ),
        made_by="catalogue.sheet stock.sheet reports.margins_sheet reports.sold_sheet "
        "reports.through_sheet",
    ),
    "list of a day's receipts, of days of the till; as spreadsheet": row(
        ((shown("till.sales_sheet"), shown("till.days_sheet")), NOBODY),
        made_by="till.sales_sheet till.days_sheet",
    ),
    "report of an accident": row(
        (shown("production.accident_paper"), NOBODY), made_by="production.accident_paper"
    ),
    "sheet of the month's entries, to sign": row(
        (page_of_paper("/audit/month/2026-11"), {C, N}), made_by="security.audit_month"
    ),
    "her own file": row((hers("mine.own_data"), {C, N}), made_by="mine.own_data"),
    "recovery sheet": row((recovery, NOBODY), made_by="cli.sheet"),
}


NUMBERED = re.compile("chosen name and number|number alone|her number|their number")


def table() -> dict[str, str]:
    """The table: each paper, and who is named on it."""
    part = TABLE.read_text(encoding="utf-8").split("## Papers and names")[1].split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return {cells[0]: cells[1] for cells in lines[2:]}


def test_each_paper_of_the_table_is_tried_and_none_besides() -> None:
    assert set(ROWS) == set(table())


@pytest.mark.parametrize("paper", ROWS)
def test_the_table_says_what_the_papers_name(paper: str) -> None:
    said = table()[paper]
    words = {kind for kind in (C, L, B, A, K) if kind.value in said}
    words |= (
        {N} if re.search(r"chosen name and number|number alone|(her|their) number", said) else set()
    )
    assert words == ROWS[paper].names


@pytest.mark.parametrize("paper", ROWS)
def test_whoever_works_here_is_named_on_a_paper_as_the_table_says(made: Made, paper: str) -> None:
    for ways, names in ROWS[paper].ways:
        for way in ways:
            found = [text for text in way(made) if text]
            assert found, "nothing was made"
            seen = frozenset().union(*map(made.named_in, found))
            assert seen == names, f"{sorted(seen)} instead of {sorted(names)}: {found[0][:60]}"


def test_every_way_out_of_the_program_is_a_paper_of_the_table() -> None:
    known = {way for each in ROWS.values() for way in each.made_by}
    assert ways_out() == known - {"security.audit_month"} | PICTURES


PICTURES = {"catalogue.operation_photo", "catalogue.sketch_picture", "cli._make"}
"""Photographs of work and drawings of coats, as they were laid in; samples of slips."""
CALLS = {"inline", "download", "enqueue", "to_pdf", "pdf_of"}


def ways_out() -> set[str]:
    """Every function that draws up, prints or gives a file, by its room."""
    places = (
        p for p in ROOM.rglob("*.py") if p.relative_to(ROOM).parts[0] not in {"printing", "web"}
    )
    return {
        f"{place.relative_to(ROOM).parts[0]}.{each.name}"
        for place in places
        for each in ast.walk(ast.parse(place.read_text(encoding="utf-8")))
        if isinstance(each, ast.FunctionDef) and CALLS & set(_called(each))
    }


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for each in ast.walk(function):
        if isinstance(each, ast.Call):
            yield getattr(each.func, "attr", getattr(each.func, "id", ""))

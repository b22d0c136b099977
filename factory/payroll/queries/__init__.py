"""A month's pay as pages, papers and reports ask for it."""

from factory.payroll.queries.drafts import (
    Draft,
    Facts,
    Gathered,
    book_name,
    draft,
    gathered,
    representative,
)
from factory.payroll.queries.pieces import Made, MyPieces, my_pieces, pieces_of
from factory.payroll.queries.runs import calculated, comparison, entry, payslips_of, run

__all__ = [
    "Draft",
    "Facts",
    "Gathered",
    "Made",
    "MyPieces",
    "book_name",
    "calculated",
    "comparison",
    "draft",
    "entry",
    "gathered",
    "my_pieces",
    "payslips_of",
    "pieces_of",
    "representative",
    "run",
]

"""A month's pay as pages, papers and reports ask for it."""

from factory.payroll.queries.pieces import Made, MyPieces, my_pieces, pieces_of
from factory.payroll.queries.runs import comparison, entry, payslips_of, run

__all__ = [
    "Made",
    "MyPieces",
    "comparison",
    "entry",
    "my_pieces",
    "payslips_of",
    "pieces_of",
    "run",
]

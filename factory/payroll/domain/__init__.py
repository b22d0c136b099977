"""Values of pay: the case, hours, lines that can be recomputed, and the payslip."""

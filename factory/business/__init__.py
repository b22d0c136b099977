"""Who the employer and seller is: the business, as its papers have to name it.

Its keeper enters it once; contracts, payslips, the office's papers and receipts read it here.
"""

"""Coat to customer: the till, its receipts and the end of its day."""

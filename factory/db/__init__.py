"""Transactions, column types, migrations and tables that refuse change."""

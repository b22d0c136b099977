"""Figures of Korean labour, insurance and tax law: dated data with their sources."""

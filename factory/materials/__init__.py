"""Cloth and trims: rolls by shade, what a coat takes, what is short."""

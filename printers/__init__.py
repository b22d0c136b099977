"""Documents to ESC/POS bytes, pictures and PDF, and back to paper; knows nothing of the factory."""

"""Pages; a folder mirrors the package in `factory/` that shows them."""

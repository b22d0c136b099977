"""Her own page: everything of hers that the rooms keep, and who looked at it."""

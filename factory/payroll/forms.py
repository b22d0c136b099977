"""What the pages about pay accept: nothing but the press of a button."""

from __future__ import annotations

from factory.web.forms import EventForm


class PrintForm(EventForm):
    """Print; where it was pressed it got its id, so that pressing twice is one paper."""

"""What the pages about pay accept: nothing but the press of a button."""

from __future__ import annotations

from uuid import UUID

from wtforms import HiddenField

from factory.kernel.ids import new_id
from factory.web.forms import BaseForm


class PrintForm(BaseForm):
    """Print; where it was pressed it got its id, so that pressing twice is one paper."""

    event_id = HiddenField()
    at = HiddenField()

    def to_event_id(self) -> str:
        """The id from the browser, or a new one without scripts."""
        try:
            return str(UUID(self.event_id.data or ""))
        except ValueError:
            return new_id()

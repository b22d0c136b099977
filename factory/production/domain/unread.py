"""A bundle whose ticket can't be scanned any more: heat blackens thermal paper.

Of its number, colour and size two are usually still to be read; they are enough to find it.
"""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.errors import Refused
from factory.production.domain.bundles import Bundle

ENOUGH = 2
LONGEST_NUMBER = 3
"""A bundle's number in its cut has so many digits at most; more digits are part of its code."""


class TwoOfThree(Refused):
    """Please give two of the three: number, colour, size."""


@dataclass(frozen=True, slots=True)
class Legible:
    """What can still be read of a ticket; empty is what can't."""

    number: str = ""
    """The bundle's number in its cut, or some digits of its code."""
    colour: str = ""
    """The colour's code."""
    size: str = ""

    @property
    def asked(self) -> bool:
        """Whether anything was given."""
        return any((self.number, self.colour, self.size))

    def checked(self) -> Legible:
        """The same, or `TwoOfThree`."""
        if sum(map(bool, (self.number, self.colour, self.size))) < ENOUGH:
            raise TwoOfThree
        return self

    def fits(self, bundle: Bundle) -> bool:
        """Whether this may be the bundle."""
        return (
            self.colour in {"", bundle.colour}
            and self.size in {"", bundle.size}
            and (not self.number or self._is_numbered(bundle))
        )

    def _is_numbered(self, bundle: Bundle) -> bool:
        """Its number in its cut; or digits of its code, as many as can be read."""
        digits = "".join(letter for letter in self.number if letter.isdecimal())
        if len(digits) <= LONGEST_NUMBER:
            return digits == str(bundle.number)
        return digits in bundle.code

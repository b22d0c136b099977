"""What the parts of a coat are made of: standard fibre names, whole percent, a hundred for each.

The names and the limit of what may be called other fibres are those of the labelling rules for
clothes (safety standard of household textiles; see the care label's sources in the glossary).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark

WHOLE = 100
MOST_OTHERS = 15
MOST_FIBRES = 6
_SHARE = re.compile(r"([^\W\d_][^\d,·/%]*?)\s*:?\s*(\d{1,3})\s*%?(?:[\s,·/]+|$)")


class FibreUnknown(Refused):
    """“{name}” is no standard name of a fibre. Please use one of these: {known}."""


class SharesUnreadable(Refused):
    """Please write fibres with their percent, such as wool 80, nylon 20. I can't read “{text}”."""


class FibreTwice(Refused):
    """{fibre} stands there twice. Please write it once, with its whole share."""


class NotAHundred(Refused):
    """The shares come to {total} percent. They have to come to 100."""


class TooManyOthers(Refused):
    """At most {most} percent may be called other fibres. Please name what it is."""


class TooManyFibres(Refused):
    """At most {most} fibres have room on the label. Please put small ones together."""


class Part(StrEnum):
    """A part of a coat whose fibres are named by themselves, in the order of the label."""

    SHELL = "shell"
    TRIM = "trim"
    LINING = "lining"
    FILLING = "filling"

    @property
    def label(self) -> str:
        """The part as labels name it."""
        return _PARTS[self]


_PARTS = {
    Part.SHELL: mark("Shell"),
    Part.TRIM: mark("Trim cloth"),
    Part.LINING: mark("Lining"),
    Part.FILLING: mark("Filling"),
}


class Fibre(StrEnum):
    """A fibre by its standard name."""

    COTTON = "cotton"
    WOOL = "wool"
    LAMBSWOOL = "lambswool"
    CASHMERE = "cashmere"
    ALPACA = "alpaca"
    MOHAIR = "mohair"
    ANGORA = "angora"
    CAMEL = "camel hair"
    LINEN = "linen"
    RAMIE = "ramie"
    SILK = "silk"
    RAYON = "rayon"
    VISCOSE = "viscose rayon"
    CUPRO = "cupro"
    MODAL = "modal"
    LYOCELL = "lyocell"
    ACETATE = "acetate"
    TRIACETATE = "triacetate"
    POLYESTER = "polyester"
    NYLON = "nylon"
    POLYURETHANE = "polyurethane"
    ACRYLIC = "acrylic"
    POLYPROPYLENE = "polypropylene"
    DUCK_DOWN = "duck down"
    DUCK_FEATHER = "duck feathers"
    GOOSE_DOWN = "goose down"
    GOOSE_FEATHER = "goose feathers"
    OTHER = "other fibres"

    @property
    def label(self) -> str:
        """The name."""
        return _NAMES[self]


_NAMES = {
    Fibre.COTTON: mark("cotton"),
    Fibre.WOOL: mark("wool"),
    Fibre.LAMBSWOOL: mark("lambswool"),
    Fibre.CASHMERE: mark("cashmere"),
    Fibre.ALPACA: mark("alpaca"),
    Fibre.MOHAIR: mark("mohair"),
    Fibre.ANGORA: mark("angora"),
    Fibre.CAMEL: mark("camel hair"),
    Fibre.LINEN: mark("linen"),
    Fibre.RAMIE: mark("ramie"),
    Fibre.SILK: mark("silk"),
    Fibre.RAYON: mark("rayon"),
    Fibre.VISCOSE: mark("viscose rayon"),
    Fibre.CUPRO: mark("cupro"),
    Fibre.MODAL: mark("modal"),
    Fibre.LYOCELL: mark("lyocell"),
    Fibre.ACETATE: mark("acetate"),
    Fibre.TRIACETATE: mark("triacetate"),
    Fibre.POLYESTER: mark("polyester"),
    Fibre.NYLON: mark("nylon"),
    Fibre.POLYURETHANE: mark("polyurethane"),
    Fibre.ACRYLIC: mark("acrylic"),
    Fibre.POLYPROPYLENE: mark("polypropylene"),
    Fibre.DUCK_DOWN: mark("duck down"),
    Fibre.DUCK_FEATHER: mark("duck feathers"),
    Fibre.GOOSE_DOWN: mark("goose down"),
    Fibre.GOOSE_FEATHER: mark("goose feathers"),
    Fibre.OTHER: mark("other fibres"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """So many percent of a fibre."""

    fibre: Fibre
    percent: int


def read_shares(text: str, names: Mapping[str, Fibre]) -> tuple[Share, ...]:
    """Shares from “wool 80, nylon 20”, by names in any language; largest first, a hundred in all.

    An empty text is a part that the coat does not have.
    """
    left, shares = text.strip(), []
    while left:
        found = _SHARE.match(left)
        if found is None:
            raise SharesUnreadable(text=left[:30])
        shares.append(Share(_fibre(found[1].strip(), names), int(found[2])))
        left = left[found.end() :]
    return checked_shares(shares)


def _fibre(name: str, names: Mapping[str, Fibre]) -> Fibre:
    found = names.get(name.casefold())
    if found is None:
        raise FibreUnknown(name=name[:30], known=tuple(Fibre))
    return found


def checked_shares(shares: Iterable[Share]) -> tuple[Share, ...]:
    """The shares, largest first; or the refusal that says what is wrong with them."""
    found = tuple(sorted(shares, key=lambda share: -share.percent))
    if not found:
        return ()
    if len(found) > MOST_FIBRES:
        raise TooManyFibres(most=MOST_FIBRES)
    fibres = [share.fibre for share in found]
    for fibre in fibres:
        if fibres.count(fibre) > 1:
            raise FibreTwice(fibre=fibre)
    total = sum(share.percent for share in found)
    if total != WHOLE or not all(share.percent for share in found):
        raise NotAHundred(total=total)
    if any(s.fibre is Fibre.OTHER and s.percent > MOST_OTHERS for s in found):
        raise TooManyOthers(most=MOST_OTHERS)
    return found

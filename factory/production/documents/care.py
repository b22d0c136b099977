"""The sewn-in label of a style: what the catalogue says of it, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory.catalogue.domain import CareLabel, Share, Size, Style
from factory.kernel.words import language, show
from factory.printing.care import SewnIn
from printers.symbols import Care


def sewn_in(style: Style, label: CareLabel, sizes: Iterable[Size], month: date) -> SewnIn:
    """What the label says in these sizes, made in that month."""
    return SewnIn(
        sizes=tuple(size.ks or size.label for size in sizes),
        name=style.called(language()),
        style=style.number,
        made_of=tuple((show(part), _fibres(shares)) for part, shares in label.parts),
        symbols=tuple(Care(care.value) for care in label.care),
        words=tuple(map(show, label.care)),
        maker=label.maker.name,
        address=label.maker.address,
        phone=label.maker.phone,
        month=f"{month:%Y-%m}",
    )


def _fibres(shares: Iterable[Share]) -> str:
    return ", ".join(f"{show(share.fibre)} {share.percent} %" for share in shares)

"""How a coat is made, for visitors: in Korean and in English side by side, and today's figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Station
from factory.kernel.words import mark, say, translate
from factory.production import queries as production


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a coat's way."""

    icon: str
    title: str
    words: str
    places: tuple[Station, ...]


WAY = (
    Stop(
        "order",
        mark("An order"),
        mark("A customer asks for coats, by colour and by size. A sheet of paper says it all."),
        (),
    ),
    Stop(
        "scissors",
        mark("Cutting"),
        mark("Up to ten layers of wool are laid out and cut at once. Ten coats make a bundle."),
        (Station.CUT, Station.FUSE),
    ),
    Stop(
        "needle",
        mark("Sewing the parts"),
        mark("Fronts, back, collar, sleeves and lining are sewn side by side."),
        (Station.PREP, Station.LINING),
    ),
    Stop(
        "coat",
        mark("Putting it together"),
        mark("The parts become a coat. Setting the sleeves takes the most practised hands."),
        (Station.PRESS, Station.ASSEMBLY),
    ),
    Stop(
        "inspect",
        mark("Pressing and looking closely"),
        mark("Every coat is pressed, measured, and searched for needles."),
        (Station.FINISH, Station.QC),
    ),
    Stop(
        "rail",
        mark("The rail"),
        mark("A tag is hung on, and the coat waits for its customer or goes to the shop."),
        (Station.PACK,),
    ),
)
TITLE = mark("How a coat is made")


@dataclass(frozen=True, slots=True)
class Shown:
    """A stop in both languages, with the coats that lie there now and a photo of the work."""

    icon: str
    title: tuple[str, str]
    words: tuple[str, str]
    lying: int
    here: tuple[str, str]
    """The same in words."""
    photo: str
    """The operation of which there is a photo; empty where there is none."""


def both(sentence: str) -> tuple[str, str]:
    """A sentence in Korean and in English."""
    return translate(sentence, "ko"), translate(sentence, "en")


def _here(coats: int) -> tuple[str, str]:
    now = mark("here now: {count} coats")
    return say(now, "ko", count=coats), say(now, "en", count=coats)


def way(session: Session) -> tuple[Shown, ...]:
    """The way of a coat through the house, as it stands now."""
    lying = production.wip_by_station(session)
    photos = catalogue.photographed(session)
    places = {each.code: each.station for each in catalogue.operations(session)}
    shown = []
    for stop in WAY:
        coats = sum(lying.get(place, 0) for place in stop.places)
        photo = next((code for code in sorted(photos) if places.get(code) in stop.places), "")
        title, words = both(stop.title), both(stop.words)
        shown.append(Shown(stop.icon, title, words, coats, _here(coats), photo))
    return tuple(shown)

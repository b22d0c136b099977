"""What stands on the label that is sewn into a coat: fibres, care in five groups, who made it.

The groups stand in the order of KS K 0021: washing, bleaching, ironing, dry cleaning, and last
wringing with drying. How it is wrung stands only on what may be washed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factory.catalogue.domain.fibres import Part, Share
from factory.kernel.errors import Refused
from factory.kernel.words import mark


class ShellMissing(Refused):
    """What the shell is made of has to stand on the label."""

    field = "shell"


class CareMissing(Refused):
    """How the coat is cared for is not entered yet. Please enter it in the catalogue first."""


class CareGroup(StrEnum):
    """One of the groups of care symbols, in the order in which they are sewn in."""

    WASH = "wash"
    BLEACH = "bleach"
    IRON = "iron"
    CLEAN = "clean"
    WRING = "wring"
    DRY = "dry"

    @property
    def label(self) -> str:
        """What it is about."""
        return _GROUPS[self]

    @property
    def always(self) -> bool:
        """Whether each label has a symbol of it."""
        return self is not CareGroup.WRING


_GROUPS = {
    CareGroup.WASH: mark("Washing"),
    CareGroup.BLEACH: mark("Bleaching"),
    CareGroup.IRON: mark("Ironing"),
    CareGroup.CLEAN: mark("Dry cleaning"),
    CareGroup.WRING: mark("Wringing"),
    CareGroup.DRY: mark("Drying"),
}


class Care(StrEnum):
    """What may be done with a coat, and what may not."""

    WASH_NO = "wash_no"
    WASH_BY_HAND = "wash_by_hand"
    WASH_30 = "wash_30"
    WASH_40 = "wash_40"
    BLEACH_NO = "bleach_no"
    BLEACH_OXYGEN = "bleach_oxygen"
    BLEACH_CHLORINE = "bleach_chlorine"
    BLEACH_ANY = "bleach_any"
    IRON_NO = "iron_no"
    IRON_120_CLOTH = "iron_120_cloth"
    IRON_160_CLOTH = "iron_160_cloth"
    IRON_160 = "iron_160"
    IRON_200 = "iron_200"
    CLEAN_NO = "clean_no"
    CLEAN = "clean"
    CLEAN_PETROLEUM = "clean_petroleum"
    WRING_NO = "wring_no"
    WRING_GENTLY = "wring_gently"
    DRY_HANGING_IN_SHADE = "dry_hanging_in_shade"
    DRY_HANGING_IN_SUN = "dry_hanging_in_sun"
    DRY_FLAT_IN_SHADE = "dry_flat_in_shade"
    DRY_FLAT_IN_SUN = "dry_flat_in_sun"

    @property
    def label(self) -> str:
        """The symbol in words."""
        return _WORDS[self]

    @property
    def group(self) -> CareGroup:
        """Which of the groups it belongs to."""
        return CareGroup(self.value.partition("_")[0])


_WORDS = {
    Care.WASH_NO: mark("do not wash"),
    Care.WASH_BY_HAND: mark("wash by hand at 30 ℃, mild soap"),
    Care.WASH_30: mark("wash at 30 ℃, mild soap"),
    Care.WASH_40: mark("wash at 40 ℃"),
    Care.BLEACH_NO: mark("do not bleach"),
    Care.BLEACH_OXYGEN: mark("oxygen bleach only"),
    Care.BLEACH_CHLORINE: mark("chlorine bleach only"),
    Care.BLEACH_ANY: mark("any bleach"),
    Care.IRON_NO: mark("do not iron"),
    Care.IRON_120_CLOTH: mark("iron up to 120 ℃, with a cloth"),
    Care.IRON_160_CLOTH: mark("iron up to 160 ℃, with a cloth"),
    Care.IRON_160: mark("iron up to 160 ℃"),
    Care.IRON_200: mark("iron up to 200 ℃"),
    Care.CLEAN_NO: mark("do not dry clean"),
    Care.CLEAN: mark("dry clean"),
    Care.CLEAN_PETROLEUM: mark("dry clean with petroleum only"),
    Care.WRING_NO: mark("do not wring"),
    Care.WRING_GENTLY: mark("wring gently by hand, or spin for a short time"),
    Care.DRY_HANGING_IN_SHADE: mark("hang to dry in the shade"),
    Care.DRY_HANGING_IN_SUN: mark("hang to dry in the sun"),
    Care.DRY_FLAT_IN_SHADE: mark("dry flat in the shade"),
    Care.DRY_FLAT_IN_SUN: mark("dry flat in the sun"),
}
USUAL = (
    Care.WASH_NO,
    Care.BLEACH_NO,
    Care.IRON_120_CLOTH,
    Care.CLEAN,
    Care.DRY_HANGING_IN_SHADE,
)
"""As a wool coat is cared for."""


def of_group(group: CareGroup) -> tuple[Care, ...]:
    """What can be said in a group."""
    return tuple(care for care in Care if care.group is group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who answers for the coat, as the law wants it on the label."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLabel:
    """What the label of a style says, whatever the size."""

    parts: tuple[tuple[Part, tuple[Share, ...]], ...]
    """Only those that the coat has, in the order of the label."""
    care: tuple[Care, ...]
    """One of each group that it has, in their order."""
    maker: Maker

    def of(self, part: Part) -> tuple[Share, ...]:
        """What a part is made of; nothing, if the coat has no such part."""
        return dict(self.parts).get(part, ())


def care_label(
    parts: dict[Part, tuple[Share, ...]], care: dict[CareGroup, Care], maker: Maker
) -> CareLabel:
    """A label of what was entered; refuses one without a shell."""
    if not parts.get(Part.SHELL):
        raise ShellMissing
    return CareLabel(
        parts=tuple((part, parts[part]) for part in Part if parts.get(part)),
        care=tuple(care[group] for group in CareGroup if group.always or group in care),
        maker=maker,
    )

"""How far a month's pay is: decide, calculate, look, approve, hand out."""

from __future__ import annotations

from enum import StrEnum

from factory.kernel.words import mark


class Stage(StrEnum):
    """One thing to do at a time, in this order."""

    DECIDE = "decide"
    CALCULATE = "calculate"
    LOOK = "look"
    APPROVE = "approve"
    HAND_OUT = "hand_out"

    @property
    def label(self) -> str:
        """The step as people say it."""
        return _LABELS[self]

    def is_before(self, other: Stage) -> bool:
        """Whether it comes earlier."""
        order = tuple(Stage)
        return order.index(self) < order.index(other)


_LABELS = {
    Stage.DECIDE: mark("Decide what is open"),
    Stage.CALCULATE: mark("Calculate"),
    Stage.LOOK: mark("Look at what differs"),
    Stage.APPROVE: mark("Approve"),
    Stage.HAND_OUT: mark("Hand out"),
}


def stage_of(*, approved: bool, blocked: bool, fresh: bool, looked: bool) -> Stage:
    """The step that a month waits for; `fresh` where a draft is of what is known now."""
    if approved:
        return Stage.HAND_OUT
    if blocked:
        return Stage.DECIDE
    if not fresh:
        return Stage.CALCULATE
    return Stage.APPROVE if looked else Stage.LOOK

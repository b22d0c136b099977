"""A day in the shop: the till opens, coats are sold and brought back, the drawer is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from factory.kernel.ids import drawn_id
from factory.kernel.time import at
from factory.till.domain.sale import TenderKind
from seed_data.acts import Act, Bought, BroughtBack, CashMoved, TillCounted, TillOpened

OPENS, FIRST, CLOSES = "09:30", "09:50", "17:45"
FLOAT = 300_000
MINUTES_OPEN, APART = 465, 5
CUSTOMERS = (2, 3, 4, 4, 5, 5, 6, 7)
"""Who buys on a day, at the season's height."""
BACK_IN_HUNDRED = 5
DAYS_TO_BRING_BACK = 7
MUCH_CASH = 1_500_000
WAYS = (TenderKind.CARD, TenderKind.CARD, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CASH)
PHONES = "010-0000-"
REASONS = ("치수가 안 맞음", "색이 마음에 안 듦", "선물이 겹침", "단추가 헐거움")
OVERS = (0, 0, 0, 0, 0, 0, 0, -1_000, 1_000, -500, -10_000)
"""What lies in the drawer beyond what should, in won."""


@dataclass(frozen=True, slots=True)
class Sale:
    """What was sold, as long as it can come back."""

    id: str
    day: date
    coats: tuple[str, ...]
    cash: int
    """Won of it that went into the drawer."""


@dataclass(slots=True)
class Shop:
    """The shop through a season: what hangs there, and what was sold."""

    prices: Mapping[str, int]
    """Won by the code of a coat."""
    chance: Random
    rail: dict[str, int] = field(default_factory=dict)
    sold: list[Sale] = field(default_factory=list)
    drawer: int = 0

    def hang(self, code: str, coats: int) -> None:
        """Coats come to the rail, or leave it with a number below zero."""
        self.rail[code] = self.rail.get(code, 0) + coats

    def day(self, day: date, until: datetime, *, busy: int = 100) -> list[Act]:
        """What happens on a day until a moment; `busy` is in the hundred of a usual day."""
        acts: list[Act] = []
        for act in self._day(day, busy):
            if act.at > until:
                break
            acts.append(act)
            self._note(day, act)
        return acts

    def _day(self, day: date, busy: int) -> Iterator[Act]:
        self.drawer = FLOAT
        yield TillOpened(at=at(day, OPENS), float=FLOAT)
        customers = self.chance.choice(CUSTOMERS) * busy // 100
        minutes = sorted(self.chance.sample(range(0, MINUTES_OPEN, APART), customers))
        for minute in minutes:
            moment = at(day, FIRST) + timedelta(minutes=minute, seconds=self.chance.randrange(60))
            yield from self._customer(day, moment)
        yield from self._evening(day)

    def _customer(self, day: date, moment: datetime) -> Iterator[Act]:
        if self.sold and self.chance.randrange(100) < BACK_IN_HUNDRED:
            yield from self._bring_back(day, moment)
        else:
            yield from self._buy(moment)

    def _buy(self, moment: datetime) -> Iterator[Act]:
        coats = self._chosen(1 if self.chance.randrange(100) < 88 else 2)  # noqa: PLR2004 - most buy one
        if not coats:
            return
        lines = tuple((code, 1, self._discount(code)) for code in coats)
        total = sum(self.prices[code] - discount for code, _, discount in lines)
        tenders = self._tenders(total)
        yield Bought(
            at=moment,
            id=drawn_id(self.chance),
            lines=lines,
            tenders=tenders,
            identifier=self._identifier(tenders),
        )

    def _chosen(self, count: int) -> tuple[str, ...]:
        hanging = [code for code, n in sorted(self.rail.items()) for _ in range(n)]
        if len(hanging) < count:
            return ()
        return tuple(sorted(set(self.chance.sample(hanging, count))))

    def _discount(self, code: str) -> int:
        percent = self.chance.choice((0, 0, 0, 0, 0, 0, 5, 10))
        return self.prices[code] * percent // 100 // 1000 * 1000

    def _tenders(self, total: int) -> tuple[tuple[TenderKind, int], ...]:
        way = self.chance.choice(WAYS)
        if self.chance.randrange(100) < 8:  # noqa: PLR2004 - a few pay a part in cash
            cash = min(self.chance.randrange(5, 20) * 10_000, total // 20_000 * 10_000)
            return (TenderKind.CASH, cash), (TenderKind.CARD, total - cash)
        if way is TenderKind.CASH:
            note = self.chance.choice((10_000, 50_000, 50_000))
            return ((TenderKind.CASH, -(-total // note) * note),)
        return ((way, total),)

    def _identifier(self, tenders: tuple[tuple[TenderKind, int], ...]) -> str | None:
        """Cash and transfers get a cash receipt, on her telephone or on nobody's number."""
        if all(kind is TenderKind.CARD for kind, _ in tenders):
            return None
        asked = self.chance.randrange(4)
        return f"{PHONES}{self.chance.randrange(10_000):04d}" if asked else ""

    def _bring_back(self, day: date, moment: datetime) -> Iterator[Act]:
        fresh = [one for one in self.sold if (day - one.day).days <= DAYS_TO_BRING_BACK]
        if not fresh:
            return
        sale = self.chance.choice(fresh)
        if sale.cash > self.drawer:
            before = moment - timedelta(minutes=2)
            yield self._moved(before, sale.cash, "돌려줄 돈을 서랍에 넣음", out=False)
        yield BroughtBack(
            at=moment, id=drawn_id(self.chance), sale=sale.id, reason=self.chance.choice(REASONS)
        )

    def _evening(self, day: date) -> Iterator[Act]:
        if self.drawer > MUCH_CASH:
            much = (self.drawer - FLOAT) // 100_000 * 100_000
            yield self._moved(at(day, CLOSES) - timedelta(minutes=9), much, "은행에 넣음", out=True)
        over = max(self.chance.choice(OVERS), -self.drawer)
        yield TillCounted(at=at(day, CLOSES) + timedelta(minutes=6), over=over)

    def _moved(self, moment: datetime, amount: int, reason: str, *, out: bool) -> CashMoved:
        return CashMoved(at=moment, id=drawn_id(self.chance), amount=amount, reason=reason, out=out)

    def _note(self, day: date, act: Act) -> None:
        match act:
            case Bought():
                self._note_sale(day, act)
            case BroughtBack():
                sale = next(one for one in self.sold if one.id == act.sale)
                self.sold.remove(sale)
                self.drawer -= sale.cash
                for code in sale.coats:
                    self.hang(code, 1)
            case CashMoved():
                self.drawer += -act.amount if act.out else act.amount
            case _:
                pass

    def _note_sale(self, day: date, act: Bought) -> None:
        total = sum(self.prices[code] * n - discount for code, n, discount in act.lines)
        handed = sum(amount for kind, amount in act.tenders if kind is TenderKind.CASH)
        change = sum(amount for _, amount in act.tenders) - total
        coats = tuple(code for code, n, _ in act.lines for _ in range(n))
        self.sold.append(Sale(act.id, day, coats, handed - change))
        self.drawer += handed - change
        for code in coats:
            self.hang(code, -1)

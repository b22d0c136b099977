"""What is there before the first day: styles, coats of last winter, customers, the shop's name."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from factory.catalogue import queries
from factory.catalogue import service as catalogue
from factory.catalogue.domain import Grade, NewStyle, Season
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.leave import service as leave
from factory.leave.domain import HouseRule, LeaveKind
from factory.orders import service as orders
from factory.orders.domain import Customer
from factory.orders.domain.agreed import Agreed
from factory.printing import fleet as printing
from factory.stock import service as stock
from factory.till import service as till
from factory.till.domain.shop import Shop
from factory.till.domain.ticket import PricedTask
from seed_data import catalogue as styles
from seed_data import cloth
from seed_data.catalogue import CAMEL, GREY, SIZES
from seed_data.ledger import CASHIER, MANAGER, ORDER_MANAGER, Ledger
from seed_data.orders import FIRMS

SEASON = styles.SEASON.code
LAST_WINTER = Season("25FW", "25년 가을·겨울", "Autumn and winter 2025")
LAST_COAT = NewStyle(
    number="W-2508",
    name="여성 체크 코트",
    name_en="Women's checked coat",
    season=LAST_WINTER.code,
    sizes=SIZES[1:4],
    colours=(CAMEL, GREY),
    price=Money(149_000),
    second_price=Money(89_000),
)
SHOP = Shop(
    name="디딤 옷가게",
    registration="000-00-00000",
    representative="버들",
    address="느티나무길 1",
    phone="02-0000-0001",
)
TASKS = (
    ("소매 줄이기", 15_000),
    ("밑단 줄이기", 20_000),
    ("품 줄이기", 25_000),
    ("안감 갈기", 60_000),
    ("지퍼 갈기", 25_000),
    ("단추 달기", 3_000),
)
"""What this invented house takes for altering and repairing, in won."""
MATERIALS = (("W-2601", 54_000), ("W-2602", 68_000), ("W-2603", 45_000))
"""What cloth and trims of a coat of each style cost this invented house, in won."""
CARRIED_OVER = "지난겨울에 남은 옷"
HOUSE_LEAVE = (("본인 결혼", 5), ("부모님 환갑", 1), ("가까운 가족의 장례", 5))
"""What this invented house gives for family events, in working days; no law says so."""


def fill(session: Session, ledger: Ledger, chance: Random, at: datetime) -> None:
    """Everything that a season begins with."""
    printing.ensure_printers(session, at=at)
    styles.fill(session, at)
    cloth.fill(session, queries.styles(session, SEASON), at)
    till.describe_shop(session, SHOP, by=MANAGER, at=at)
    for name, won in TASKS:
        till.price_task(session, PricedTask(0, name, Money(won)), by=MANAGER, at=at)
    for style, won in MATERIALS:
        till.enter_material_cost(session, style, Money(won), by=MANAGER, at=at)
    for turn, name in enumerate(FIRMS, 1):
        entry = Customer(0, name, phone=f"02-0000-01{turn:02d}", address=f"은행나무길 {turn}")
        kept = orders.add_customer(session, entry, by=ORDER_MANAGER, at=at)
        ledger.customers[name] = kept.number
        _agree(session, kept.number, at)
    for event, days in HOUSE_LEAVE:
        rule = HouseRule(LeaveKind.FAMILY_EVENT, event, days, paid=True)
        leave.set_house_rule(session, rule, by=MANAGER, at=at)
    _carry_over(session, ledger, chance, at)


def _agree(session: Session, customer: int, at: datetime) -> None:
    """What a firm pays for each style of the season: three fifths of what it costs in the shop."""
    for style in queries.styles(session, SEASON):
        shop = queries.prices_of(session, style.number, day_of(at))[Grade.FIRST].won
        new = Agreed(style.number, day_of(at), Money(shop * 3 // 5 // 1000 * 1000))
        orders.agree_price(session, customer, new, by=ORDER_MANAGER, at=at)


def _carry_over(session: Session, ledger: Ledger, chance: Random, at: datetime) -> None:
    """Coats of last winter hang in the shop, and are counted in."""
    catalogue.open_season(session, LAST_WINTER, by=MANAGER, at=at)
    catalogue.add_style(session, LAST_COAT, by=MANAGER, at=at)
    for item in queries.items(session, LAST_COAT.number):
        coats = chance.randrange(5, 12) if item.grade is Grade.FIRST else chance.randrange(2)
        if coats:
            event, reason = new_id(), CARRIED_OVER
            stock.count(session, item.code, coats, reason, event_id=event, by=CASHIER, at=at)
            ledger.carried_over[item.code] = coats

"""Papers with invented data: what each looks like, without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from factory.kernel.errors import NotFound
from factory.kernel.ids import CodeKind, badge_code, running_code
from factory.kernel.money import Money
from factory.kernel.words import mark, say, show
from factory.printing.care import SewnIn, artwork, proof
from factory.printing.tickets import Alteration, PickUp, alteration_ticket, coupon, pick_up_ticket
from printers.document import (
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    Heading,
    Label,
    OpenDrawer,
    Row,
    Rule,
    RuleKind,
    Space,
    Table,
    Text,
)
from printers.symbols import Care

LINE, HEAVY, DASHED = Rule(), Rule(RuleKind.HEAVY), Rule(RuleKind.DASHED)
RECEIPT = running_code(CodeKind.RECEIPT, 12)
BUNDLE = running_code(CodeKind.BUNDLE, 12)
RETURN = running_code(CodeKind.RECEIPT, 13)
COAT = running_code(CodeKind.COAT, 123)
COAT_NAME = mark("Women's wool coat")
READY = date(2026, 11, 27)
CARE = (
    Care.WASH_NO,
    Care.BLEACH_NO,
    Care.IRON_120_CLOTH,
    Care.CLEAN,
    Care.DRY_HANGING_IN_SHADE,
)
CARE_WORDS = (
    mark("do not wash"),
    mark("do not bleach"),
    mark("iron up to 120 ℃, with a cloth"),
    mark("dry clean"),
    mark("hang to dry in the shade"),
)
BADGE = badge_code(483957261)


def sample(name: str) -> Document:
    """The sample of that name, in the language spoken now."""
    if name not in SAMPLES:
        raise NotFound(mark("sample"), name)
    return SAMPLES[name]()


def _won(amount: int) -> str:
    return show(Money(amount))


def _paper(title: str, *blocks: Block) -> Document:
    return Document(title, (*blocks, Cut()))


def _receipt() -> Document:
    coat = say("Women's wool coat")
    figures = Align.RIGHT
    columns = (Column(say("Item")), Column(say("Qty"), figures), Column(say("Amount"), figures))
    rows = (
        (f"{coat} {say('black')} 66", "1", "189,000"),
        (f"{coat} {say('camel')} 77", "1", "189,000"),
        (say("Discount"), "", "-9,000"),
    )
    return _paper(
        say("receipt"),
        OpenDrawer(),
        Heading(say("Sample Clothing")),
        Row(
            say("Registration no. {number}", number="000-00-00000"),
            say("Representative {name}", name=say("Willow")),
        ),
        Row(say("1 Sample Street"), "000-000-0000"),
        LINE,
        Row("2026-11-23 14:05", say("No. {number}", number=RECEIPT)),
        LINE,
        Table(columns, rows),
        HEAVY,
        Row(say("Total"), _won(369_000), size=2, bold=True),
        HEAVY,
        Row(say("Value of supply"), _won(335_455)),
        Row(say("VAT (inside the price)"), _won(33_545)),
        LINE,
        Row(say("Card"), _won(300_000)),
        Row(say("Cash"), _won(70_000)),
        Row(say("Change"), _won(1_000), bold=True),
        DASHED,
        Row(say("Cash receipt (for income deduction)"), "010-****-1234"),
        Row(say("Approval no."), "J12345678"),
        LINE,
        Text(say("Exchange and refund within 7 days with this receipt.")),
        Barcode(RECEIPT),
    )


def _bundle_ticket() -> Document:
    jobs = (
        ("S11", say("Front pockets")),
        ("S12", say("Front darts")),
        ("S21", say("Side seams")),
    )
    return _paper(
        say("bundle ticket"),
        Row(say("Women's wool coat"), "2026-0012", bold=True),
        Row(
            say("Cut {number}", number=3),
            say("Bundle {number} of {of}", number=5, of=12),
            size=2,
            bold=True,
        ),
        LINE,
        Text(say("black"), size=3, bold=True),
        Row("66", say("{count} pcs", count=10), size=6, bold=True),
        HEAVY,
        Barcode(BUNDLE, height_mm=14, size=3),
        Text(say("Scan the ticket after each operation.")),
        *(block for job in jobs for block in coupon(*job, "66", BUNDLE, 10)),
    )


def _price_tag() -> Document:
    return _paper(
        say("hang tag"),
        Heading(say("Sample Clothing")),
        Text(say("Women's wool coat"), align=Align.CENTER),
        Text("W-2601", align=Align.CENTER),
        LINE,
        Row(say("Size"), "66", size=4, bold=True),
        Row(say("KS size"), "88-94-160"),
        Row(say("Colour"), say("black"), bold=True),
        LINE,
        Text(_won(189_000), align=Align.CENTER, size=3, bold=True),
        Barcode(COAT),
    )


def _sewn_in() -> SewnIn:
    return SewnIn(
        sizes=("88-94-160",),
        name=say(COAT_NAME),
        style="W-2601",
        made_of=(
            (say("Shell"), say("wool 80 %, nylon 20 %")),
            (say("Lining"), say("polyester 100 %")),
        ),
        symbols=CARE,
        words=tuple(map(say, CARE_WORDS)),
        maker=say("Sample Clothing"),
        address=say("1 Sample Street"),
        phone="000-000-0000",
        month="2026-11",
    )


def _care_label() -> Document:
    return proof(_sewn_in())


def _sewn_in_label() -> Document:
    return artwork((_sewn_in(),))


def _badge() -> Document:
    return _paper(
        say("badge"),
        Space(),
        Text(say("Pine"), align=Align.CENTER, size=5, bold=True),
        Text("7", align=Align.CENTER, size=3),
        Space(),
        Barcode(BADGE, height_mm=16),
    )


def _payslip() -> Document:
    earnings = (
        (say("Base pay"), "174 × 11,000", "1,914,000"),
        (say("Weekly holiday"), "32 × 11,000", "352,000"),
        (say("Overtime"), "10 × 16,500", "165,000"),
        (say("Meal allowance"), "", "200,000"),
    )
    deductions = (
        (say("National pension"), "115,440"),
        (say("Health insurance"), "87,390"),
        (say("Long-term care"), "11,480"),
        (say("Employment insurance"), "21,870"),
        (say("Income tax"), "37,710"),
        (say("Local income tax"), "3,770"),
    )
    figures = Align.RIGHT
    return _paper(
        say("payslip"),
        Heading(say("Payslip")),
        Row(say("Pine"), say("no. {number}", number=7), bold=True),
        Row(say("Period"), "2026-11-01 ~ 11-30"),
        Row(say("Paid on"), "2026-12-10"),
        LINE,
        Table((Column(say("Earned")), Column("", figures), Column("", figures)), earnings),
        Row(say("Gross"), _won(2_631_000), bold=True),
        LINE,
        Table((Column(say("Deducted")), Column("", figures)), deductions),
        Row(say("Deducted in all"), _won(277_660), bold=True),
        HEAVY,
        Row(say("Net pay"), _won(2_353_340), size=2, bold=True),
        HEAVY,
        Text(
            say("Sample: invented figures. Reasons for each line are on the screen and in the PDF.")
        ),
    )


def _coat() -> str:
    return f"{say(COAT_NAME)} · {say('camel')} · 77"


def _alteration_ticket() -> Document:
    return alteration_ticket(
        Alteration(
            number=31,
            code=RECEIPT,
            ready=READY,
            coat=_coat(),
            work=((say("Sleeves, both"), "-2.0 cm"), (say("Hem"), "-3.5 cm")),
            price=Money(15_000),
            paid=Money(5_000),
            shop=say("Sample Clothing"),
            phone="000-000-0000",
        )
    )


def _pick_up_ticket() -> Document:
    return pick_up_ticket(
        PickUp(
            number=12,
            code=RECEIPT,
            ready=READY,
            coat=_coat(),
            price=Money(289_000),
            deposit=Money(100_000),
            shop=say("Sample Clothing"),
            phone="000-000-0000",
        )
    )


def _return_receipt() -> Document:
    figures = Align.RIGHT
    columns = (Column(say("Item")), Column(say("Qty"), figures), Column(say("Amount"), figures))
    return _paper(
        say("receipt of a return"),
        OpenDrawer(),
        Heading(say("Sample Clothing")),
        Text(say("RETURN"), align=Align.CENTER, size=2, bold=True, inverse=True),
        LINE,
        Row("2026-11-24 11:20", say("No. {number}", number=RETURN)),
        Row(say("Of the receipt"), RECEIPT),
        LINE,
        Table(columns, ((f"{say(COAT_NAME)} {say('black')} 66", "1", "189,000"),)),
        HEAVY,
        Row(say("Paid back"), _won(189_000), size=2, bold=True),
        HEAVY,
        Row(say("Value of supply"), _won(171_819)),
        Row(say("VAT (inside the price)"), _won(17_181)),
        LINE,
        Row(say("Cash"), _won(189_000)),
        Barcode(RETURN),
    )


def _label() -> Document:
    blocks: tuple[Block, ...] = (
        Row(say(COAT_NAME), "66", bold=True),
        Text(_won(189_000), align=Align.CENTER, size=2, bold=True),
        Barcode(COAT, height_mm=8),
        Cut(),
    )
    return Document(say("hang tag"), blocks, Label(45, 30))


SAMPLES: dict[str, Callable[[], Document]] = {
    "receipt": _receipt,
    "bundle-ticket": _bundle_ticket,
    "price-tag": _price_tag,
    "care-label": _care_label,
    "badge": _badge,
    "payslip": _payslip,
    "alteration-ticket": _alteration_ticket,
    "pick-up-ticket": _pick_up_ticket,
    "return-receipt": _return_receipt,
    "label": _label,
    "sewn-in-label": _sewn_in_label,
}

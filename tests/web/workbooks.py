"""Excel workbooks as bytes, made by hand: what spreadsheets write, and what somebody else might."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from factory.kernel.cells import cell_name

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
KEYS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f"<styleSheet {MAIN}><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;년&quot; m'/>"
    "<numFmt numFmtId='171' formatCode='[Red]#,##0&quot;벌 days&quot;'/></numFmts><cellXfs>"
    "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/>"
    "</cellXfs></styleSheet>"
)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Formula:
    """A formula, with what the file keeps as its result; none where nothing was reckoned."""

    text: str
    result: str | None = None


@dataclass(frozen=True)
class Raw:
    """The inside of a cell as it stands in the file, with its kind and format."""

    inside: str
    kind: str = "n"
    style: int = 0


def workbook(
    rows: Iterable[Sequence[object]],
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    others: Sequence[tuple[str, str]] = (),
    before: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook of one sheet named 주문, with other sheets (name and state) before it."""
    names = [*others, ("주문", "visible")]
    sheets = (
        "<sheets>"
        + "".join(
            f"<sheet name={quoteattr(name)} sheetId='{at}' state='{state}' r:id='r{at}'/>"
            for at, (name, state) in enumerate(names, 1)
        )
        + "</sheets>"
    )
    targets = "".join(
        f"<Relationship Id='r{at}' Type='{KEYS}/worksheet' Target='worksheets/s{at}.xml'/>"
        for at in range(1, len(names) + 1)
    )
    for kind in ("styles", "sharedStrings"):
        targets += f"<Relationship Id='{kind}' Type='{KEYS}/{kind}' Target='/xl/{kind}.xml'/>"
    shared: list[str] = []
    body = "".join(_row(line, row, shared, line in hidden) for line, row in enumerate(rows, 1))
    joined = "".join(f"<mergeCell ref='{cells}'/>" for cells in merged)
    sheet = f"<worksheet {MAIN}><sheetData>{body}</sheetData><mergeCells>{joined}</mergeCells>"
    texts = "".join(f"<si><t>{escape(t)}</t><rPh><t>옆</t></rPh></si>" for t in shared)
    files = {
        "xl/workbook.xml": f"<workbook {MAIN} xmlns:r='{KEYS}'>{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PARTS}'>{targets}</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>",
        f"xl/worksheets/s{len(names)}.xml": f"{before}{sheet}</worksheet>",
    }
    for at in range(1, len(names)):
        files[f"xl/worksheets/s{at}.xml"] = f"<worksheet {MAIN}><sheetData/></worksheet>"
    return packed({name: text.encode() for name, text in files.items()} | dict(parts or {}))


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in files.items():
            into.writestr(name, data)
    return out.getvalue()


def _row(line: int, row: Sequence[object], shared: list[str], hidden: bool) -> str:  # noqa: FBT001
    cells = "".join(
        _cell(cell_name(line, column), value, shared) for column, value in enumerate(row)
    )
    state = " hidden='1'" if hidden else ""
    return f"<row r='{line}'{state}>{cells}</row>"


def _cell(name: str, value: object, shared: list[str]) -> str:
    kind, style, inside = _inside(value, shared)
    return f"<c r='{name}' t='{kind}' s='{style}'>{inside}</c>"


def _inside(value: object, shared: list[str]) -> tuple[str, int, str]:
    match value:
        case None:
            found = ("n", 1, "")
        case Raw():
            found = (value.kind, value.style, value.inside)
        case Formula():
            result = "" if value.result is None else f"<v>{value.result}</v>"
            found = ("str", 0, f"<f>{value.text}</f>{result}")
        case date():
            found = ("n", 1, f"<v>{(value - date(1899, 12, 30)).days}</v>")
        case str():
            shared.append(value)
            found = ("s", 0, f"<v>{len(shared) - 1}</v>")
        case _:
            found = ("n", 0, f"<v>{value}</v>")
    return found

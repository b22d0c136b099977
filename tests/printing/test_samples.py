"""The sample papers: golden bytes, every code scannable, every language, and the command."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from factory.cli import main
from factory.kernel.errors import BadInput, NotFound
from factory.kernel.ids import is_well_read
from factory.kernel.money import Money
from factory.kernel.words import speaking
from factory.printing import offline
from factory.printing.samples import SAMPLES, sample
from factory.printing.tickets import Alteration, alteration_ticket
from printers import paper
from printers.document import Barcode, Cut, Document, OpenDrawer, Row, Text
from printers.profiles import PROFILES
from tests.printers.readable import readable

GOLDEN = Path(__file__).parent.parent / "golden" / "slips"
LANGUAGES = ("ko", "ko_easy", "en")
WIDTHS = ("virtual-58", "virtual-80", "generic-58", "generic-80")
FORMATS = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
CODES = {
    "receipt": {"30000129"},
    "bundle-ticket": {"20000120"},
    "price-tag": {"40001238"},
    "care-label": set(),
    "badge": {"104839572616"},
    "payslip": set(),
    "alteration-ticket": {"30000129"},
    "pick-up-ticket": {"30000129"},
    "return-receipt": {"30000132"},
    "label": {"40001238"},
    "sewn-in-label": set(),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_bytes_of_a_sample_are_those_that_were_read_and_agreed(
    name: str, language: str
) -> None:
    with speaking(language):
        made = offline.make(sample(name), "virtual-80", "auto")
    file = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("DIDIM_GOLDEN"):
        file.write_text(readable(made.data))
    assert readable(made.data) == file.read_text()


def test_each_part_of_an_alteration_has_its_code_and_each_task_a_place_to_sign() -> None:
    three = (("Sleeves", "-2.0 cm"), ("Hem", ""), ("Lining", ""))
    ticket = Alteration(
        number=31,
        code="30000129",
        ready=date(2026, 11, 27),
        coat="Black 66",
        work=three,
        price=Money(95_000),
        paid=Money(0),
    )
    with speaking("en"):
        paper = alteration_ticket(ticket)
    signed = [
        block.left for block in paper.blocks if isinstance(block, Row) and "____" in block.right
    ]
    assert signed == [
        "Done by, on",
        *("Hem", "Done by, on", "Lining", "Done by, on"),
        *("Looked over by", "Picked up on"),
    ]
    codes = [block.data for block in paper.blocks if isinstance(block, Barcode)]
    assert codes == [ticket.code] * 4


@pytest.mark.parametrize("profile", WIDTHS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_code_of_a_sample_can_be_scanned_and_nothing_is_warned_of(
    name: str, profile: str
) -> None:
    with speaking("ko"):
        made = offline.make(sample(name), profile, "auto")
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(made.png)))
    assert {code.text for code in read if code.format in FORMATS} == CODES[name]
    assert paper.read(made.data).warnings == ()


def test_the_codes_of_samples_are_well_formed() -> None:
    found = {
        block.data
        for make in SAMPLES.values()
        for block in make().blocks
        if isinstance(block, Barcode)
    }
    assert all(is_well_read(code) for code in found)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_korean_samples_have_no_english_sentence_in_them(name: str) -> None:
    with speaking("ko"):
        korean = offline.make(sample(name), "virtual-80", "auto").text
    with speaking("en"):
        english = offline.make(sample(name), "virtual-80", "auto").text
    same = set(korean.split()) & set(english.split())
    assert not any(word.isalpha() and word.isascii() and len(word) > 3 for word in same)


def test_the_bundle_tickets_quantity_is_the_largest_thing_on_it() -> None:
    sizes = {getattr(block, "size", 1): block for block in sample("bundle-ticket").blocks}
    assert "10" in str(sizes[max(sizes)])


def test_a_badge_says_chosen_name_number_and_code_and_no_more() -> None:
    with speaking("ko"):
        made = offline.make(sample("badge"), "virtual-58", "auto")
    assert made.text.split() == ["소나무", "7", "[Code", "128:", "104839572616]", "104839572616"]


def test_a_sample_nobody_made_is_not_found() -> None:
    with pytest.raises(NotFound):
        sample("poem")


def test_a_document_that_can_not_be_is_refused_with_its_path() -> None:
    with pytest.raises(BadInput) as refused:
        offline.document_of('{"title": "", "blocks": [{"block": "row", "left": 1}]}')
    assert refused.value.field == "blocks[0].left"
    wide = '{"title": "", "blocks": [{"block": "barcode", "data": "%s"}]}' % ("x" * 90)
    with pytest.raises(BadInput):
        offline.make(offline.document_of(wide), "virtual-58", "auto")
    with pytest.raises(offline.NotJson):
        offline.document_of("{")


# The command


def run(*words: str, language: str = "en") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["--language", language, "print", *words])
    return result.exit_code, result.stdout, result.stderr


def test_a_sample_is_made_as_bytes_picture_and_text(tmp_path: Path) -> None:
    out, png, txt = (tmp_path / name for name in ("deep/x.bin", "x.png", "x.txt"))
    words = ("sample", "receipt", "--out", str(out), "--png", str(png), "--txt", str(txt))
    assert run(*words, language="ko")[0] == 0
    first = out.read_bytes()
    assert "합계" in txt.read_text()
    assert png.read_bytes().startswith(b"\x89PNG")
    assert run(*words, language="ko")[0] == 0
    assert out.read_bytes() == first
    assert run(*words, "--language", "en", language="ko")[0] == 0
    assert "Total" in txt.read_text()


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_profile_takes_every_mode(tmp_path: Path, profile: str) -> None:
    for mode in offline.MODES:
        out = tmp_path / f"{mode}.bin"
        words = ("sample", "payslip", "--profile", profile, "--mode", mode, "--out", str(out))
        assert run(*words)[0] == 0
        assert out.stat().st_size > 500


def test_an_owner_describes_her_printer_in_a_file(tmp_path: Path) -> None:
    file, out = tmp_path / "corner.json", tmp_path / "x.bin"
    file.write_text('{"like": "generic-58", "hangul": "uhc", "cutter": false, "dots": 400}')
    words = ("sample", "badge", "--profile", str(file), "--out", str(out))
    assert run(*words)[0] == 0
    assert b" Pine\n" in out.read_bytes()
    assert b"\x1dV" not in out.read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"like": "x"}', "like: it must be one of"),
        (b'{"dots": 20}', "dots: it must be from 160 to 1280"),
        (b'{"dots": true}', "dots: it must be from"),
        (b'{"hangul": "some"}', "hangul: it must be one of none, ksx1001, uhc"),
        (b'{"cutter": "yes"}', "cutter: nothing like that is known"),
        (b'{"colour": "red"}', "colour: nothing like that is known"),
        (b"[]", "profile: it must be an object"),
        (b'{"dots": 384, "dots": 576}', "dots: is given more than once"),
        (b"{", "not JSON: line 1"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_a_printer_that_can_not_be_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file, out = tmp_path / "corner.json", tmp_path / "x.bin"
    file.write_bytes(content)
    status, _, told = run("sample", "badge", "--profile", str(file), "--out", str(out))
    assert (status, out.exists()) == (2, False)
    assert sentence in told
    assert told.count("\n") == 1


def test_a_printer_nobody_knows_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    out = str(tmp_path / "x.bin")
    status, _, told = run("sample", "badge", "--profile", "laser-9000", "--out", out)
    assert status == 2
    assert "--profile: it must be a file, or one of:" in told
    assert "epson-80" in told


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ('{"block": "text", "text": "a", "text": "b"}', "text: is given more than once."),
        ('{"block": ["text"], "text": "a"}', "blocks[0].block: it must be one of heading, "),
        (
            '{"block": "table", "columns": [{}], "rows": [["1"], ["2", "3"]]}',
            "blocks[0].rows[1]: has more cells than there are columns.",
        ),
    ],
)
def test_a_document_that_would_lose_something_is_refused(
    tmp_path: Path, block: str, told: str
) -> None:
    document, out = tmp_path / "d.json", tmp_path / "d.bin"
    document.write_text(f'{{"title": "t", "blocks": [{block}]}}')
    status, _, sentence = run("render", str(document), "--out", str(out))
    assert (status, out.exists(), sentence.count("\n")) == (2, False, 1)
    assert sentence.startswith(told)


def test_a_document_in_json_is_rendered_and_its_stream_decoded(tmp_path: Path) -> None:
    written, out, txt = (tmp_path / name for name in ("d.json", "d.bin", "d.txt"))
    written.write_text(
        json.dumps({"title": "x", "blocks": [{"block": "row", "left": "합계", "right": "1원"}]})
    )
    assert run("render", str(written), "--out", str(out), "--txt", str(txt))[0] == 0
    decoded = tmp_path / "again.txt"
    png = tmp_path / "again.png"
    assert run("decode", str(out), "--png", str(png), "--txt", str(decoded))[0] == 0
    assert decoded.read_text() == txt.read_text()
    assert run("decode", str(out))[1] == txt.read_text()


def test_the_schema_describes_what_render_takes() -> None:
    status, text, _ = run("schema")
    assert status == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "This file is not JSON: line 1, column 2."),
        (b"\xff", "is not text in UTF-8."),
        (b'{"title": "", "blocks": [{"block": "rule", "kind": "wavy"}]}', "blocks[0].kind: it "),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    status, _, told = run("render", str(file), "--out", str(tmp_path / "x.bin"))
    assert status == 2
    assert sentence in told
    assert told.count("\n") == 1
    assert not (tmp_path / "x.bin").exists()


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000, '{"a":' * 20_000, ""])
def test_what_no_reader_can_take_in_is_no_document_either(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    code, _, said = run("render", str(file), "--out", str(tmp_path / "x.bin"))
    assert code == 2
    assert said == "This file is not JSON: line 1, column 1.\n"


@pytest.mark.parametrize("mode", ["text", "raster"])
def test_the_drawer_springs_open_once_however_often_a_document_asks(mode: str) -> None:
    blocks = (OpenDrawer(), Text("가"), OpenDrawer(), Cut(), Text("나"), OpenDrawer(), Cut())
    made = offline.make(Document("t", blocks), "virtual-80", mode)
    kinds = [event.kind for event in paper.read(made.data).events]
    assert kinds == ["drawer", "cut partial", "cut partial"]


def test_the_refusal_comes_in_korean_too(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"title": "", "blocks": [{"block": "space", "lines": 0}]}')
    told = run("render", str(file), "--out", str(tmp_path / "x.bin"), language="ko")[2]
    assert told == "blocks[0].lines: 1에서 40 사이여야 합니다.\n"


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, told = run("sample", "badge", "--out", str(tmp_path / "file" / "x.bin"))
    assert status == 2
    assert "x.bin" in told

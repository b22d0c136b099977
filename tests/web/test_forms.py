"""Forms of every page: what is ticked beforehand, times, and WTForms' own messages in Korean."""

from __future__ import annotations

import ast
import io
import re
from datetime import datetime
from pathlib import Path

import pytest
import wtforms
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.validators import InputRequired, NumberRange, Optional

from factory.kernel.time import SEOUL
from factory.kernel.words import catalogue, speaking
from factory.orders.forms import ShipForm
from factory.payroll.forms import PrintForm
from factory.people.forms import HireForm
from factory.production.forms import ScanForm
from factory.security.domain import Role
from factory.stock.forms import MovingForm
from factory.till.forms import MoneyForm, ReturnForm
from factory.timeclock.forms import BadgeForm
from factory.web.days import ClockTime, DateField, clock_time
from factory.web.forms import BaseForm, EventForm, Minutes, Upload, Whole
from tests.conftest import SignIn

NEVER_USED = re.compile(r"IP address|Mac address|URL|UUID|email|field name|CSRF")


def messages_of_wtforms() -> set[str]:
    found = set()
    for path in Path(wtforms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in {"gettext", "ngettext"}:
                given = node.args[:2] if _called(node) == "ngettext" else node.args[:1]
                found |= {str(a.value) for a in given if isinstance(a, ast.Constant)}
    return {text for text in found if not NEVER_USED.search(text)}


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def test_what_forms_say_by_themselves_is_said_in_korean() -> None:
    said = messages_of_wtforms()
    assert len(said) > 20
    assert sorted(said - set(catalogue("ko"))) == []


def test_what_holds_for_most_people_is_ticked_beforehand(sign_in: SignIn) -> None:
    page = sign_in(Role.MANAGER).get("/people/hire").text
    ticked = re.findall(r'<input checked[^>]*name="work_days"[^>]*value="(\w+)"', page)
    assert ticked == ["mon", "tue", "wed", "thu", "fri"]
    assert re.search(r'<input checked[^>]*name="woman"', page)


@pytest.mark.parametrize(
    ("role", "address", "name"),
    [(Role.MANAGER, "/people/hire", "work_days"), (Role.KEEPER, "/accounts", "roles")],
)
def test_no_browser_asks_for_every_box_of_several(
    sign_in: SignIn, role: Role, address: str, name: str
) -> None:
    page = sign_in(role).get(address).text
    boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert len(boxes) > 5
    assert [box for box in boxes if "required" in box] == []


def test_an_account_shows_the_roles_it_has(sign_in: SignIn) -> None:
    page = sign_in(Role.KEEPER).get("/accounts/Juniper").text
    assert re.findall(r'<input checked[^>]*name="roles"[^>]*value="(\w+)"', page) == ["keeper"]


def test_nothing_ticked_is_refused_beside_the_group(sign_in: SignIn) -> None:
    answer = sign_in(Role.MANAGER).post("/people/hire", data={"name": "Pine"}).text
    assert 'aria-describedby="work_days-wrong"' in answer
    assert "<legend>Working days" in answer


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("00:00", True),
        ("09:00", True),
        ("23:59", True),
        ("24:00", False),
        ("9:00", False),
        ("09:60", False),
        ("09:00 ", False),
        ("", False),
    ],
)
def test_a_time_is_typed_as_clocks_show_it(app: Flask, typed: str, *, right: bool) -> None:
    with app.test_request_context("/", method="POST"), speaking("ko"):
        form = HireForm(data={"shift_start": typed, "shift_end": "18:00"})
        form.validate()
        said = list(form.shift_start.errors)
    assert said == ([] if right else ["시각은 18:00처럼 적어 주세요."])


class Hours(BaseForm):
    """A time and a day that may be left out."""

    day = DateField("Day", [Optional()])
    start = ClockTime("From", [Optional(), clock_time])


@pytest.mark.parametrize(
    ("typed", "read"),
    [("09:00", "09:00"), (" 9:05 ", "09:05"), ("1830", "18:30"), ("18.30", "18:30"), ("   ", "")],
)
def test_a_time_is_understood_however_it_is_typed(typed: str, read: str) -> None:
    form = Hours(MultiDict({"start": typed}))
    assert form.validate()
    assert form.start.data == read


class Length(BaseForm):
    """How long something took."""

    took = Minutes("Took")


@pytest.mark.parametrize(
    ("typed", "minutes"), [("1:30", 90), ("1:05", 65), ("90", 90), (" 0:59 ", 59), ("", None)]
)
def test_a_length_of_time_is_typed_in_minutes_or_with_hours(
    typed: str, minutes: int | None
) -> None:
    form = Length(MultiDict({"took": typed}))
    assert form.validate()
    assert form.took.minutes == minutes


@pytest.mark.parametrize("typed", ["1:75", "1:60", ":30", "1:", "1:030", "-5", "1.5"])
def test_minutes_beside_hours_are_fewer_than_sixty(typed: str) -> None:
    form = Length(MultiDict({"took": typed}))
    assert not form.validate()
    assert form.took.data == typed


@pytest.mark.parametrize("typed", ["24:00", "9", "2500", "12:6", "noon"])
def test_what_is_no_time_is_refused_as_it_was_typed(typed: str) -> None:
    form = Hours(MultiDict({"start": typed}))
    assert not form.validate()
    assert form.start.data == typed


@pytest.mark.parametrize("typed", ["0001-01-01", "0226-11-26", "1899-12-31", "9999-12-31"])
def test_a_year_mistyped_by_a_digit_is_no_day(typed: str) -> None:
    form = Hours(MultiDict({"day": typed}))
    assert not form.validate()
    assert form.day.data is None
    assert f'value="{typed}"' in str(form.day())
    assert Hours(MultiDict({"day": "1958-03-01"})).validate()


def test_every_form_takes_its_days_from_the_same_field() -> None:
    others = [
        str(path)
        for path in Path("factory").rglob("*.py")
        if re.search(r"^from wtforms import .*\bDateField\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert others == ["factory/web/days.py"]


EVENT, MOMENT = "0F0E0D0C-1111-4222-8333-444455556666", "2026-11-25T08:52:00+09:00"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=SEOUL)


def pressed(form: type[EventForm], **sent: str) -> EventForm:
    return form(MultiDict(sent))


@pytest.mark.parametrize(
    "form", [BadgeForm, ShipForm, ScanForm, MovingForm, PrintForm, MoneyForm, ReturnForm]
)
def test_what_begins_in_the_browser_keeps_its_id_and_its_time(
    app: Flask, form: type[EventForm]
) -> None:
    with app.test_request_context():
        found = pressed(form, event_id=EVENT, at=MOMENT)
        assert found.to_event_id() == EVENT.lower()
        assert found.to_moment(NOW) == datetime.fromisoformat(MOMENT)


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-11-25T08:52:00", "2026-11-01T08:52:00Z"])
def test_what_says_no_usable_time_happens_now_under_an_id_of_its_own(typed: str) -> None:
    one, other = (pressed(EventForm, event_id="twice", at=typed) for _ in range(2))
    assert one.to_event_id() != other.to_event_id()
    assert one.to_moment(NOW) == NOW


class CountedForm(BaseForm):
    """A form as rooms make them."""

    needed = Whole("", [InputRequired(), NumberRange(min=1, max=9)])
    free = Whole("", [Optional(), NumberRange(min=1, max=9)])


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
@pytest.mark.parametrize("typed", ["", "x", "1.5", "10", "0", "9" * 400, "-" + "9" * 5000])
def test_one_mistake_in_a_number_is_told_in_one_sentence(
    app: Flask, language: str, typed: str
) -> None:
    with app.test_request_context(), speaking(language):
        form = CountedForm(MultiDict({"needed": typed, "free": typed}))
        assert not form.validate()
    assert len(form.needed.errors) == 1
    assert len(form.free.errors) == (1 if typed else 0)


def test_an_upload_takes_files_alone() -> None:
    class OneFile(BaseForm):
        file = Upload("File")

    sent = FileStorage(io.BytesIO(b"a"), "../../a.csv")
    assert OneFile(MultiDict({"file": "text"})).file.data is None
    assert OneFile(MultiDict({"file": sent})).file.data is sent

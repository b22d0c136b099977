"""Baskets that wait, and choosing from the rail by picture."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading
from factory.kernel.ids import new_id
from factory.till import queries
from tests.till.build import basket, pay, value_of


def waiting(app: Flask) -> list[str]:
    with app.app_context(), reading() as session:
        return [held.sale_id for held in queries.held(session)]


def test_a_basket_waits_and_is_fetched_with_everything_in_it(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    sent = basket(coat, "2", do="hold", off="9,000") | {"lines-0-discount": "1,000"}
    assert birch.post("/till/", data=sent).status_code == 303
    page = birch.get("/till/").text
    assert "Baskets that wait" in page
    assert "Women&#39;s wool coat black 66 · 2 coats" in page
    back = birch.post("/till/", data={"do": f"recall:{sent['sale_id']}"}).text
    for name in ("sale_id", "off", "lines-0-code", "lines-0-quantity", "lines-0-discount"):
        assert value_of(back, name) == sent[name]
    assert waiting(app) == [sent["sale_id"]]


def test_what_waited_goes_when_it_is_sold_and_is_never_sold_twice(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    sent = basket(coat)
    birch.post("/till/", data=sent | {"do": "hold"})
    first = pay(birch, **sent, quick="card:189000")
    assert waiting(app) == []
    assert birch.post("/till/", data=sent | {"do": "hold"}).status_code == 303
    assert waiting(app) == []
    assert pay(birch, **sent, quick="card:189000").location == first.location
    gone = birch.post("/till/", data={"do": f"recall:{sent['sale_id']}"})
    assert gone.status_code == 422
    assert "This basket waits no more." in gone.text


def test_a_basket_that_is_held_again_waits_as_it_is_now(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    sent = basket(coat, do="hold")
    birch.post("/till/", data=sent)
    birch.post("/till/", data=sent | {"lines-0-quantity": "3"})
    with app.app_context(), reading() as session:
        assert [held.coats for held in queries.held(session)] == [3]


def test_a_basket_that_nobody_fetches_is_put_away(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    sent = basket(coat, do="hold")
    birch.post("/till/", data=sent)
    for _ in "twice":
        assert birch.post("/till/", data={"do": f"drop:{sent['sale_id']}"}).status_code == 303
    assert waiting(app) == []


@pytest.mark.parametrize("typed", [{"do": "hold"}, {"do": f"recall:{new_id()}"}, {"do": "recall:"}])
def test_nothing_is_held_or_fetched_where_nothing_is(
    birch: FlaskClient, coat: str, typed: dict[str, str]
) -> None:
    assert birch.post("/till/", data=typed).status_code == 422


def test_an_empty_basket_offers_the_rail_in_pictures(birch: FlaskClient, coat: str) -> None:
    styles = birch.post("/till/", data={"do": "grid"}).text
    number = re.search(r'value="grid:([^"]+)"', styles)
    assert number
    sizes = birch.post("/till/", data={"do": f"grid:{number[1]}"}).text
    assert f'name="pick" value="{coat}"' in sizes
    assert "black 66, On the rail: 5" in sizes
    sale = value_of(sizes, "sale_id")
    chosen = birch.post("/till/", data={"sale_id": sale, "pick": coat}).text
    assert value_of(chosen, "lines-0-code") == coat
    again = birch.post("/till/", data=basket(coat, pick=coat)).text
    assert value_of(again, "lines-0-quantity") == "2"


def test_a_style_that_is_not_there_shows_all_styles(birch: FlaskClient, coat: str) -> None:
    assert 'value="grid:' in birch.post("/till/", data={"do": "grid:nothing"}).text

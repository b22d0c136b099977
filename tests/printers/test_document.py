from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.document import (
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    DocumentWrong,
    Heading,
    OpenDrawer,
    Picture,
    Row,
    Rule,
    RuleKind,
    Space,
    Symbology,
    Table,
    Text,
)
from printers.portable import from_json, schema, to_json

WORDS = st.text(max_size=30)
SIZES = st.integers(1, 8)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS, SIZES),
    st.builds(Text, WORDS, st.sampled_from(Align), SIZES, st.booleans(), st.booleans()),
    st.builds(Row, WORDS, WORDS, SIZES, st.booleans()),
    st.builds(Rule, st.sampled_from(RuleKind)),
    st.builds(
        Table,
        st.lists(st.builds(Column, WORDS, st.sampled_from(Align)), min_size=1, max_size=4).map(
            tuple
        ),
        st.lists(st.lists(WORDS, max_size=5).map(tuple), max_size=4).map(tuple),
    ),
    st.builds(
        Barcode,
        st.text("0123456789", min_size=1, max_size=12),
        st.sampled_from(Symbology),
        st.integers(5, 30),
        WORDS,
    ),
    st.builds(Picture, st.just(8), st.just(("ff", "00")), WORDS),
    st.builds(Space, st.integers(1, 40)),
    st.builds(Cut, st.booleans()),
    st.just(OpenDrawer()),
)
BY_SCHEMA = jsonschema.Draft202012Validator(schema())
DOCUMENTS = st.builds(Document, WORDS, st.lists(BLOCKS, min_size=1, max_size=6).map(tuple))


@given(DOCUMENTS)
def test_a_document_comes_back_from_json_as_it_was(document: Document) -> None:
    written = json.loads(json.dumps(to_json(document)))
    assert from_json(written) == document
    BY_SCHEMA.validate(written)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        ([], "document"),
        ({"version": 9, "title": "", "blocks": []}, "version"),
        ({"blocks": [{"block": "cut"}]}, "title"),
        ({"title": "", "blocks": []}, "blocks"),
        ({"title": "", "blocks": {}}, "blocks"),
        ({"title": "", "blocks": [{"block": "cut"}], "colour": 1}, "colour"),
        ({"title": "", "blocks": [{"block": "glue"}]}, "blocks[0].block"),
        ({"title": "", "blocks": ["cut"]}, "blocks[0].block"),
        ({"title": "", "blocks": [{"block": ["cut"]}]}, "blocks[0].block"),
        ({"title": "", "blocks": [{"block": {}}]}, "blocks[0].block"),
        ({"version": True, "title": "", "blocks": [{"block": "cut"}]}, "version"),
        ({"title": "", "blocks": [{"block": "row"}]}, "blocks[0].left"),
        ({"title": "", "blocks": [{"block": "row", "left": 5}]}, "blocks[0].left"),
        ({"title": "", "blocks": [{"block": "row", "left": "", "size": 9}]}, "blocks[0].size"),
        ({"title": "", "blocks": [{"block": "row", "left": "", "size": True}]}, "blocks[0].size"),
        ({"title": "", "blocks": [{"block": "rule", "kind": "x"}]}, "blocks[0].kind"),
        (
            {"title": "", "blocks": [{"block": "table", "columns": [1], "rows": []}]},
            "blocks[0].columns[0]",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_path(given_: Any, path: str) -> None:
    with pytest.raises(DocumentWrong) as refused:
        from_json(given_)
    assert refused.value.path == path
    assert str(refused.value).startswith(f"{path}: it ")
    with pytest.raises(jsonschema.ValidationError):
        BY_SCHEMA.validate(given_)


def test_a_copy_bears_its_mark_and_leaves_the_drawer_shut() -> None:
    copy = Document("Receipt", (OpenDrawer(), Heading("Receipt"), Cut())).as_copy("Copy 1")
    first = copy.blocks[0]
    assert isinstance(first, Text)
    assert first.text == "Copy 1"
    assert not any(isinstance(block, OpenDrawer) for block in copy.blocks)
    assert copy.blocks[1:] == (Heading("Receipt"), Cut())

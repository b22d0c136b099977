"""Documents as JSON, both ways, and that form's JSON Schema; read off the blocks' own types."""

from __future__ import annotations

import re
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from printers import document
from printers.document import Block, Document, DocumentWrong, Span

VERSION = 1
KINDS: dict[str, type] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(Block)
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_JSON_NAMES = {str: "string", int: "integer", bool: "boolean"}
_PLAIN = frozenset({*_JSON_NAMES, types.NoneType})


def to_json(value: Document) -> dict[str, Any]:
    """The document as plain JSON values; what has its usual value is left out."""
    return {"version": VERSION, **_written(value)}


def from_json(given: object) -> Document:
    """A document from plain JSON values, or `DocumentWrong` with the path of the fault."""
    if not isinstance(given, dict):
        raise DocumentWrong("document", "it must be an object")
    version = given.get("version", VERSION)
    if type(version) is not int or version != VERSION:
        raise DocumentWrong("version", "it must be {version}", version=VERSION)
    rest = {key: value for key, value in given.items() if key != "version"}
    read: Document = _read_object(Document, rest, "")
    return read


def schema() -> dict[str, Any]:
    """The JSON Schema of a document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A slip, ticket or label",
        **_schema_of_object(Document, {"version": {"const": VERSION}}),
        "$defs": {name: _schema_of_block(name) for name in KINDS},
    }


# Writing


def _written(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return _written_object(value, type(value)) if is_dataclass(value) else value


def _written_object(value: object, kind: type) -> dict[str, Any]:
    """What is plain is not asked again: a receipt has a hundred words, and each sale has one."""
    written: dict[str, Any] = {"block": _NAMES[kind]} if kind in _NAMES else {}
    for name, usual in _usual(kind):
        each = getattr(value, name)
        if each != usual:
            written[name] = each if type(each) in _PLAIN else _written(each)
    return written


@lru_cache(maxsize=32)
def _usual(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a type with what they usually are."""
    return tuple((field.name, field.default) for field in fields(kind))


# Reading


@lru_cache(maxsize=32)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(document), include_extras=True)


def _split(hint: Any) -> tuple[Any, Span | None]:
    """A type and its bounds."""
    if hasattr(hint, "__metadata__"):
        inner, span = _split(get_args(hint)[0])
        return inner, next((m for m in hint.__metadata__ if isinstance(m, Span)), span)
    return hint, None


def _read_object(kind: type, given: object, path: str) -> Any:
    if not isinstance(given, dict):
        raise DocumentWrong(path, "it must be an object")
    known = {field.name: field for field in fields(kind)}
    dot = f"{path}." if path else ""
    for key in given:
        if key not in known:
            raise DocumentWrong(f"{dot}{key}", "it is not known")
    values = {}
    for name, hint in _hints(kind).items():
        if name in given:
            values[name] = _read(hint, given[name], f"{dot}{name}")
        elif _needed(known[name]):
            raise DocumentWrong(f"{dot}{name}", "it is missing")
    return kind(**values)


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING


def _read(hint: Any, given: object, path: str) -> Any:
    kind, span = _split(hint)
    if kind in _JSON_NAMES:
        return _read_plain(kind, given, span, path)
    if get_origin(kind) is tuple:
        return _read_list(get_args(kind)[0], given, span, path)
    if isinstance(kind, types.UnionType):
        one = _only(kind)
        return _read(one, given, path) if one else _read_block(given, path)
    if issubclass(kind, StrEnum):
        words = [word.value for word in kind]
        if given not in words:
            raise DocumentWrong(path, "it must be one of {words}", words=words)
        return kind(given)
    return _read_object(kind, given, path)


def _only(union: types.UnionType) -> Any:
    """The type that is meant where the other is None: a thing that may be left out."""
    kinds = get_args(union)
    return kinds[0] if kinds[1:] == (types.NoneType,) else None


def _read_plain(kind: type, given: object, span: Span | None, path: str) -> object:
    if type(given) is not kind:
        raise DocumentWrong(path, "it must be of type {kind}", kind=_JSON_NAMES[kind])
    if span is not None:
        size = len(given) if isinstance(given, str) else given
        _within(size, span, path)  # type: ignore[arg-type]  # only numbers and texts have bounds
    return given


def _within(size: int, span: Span, path: str) -> None:
    if not span.least <= size <= span.most:
        ends = {"least": span.least, "most": span.most}
        raise DocumentWrong(path, "it must be from {least} to {most}", **ends)


def _read_list(inner: Any, given: object, span: Span | None, path: str) -> tuple[Any, ...]:
    if not isinstance(given, list):
        raise DocumentWrong(path, "it must be a list")
    if span is not None:
        _within(len(given), span, path)
    return tuple(_read(inner, part, f"{path}[{at}]") for at, part in enumerate(given))


def _read_block(given: object, path: str) -> Any:
    named = given.get("block") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(named, str) or named not in KINDS:
        raise DocumentWrong(f"{path}.block", "it must be one of {words}", words=list(KINDS))
    rest = {key: value for key, value in given.items() if key != "block"}
    return _read_object(KINDS[named], rest, path)


# The schema


def _schema_of_block(name: str) -> dict[str, Any]:
    kind = KINDS[name]
    described = (kind.__doc__ or "").split("\n", 1)[0]
    shape = _schema_of_object(kind, {"block": {"const": name}})
    shape["required"] = ["block", *shape["required"]]
    return {"description": described, **shape}


def _schema_of_object(kind: type, first: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = dict(first or {})
    properties |= {field: _schema_of(hint) for field, hint in _hints(kind).items()}
    return {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields(kind) if _needed(field)],
        "additionalProperties": False,
    }


def _schema_of(hint: Any) -> dict[str, Any]:
    kind, span = _split(hint)
    if kind in _JSON_NAMES:
        return {"type": _JSON_NAMES[kind], **_bounds(kind, span)}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0]), **_bounds(kind, span)}
    if isinstance(kind, types.UnionType):
        if one := _only(kind):
            return _schema_of(one)
        return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in KINDS]}
    if issubclass(kind, StrEnum):
        return {"enum": [word.value for word in kind]}
    return _schema_of_object(kind)


def _bounds(kind: Any, span: Span | None) -> dict[str, int]:
    if span is None:
        return {}
    ends = {str: ("minLength", "maxLength"), int: ("minimum", "maximum")}
    least, most = ends.get(kind, ("minItems", "maxItems"))
    return {least: span.least, most: span.most}

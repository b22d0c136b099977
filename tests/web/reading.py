"""Read a page as a machine can: its tree, and what is wrong with it for those who can't see it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "use", "rect", "circle", "line"}
TYPED = {"input", "select", "textarea"}
UNTYPED = {"hidden", "submit", "button"}
REFERRING = ("for", "aria-describedby", "aria-labelledby")
UNFILLED = re.compile(r"\{\w+\}|%\(\w+\)|\bNone\b(?! of )|&lt;|Undefined")


@dataclass
class Node:
    """An element with its attributes, what is in it, and where it hangs."""

    tag: str
    attrs: dict[str, str]
    above: Node | None = None
    inside: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Node]:
        """Every element below, of these kinds or of any."""
        return (node for node in self.below if not tags or node.tag in tags)

    @cached_property
    def below(self) -> list[Node]:
        """Every element below, in order; asked for when the page is read to its end."""
        nodes = (part for part in self.inside if isinstance(part, Node))
        return [each for node in nodes for each in (node, *node.below)]

    def within(self, *tags: str) -> bool:
        """Whether it stands in an element of these kinds."""
        above = self.above
        while above is not None and above.tag not in tags:
            above = above.above
        return above is not None

    @property
    def text(self) -> str:
        """What reads in it."""
        parts = [part if isinstance(part, str) else part.text for part in self.inside]
        return " ".join("".join(parts).split())

    @property
    def said(self) -> str:
        """What a screen reader says of it."""
        pictures = [n.attrs.get("alt", "") + n.attrs.get("aria-label", "") for n in self.all()]
        return self.attrs.get("aria-label", "") or self.text or "".join(pictures)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", {})
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.above or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.here.tag != tag:
            self.wrong.append(f"</{tag}> closes <{self.here.tag}>")
        self.here = self.here.above or self.root

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def read(html: str) -> Node:
    """A page as its tree."""
    return _read(html).root


@lru_cache(maxsize=2)
def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    reader = _read(html)
    checks = (frame, headings, fields, words, safety, tables, references, floor)
    return [*reader.wrong, *(wrong for check in checks for wrong in check(reader.root))]


def frame(root: Node) -> Iterator[str]:
    """The frame of a page: language, title, one main part, a place for messages."""
    (html,) = root.all("html")
    if html.attrs.get("lang") not in {"ko", "en"}:
        yield "the page does not say its language"
    titles = [n.text for n in root.all("title") if not n.within("svg")]
    if len(titles) != 1 or not re.fullmatch(r".+ · Didim", titles[0]):
        yield f"the title is {titles}"
    if [n.attrs.get("id") for n in root.all("main")] != ["main"]:
        yield "there is not exactly one <main id=main>"
    if not any(n.attrs.get("href") == "#main" for n in root.all("a")):
        yield "nothing skips to the content"
    if not any(n.attrs.get("role") == "status" for n in root.all()):
        yield "messages have no place with role=status"


def headings(root: Node) -> Iterator[str]:
    """One h1, and no level left out below it."""
    levels = [int(n.tag[1]) for n in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings are {levels}"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    yield from (f"<{n.tag}> is empty" for n in root.all("h1", "h2", "h3") if not n.said)


def fields(root: Node) -> Iterator[str]:
    """Every field has its label; every form that changes something has its token."""
    labelled = {n.attrs.get("for") for n in root.all("label") if n.text}
    for node in root.all(*TYPED):
        if node.attrs.get("type") in UNTYPED:
            continue
        named = node.attrs.get("aria-label") or node.attrs.get("aria-labelledby")
        if not named and node.attrs.get("id") not in labelled and not node.within("label"):
            yield f"the field {node.attrs.get('name') or node.attrs} has no label"
    for form in root.all("form"):
        names = {n.attrs.get("name") for n in form.all("input")}
        if form.attrs.get("method") == "post" and "csrf_token" not in names:
            yield f"the form to {form.attrs.get('action')} has no token"
    for group in root.all("fieldset"):
        if not any(n.text for n in group.all("legend")):
            yield "a group of fields has no legend"


def words(root: Node) -> Iterator[str]:
    """Whatever can be pressed or seen can be said; nothing in it was left unfilled."""
    for node in root.all("a", "button", "summary", "option", "label", "legend"):
        if not node.said and node.attrs.get("value") != "":
            yield f"<{node.tag} {node.attrs}> says nothing"
    for node in root.all("img"):
        if "alt" not in node.attrs:
            yield f"the picture {node.attrs.get('src')} has no words"
    for node in root.all("svg"):
        titled = node.attrs.get("aria-label") or node.attrs.get("aria-labelledby")
        if node.attrs.get("aria-hidden") != "true" and not (
            node.attrs.get("role") == "img" and (titled or any(node.all("title")))
        ):
            yield "a drawing is neither hidden nor described"
    for node in root.all("main"):
        if left := UNFILLED.search(node.text):
            yield f"left unfilled: {left[0]}"


def safety(root: Node) -> Iterator[str]:
    """No script or style inside the page, nothing from elsewhere, no order of focus by hand."""
    for node in root.all():
        for name, value in node.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"<{node.tag}> has the attribute {name}"
            if name in {"src", "href", "action"} and re.match(r"(https?:)?//|javascript:", value):
                yield f"<{node.tag}> leads to {value}"
        if node.tag == "style" or (node.tag == "script" and "src" not in node.attrs):
            yield f"<{node.tag}> stands in the page"
        if int(node.attrs.get("tabindex") or 0) > 0:
            yield "an order of focus is set by hand"
    if sum("autofocus" in node.attrs for node in root.all()) > 1:
        yield "two fields want the focus"


def tables(root: Node) -> Iterator[str]:
    """Every table has headings, and each says whether it heads a column or a row."""
    for table in root.all("table"):
        heads = list(table.all("th"))
        if not heads:
            yield "a table has no headings"
        for head in heads:
            if head.attrs.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"the heading {head.text!r} has no scope"
            if not head.said:
                yield "a heading of a table is empty"


def references(root: Node) -> Iterator[str]:
    """Names are given once, and what is pointed at is there."""
    ids = Counter(node.attrs["id"] for node in root.all() if "id" in node.attrs)
    yield from (f"the id {name} is given {count} times" for name, count in ids.items() if count > 1)
    for node in root.all():
        pointed = [name for at in REFERRING for name in node.attrs.get(at, "").split()]
        if node.tag == "a" and node.attrs.get("href", "").startswith("#"):
            pointed.append(node.attrs["href"][1:])
        yield from (f"nothing is named {name}" for name in pointed if name not in ids)


def floor(root: Node) -> Iterator[str]:
    """Every page has a way to the start, the languages, and the size of letters."""
    (body,) = root.all("body")
    actions = {n.attrs.get("action") for n in root.all("form")}
    if not {"/language", "/letters"} <= actions:
        yield "language or size of letters can't be chosen"
    if not any(n.attrs.get("class") == "home" for n in root.all("a")):
        yield "there is no way to the start page"
    if body.attrs.get("class") not in {"office", "kiosk"}:
        yield "it is neither a page of the office nor of the floor"

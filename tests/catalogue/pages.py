"""What holds for every page of an office: labels, one heading, no style and no script inside."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

FIELDS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """A page as a reader of screens goes through it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.described: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.tags: Counter[str] = Counter()
        self.styled: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.ids.update([given["id"]] if "id" in given else [])
        self.labelled.update([given["for"]] if tag == "label" else [])
        self.described.update(given.get("aria-describedby", "").split())
        if tag in FIELDS and given.get("type") not in {"hidden", "submit"}:
            self.fields.append(given)
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"])
        if "style" in given or any(name.startswith("on") for name in given):
            self.styled.append(tag)


def read_well(text: str) -> Page:
    """The page, after everything that holds for every page was looked at."""
    page = Page(text)
    assert page.tags["h1"] == 1
    assert page.styled == []
    assert [name for name, times in page.ids.items() if times > 1] == []
    unlabelled = [field for field in page.fields if field.get("id") not in page.labelled]
    assert unlabelled == []
    assert page.described <= set(page.ids)
    assert "{" not in text.split("<main", 1)[1].split("</main>", 1)[0].replace("{{", "")
    return page

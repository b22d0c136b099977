"""The reader of pages finds what it is there to find."""

from __future__ import annotations

from tests.web.reading import faults


def test_the_reader_sees_what_is_wrong() -> None:
    broken = (
        '<!doctype html><html lang="xx"><head><title>x</title><style></style></head><body>'
        '<h1>A</h1><h3 onclick="x">B</h3><input name="n"><img src="//e.example/x"><a href="#no">'
        '</a><form method="post"></form><table><tr><td>1</td></tr></table><p id="i"></p>'
        '<p id="i" style="x">{name}</p><main>None</main></div></body></html>'
    )
    found = faults(broken)
    for word in ("language", "title", "level 3", "no label", "no words", "leads to", "no token"):
        assert any(word in fault for fault in found), word
    for word in ("nothing is named no", "no headings", "2 times", "style", "onclick", "closes"):
        assert any(word in fault for fault in found), word
    assert "left unfilled: None" in found

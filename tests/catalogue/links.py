"""Where a page leads."""

from __future__ import annotations

import re


def links(text: str) -> list[str]:
    """Every address of the house that a page leads to."""
    found = re.findall(r'<a [^>]*href="(/[^"#]*)"', text)
    return [address.replace("&amp;", "&") for address in found]

"""A browser as people recognise it: its name and what it runs on, nothing that follows anybody."""

from __future__ import annotations

_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
_NAMES = {
    "Edg": "Edge",
    "Whale": "Whale",
    "SamsungBrowser": "Samsung",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""In this order, because each says the names of those after it as well."""


def browser_of(user_agent: str) -> str:
    """Such as `Chrome, Android`; empty where nothing is known of it."""
    found = (_first(_NAMES, user_agent), _first(_SYSTEMS, user_agent))
    return ", ".join(filter(None, found))


def _first(known: dict[str, str], text: str) -> str:
    return next((name for sign, name in known.items() if sign in text), "")

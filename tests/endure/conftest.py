"""The door in a browser, as the browser's own tests make it."""

from tests.browser.conftest import chromium, page
from tests.browser.test_door import door

__all__ = ["chromium", "door", "page"]

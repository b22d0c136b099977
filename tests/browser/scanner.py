"""A barcode scanner: a burst of keys, faster than any hand, whatever has the focus."""

from __future__ import annotations

import uuid

from playwright.sync_api import Error, Page

BURST = """({ codes, into, turn }) => {
  if (window.name === turn) return true;
  if (document.readyState !== "complete") return false;
  window.name = turn;
  if (into) document.querySelector(into).focus();
  else document.activeElement.blur();
  for (const code of codes) {
    const begun = new Event("keydown").timeStamp;
    let keys = 0;
    const press = (key, name) => {
      const field = document.activeElement || document.body;
      const about = { key, code: name, bubbles: true, cancelable: true };
      const event = new KeyboardEvent("keydown", about);
      Object.defineProperty(event, "timeStamp", { value: begun + 5 * keys++ });
      const lands = field.dispatchEvent(event);
      if (lands && key.length === 1 && "value" in field) field.value += key;
    };
    for (const digit of code) press(digit, `Digit${digit}`);
    press("Enter", "Enter");
  }
  return true;
}"""
"""One script, because the way from here to the browser is slower than a scanner.

Its keys say themselves when they were pressed: a busy machine may stop in the midst of them. A page
that is still being loaded has nothing yet that hears them. The name of the window, which outlives
its pages, says whether they were pressed, for a page may go before it answers.
"""


def pass_time(page: Page, milliseconds: int) -> None:
    """Let the clock of a page run ahead, once its script has set what is to happen by then."""
    page.wait_for_load_state()
    page.clock.fast_forward(milliseconds)


def scan_quickly(page: Page, *codes: str, into: str = "") -> None:
    """Scan one code right after the other, before the page can answer."""
    turn = uuid.uuid4().hex
    while not _pressed(page, {"codes": list(codes), "into": into, "turn": turn}):
        page.wait_for_load_state()


def _pressed(page: Page, burst: dict[str, object]) -> bool:
    try:
        return bool(page.evaluate(BURST, burst))
    except Error as gone:  # the page went, before or after its keys
        if "Execution context was destroyed" not in gone.message:
            raise
        return False


def scan(page: Page, code: str, *, into: str = "") -> None:
    """Scan a code while a field has the focus, or none; the page is there by then."""
    scan_quickly(page, code, into=into)

// The board asks again by itself and keeps what is open; when nobody answers it says so by a mark.
"use strict";
(function () {
  const board = document.querySelector("[data-again]");
  if (!board) return;
  setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "board" } });
      if (!answer.ok || answer.redirected) throw new Error("no board");
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-again]");
      const open = [...board.querySelectorAll("details")].map((part) => part.open);
      board.replaceChildren(...fresh.childNodes);
      board.querySelectorAll("details").forEach((part, place) => { part.open = Boolean(open[place]); });
      board.classList.remove("stale");
    } catch {
      board.classList.add("stale");
    }
  }, Number(board.dataset.again) * 1000);
})();

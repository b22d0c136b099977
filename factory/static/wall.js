// The list on the wall is asked for anew every five seconds; without an answer it stays as it is.
"use strict";
const wall = document.querySelector("[data-wall]");
setInterval(async () => {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(wall.dataset.wall, { signal: AbortSignal.timeout(4000) });
    if (!answer.ok || answer.redirected) return;
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (list.innerHTML.trim() !== wall.innerHTML.trim()) wall.replaceChildren(...list.childNodes);
  } catch { /* the next time */ }
}, 5000);

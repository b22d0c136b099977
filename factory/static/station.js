// The count on a bundle's card: fewer, more, and a green button that says what it will enter.
"use strict";
document.querySelectorAll("form[data-count]").forEach((form) => {
  const count = form.elements.good;
  const go = form.querySelector("[data-all]");
  const say = () => {
    const all = Number(count.value) === Number(go.dataset.left);
    go.querySelector("span").textContent = all ? go.dataset.all : go.dataset.some.replace("#", count.value || "0");
  };
  form.querySelectorAll("[data-add]").forEach((button) => {
    button.addEventListener("click", () => {
      const wanted = Number(count.value) + Number(button.dataset.add);
      count.value = Math.min(Number(count.max), Math.max(Number(count.min), wanted));
      say();
    });
  });
  count.addEventListener("input", say);
  say();
});

// A scanner that stutters reads one ticket twice in a moment: the second reading is not a yes.
const STUTTER = 1500;
const opened = performance.now();
document.querySelectorAll("form[data-again]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const code = form.elements.code.value;  // a newer ticket has another number than its bundle
    const same = code === form.elements.bundle.value || code === form.dataset.again;
    if (same && performance.now() - opened < STUTTER) event.preventDefault();
  });
});

// One press is one entry. A ticket that is scanned while the last is still on its way waits for the
// next page; badges are never kept, so the page says that it has to be scanned once more.
const KEPT = "scanned";
const LONGEST = 30000;
let sent = null;
const scanned = (form) => { const field = form.querySelector("[data-scan]"); return field ? field.value : ""; };
document.querySelectorAll("form[data-event]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const code = scanned(form);
    if (sent === null) {
      sent = code;
      return;
    }
    event.preventDefault();
    if (!code || code === sent) return;
    const ticket = code.startsWith("2") ? code : "";
    sessionStorage.setItem(KEPT, JSON.stringify({ ticket, at: Date.now() }));
  });
});
document.addEventListener("stays", () => { // the server is away: the page is still here, and takes what came meanwhile
  sent = null;
  const next = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  sessionStorage.removeItem(KEPT);
  const field = document.querySelector("[data-scan]");
  if (!next || !field) return;
  field.value = next.ticket;
  if (next.ticket) field.form.requestSubmit();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sent = null;
});

const waiting = JSON.parse(sessionStorage.getItem(KEPT) || "null");
sessionStorage.removeItem(KEPT);
if (waiting && Date.now() - waiting.at < LONGEST) {
  const field = document.querySelector("[data-scan]");
  if (waiting.ticket && field && !document.querySelector(".errors")) {
    field.value = waiting.ticket;
    const green = document.querySelector(".answer.green"); // let her see and hear that it is kept
    setTimeout(() => sent === null && field.form.requestSubmit(), green ? 800 : 0);
  } else {
    document.querySelectorAll("[data-once-more]").forEach((told) => { told.hidden = false; });
    sound([[196, 0, 0.4]]);
    if (navigator.vibrate) navigator.vibrate([200, 80, 200]);
  }
}

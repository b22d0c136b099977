// While the server is away a station still takes papers: a badge, and tickets, each with one tap or by
// the same ticket again. Whose badge it was is known here alone, until an entry waits to be sent.
"use strict";
const stationForm = document.querySelector("[data-scans]");
const hall = document.querySelector("main");
const away = { badge: "", section: null, ticket: "", since: 0, busy: false };
const low = () => { sound([[196, 0, 0.4]]); if (navigator.vibrate) navigator.vibrate([200, 80, 200]); };
const rising = () => { sound([[523, 0, 0.12], [784, 0.14, 0.18]]); if (navigator.vibrate) navigator.vibrate(80); };
const part = (name) => away.section.querySelector(`[data-away-${name}]`);
const somebody = () => Boolean(away.badge || part("entry").elements.acting.value);

// What stands over the page meanwhile: the ticket that was scanned, or that the next one may come.
function stand(ticket) {
  if (!away.section) open();
  away.ticket = ticket;
  away.since = performance.now();
  const entry = part("entry");
  entry.reset();
  entry.hidden = !ticket;
  part("ready").hidden = Boolean(ticket);
  part("ticket").textContent = ticket;
  who();
  say();
  (ticket ? entry.querySelector(".go") : part("typed").elements.typed).focus();
}

function open() {
  hall.append(copyOf(document.querySelector("template[data-away]")));
  hall.classList.add("is-away");
  away.section = hall.querySelector(".away");
  away.section.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.target === part("entry")) keepAway();
    else scannedAway(part("typed").elements.typed.value.trim());
  });
  part("entry").elements.good.addEventListener("input", say);
  part("close").addEventListener("click", () => { stand(""); againSoon(); });
  showWaiting();
}

function who() {
  document.querySelectorAll(".acting").forEach((name) => { name.hidden = Boolean(away.badge); });
  part("somebody").hidden = !away.badge;
  part("nobody").hidden = somebody();
}

function say() {
  const { good } = part("entry").elements;
  const go = part("entry").querySelector(".go");
  go.querySelector("span").textContent = good.value ? go.dataset.some.replace("#", good.value) : go.dataset.all;
}

async function scannedAway(code) {
  againSoon();
  if (isBadge(code)) {
    away.badge = code;
    stand(away.ticket);
    rising();
  } else if (!isTicket(code)) {
    await showOwn("misread", 4000);
    low();
  } else if (code === away.ticket) {
    if (performance.now() - away.since >= STUTTER) await keepAway();
  } else {
    stand(code);
  }
}

async function keepAway() {
  const entry = part("entry");
  if (away.busy) return;
  if (!somebody() || !entry.reportValidity()) {
    low();
    return;
  }
  away.busy = true;
  entry.elements.event_id.value = newId();
  entry.elements.at.value = new Date().toISOString();
  entry.elements.badge.value = away.badge;
  entry.elements.code.value = away.ticket;
  try {
    await keepEntry(entryOf(entry));
  } catch {
    low(); // there is no room in this browser: it is not taken, and the ticket stays
    return;
  } finally {
    away.busy = false;
  }
  stand("");
  rising();
  await showOwn("taken", 1200);
  againSoon();
}

// The server is back before she entered anything: her badge goes there first, then what she scans.
function badgeGoesFirst(form, code) {
  if (!away.badge || !isTicket(code)) return false;
  sessionStorage.setItem(KEPT, JSON.stringify({ ticket: code, at: Date.now() }));
  form.querySelector("[data-scan]").value = away.badge;
  form.submit();
  return true;
}

document.addEventListener("sent", () => {
  if (!away.section || away.ticket) return;
  if (away.badge) {
    stationForm.querySelector("[data-scan]").value = away.badge;
    stationForm.requestSubmit();
  } else {
    location.assign(stationForm.getAttribute("action"));
  }
});

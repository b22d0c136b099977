// Entries of the floor wait in this browser while the server is away: each with its id and its time,
// in order, without names or PINs, and only until the server has said yes. It needs no https.
"use strict";
const SECRET = ["csrf_token", "pin", "password", "telephone"]; // never kept
const store = "waiting";
const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];
const isWellRead = (text) => [...text].reduce((interim, digit) => DAMM[interim][digit], 0) === "0";
const isBadge = (text) => /^1[0-9]{11}$/.test(text) && isWellRead(text);
const isTicket = (text) => /^2[0-9]{7}$/.test(text) && isWellRead(text);

function openStore() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("didim", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "turn", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}
let database = null;
async function within(mode, work) {
  database = database || openStore();
  const found = await database;
  return new Promise((done, failed) => {
    const turn = found.transaction(store, mode, { durability: "strict" });
    const asked = work(turn.objectStore(store));
    turn.oncomplete = () => done(asked.result);
    turn.onerror = turn.onabort = () => failed(turn.error);
  });
}
const keepEntry = (entry) => within("readwrite", (kept) => kept.add(entry));
const forgetEntry = (turn) => within("readwrite", (kept) => kept.delete(turn));
const firstEntry = () => within("readonly", (kept) => kept.getAll(null, 1)).then(([first]) => first);
const howMany = () => within("readonly", (kept) => kept.count());

// A form as an entry: what was typed but for secrets, its id and its time.
function entryOf(form, button) {
  const values = [...new FormData(form, button)].filter(([name]) => !SECRET.includes(name));
  return { to: form.getAttribute("action") || location.pathname, values };
}

function tokenOf(page) {
  const found = page.querySelector("input[name=csrf_token]");
  return found ? found.value : "";
}

// Send an entry. At once, as the page itself would; later, as one that waited.
async function send(entry, waited) {
  const body = new URLSearchParams(entry.values);
  body.set("device_now", new Date().toISOString());
  const headers = { "X-CSRFToken": tokenOf(document) };
  if (waited) headers["X-Didim-Queue"] = "1";
  return fetch(entry.to, { method: "POST", body, headers, signal: AbortSignal.timeout(AWAY_AFTER) });
}

// What the server says to one that waited: done with it, or it has to wait on.
async function settled(answer) {
  if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) return null;
  const { status } = await answer.json();
  return ["recorded", "duplicate", "refused"].includes(status) ? status : null;
}

async function renewToken() {
  const page = await fetch(location.pathname, { signal: AbortSignal.timeout(AWAY_AFTER) });
  if (!page.ok || page.redirected) return;
  const token = tokenOf(new DOMParser().parseFromString(await page.text(), "text/html"));
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token; });
}

const said = (name) => document.querySelector(`template[data-say=${name}]`);
async function showWaiting() {
  const number = await howMany();
  document.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
  document.querySelectorAll("[data-waiting]").forEach((note) => { note.hidden = number === 0; });
  return number;
}

// What is shown while the server is away brings its pictures with it: they lie in the page by then.
const sprite = document.querySelector("svg.icon use");
if (sprite) drawHere(sprite.getAttribute("href").split("#")[0]).catch(() => {});
async function drawHere(where) {
  const answer = await fetch(where);
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  drawn.querySelectorAll("symbol").forEach((each) => { each.id = `drawn-${each.id}`; });
  drawn.setAttribute("class", "unseen");
  drawn.setAttribute("aria-hidden", "true");
  document.body.append(document.importNode(drawn, true));
}
function copyOf(template) {
  const copy = template.content.cloneNode(true);
  copy.querySelectorAll("use").forEach((use) => {
    const name = `drawn-${use.getAttribute("href").split("#")[1]}`;
    if (document.getElementById(name)) use.setAttribute("href", `#${name}`);
  });
  return copy;
}

// Show a sentence of the page's own over everything for a moment; the next scan may come meanwhile.
let shown = null;
async function showOwn(name, after = 2000) {
  const number = await showWaiting();
  if (shown) shown.remove();
  shown = document.createElement("div");
  shown.className = "over";
  shown.setAttribute("role", "status");
  shown.append(copyOf(said(name)));
  shown.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
  (document.querySelector("[data-answers]") || document.querySelector("main")).append(shown);
  const mine = shown;
  mine.addEventListener("click", () => mine.remove());
  setTimeout(() => mine.remove(), after);
}

// One after the other, the oldest first; `atOnce` takes an entry whose person is still standing there.
let pumping = null;
const atOnce = new Map();
function pump() {
  pumping = pumping || pumpAll().finally(() => { pumping = null; });
  return pumping;
}
async function pumpAll() {
  for (let entry = await firstEntry(); entry; entry = await firstEntry()) {
    const stands = atOnce.get(entry.turn);
    try {
      const answer = await send(entry, !stands);
      const done = stands ? await stands.answered(answer) : await settled(answer);
      if (!done) throw new Error("it has to wait");
      if (done === "refused") handOver();
    } catch {
      [...atOnce.values()].forEach((each) => each.waits());
      atOnce.clear();
      againSoon();
      return;
    }
    atOnce.delete(entry.turn);
    await forgetEntry(entry.turn);
    await showWaiting();
  }
  document.dispatchEvent(new Event("sent"));
}
let asking = 0;
function againSoon() {
  clearTimeout(asking);
  asking = setTimeout(again, TRY_AGAIN);
}
async function again() {
  try {
    await renewToken();
  } catch {
    againSoon();
    return;
  }
  await pump();
}

function handOver() {
  const note = said("handed");
  const place = document.querySelector("[data-answers]");
  if (!note || !place) return;
  const told = note.content.firstElementChild.cloneNode(true);
  place.append(told);
  setTimeout(() => told.remove(), 10000);
}

// A page of the floor with such a form is not left while the server is away: it would not come back.
// Its form goes as ever while the server answers; else the entry waits here.
const standing = said("away");
if (standing) {
  const later = async (form, button) => {
    await keepEntry(entryOf(form, button));
    await showOwn("taken");
    againSoon();
  };
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.dataset.queue === "door" || form.dataset.inside !== undefined) return;
    event.preventDefault();
    const scans = form.dataset.scans !== undefined;
    const code = scans ? scanned(form) : "";
    const there = await isThere();
    if (scans) form.querySelector("[data-scan]").value = code; // the next scan was typed over it meanwhile
    if (there) {
      if (scans && badgeGoesFirst(form, code)) return;
      const pressed = submitter && submitter.name ? submitter : null;
      if (pressed) {
        const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value });
        form.append(chosen);
      }
      form.submit();
    } else if (scans) {
      await scannedAway(code);
      form.dispatchEvent(new Event("stays", { bubbles: true }));
    } else if (form.dataset.queue !== undefined) {
      await later(form, submitter);
      form.querySelectorAll("button").forEach((each) => { each.disabled = true; }); // once
      form.dispatchEvent(new Event("stays", { bubbles: true }));
    } else {
      form.dispatchEvent(new Event("stays", { bubbles: true }));
      await showOwn("away", 4000);
    }
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || link.hash || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (await isThere()) location.assign(link.href);
    else await showOwn("away", 4000);
  });
  window.addEventListener("online", again);
  showWaiting().then((number) => { if (number) again(); });
}

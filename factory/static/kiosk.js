// The door answers on its own page: it is left for nothing, so that it still stands without the server.
"use strict";
const door = document.querySelector("form[data-queue=door]");
const answers = document.querySelector("[data-answers]");
const code = door.elements.code;
const pin = door.querySelector("[data-pin]");
const OVER = 2000; // so long an answer covers the page; the next scan need not wait for that
const LEFT = 20000; // so long nobody types or scans until what was begun is cleared away
const BESIDE = 15000; // so long it stays below, to be taken back or changed
const isNumber = (text) => /^[0-9]{1,5}$/.test(text);

function nothingWrong() {
  door.querySelector("[data-wrong]").replaceChildren();
}

function noNumber() {
  code.value = "";
  door.elements.pin.value = "";
  pin.hidden = true;
}

function clear() {
  noNumber();
  nothingWrong();
  undoing(false);
}

function ready() {
  clear();
  code.focus();
}

// Whoever began and went away leaves nothing behind for the next one.
let left;
function mayLeave() {
  clearTimeout(left);
  left = setTimeout(() => (door.contains(document.activeElement) ? ready() : clear()), LEFT);
}

function undoing(on) {
  door.elements.undo.value = on ? "1" : "";
  document.querySelector("[data-ready]").hidden = on;
  document.querySelector("[data-undoing]").hidden = !on;
}

let timers = [];
function cover(answer) {
  timers.forEach(clearTimeout);
  answer.querySelectorAll("[autofocus]").forEach((each) => each.removeAttribute("autofocus"));
  answers.replaceChildren(answer);
  answer.classList.add("over");
  const asks = answer.dataset.asks !== undefined;
  const beside = () => answer.classList.replace("over", "beside");
  if (!asks) answer.addEventListener("click", (event) => { if (!event.target.closest("form")) beside(); });
  timers = [setTimeout(beside, asks ? BESIDE : OVER), setTimeout(() => answer.remove(), BESIDE + OVER)];
  const first = asks && answer.querySelector("input:not([type=hidden])");
  if (first) first.select();
}

function ring(green) {
  sound(green ? [[523, 0, 0.12], [784, 0.14, 0.18]] : [[196, 0, 0.4]]);
  if (navigator.vibrate) navigator.vibrate(green ? 80 : [200, 80, 200]);
}

// What the server's page says: an answer, or what is wrong in the form.
async function showAnswer(response) {
  if (response.redirected && new URL(response.url).pathname !== location.pathname) {
    location.assign(location.href); // signed out: the way in is there
    return null;
  }
  if (response.status >= 500 || response.status === 400) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = page.querySelector(".answer");
  const wrong = page.querySelector(".errors");
  if (answer || wrong) nothingWrong();
  if (answer) {
    cover(document.importNode(answer, true));
    ring(answer.classList.contains("green"));
  } else if (wrong) {
    door.querySelector("[data-wrong]").replaceChildren(document.importNode(wrong, true));
    ring(false);
  }
  return answer || wrong ? "shown" : null;
}

function standsHere() {
  const begun = performance.now();
  return {
    answered: async (response) => {
      const done = await showAnswer(response);
      performance.measure("answer", { start: begun, end: performance.now() });
      return done;
    },
    waits: async () => { await showOwn("taken"); ring(true); },
  };
}

async function live(entry) {
  try {
    if (await showAnswer(await send(entry, false))) return true;
  } catch { /* said below */ }
  await showOwn("away", 4000);
  ring(false);
  return false;
}

async function take() {
  const text = code.value.trim();
  const entry = entryOf(door);
  if (isNumber(text)) {
    if (!door.elements.pin.value) {
      nothingWrong(); // of whoever came before
      pin.hidden = false;
      door.elements.pin.focus();
      return;
    }
    entry.values.push(["pin", door.elements.pin.value]);
    if (await live(entry)) { noNumber(); undoing(false); code.focus(); }
    return;
  }
  if (door.elements.undo.value) { ready(); await live(entry); return; }
  if (!isBadge(text)) {
    await showOwn("misread", 4000);
    ring(false);
    code.select();
    return;
  }
  ready();
  const waits = (await howMany()) > atOnce.size;
  const turn = await keepEntry(entry);
  const stands = standsHere();
  if (waits) await stands.waits();
  else atOnce.set(turn, stands);
  await pump();
}

door.addEventListener("input", mayLeave);
door.addEventListener("submit", (event) => {
  event.preventDefault();
  mayLeave();
  take();
});
document.querySelector("[data-undo]").addEventListener("click", (event) => {
  event.preventDefault();
  undoing(!door.elements.undo.value);
  mayLeave();
  code.focus();
});
answers.addEventListener("submit", async (event) => {
  event.preventDefault();
  const entry = entryOf(event.target, event.submitter);
  if (event.target.dataset.event !== undefined) {
    entry.values = entry.values.filter(([name]) => name !== "event_id").concat([["event_id", newId()]]);
  }
  await live(entry);
  code.focus();
});
code.addEventListener("input", () => { // whoever types sees what she types
  answers.querySelectorAll(".answer.over").forEach((answer) => answer.classList.replace("over", "beside"));
});
answers.addEventListener("keydown", (event) => { if (event.key === "Escape") answers.replaceChildren(); });
// More digits than a time has are the next badge or number, by a slow scanner or a hand: they belong to the door.
const LONGEST_TIME = 4;
let typed = "";
answers.addEventListener("focusin", () => { typed = ""; });
answers.addEventListener("keydown", (event) => {
  const field = event.target;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  if (field.name !== "time" || event.key === "Enter") return;
  typed = digit ? typed + digit[1] : "";
  if (typed.length <= LONGEST_TIME) return;
  event.preventDefault();
  field.value = field.defaultValue;
  code.value = typed;
  code.focus();
});

// With https that is trusted here, the page also survives a reload while the server is away.
if (navigator.serviceWorker) {
  const { worker } = document.querySelector("script[data-worker]").dataset;
  navigator.serviceWorker.register(worker, { scope: "/clock/" }).catch(() => {});
}

// Full-screen answers of the floor go back to their page by themselves: after two seconds, or at a touch.
"use strict";
const AWAY_AFTER = 4000; // milliseconds without an answer
const TRY_AGAIN = 3000;
// Whether the server answers: before a page is left for good.
async function isThere() {
  try {
    return (await fetch("/healthz", { signal: AbortSignal.timeout(AWAY_AFTER) })).ok;
  } catch {
    return false;
  }
}
document.querySelectorAll("[data-return]").forEach((answer) => {
  let soon = 0;
  const back = async () => {
    clearTimeout(soon);
    if (await isThere()) location.assign(answer.dataset.return);
    else soon = setTimeout(back, TRY_AGAIN); // this page is all there is until the server is back
  };
  soon = setTimeout(back, Number(answer.dataset.after || 2000));
  document.addEventListener("submit", (event) => { // a scan that is on its way goes first
    if (!event.defaultPrevented) clearTimeout(soon);
  });
  answer.addEventListener("click", back);
});

// Pages that are hers alone hide themselves after 20 seconds.
document.querySelectorAll("[data-hide]").forEach((page) => {
  setTimeout(() => (page.tagName === "FORM" ? page.submit() : location.assign(page.dataset.hide)), 20000);
});

// A page of the office with people on it hides itself once nobody has touched it for some minutes.
const curtain = document.querySelector("[data-idle] .curtain");
if (curtain) {
  const behind = [...document.body.children].filter((part) => part !== curtain);
  let soon = 0;
  const draw = (closed) => {
    curtain.hidden = !closed;
    behind.forEach((part) => { part.inert = closed; });
    document.body.classList.toggle("curtained", closed);
    if (closed) curtain.querySelector("button").focus();
  };
  const touched = () => {
    clearTimeout(soon);
    soon = setTimeout(() => draw(true), document.body.dataset.idle * 1000);
  };
  ["keydown", "pointerdown", "pointermove", "wheel", "scroll"].forEach((name) => {
    document.addEventListener(name, touched, { passive: true, capture: true });
  });
  curtain.querySelector("button").addEventListener("click", () => { draw(false); touched(); });
  touched();
}

// Two rising notes: saved. One low note: refused. Any sound also comes as light and vibration.
function sound(notes) {
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!Audio) return;
  const context = new Audio();
  notes.forEach(([pitch, start, length]) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = pitch;
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + start);
    tone.stop(context.currentTime + start + length);
  });
}
const [visit] = performance.getEntriesByType("navigation");
const anew = !visit || visit.type !== "back_forward"; // going back, nothing is saved or refused now
if (anew && document.querySelector(".answer.green")) {
  sound([[523, 0, 0.12], [784, 0.14, 0.18]]);
  if (navigator.vibrate) navigator.vibrate(80);
} else if (anew && document.querySelector(".answer.red, .kiosk .errors")) {
  sound([[196, 0, 0.4]]);
  if (navigator.vibrate) navigator.vibrate([200, 80, 200]);
}

// What was typed on the floor is there again after a red screen; passwords and hidden fields aren't kept.
const HIDDEN = ["hidden", "password", "file", "submit", "button"];
const forms = [...document.querySelectorAll(".kiosk main form:not([data-queue])")]; // those wait otherwise
const fields = (form) => [...form.elements].filter((e) => e.name && !HIDDEN.includes(e.type));
const kept = JSON.parse(sessionStorage.getItem("typed") || "{}");
const refused = document.querySelector(".answer.red");
if (refused) {
  sessionStorage.setItem("typed", JSON.stringify({ ...kept, back: refused.dataset.return }));
} else {
  sessionStorage.removeItem("typed");
  const form = forms[kept.form];
  if (form && kept.back === location.pathname + location.search) {
    fields(form).forEach((field, at) => {
      const [name, value, checked] = kept.values[at] || [];
      if (name !== field.name) return;
      field.value = value;
      field.checked = checked;
    });
    const first = fields(form)[0];
    if (first && first.select) first.select();
  }
}
forms.forEach((form, number) => {
  form.addEventListener("submit", () => {
    const values = fields(form).map((field) => [field.name, field.value, field.checked]);
    sessionStorage.setItem("typed", JSON.stringify({ form: number, values }));
  });
});

// What was refused in a form far down comes into view.
const wrong = document.querySelector(".errors");
if (wrong && wrong.getBoundingClientRect().bottom > window.innerHeight) wrong.scrollIntoView({ block: "center" });

// A table that is wider than the screen opens with today in view.
document.querySelectorAll(".scroll [aria-current=date], .month [aria-current=date]").forEach((cell) => {
  const box = cell.closest(".scroll, .month");
  const show = () => {
    const from = cell.getBoundingClientRect().left - box.getBoundingClientRect().left;
    box.scrollLeft += from - (box.clientWidth - cell.offsetWidth) / 2;
  };
  show();
  document.fonts.ready.then(show); // in its own letters the table is of another width
});

// A scanner types like a keyboard, through whatever input method is on: read the keys, not the letters.
const FASTEST = 35;
const LENGTHS = [8, 12]; // of the codes on paper
let digits = "";
let last = 0;
let landed = null;
document.addEventListener("keydown", (event) => {
  const target = document.querySelector("[data-scan]");
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  // A scan may begin, and end, while half a syllable is still open.
  if (event.isComposing && !digit && event.code !== "Enter") return;
  const quick = event.timeStamp - last < FASTEST;
  last = event.timeStamp;
  if (digit) {
    // Nothing is swallowed, since number pads have keys for 00 and 000; a scan is taken out again.
    const going = quick && digits !== "";
    if (!going) landed = { field: document.activeElement, text: document.activeElement.value };
    digits = going ? digits + digit[1] : digit[1];
  } else if (event.code === "Enter" && quick && digits.length >= 6) {
    event.preventDefault();
    if (landed && landed.field !== target && landed.text !== undefined) landed.field.value = landed.text;
    if (!target) { // it must not become an amount, a count or a PIN: only a field for this kind takes it
      const taker = document.querySelector(`[data-code="${digits[0]}"]`);
      if (taker) take(taker, digits);
      else sound([[196, 0, 0.4]]);
      digits = "";
      return;
    }
    // A scan that began before this script was there stands whole in its field.
    const whole = !LENGTHS.includes(digits.length) && LENGTHS.includes(target.value.length);
    if (!whole || !target.value.endsWith(digits)) target.value = digits;
    digits = "";
    target.form.requestSubmit();
  } else {
    digits = "";
  }
}, true);

// A field that is one of several takes the code whose kind it is for, and the cursor goes on.
function take(field, code) {
  field.value = code;
  const others = [...field.form.elements].filter((each) => each.offsetParent && each.tagName !== "BUTTON");
  (others[others.indexOf(field) + 1] || field).focus();
}

// Whatever begins here gets its id and its time here, so that a second sending is known as such.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
document.querySelectorAll("form[data-event]").forEach((form) => {
  form.addEventListener("submit", () => {
    form.elements.event_id.value = newId();
    form.elements.at.value = new Date().toISOString();
  });
});

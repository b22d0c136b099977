// Full-screen answers of the floor go back to their page by themselves after two seconds.
"use strict";
document.querySelectorAll("[data-return]").forEach((answer) => {
  setTimeout(() => location.assign(answer.dataset.return), Number(answer.dataset.after || 2000));
});

// Pages that are hers alone hide themselves after 20 seconds.
document.querySelectorAll("[data-hide]").forEach((page) => {
  setTimeout(() => location.assign(page.dataset.hide), 20000);
});

// Two rising notes: saved. One low note: refused. Any sound also comes as vibration.
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
const answer = document.querySelector(".answer");
if (answer && answer.classList.contains("green")) {
  sound([[523, 0, 0.12], [784, 0.14, 0.18]]);
  if (navigator.vibrate) navigator.vibrate(80);
} else if (answer) {
  sound([[196, 0, 0.4]]);
  if (navigator.vibrate) navigator.vibrate([200, 80, 200]);
}

// A scanner types like a keyboard, through whatever input method is on: read the keys, not the letters.
const FASTEST = 35;
let digits = "";
let last = 0;
document.addEventListener("keydown", (event) => {
  const target = document.querySelector("[data-scan]");
  if (!target || event.isComposing) return;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  const quick = event.timeStamp - last < FASTEST;
  last = event.timeStamp;
  if (digit) {
    digits = quick ? digits + digit[1] : digit[1];
    if (quick && document.activeElement !== target) event.preventDefault();
  } else if (event.code === "Enter" && quick && digits.length >= 6) {
    event.preventDefault();
    target.value = digits;
    digits = "";
    target.form.requestSubmit();
  } else {
    digits = "";
  }
}, true);

// Whatever begins here gets its id and its time here, so that a second sending is known as such.
document.querySelectorAll("form[data-event]").forEach((form) => {
  form.addEventListener("submit", () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    form.elements.event_id.value =
      `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    form.elements.at.value = new Date().toISOString();
  });
});

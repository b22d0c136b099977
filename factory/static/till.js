// The till's pages come from the server. This carries them without reloading, so that no scan is
// lost while one is on its way; without it everything works by reloading.
"use strict";
(() => {
  const scans = [];
  let busy = "";
  let later = null; // what was pressed while a scan was on its way or the sums were recounted
  const form = () => document.querySelector("form[data-till]");

  function typed(sent, button) {
    const data = new URLSearchParams(new FormData(sent));
    if (button && button.name) data.append(button.name, button.value);
    return data;
  }

  async function send(sent, button, recount) {
    const data = typed(sent, button);
    const field = sent.querySelector("[data-scan]");
    if (field && !recount) field.value = ""; // on its way: nothing sends it a second time
    if (recount) {
      data.set("code", "");
      data.append("do", "recount");
    }
    busy = recount ? "recount" : data.get("code") ? "scan" : "send";
    const address = button && button.hasAttribute("formaction") ? button.formAction : sent.action;
    try {
      const answer = await fetch(address, { method: "POST", body: data });
      if (answer.redirected) {
        leaving = true;
        location.assign(answer.url);
        return;
      }
      show(await answer.text(), answer.ok, recount);
      if (data.get("code")) sound(answer.ok ? [[523, 0, 0.08], [784, 0.09, 0.1]] : [[196, 0, 0.4]]);
      else if (!answer.ok) sound([[196, 0, 0.4]]);
      if (!answer.ok && navigator.vibrate) navigator.vibrate([200, 80, 200]);
    } catch {
      if (field && !recount) field.value = data.get("code") || "";
      document.querySelectorAll("[data-offline]").forEach((told) => { told.hidden = false; });
      sound([[196, 0, 0.4]]);
      later = null;
    }
    busy = "";
    next();
  }

  // Recounting changes only the sums, so that nobody loses the field she types in.
  function show(text, ok, recount) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (recount && ok) {
      document.querySelectorAll("[data-part]").forEach((part) => {
        const other = fresh.getElementById(part.id);
        if (other) part.textContent = other.textContent;
      });
      return;
    }
    const code = document.querySelector("[data-scan]");
    const left = recount && code ? code.value : "";
    document.querySelector("main").innerHTML = fresh.querySelector("main").innerHTML;
    document.title = fresh.title;
    if (left) document.querySelector("[data-scan]").value = left;
    begin();
    sums();
  }

  // Another language or larger letters: the same basket, spoken anew.
  async function speak(chosen, button) {
    await fetch(chosen.action, { method: "POST", body: typed(chosen, button) });
    const data = typed(form());
    data.append("do", "show");
    const answer = await fetch(form().action, { method: "POST", body: data });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("header.top").innerHTML = fresh.querySelector("header.top").innerHTML;
    document.documentElement.lang = fresh.documentElement.lang;
    document.documentElement.className = fresh.documentElement.className;
    document.querySelector("main").innerHTML = fresh.querySelector("main").innerHTML;
    document.title = fresh.title;
    begin();
    sums();
  }

  const full = () => document.querySelector("[data-till] .till-lines [data-count], .till-pay");

  function next() {
    const target = document.querySelector("[data-scan]");
    if (!busy && scans.length && target) {
      target.value = scans.shift();
      target.form.requestSubmit();
      return;
    }
    const pressed = later;
    later = null;
    if (!pressed) return;
    const name = pressed.name ? `button[name="${pressed.name}"][value="${pressed.value}"]` : "button";
    const button = form() && form().querySelector(name);
    if (button) button.click();
  }

  document.addEventListener("submit", (event) => {
    if (full() && event.target.matches(".languages, .letters")) {
      event.preventDefault();
      speak(event.target, event.submitter);
      return;
    }
    if (!event.target.matches("form[data-till]")) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const code = event.target.querySelector("[data-scan]");
    if (!busy) send(event.target, event.submitter);
    else if (code && code.value) {
      scans.push(code.value);
      code.value = "";
    } else if (busy !== "send") later = { name: event.submitter.name, value: event.submitter.value };
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-count]") && !busy) send(form(), null, true);
  });

  // Keys on the buttons: F2, F4, F8, F9, Esc.
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector(`[data-key="${event.key}"]`);
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  });

  const won = (text) => Number(text.replace(/[^0-9-]/g, "")) || 0;
  const shown = (frame, amount) => frame.replace("0", amount.toLocaleString("en"));

  function rest() {
    const out = document.querySelector("[data-rest]");
    if (!out) return;
    const fields = [...document.querySelectorAll("[data-paid]")];
    const left = fields.reduce((sum, field) => sum + won(field.value), 0) - won(form().dataset.total);
    const word = document.querySelector("[data-word]");
    word.textContent = left < 0 ? word.dataset.missing : word.dataset.change;
    out.textContent = shown(out.dataset.won, Math.abs(left));
    out.classList.toggle("enough", left >= 0);
  }

  function counted() {
    const notes = document.querySelector("[data-notes]");
    if (!notes) return;
    const fields = [...notes.querySelectorAll("[data-worth]")];
    const sum = fields.reduce((all, field) => all + won(field.value) * won(field.dataset.worth), 0);
    notes.querySelector("[data-counted]").textContent = shown(notes.dataset.won, sum);
  }

  document.addEventListener("input", sums);

  // A basket is stored nowhere: ask before it is thrown away.
  let leaving = false;
  addEventListener("beforeunload", (event) => {
    if (!leaving && full()) event.preventDefault();
  });

  // What the browser does by itself on a page that was loaded: the first field to type in.
  function begin() {
    const first = document.querySelector(".wrong input, main [autofocus]");
    if (first) first.focus();
    if (first && first.select) first.select();
  }

  function sums() {
    rest();
    counted();
  }

  if (document.querySelector("[data-tone]")) sound([[523, 0, 0.12], [784, 0.14, 0.18]]);
  sums();
})();

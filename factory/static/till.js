// The till's pages come from the server. This carries them without reloading, so that no scan is
// lost while one is on its way; without it everything works by reloading.
"use strict";
(() => {
  const scans = [];
  let busy = "";
  let later = null; // what was pressed while a scan was on its way or the sums were recounted
  let again = null; // what did not reach the server, sent anew by itself once it answers
  let unsure = false; // money was on its way when the server went: nobody knows yet whether it came
  let gone = false;
  const form = () => document.querySelector("form[data-till]");

  function typed(sent, button) {
    const data = new URLSearchParams(new FormData(sent));
    if (button && button.name) data.append(button.name, button.value);
    return data;
  }

  async function send(sent, button, recount) {
    const field = sent.querySelector("[data-scan]");
    if (goesOn(button) && field && field.closest(".wrong") && field.value === field.defaultValue) field.value = "";
    const data = typed(sent, button);
    if (unsure) data.append("unsure", "1");
    again = null;
    if (field && !recount) field.value = ""; // on its way: nothing sends it a second time
    if (recount) {
      data.set("code", "");
      data.append("do", "recount");
    }
    const address = button && button.hasAttribute("formaction") ? button.formAction : sent.action;
    busy = recount ? "recount" : data.get("code") ? "scan" : pays(address, data) ? "pay" : "send";
    try {
      const answer = await fetch(address, { method: "POST", body: data });
      if (answer.status >= 500) throw new Error(answer.status);
      told(false);
      unsure = false;
      if (answer.redirected) {
        leaving = true;
        const news = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".news");
        if (news && news.querySelector(".told")) sessionStorage.setItem("news", news.innerHTML); // it is said only once
        location.assign(answer.url);
        return;
      }
      show(await answer.text(), answer.ok, recount);
      if (data.get("code")) sound(answer.ok ? [[523, 0, 0.08], [784, 0.09, 0.1]] : [[196, 0, 0.4]]);
      else if (!answer.ok) sound([[196, 0, 0.4]]);
      if (!answer.ok && navigator.vibrate) navigator.vibrate([200, 80, 200]);
    } catch (problem) {
      if (field && !recount) field.value = data.get("code") || "";
      const answers = Number(problem.message) >= 500; // it stands, but could not do this: who presses again decides
      if (!answers && sent.matches("[data-till]")) again = { sent, button, recount, code: data.get("code") || "" };
      unsure = unsure || pays(address, data);
      told(!answers, answers);
      sound([[196, 0, 0.4]]);
      later = null;
    }
    busy = "";
    next();
  }

  const goesOn = (button) => button && button.matches(".go");
  const pays = (address, data) => /[/]pay$/.test(address) && !data.get("code") && !["show", "recount", "back"].includes(data.get("do"));

  // What is true now: whether the server answers, and whether the money on its way has come there.
  function told(away, failed) {
    gone = away;
    const says = { away: away && !unsure, unsure: away && unsure, failed: !!failed };
    document.querySelectorAll("[data-offline]").forEach((each) => { each.hidden = !says[each.dataset.offline]; });
  }

  // Ask every two seconds, so that it is said at once, and send what waits as soon as there is an answer.
  async function ask() {
    let there = false;
    try {
      there = (await fetch("/healthz", { signal: AbortSignal.timeout(2000) })).ok;
    } catch { /* away */ }
    if (leaving) return;
    if (busy === "pay" && !there) unsure = true;
    if (there !== !gone && !(busy && there)) told(!there);
    if (there && again && !busy) {
      const { sent, button, recount } = again;
      if (sent.isConnected) send(sent, button, recount);
    }
  }
  setInterval(() => { if (!document.hidden && document.querySelector("[data-offline]")) ask(); }, 2000);

  // While the server is away nothing leads off this page: what is typed would be lost.
  function stay(event) {
    if (!gone) return false;
    event.preventDefault();
    sound([[196, 0, 0.4]]);
    return true;
  }
  document.addEventListener("click", (event) => { if (event.target.closest("a[href]")) stay(event); });

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
    const back = document.querySelector("main [data-return]"); // a refusal over the whole page goes by itself
    if (back) setTimeout(() => { if (back.isConnected) location.assign(back.dataset.return); }, Number(back.dataset.after));
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
    if (!event.target.matches("form[data-till]") && stay(event)) return;
    if (full() && event.target.matches(".languages, .letters")) {
      event.preventDefault();
      speak(event.target, event.submitter);
      return;
    }
    if (event.target.matches(".till-next") || !event.target.matches("main form[method=post]")) {
      leaving = true;
      return;
    }
    event.preventDefault();
    if (!event.target.matches("[data-till]")) {
      if (!busy) send(event.target, event.submitter);
      return;
    }
    const code = event.target.querySelector("[data-scan]");
    if (!busy && again && again.code && code && code.value && code.value !== again.code) {
      scans.push(code.value); // the tag before it still waits: one after the other
      code.value = again.code;
      sound([[196, 0, 0.4]]);
    } else if (!busy) send(event.target, event.submitter);
    else if (code && code.value) {
      scans.push(code.value);
      code.value = "";
    } else if (busy !== "send" && busy !== "pay") later = { name: event.submitter.name, value: event.submitter.value };
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
    const all = won(form().dataset.total);
    const sum = fields.reduce((added, field) => added + won(field.value), 0);
    const over = sum - won(fields.find((field) => field.name === "cash").value) - all; // only cash gives change
    const left = over > 0 ? over : sum - all;
    const word = document.querySelector("[data-word]");
    word.textContent = over > 0 ? word.dataset.over : left < 0 ? word.dataset.missing : word.dataset.change;
    out.textContent = shown(out.dataset.won, Math.abs(left));
    out.classList.toggle("enough", left >= 0 && over <= 0);
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
    const first = document.querySelector(".wrong input, .wrong select") || document.querySelector("main [autofocus]");
    if (first) first.focus();
    if (first && first.select) first.select();
  }

  function sums() {
    rest();
    counted();
  }

  if (document.querySelector("[data-tone]")) sound([[523, 0, 0.12], [784, 0.14, 0.18]]);
  const news = sessionStorage.getItem("news");
  sessionStorage.removeItem("news");
  if (news && document.querySelector(".news")) document.querySelector(".news").innerHTML = news;
  if (document.querySelector(".wrong")) begin();
  sums();
})();

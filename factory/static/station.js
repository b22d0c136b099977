// The count on a bundle's card: fewer, more, and a green button that says what it will enter.
"use strict";
document.querySelectorAll("form[data-count]").forEach((form) => {
  const count = form.elements.good;
  const go = form.querySelector("[data-all]");
  const say = () => {
    const all = Number(count.value) === Number(go.dataset.left);
    go.querySelector("span").textContent = all ? go.dataset.all : go.dataset.some.replace("#", count.value);
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
    const same = form.elements.code.value === form.elements.bundle.value;
    if (same && performance.now() - opened < STUTTER) event.preventDefault();
  });
});

// One press is one entry.
document.querySelectorAll("form[data-event]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
});

// Long work goes in parts: each sending does one and says how far it is. Without this the button does it.
"use strict";
document.querySelectorAll("form[data-parts]").forEach(async (form) => {
  const [bar, words, button] = ["progress", "[role=status]", "button"].map((part) => form.querySelector(part));
  const send = () => fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Didim-Parts": "1" } });
  button.hidden = true;
  try {
    for (;;) {
      const answer = await send();
      if (!answer.ok) return form.submit(); // the refusal has a page of its own
      const part = await answer.json();
      if (part.next) return location.replace(part.next);
      [bar.max, bar.value, words.textContent] = [part.of, part.done, part.told];
    }
  } catch {
    words.textContent = form.dataset.broken;
    button.hidden = false;
  }
});

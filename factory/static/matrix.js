// Tables of colours and sizes typed like the paper sheet: arrows, Enter and Tab move, totals are live.
// The server adds everything up anew; this only shows it while she types.
"use strict";
document.querySelectorAll("form[data-matrix]").forEach((form) => {
  const tables = [...form.querySelectorAll("table.matrix")];
  const english = document.documentElement.lang === "en";
  const shown = (number) => number.toLocaleString("en-US");
  const money = (won) => (english ? `₩${shown(won)}` : `${shown(won)}원`);

  function count(text) {
    const digits = text.replace(/[\s,원₩]/g, "");
    return /^[0-9]{0,9}$/.test(digits) ? Number(digits || 0) : NaN;
  }

  function cells(table) {
    return [...table.querySelectorAll("input[data-row]")];
  }

  function write(table, name, sums) {
    sums.forEach((sum, place) => {
      const box = table.querySelector(`[data-${name}="${place}"]`);
      if (box) box.textContent = sum ? shown(sum) : "";
    });
  }

  function addUp(table) {
    const rows = [];
    const columns = [];
    let all = 0;
    cells(table).forEach((input) => {
      const number = count(input.value);
      input.toggleAttribute("data-wrong", Number.isNaN(number));
      const coats = number || 0;
      rows[input.dataset.row] = (rows[input.dataset.row] || 0) + coats;
      columns[input.dataset.column] = (columns[input.dataset.column] || 0) + coats;
      all += coats;
    });
    write(table, "row-total", rows);
    write(table, "column-total", columns);
    table.querySelector("[data-total]").textContent = shown(all);
    return all;
  }

  function totals() {
    let coats = 0;
    let worth = 0;
    tables.forEach((table) => {
      const here = addUp(table);
      const part = table.closest("[data-part]");
      const price = part && part.querySelector("input[data-price]");
      const won = here * ((price && count(price.value)) || 0);
      const box = part && part.querySelector("[data-worth]");
      if (box) box.textContent = money(won);
      coats += here;
      worth += won;
    });
    const coatsBox = form.querySelector("[data-all]");
    const worthBox = form.querySelector("[data-all-worth]");
    if (coatsBox) coatsBox.textContent = shown(coats);
    if (worthBox) worthBox.textContent = money(worth);
  }

  function go(input) {
    if (!input) return;
    input.focus();
    if (input.select) input.select();
  }

  function at(table, row, column) {
    return table.querySelector(`input[data-row="${row}"][data-column="${column}"]`);
  }

  function after(table, column) {
    const next = at(table, 0, column + 1) || cells(tables[tables.indexOf(table) + 1] || table)[0];
    return tables.indexOf(table) + 1 < tables.length || at(table, 0, column + 1)
      ? next
      : form.querySelector("[data-send]");
  }

  const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.isComposing || !input.matches("input[data-row]")) return;
    const table = input.closest("table");
    const row = Number(input.dataset.row);
    const column = Number(input.dataset.column);
    if (WAYS[event.key] && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      go(at(table, row + WAYS[event.key][0], column + WAYS[event.key][1]));
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(at(table, row + (event.shiftKey ? -1 : 1), column) || (event.shiftKey ? null : after(table, column)));
    }
  });

  // A block copied from a spreadsheet falls into the cells from here on.
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData.getData("text");
    if (!input.matches("input[data-row]") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    text.trimEnd().split(/\r?\n/).forEach((part, down) => {
      part.split("\t").forEach((value, across) => {
        const cell = at(input.closest("table"), Number(input.dataset.row) + down, Number(input.dataset.column) + across);
        if (cell) cell.value = value.trim();
      });
    });
    totals();
  });

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-row]")) event.target.select();
  });
  form.addEventListener("input", totals);
  totals();
});

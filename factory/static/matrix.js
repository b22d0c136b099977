// Tables of colours and sizes typed like the paper sheet: arrows, Enter and Tab move, totals are live.
// The server adds everything up anew; this only shows it while she types.
"use strict";
document.querySelectorAll("form[data-matrix]").forEach((form) => {
  const tables = [...form.querySelectorAll("table.cells")];
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
    const total = table.querySelector("[data-total]");
    if (!total) return 0; // lengths, say: nothing to add up
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
    total.textContent = shown(all);
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

  // The next cell in a direction; sizes that are not ordered are gaps and stepped over.
  const WIDEST = 40;
  function next(input, down, across) {
    const table = input.closest("table");
    for (let step = 1; step < WIDEST; step += 1) {
      const row = Number(input.dataset.row) + down * step;
      const found = at(table, row, Number(input.dataset.column) + across * step);
      if (found) return found;
    }
    return null;
  }

  // From the foot of a column: the head of the next, then the next table, then the button.
  function after(input) {
    const table = input.closest("table");
    const right = cells(table).filter((each) => Number(each.dataset.column) > Number(input.dataset.column));
    right.sort((one, other) => one.dataset.column - other.dataset.column || one.dataset.row - other.dataset.row);
    const following = tables[tables.indexOf(table) + 1];
    return right[0] || (following && cells(following)[0]) || form.querySelector("[data-send]");
  }

  // Among words left and right move within the word, and only from its end to the next cell.
  function within(input, across) {
    if (!across || !("words" in input.dataset)) return false;
    const end = across > 0 ? input.value.length : 0;
    return input.selectionStart !== end || input.selectionEnd !== end;
  }

  const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.isComposing || !input.matches("input[data-row]")) return;
    if (WAYS[event.key] && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      if (within(input, WAYS[event.key][1])) return;
      event.preventDefault();
      go(next(input, ...WAYS[event.key]));
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? next(input, -1, 0) : next(input, 1, 0) || after(input));
    }
  });

  // A block copied from a spreadsheet falls into the cells from here on.
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData.getData("text");
    if (!input.matches("input[data-row]") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const [row, column] = [Number(input.dataset.row), Number(input.dataset.column)];
    text.trimEnd().split(/\r?\n/).forEach((part, down) => {
      part.split("\t").forEach((value, across) => {
        const cell = at(input.closest("table"), row + down, column + across);
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

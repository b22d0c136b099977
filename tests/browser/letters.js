() => {
  const wide = document.documentElement.clientWidth;
  const faults = [];
  if (document.documentElement.scrollWidth > wide) faults.push("the page is wider than the screen");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    const { parentElement: around } = text;
    if (around.closest("script, select, .skip, .unseen, .hidden")) continue;
    for (const word of text.textContent.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      const lines = boxes.map((box) => box.top);
      const breaks = Math.max(...lines) - Math.min(...lines) > 8;
      if (boxes.length > 1 && breaks && !/[-/·–(]/.test(word[0])) faults.push(`"${word[0]}" breaks inside`);
      const out = boxes.some((box) => box.right > wide + 1 || box.left < -1);
      if (out && !around.closest(".scroll")) faults.push(`"${word[0]}" sticks out`);
    }
  }
  for (const field of document.querySelectorAll("main input")) {
    if (field.scrollWidth > field.clientWidth + 1) faults.push(`"${field.value}" is cut in its field`);
  }
  return faults;
}

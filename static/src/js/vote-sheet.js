// The votes of a session: the sum of each column against those who can vote, and "Tất cả đồng ý", which fills in the votes
// at the meeting only when it is pressed. Written opinions are typed from the papers. The server checks every figure again.
(() => {
  "use strict";

  const cases = [...document.querySelectorAll("[data-present]")];

  const voters = (sheet, column) => {
    const recused = new Set([...sheet.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value));
    return sheet.dataset[column].split(" ").filter((seat) => seat && !recused.has(seat)).length;
  };
  const boxes = (sheet, column) => [...sheet.querySelectorAll(`[data-votes="${column}"] input`)];

  const addUp = (sheet) => {
    for (const column of ["present", "wrote"]) {
      const output = sheet.querySelector(`[data-votes="${column}"] [data-sum]`);
      if (!output) continue;
      const needed = voters(sheet, column);
      const typed = boxes(sheet, column).map((box) => box.value.trim()).filter(Boolean);
      const sum = typed.reduce((all, text) => all + Number(text), 0);
      output.textContent = typed.length ? `cộng ${Number.isNaN(sum) ? "?" : sum}/${needed} người biểu quyết` : `${needed} người biểu quyết`;
      output.classList.toggle("off", typed.length > 0 && sum !== needed);
    }
  };

  const fill = (sheet) => {
    const [agree, ...others] = boxes(sheet, "present");
    agree.value = voters(sheet, "present");
    for (const box of others) box.value = 0;
    agree.dispatchEvent(new Event("input", { bubbles: true }));
  };

  for (const sheet of cases) {
    for (const kind of ["input", "change"]) sheet.addEventListener(kind, () => addUp(sheet));
    addUp(sheet);
  }
  for (const button of document.querySelectorAll("[data-all-agree]")) {
    button.hidden = false;
    button.addEventListener("click", () => fill(button.closest("[data-present]")));
  }
})();

// <input data-find="/address/" data-find-into="id of a box" data-find-with="names of fields that go along">:
// what is found for the words typed so far is fetched as a piece of HTML and put into the box.
// Without this file the button beside the field does the same with a whole page.
(() => {
  "use strict";

  const watch = (input) => {
    const box = document.getElementById(input.dataset.findInto);
    let timer = 0;
    let asked = 0;
    const ask = async () => {
      const words = new URLSearchParams({ [input.name]: input.value });
      for (const name of (input.dataset.findWith || "").split(" ")) {
        const value = new FormData(input.form).get(name);
        if (value) words.set(name, value);
      }
      const mine = ++asked;
      try {
        const answer = await fetch(`${input.dataset.find}?${words}`, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected && mine === asked) box.innerHTML = await answer.text();
      } catch { /* no network: the button still works later */ }
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(timer);
      ask();
    });
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 350); });
    input.form.addEventListener("change", (event) => {
      if (event.target !== input && input.value && (input.dataset.findWith || "").split(" ").includes(event.target.name)) ask();
    });
    // After a finger has picked somebody, the next empty field is ready for typing. Arrow keys only move between choices.
    box.addEventListener("click", (event) => {
      if (event.pointerType !== "touch") return;
      setTimeout(() => {
        if (!box.querySelector("input:checked")) return;
        const fields = [...input.form.querySelectorAll("textarea, input[type=text]")];
        const after = (field) => box.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
        const next = fields.find((field) => after(field) && !box.contains(field) && !field.value && field.offsetParent);
        if (next) next.focus();
      });
    });
    // On a slow line somebody types before this file has come.
    if (document.activeElement === input && input.value && !box.childElementCount) ask();
  };

  document.querySelectorAll("input[data-find]").forEach(watch);

  // What _exemplar.scss does with :has(), for browsers without it: only the fields that the kind and the person chosen ask for.
  const showAsked = (form) => {
    const chosen = (name) => (form.querySelector(`[name="${name}"]:checked`) || {}).value;
    const show = (parts, asked) => { for (const part of form.querySelectorAll(parts)) part.style.display = asked ? "" : "none"; };
    const update = () => {
      const kind = chosen("kind");
      show(".of-household", kind === "household");
      show(".of-person", kind !== "household");
      show(".nominee", kind !== "collective");
      show(".of-collective", kind === "collective");
      show(".new-nominee", chosen("pick") === "new");
    };
    form.addEventListener("change", update);
    const found = form.querySelector("[aria-live]");
    if (found) new MutationObserver(update).observe(found, { childList: true, subtree: true });
    update();
  };
  if (!CSS.supports("selector(:has(*))")) document.querySelectorAll("form.exemplar").forEach(showAsked);
})();

// The search of the masthead: a short list under the box while one types; "/" puts the cursor there, Enter opens the
// first hit, arrows go through the list, Escape closes it. Without this file the form opens the page of the search.
(() => {
  "use strict";

  const form = document.querySelector("form[data-seek]");
  if (!form) return;
  const input = form.elements.q;
  const box = form.querySelector("[data-seek-found]");
  let timer = 0;
  let asked = 0;

  const close = () => { box.hidden = true; };
  const ask = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    if (!words) return close();
    try {
      const answer = await fetch(`${form.action}?${new URLSearchParams({ q: words, gon: "1" })}`);
      if (!answer.ok || answer.redirected || mine !== asked) return;
      box.innerHTML = await answer.text();
      box.insertAdjacentHTML("beforeend", '<p><button class="btn btn-quiet">Xem tất cả kết quả</button></p>');
      box.hidden = false;
      box.dataset.words = words;
    } catch { /* no network: Enter opens the page of the search later */ }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 250); });
  input.addEventListener("focus", () => { if (input.value.trim() && box.childElementCount) box.hidden = false; });
  form.addEventListener("submit", (event) => {
    const first = box.querySelector("li a");
    if (event.submitter || !first || box.hidden || box.dataset.words !== input.value.trim()) return;
    event.preventDefault();
    first.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); return input.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const places = [input, ...box.querySelectorAll("li a")];
    const next = places.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (box.hidden || next < 0 || next >= places.length) return;
    event.preventDefault();
    places[next].focus();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !input.offsetParent) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();

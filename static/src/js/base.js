// On every page: a form is sent once, and after a failed sending the list of what is wrong takes the focus.
// Without this file everything still works: the server knows a form sent twice.
(() => {
  "use strict";

  const waiting = "Đang gửi…";

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "1";
    const button = event.submitter || form.querySelector("button:not([type=button])");
    if (!button) return;
    // The browser has already taken the button's name and value along.
    setTimeout(() => {
      button.dataset.label = button.innerHTML;
      button.classList.add("is-sending");
      button.setAttribute("aria-busy", "true");
      button.textContent = waiting;
    });
  });

  // Coming back with the browser's arrow, or a sending that never left: the form may be sent again.
  const release = () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
    for (const button of document.querySelectorAll("button.is-sending")) {
      button.innerHTML = button.dataset.label;
      button.classList.remove("is-sending");
      button.removeAttribute("aria-busy");
    }
  };
  addEventListener("pageshow", release);
  addEventListener("offline", release);

  // A page that answers a sent form is asked for by GET when the person returns to it with the browser's arrow: without this the
  // browser shows an error page that wants to send the form once more. What was typed is on the device (draft-storage.js).
  if ("answer" in document.body.dataset) history.replaceState(history.state, "");

  // In a strip that scrolls sideways the chosen tab or filter is in its middle, also when numbers have made its neighbours wider.
  const showChosen = (strip) => {
    const chosen = strip && strip.querySelector("[aria-current]");
    if (chosen) strip.scrollLeft += chosen.getBoundingClientRect().left - strip.getBoundingClientRect().left - (strip.clientWidth - chosen.offsetWidth) / 2;
  };
  const tabs = document.querySelector(".tabs, .portal-nav ul");
  const strips = [tabs, ...document.querySelectorAll(".chips")];
  const showAll = () => strips.forEach(showChosen);
  showAll();
  if (document.fonts) document.fonts.ready.then(showAll);

  // How much waits for the user behind each area: asked for apart from the page, kept for half a minute, new after an act.
  const { counts: countsUrl, user: countsOf } = document.body.dataset;
  if (countsUrl && document.querySelector("[data-count]")) {
    const show = (waiting) => {
      for (const place of document.querySelectorAll("[data-count]")) {
        const number = waiting[place.dataset.count] || 0;
        place.hidden = !number;
        place.textContent = number > 99 ? "99+" : number;
        if (number) place.insertAdjacentHTML("beforeend", `<span class="visually-hidden"> ${place.dataset.countWords || "việc chờ"}</span>`);
      }
      showChosen(tabs);
    };
    const ask = async () => {
      let kept = {};
      try { kept = JSON.parse(sessionStorage.getItem("counts")) || {}; } catch { /* asked for again */ }
      const fresh = kept.user === countsOf && Date.now() - kept.at < 30000 && !document.querySelector("[data-said]");
      if (fresh) return show(kept.waiting);
      const answer = await fetch(countsUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const waiting = await answer.json();
      show(waiting);
      try { sessionStorage.setItem("counts", JSON.stringify({ user: countsOf, at: Date.now(), waiting })); } catch { /* not kept */ }
    };
    ask().catch(() => { /* offline: areas without numbers */ });
  }

  // The numbers of the filters of a long list come apart from the page; a filter that shows nothing is left out. They are remembered,
  // so that the next visit, also of the list narrowed in another way, keeps their room and leaves it out before the list is drawn.
  for (const chips of document.querySelectorAll("[data-chips]")) {
    const list = `chip-counts:${countsOf}:${location.pathname}`;
    const key = `${list}${chips.dataset.chips}`;
    const leaveOut = (empty) => {
      for (const chip of chips.querySelectorAll("[data-chip]")) {
        chip.hidden = empty.includes(chip.dataset.chip) && !chip.firstElementChild.hasAttribute("aria-current");
      }
    };
    const emptyOf = (counts) => Object.keys(counts).filter((name) => counts[name] === "0");
    try {
      const kept = JSON.parse(sessionStorage.getItem(key) || sessionStorage.getItem(list)) || {};
      leaveOut(emptyOf(kept));
      for (const chip of chips.querySelectorAll("[data-chip]")) if (kept[chip.dataset.chip]) chip.firstElementChild.dataset.room = kept[chip.dataset.chip];
    } catch { /* all are shown until they are counted */ }
    const number = (counts) => {
      leaveOut(emptyOf(counts));
      try { [key, list].forEach((name) => sessionStorage.setItem(name, JSON.stringify(counts))); } catch { /* not remembered */ }
      for (const chip of chips.querySelectorAll("[data-chip]")) {
        const count = counts[chip.dataset.chip];
        if (count && !chip.hidden) chip.firstElementChild.insertAdjacentHTML("beforeend", ` <span>${count}</span>`);
      }
    };
    fetch(chips.dataset.chips, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.json() : {})).then(number).catch(() => { /* without numbers */ })
      .finally(() => {
        chips.classList.add("is-counted");
        showChosen(chips);
      });
  }

  // The way back to a list keeps the filters with which it was left.
  try {
    if (document.querySelector("table.list, .list-search")) sessionStorage.setItem(`list:${location.pathname}`, location.search);
    for (const link of document.querySelectorAll(".crumbs a")) {
      const left = !link.search && sessionStorage.getItem(`list:${link.pathname}`);
      if (left) link.search = left;
    }
  } catch { /* a browser without storage opens the whole list */ }

  const errors = document.getElementById("loi");
  if (errors) errors.focus();

  // Only one menu open at a time, and a click elsewhere or Escape closes it.
  const close = (except) => {
    for (const open of document.querySelectorAll("details.menu-drop[open], details.confirm[open]")) {
      if (open !== except && !open.contains(except)) open.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement && document.activeElement.closest("details[open]");
    close(null);
    if (open && open.firstElementChild) open.firstElementChild.focus();
  });

  // What draft-storage.js holds on this device goes only when the server says that it has it, and when the person signs out, who is asked
  // first; that of others on the same device stays.
  // The server says so on the page that answers the sending: a word of success, or `kept`, or a redirect within the
  // very navigation that the sending began. A failed page takes the mark "sent" away: the text is offered
  // again, but not on that page itself, which shows it.
  try {
    const user = document.body.dataset.user;
    const mine = (key) => key.startsWith(`so-vang:${user}:`);
    const drop = (which) => Object.keys(localStorage).filter((key) => key.startsWith("so-vang:") && which(key))
      .forEach((key) => localStorage.removeItem(key));
    const said = (what) => document.querySelector(`meta[name="so-vang"][content="${what}"]`);
    const failed = said("failed") || (!said("kept") && document.querySelector('#loi, [data-said="error"]'));
    const done = said("kept") || document.querySelector('[data-said="success"]');
    const [trip] = performance.getEntriesByType("navigation");
    const answers = (sent) => {
      if (document.referrer && document.referrer !== sent.from) return false;
      if (done) return Date.now() - sent.at < 120000;
      return Boolean(document.referrer) && trip && trip.type === "navigate" && trip.redirectCount > 0 && Math.abs(performance.timeOrigin - sent.at) < 1000;
    };
    if (user) {
      for (const key of Object.keys(localStorage).filter(mine)) {
        const { sent, ...copy } = JSON.parse(localStorage.getItem(key)) || {};
        if (!sent) continue;
        if (failed) localStorage.setItem(key, JSON.stringify({ ...copy, failedAt: Date.now() }));
        else if (answers(sent)) localStorage.removeItem(key);
      }
    }
    const question = "Trên máy này còn phần bạn đã nhập mà chưa gửi. Đăng xuất thì phần ấy bị xóa. Vẫn đăng xuất?";
    for (const form of document.querySelectorAll("form[data-signout]")) {
      form.addEventListener("submit", (event) => {
        if (Object.keys(localStorage).some(mine) && !confirm(question)) event.preventDefault();
        else drop(mine);
      });
    }
  } catch { /* a browser without storage keeps nothing */ }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();

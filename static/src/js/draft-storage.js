// <form data-keep="a name of its own">: what is typed stays on this device until the server has it
// (base.js clears what was sent, on the page where the server confirms it, and everything at sign-out). Nothing is put
// back behind the person's back: a line above the form offers it. Only what was typed in one form of a page while another one
// was sent is put back by itself, with a word about it.
(() => {
  "use strict";

  const user = document.body.dataset.user || "";
  const prefix = `so-vang:${user}:`;
  const ALONG_MS = 5 * 60 * 1000;
  const watched = [];
  const store = (() => {
    try { localStorage.setItem("so-vang:?", "1"); localStorage.removeItem("so-vang:?"); return localStorage; }
    catch { return null; }
  })();
  const FULL = "Máy này hết chỗ, không giữ tạm được: hãy bấm “Lưu nháp” trước khi rời trang.";
  if (!store) { // full or switched off from the start
    for (const note of document.querySelectorAll("form[data-keep] [data-keep-note]")) {
      note.closest("form").addEventListener("input", () => { note.textContent = FULL; note.hidden = false; }, { once: true });
    }
    return;
  }

  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const flat = (text) => String(text).normalize("NFC").replace(/\s+/g, " ").trim();

  const fields = (form) => [...form.elements].filter((field) =>
    field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
  const values = (form) => fields(form).map((field) => [
    field.name, field.value, "checked" in field && ["checkbox", "radio"].includes(field.type) ? field.checked : null,
  ]);
  // What the server wrote into the form; the browser's own memory of the fields does not count.
  const blank = (field) => {
    if (field.options) return ([...field.options].find((option) => option.defaultSelected) || field.options[0] || { value: "" }).value;
    return field.defaultValue === undefined || ["checkbox", "radio"].includes(field.type) ? field.value : field.defaultValue;
  };
  const given = (form) => fields(form).map((field) => [
    field.name, blank(field), "checked" in field && ["checkbox", "radio"].includes(field.type) ? field.defaultChecked : null,
  ]);
  // A refused form shows what was typed, yet the server does not have it.
  const told = document.querySelector('meta[name="so-vang"]');
  const refused = told ? told.content === "failed" : Boolean(document.querySelector('#loi, [data-said="error"]'));
  const word = (list) => JSON.stringify(list.map(([name, value, on]) => [name, flat(value), on]));

  // The fields of the form that the list has, each with what is in the list.
  const matched = (form, list) => {
    const left = fields(form);
    const found = [];
    for (const [name, value, on] of list) {
      const at = left.findIndex((field) => field.name === name && (on === null || field.value === value));
      if (at >= 0) found.push([left.splice(at, 1)[0], value, on]);
    }
    return found;
  };
  // Another page of the same form has other fields: there is nothing to put back into them.
  const changes = (form, list) => matched(form, list).some(([field, value, on]) =>
    on === null ? flat(field.value) !== flat(value) : field.checked !== on);

  const put = (form, list) => {
    for (const [field, value, on] of matched(form, list)) {
      if (on === null) field.value = value; else field.checked = on;
      const folded = field.closest("details.voted");
      if (folded) folded.open = true;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const watch = (form) => {
    const key = prefix + form.dataset.keep;
    const note = form.querySelector("[data-keep-note]");
    const say = (text) => { if (note) { note.textContent = text; note.hidden = !text; } };
    const kept = read(key);
    const first = word(given(form));
    let offered = null;
    // The page answers this form: it shows what was sent, as the server read it.
    const justFailed = kept && Date.now() - kept.failedAt < 60000; // base.js has taken the mark "sent" of a refused form away
    const answered = Boolean(kept && (kept.sent || justFailed) && document.body.hasAttribute("data-answer"));
    const along = kept && kept.along && Date.now() - kept.at < ALONG_MS;
    if (kept && word(kept.values) === first && !refused) store.removeItem(key);
    else if (along && word(kept.values) !== word(values(form))) {
      put(form, kept.values);
      setTimeout(() => { save(); say("Phần đã nhập ở mục này còn nguyên, chưa lưu."); });
    }
    else if (kept && !answered && changes(form, kept.values)) {
      const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "btn btn-small";
        made.textContent = label;
        made.addEventListener("click", () => { offered.remove(); offered = null; act(); });
        return made;
      };
      const at = new Date(kept.at);
      offered = document.createElement("div");
      offered.className = "note note-news";
      offered.setAttribute("role", "status");
      const line = document.createElement("div");
      const text = document.createElement("p");
      const buttons = document.createElement("div");
      buttons.className = "actions mt-2";
      const time = at.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
      const day = at.toLocaleDateString("vi", { day: "2-digit", month: "2-digit", year: "numeric" });
      text.textContent = `Trên máy này còn phần đã nhập chưa gửi (${time}, ${day}).`;
      buttons.append(
        button("Lấy lại", () => { put(form, kept.values); save(); say("Đã lấy lại phần đã nhập. Hãy xem lại rồi gửi."); }),
        button("Bỏ đi", () => { store.removeItem(key); say(""); }));
      line.append(text, buttons);
      offered.append(line);
      form.prepend(offered);
    }

    let timer = 0;
    const save = () => {
      const now = values(form);
      if (word(now) === first && !refused) {
        if (!offered) store.removeItem(key);
        return;
      }
      try {
        store.setItem(key, JSON.stringify({ at: Date.now(), values: now }));
        say("Đã giữ tạm trên máy này; chưa gửi đi.");
      } catch { // the device is full: the form still sends
        say(FULL);
      }
    };
    watched.push({ form, saveAlong: () => {
      clearTimeout(timer);
      if (word(values(form)) === first) return;
      try { store.setItem(key, JSON.stringify({ at: Date.now(), values: values(form), along: true })); } catch { /* full */ }
    } });
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 600); });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      save();
      const last = read(key);
      if (!last) return;
      const sent = { at: Date.now(), from: location.href.split("#")[0] };
      try { store.setItem(key, JSON.stringify({ ...last, sent })); } catch { /* full: offered again later, never lost */ }
    });
    // Back on the form by whatever way: the sending did not arrive, or the server has not said so.
    addEventListener("pageshow", () => {
      const { sent, ...last } = read(key) || {};
      if (sent) store.setItem(key, JSON.stringify(last));
    });
  };

  document.querySelectorAll("form[data-keep]").forEach(watch);
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-signout")) return; // base.js deletes what this user typed
    for (const { form, saveAlong } of watched) if (form !== event.target) saveAlong();
  });
})();

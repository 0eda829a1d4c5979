// <form data-keep="a name of its own">: what is typed stays on this device until the server has it
// (face.js clears what was sent, on the page that follows, and everything at sign-out). Nothing is put back behind the person's back: a line under the form offers it.
(() => {
  "use strict";

  const user = document.body.dataset.user || "";
  const prefix = `so-vang:${user}:`;
  const store = (() => {
    try { localStorage.setItem("so-vang:?", "1"); localStorage.removeItem("so-vang:?"); return localStorage; }
    catch { return null; }
  })();
  if (!store) return;

  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const flat = (text) => String(text).normalize("NFC").replace(/\s+/g, " ").trim();

  const fields = (form) => [...form.elements].filter((field) =>
    field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
  const values = (form) => fields(form).map((field) => [
    field.name, field.value, "checked" in field && ["checkbox", "radio"].includes(field.type) ? field.checked : null,
  ]);
  const word = (list) => JSON.stringify(list.map(([name, value, on]) => [name, flat(value), on]));

  const put = (form, list) => {
    const left = fields(form);
    for (const [name, value, on] of list) {
      const at = left.findIndex((field) => field.name === name && (on === null || field.value === value));
      if (at < 0) continue;
      const [field] = left.splice(at, 1);
      if (on === null) field.value = value; else field.checked = on;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const watch = (form) => {
    const key = prefix + form.dataset.keep;
    const note = form.querySelector("[data-keep-note]");
    const say = (text) => { if (note) { note.textContent = text; note.hidden = !text; } };
    const kept = read(key);
    const first = word(values(form));
    if (kept && word(kept.values) === first) store.removeItem(key);
    else if (kept && note) {
      const offer = (label, act) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-small";
        button.textContent = label;
        button.addEventListener("click", () => { act(); });
        return button;
      };
      const at = new Date(kept.at);
      say(`Trên máy này còn phần đã nhập chưa gửi (${at.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" })}, ${at.toLocaleDateString("vi")}). `);
      note.append(
        offer("Lấy lại", () => { put(form, kept.values); say("Đã lấy lại phần đã nhập. Hãy xem lại rồi gửi."); }), " ",
        offer("Bỏ đi", () => { store.removeItem(key); say(""); }));
    }

    let timer = 0;
    const save = () => {
      const now = values(form);
      if (word(now) === first) return store.removeItem(key);
      try {
        store.setItem(key, JSON.stringify({ at: Date.now(), values: now }));
        say("Đã giữ tạm trên máy này; chưa gửi đi.");
      } catch { /* the device is full: the form still sends */ }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 600); });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      save();
      const last = read(key);
      if (last) store.setItem(key, JSON.stringify({ ...last, sent: true }));
    });
  };

  document.querySelectorAll("form[data-keep]").forEach(watch);
})();

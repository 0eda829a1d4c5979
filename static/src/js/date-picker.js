// A button at each date field opens the calendar of the device; what is typed stays as it is until a day is chosen.
(() => {
  "use strict";
  if (!("showPicker" in HTMLInputElement.prototype)) return;

  const typed = (text) => {
    const parts = text.trim().match(/^(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4})$/) || text.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
    return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : "";
  };

  for (const field of document.querySelectorAll("input[data-date]")) {
    if (field.readOnly || field.disabled) continue;
    const box = document.createElement("span");
    box.className = "date-box";
    field.replaceWith(box);
    const days = document.createElement("input");
    days.type = "date";
    days.tabIndex = -1;
    days.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    button.setAttribute("aria-label", `Chọn ngày trên lịch${label ? `: ${label.textContent.replace("*", "").trim()}` : ""}`);
    button.innerHTML = '<span aria-hidden="true">▾</span>';
    button.addEventListener("click", () => {
      days.value = typed(field.value);
      days.showPicker();
    });
    days.addEventListener("change", () => {
      if (!days.value) return;
      field.value = days.value.split("-").reverse().join("/");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    box.append(field, days, button);
  }
})();

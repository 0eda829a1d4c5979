// A button that copies what stands in a field; without scripts the field is there to be copied by hand.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const said = document.querySelector("[data-copy-said]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = "Đã chép.";
      } catch {
        said.textContent = document.execCommand("copy") ? "Đã chép." : "Chưa chép được: hãy giữ vào ô rồi chọn Sao chép.";
      }
    });
  }
})();

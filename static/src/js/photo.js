// <input type="file" accept="image/*">: shows the photo and makes it smaller before it travels over 3G.
// Without this file the photo goes up as it is and the server makes it smaller.
(() => {
  "use strict";

  const LONGEST = 1600;
  const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : `${Math.ceil(bytes / 1e3)} KB`);

  const smaller = async (file) => {
    if (!window.createImageBitmap || file.size < 400_000) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  };

  const change = async (input) => {
    const box = input.closest(".photo-drop") || input.parentElement;
    const note = box.querySelector("[data-photo-note]");
    const preview = box.querySelector("[data-photo-preview]");
    const say = (text) => { if (note) { note.textContent = text; note.hidden = !text; } };
    if (preview) preview.hidden = true;
    const files = [...input.files];
    if (!files.length) return say("");
    say("Đang chuẩn bị ảnh…");
    try {
      const before = files.reduce((sum, file) => sum + file.size, 0);
      const done = await Promise.all(files.map(smaller));
      const after = done.reduce((sum, file) => sum + file.size, 0);
      if (after < before) {
        const bag = new DataTransfer();
        done.forEach((file) => bag.items.add(file));
        input.files = bag.files;
      }
      const count = files.length > 1 ? `${files.length} ảnh, ` : "";
      say(after < before ? `${count}${size(after)} (đã thu nhỏ từ ${size(before)} để gửi nhanh hơn).` : `${count}${size(after)}.`);
      if (preview) {
        if (preview.src) URL.revokeObjectURL(preview.src);
        preview.src = URL.createObjectURL(done[0]);
        preview.alt = "Ảnh vừa chọn";
        preview.hidden = false;
      }
    } catch {
      say("Không xem trước được tệp này. Hãy chọn ảnh chụp (JPG, PNG, WEBP).");
    }
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches && input.matches('input[type="file"][accept*="image"]')) change(input);
  });
})();

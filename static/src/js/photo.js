// <input type="file">: names the chosen files; shows photos, each with a button that takes it out again, and makes them smaller
// before they travel over 3G. Several inputs in one .photo-drop (camera, album) share its note and its previews.
// Without this file the photos go up as they are and the server makes them smaller.
(() => {
  "use strict";

  const LONGEST = 1600;
  const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : `${Math.ceil(bytes / 1e3)} KB`);

  const isPhoto = (file) => file.type.startsWith("image/");

  const smaller = async (file) => {
    if (!window.createImageBitmap || file.size < 400_000 || !isPhoto(file)) return file;
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

  const put = (input, files) => {
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    input.files = bag.files;
  };

  const show = (box) => {
    const list = box.querySelector("[data-photo-previews]");
    if (!list) return;
    list.querySelectorAll("img").forEach((picture) => URL.revokeObjectURL(picture.src));
    list.replaceChildren();
    for (const input of box.querySelectorAll('input[type="file"]')) {
      [...input.files].forEach((file, at) => {
        if (!isPhoto(file)) return;
        const item = document.createElement("li");
        const picture = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: `Ảnh vừa chọn: ${file.name}` });
        picture.dataset.photoPreview = "";
        const remove = Object.assign(document.createElement("button"), { type: "button", className: "photo-remove", textContent: "×" });
        remove.setAttribute("aria-label", `Bỏ ảnh ${file.name}`);
        remove.addEventListener("click", () => {
          put(input, [...input.files].filter((_, place) => place !== at));
          show(box);
        });
        item.append(picture, remove);
        list.append(item);
      });
    }
  };

  const change = async (input) => {
    const box = input.closest(".photo-drop") || input.parentElement;
    const note = box.querySelector("[data-photo-note]");
    const say = (text) => { if (note) { note.textContent = text; note.hidden = !text; } };
    const files = [...input.files];
    if (!files.length) { say(""); return show(box); }
    say("Đang chuẩn bị ảnh…");
    try {
      const before = files.reduce((sum, file) => sum + file.size, 0);
      const done = await Promise.all(files.map(smaller));
      const after = done.reduce((sum, file) => sum + file.size, 0);
      if (after < before) put(input, done);
      const others = done.filter((file) => !isPhoto(file)).map((file) => `${file.name}, `).join("");
      const count = others || (files.length > 1 ? `${files.length} ảnh, ` : "");
      say(after < before ? `${count}${size(after)} (đã thu nhỏ từ ${size(before)} để gửi nhanh hơn).` : `${count}${size(after)}.`);
      show(box);
    } catch {
      say("Không xem trước được tệp này. Hãy chọn ảnh chụp (JPG, PNG, WEBP).");
    }
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches && input.matches('input[type="file"]')) change(input);
  });
})();

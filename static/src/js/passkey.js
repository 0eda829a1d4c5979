// <form data-passkey="create|get" data-options="JSON">: sending asks the browser for a new passkey, or to sign with one; the
// answer goes along in the field `credential`. What went wrong is written into [data-passkey-fault]. Without data-options
// they are the answer of the form's address to the form itself; a hidden form shows where the browser has passkeys.
// <input type="password" data-passkey-again="address">: gets a button that signs at that address instead; then the form is sent.
(() => {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const options = (json) => {
    const { publicKey } = JSON.parse(json);
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    if (publicKey.excludeCredentials) publicKey.excludeCredentials = keys(publicKey.excludeCredentials);
    if (publicKey.allowCredentials) publicKey.allowCredentials = keys(publicKey.allowCredentials);
    return { publicKey };
  };

  const answer = (credential) => {
    const { id, rawId, type, response } = credential;
    const parts = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) parts[name] = text(response[name]);
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: parts, clientExtensionResults: credential.getClientExtensionResults() });
  };

  const NONE = "Chưa nhận được khóa: bạn đã hủy, để quá lâu, mất mạng, hoặc máy này không có khóa. Hãy thử lại.";

  const again = document.querySelector("input[data-passkey-again]");
  if (again && window.PublicKeyCredential) {
    again.insertAdjacentHTML("afterend", `<p class="mt-2 mb-0"><button class="btn" type="button">Dùng khóa trên máy này</button></p>
      <p class="note note-bad mt-2" role="alert" hidden></p>`);
    const place = again.nextElementSibling;
    const note = place.nextElementSibling;
    const ask = async (credential) => {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", again.form.elements.csrfmiddlewaretoken.value);
      if (credential) body.set("credential", credential);
      const response = await fetch(again.dataset.passkeyAgain, { method: "POST", body });
      if (!response.ok && response.status !== 422) throw new Error(response.status);
      return { refused: !response.ok, words: await response.text() };
    };
    place.firstChild.addEventListener("click", async () => {
      note.hidden = true;
      let reply;
      try {
        reply = await ask();
        if (!reply.refused) reply = await ask(answer(await navigator.credentials.get(options(reply.words))));
      } catch { reply = { refused: true, words: NONE }; }
      if (reply.refused) {
        note.textContent = reply.words;
        note.hidden = false;
        return;
      }
      again.required = false;
      again.value = "";
      again.form.requestSubmit(again.form.querySelector(".form-foot .btn-primary, .form-foot .btn-danger"));
    });
  }

  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const fault = form.querySelector("[data-passkey-fault]");
  if (window.PublicKeyCredential) form.hidden = false;

  const question = async () => {
    if (form.dataset.options) return form.dataset.options;
    form.elements.credential.value = "";
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!response.ok) throw new Error(response.status);
    return response.text();
  };

  form.addEventListener("submit", async (event) => {
    if (!form.checkValidity()) return; // the form is sent as it is, and comes back with the errors in Vietnamese
    event.preventDefault();
    fault.hidden = true;
    try {
      const ask = form.dataset.passkey === "create" ? "create" : "get";
      form.elements.credential.value = answer(await navigator.credentials[ask](options(await question())));
    } catch (error) {
      fault.textContent = error.name === "InvalidStateError"
        ? "Máy này đã có khóa của bạn rồi."
        : NONE;
      fault.hidden = false;
      return;
    }
    form.submit();
  });
})();

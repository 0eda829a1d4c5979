// <form data-passkey="create|get" data-options="JSON">: sending asks the browser for a new passkey, or to sign with one; the
// answer goes along in the field `credential`. What went wrong is written into [data-passkey-fault]. Without data-options
// they are the answer of the form's address to the form itself; a hidden form shows where the browser has passkeys.
(() => {
  "use strict";

  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const fault = form.querySelector("[data-passkey-fault]");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  if (window.PublicKeyCredential) form.hidden = false;

  const question = async () => {
    if (form.dataset.options) return form.dataset.options;
    form.elements.credential.value = "";
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!response.ok) throw new Error(response.status);
    return response.text();
  };

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

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    fault.hidden = true;
    try {
      const ask = form.dataset.passkey === "create" ? "create" : "get";
      form.elements.credential.value = answer(await navigator.credentials[ask](options(await question())));
    } catch (error) {
      fault.textContent = error.name === "InvalidStateError"
        ? "Máy này đã có khóa của bạn rồi."
        : "Chưa nhận được khóa: bạn đã hủy, để quá lâu, mất mạng, hoặc máy này không có khóa. Hãy thử lại.";
      fault.hidden = false;
      return;
    }
    form.submit();
  });
})();

// The QR code of a slip opens this page with login name and code after the "#", which is sent to no server: they are put
// into the form and taken out of the address, so that they stay neither in the history nor in a shared link.
(() => {
  "use strict";

  const form = document.querySelector("[data-slip]");
  const [name, code] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (!form || !name || !code) return;
  history.replaceState(null, "", location.pathname);
  form.elements.username.value = name;
  form.elements.password.value = code;
  form.querySelector("button").focus();
})();

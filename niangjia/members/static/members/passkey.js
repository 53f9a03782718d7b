// Shows the passkey button where the browser knows passkeys, and says when one was not used.
for (const form of document.querySelectorAll("[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
}
document.addEventListener("allauth.error", () => {
  for (const message of document.querySelectorAll("[data-passkey-failed]")) message.hidden = false;
});

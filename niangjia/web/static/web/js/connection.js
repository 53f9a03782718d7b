// A bad network costs nobody what they typed. Pages work without this file; with it they say when
// the network is gone, and a form that got no answer stays as it was.

const bar = document.querySelector("[data-connection]");
const say = (name) => {
  if (bar) bar.textContent = name ? bar.dataset[name] : "";
};

/** Forms that save themselves as one types, and could not: they try again when the network is back. */
const unsaved = new Set();

/** The forms that wait for an answer may be sent again. */
function notSent() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  say("notSent");
}

if ("serviceWorker" in navigator) {
  const options = { updateViaCache: "none" };
  // Refused in some private windows: then there is no offline page, and all else is the same.
  navigator.serviceWorker.register("/service-worker.js", options).catch(() => {});
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.notSent && document.querySelector("form[data-sent]")) notSent();
  });
}

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.elt.dataset.autosave !== undefined) {
    unsaved.add(detail.elt.closest("form"));
    say("unsaved");
  } else if (detail.requestConfig.verb === "get") say("offline");
  else notSent();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  unsaved.delete(detail.elt.closest("form"));
  if (navigator.onLine && !unsaved.size) say("");
});

window.addEventListener("offline", () => say("offline"));
window.addEventListener("online", () => {
  say("");
  for (const form of unsaved) form.dispatchEvent(new Event("change"));
});
if (!navigator.onLine) say("offline");

// The offline page: back to the page one wanted as soon as there is a network.
window.addEventListener("online", () => location.reload());

// The stations seen last open without one, where there are any (ADR 170).
if (await caches.has("places"))
  for (const each of document.querySelectorAll("[data-stations]")) each.hidden = false;

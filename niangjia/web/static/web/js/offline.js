// A page for no network: back to the one wanted as soon as it can be had. A phone says that it is
// connected before anything answers, and where nothing does.

const AGAIN = 10_000;

async function tryAgain() {
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store" });
    location.reload();
  } catch {
    setTimeout(tryAgain, AGAIN);
  }
}

window.addEventListener("online", tryAgain);
if (navigator.onLine) setTimeout(tryAgain, AGAIN);

// The stations seen last open without one, where there are any (ADR 170).
if (await caches.has("places"))
  for (const each of document.querySelectorAll("[data-stations]")) each.hidden = false;

// The stations somebody saw last stay on their phone, to be read without a network (ADR 170). Kept
// are the list as it was shown and when, and the page for it as drawn for nobody: nothing else.

const hint = document.querySelector("[data-kept-page]");
const root = document.documentElement;
const address = hint?.dataset.keptPage;

/** The page that will show the list, and its files; those of an older one go. */
async function keepPage(cache) {
  const headers = { "Accept-Language": root.lang };
  const answer = await fetch(address, { credentials: "omit", cache: "reload", headers });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  const named = [...page.querySelectorAll("link[rel=stylesheet], script[src]")];
  const files = named.map((each) => each.href ?? each.src);
  await cache.addAll(files);
  for (const old of await cache.keys()) if (!files.includes(old.url)) await cache.delete(old);
  await cache.put(address, answer);
}

/** The rows without their photos, which are not kept. */
function rowsOf(list) {
  const copy = list.cloneNode(true);
  for (const image of copy.querySelectorAll("img")) image.remove();
  return copy.innerHTML;
}

async function keep() {
  const list = document.querySelector("#results .place-list");
  if (!list) return;
  const shelf = `${address}list`;
  const cache = await caches.open("places");
  const before = await cache.match(shelf).then((answer) => answer?.json());
  const at = new Date().toISOString();
  // The page is fetched again in another language, and once a day.
  const page = `${root.lang} ${at.slice(0, 10)}`;
  if (before?.page !== page) await keepPage(cache);
  const kept = {
    page,
    at,
    isElder: root.classList.contains("elder"),
    asked: list.dataset.asked,
    rows: rowsOf(list),
  };
  await cache.put(shelf, new Response(JSON.stringify(kept)));
  hint.hidden = false;
}

// Where a browser keeps nothing, in a private window, the page is the same without the word of it.
const tried = () => keep().catch(() => {});
if (hint && "caches" in window && "serviceWorker" in navigator) {
  tried();
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "results") tried();
  });
}

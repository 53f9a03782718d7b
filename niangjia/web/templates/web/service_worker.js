// What stands between this site's pages and a bad network. The server puts `SHELL` before this text:
// {version, offline, signOut, assets}. Kept are only files named by their content, and the offline page as
// drawn for nobody. No page of a person and no answer of the API ever enters a cache. A steward's
// page (ADR 96) and the list of stations (ADR 170) put an empty page of their own and its files on a
// shelf beside; here they are only found again.

const PREFIX = "shell-";
const CACHE = PREFIX + SHELL.version;
const KEPT = new Set([SHELL.offline, ...SHELL.assets].map((path) => new URL(path, location).href));

/** Where pages begin that have one of their own without a network. */
const OWN = ["/gates/", "/places/"];
const STATIONS = "places";
const OWN_FILES = [
  "/static/allocation/",
  "/static/web/js/scan.",
  "/static/vendor/qr/",
  "/static/places/",
  "/static/organisations/find.",
];

const NAMED = /\.[0-9a-f]{12}\.[a-z]+$/;

/** Without cookies, so that the page is nobody's; past the browser's own cache only what may change. */
async function fill() {
  const cache = await caches.open(CACHE);
  const fetched = [...KEPT].map(async (href) => {
    const named = new URL(href).pathname !== SHELL.offline;
    const request = new Request(href, { credentials: "omit", cache: named ? "default" : "reload" });
    await cache.add(request);
  });
  await Promise.all(fetched);
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

/** A page opened before the update may still ask for a file of its own time: the shelf before this
 * one stays until the next update. */
async function tidy() {
  const shelves = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(shelves.slice(0, -1).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

/** A page: always the server's. Without a network the offline page, under the address asked for, so
 * that trying again means loading it again. */
async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const path = new URL(event.request.url).pathname;
    const start = OWN.find((each) => path.startsWith(each));
    const own = start && (await caches.match(`${start}offline/`, { ignoreVary: true }));
    return own || ((await caches.match(SHELL.offline)) ?? Response.error());
  }
}

/** A form: when no answer comes, "nothing to show" (204) leaves the page with all that was typed
 * where it is, and the page says so. Whoever signs out leaves no list of stations behind. */
async function form(request) {
  try {
    const answer = await fetch(request);
    if (new URL(request.url).pathname === SHELL.signOut) await caches.delete(STATIONS);
    return answer;
  } catch {
    const windows = await self.clients.matchAll({ type: "window" });
    for (const client of windows) client.postMessage({ notSent: true });
    return new Response(null, { status: 204 });
  }
}

/** A file named by its content never changes: the first copy is as good as any. While one writes
 * them, files are not named so, and the server's comes first. */
async function file(request) {
  const kept = await caches.match(request);
  if (!kept || NAMED.test(request.url)) return kept ?? fetch(request);
  return fetch(request).catch(() => kept);
}

/** Whether a file may lie on one of the shelves. */
function isKept(url) {
  const { pathname } = new URL(url);
  return KEPT.has(url) || OWN_FILES.some((folder) => pathname.startsWith(folder));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(request.method === "GET" ? page(event) : form(request));
  } else if (request.method === "GET" && isKept(request.url)) {
    event.respondWith(file(request));
  }
});

// A steward lets people in, with a network or without. Every code is read on the device; what was
// noted is kept there until the server has it. Without this file the page reads code by code.

const box = document.getElementById("gate");
const find = (name) => box.querySelector(`[data-${name}]`);
const say = (word) => find("words").querySelector(`[data-word="${word}"]`).textContent;
const gate = location.pathname.split("/")[2];
const TOLERATED = 3;

const [codes, { open }] = await Promise.all([import(box.dataset.codes), import(box.dataset.shelf)]);
const shelf = await open();
const door = document.getElementById("gate-door");
let list, scans, sending = false, pending;

/** The server's time, as far as it was known when the list was fetched. */
const now = () => Date.now() + (list?.offset ?? 0);
const unsent = () => scans.filter((scan) => !scan.sent);
/** Whether a claim, or somebody of its party, has come in. */
const isIn = (id) => list.came.includes(id) || scans.some((scan) => scan.claim_id === id || scan.members?.includes(id));
const missing = (one) => (one.party ?? []).filter((each) => !isIn(each.id));

/** The token of the page comes first: signing in again has made the one that is kept useless. The page
 * as it is kept on the device has none. */
async function send(path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": box.dataset.csrf || list?.csrf };
  return fetch(`/api/v1/gates/${gate}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Fetch the list anew. Whoever does not keep this gate any more keeps nothing of it either. */
async function fetchList() {
  const answer = await send("pack", {});
  if (answer.status === 404) await shelf.dropList(gate);
  if (!answer.ok) throw new Error("refused");
  const pack = await answer.json();
  const people = pack.people.map(async ({ key, ...one }) => ({ ...one, key: await codes.keptKey(key) }));
  list = {
    id: gate, title: pack.gate.title, until: Date.parse(pack.valid_until), csrf: pack.csrf,
    offset: Date.parse(pack.now) - Date.now(), came: pack.came, people: await Promise.all(people),
  };
  await shelf.keepList(list);
}

/** Send what was noted, some at a time; what the server has stays noted, so that nobody comes twice. */
async function sendNoted() {
  while (unsent().length) {
    const some = unsent().slice(0, 200);
    const body = some.map(({ id, claim_id, code, door, at, members }) => ({ id, claim_id, code, door, at, members: members ?? [] }));
    const answer = await send("entries", { now: new Date().toISOString(), scans: body });
    if (!answer.ok) throw new Error("refused");
    list.came = (await answer.json()).came;
    await shelf.keepList(list);
    for (const scan of some) await shelf.keepScan(Object.assign(scan, { sent: true }));
  }
}

/** Send and fetch, one at a time; without a network both wait. */
async function exchange(anew) {
  if (sending) return;
  sending = true;
  let word = "online";
  try {
    if (list) await sendNoted();
    if (anew || !list) await fetchList();
  } catch (problem) {
    word = problem.message === "refused" ? "refused" : "away";
  }
  sending = false;
  show(list || word === "refused" ? word : "none");
}

/** When a gate is over its list goes, and what was sent of it. */
async function tidy() {
  for (const old of await shelf.lists()) {
    const noted = await shelf.scans(old.id);
    if (old.until > Date.now() + old.offset || noted.some((scan) => !scan.sent)) continue;
    await shelf.dropList(old.id);
    for (const scan of noted) await shelf.dropScan(scan.id);
    if (old.id === gate) return true;
  }
  return false;
}

function show(word) {
  find("state").textContent = say(word);
  find("state").className = `status status-${word === "online" ? "ok" : "wait"}`;
  find("unsent").textContent = unsent().length;
  if (!list) return;
  const all = list.people.flatMap((one) => [one.claim_id, ...(one.party ?? []).map((each) => each.id)]);
  find("came").textContent = `${all.filter(isIn).length} / ${all.length}`;
  showPeople();
}

function showPeople() {
  const wanted = document.getElementById("gate-search").value.trim();
  const rows = list.people.filter((one) => one.shown.includes(wanted)).slice(0, 50).map((one) => {
    const row = find("person").content.cloneNode(true);
    const button = row.querySelector("button");
    row.querySelector("strong").textContent = one.shown;
    row.querySelector(".hint").textContent = `${one.place}${isIn(one.claim_id) ? ` · ${say("is-in")}` : ""}`;
    button.hidden = isIn(one.claim_id) && !missing(one).length;
    button.addEventListener("click", () => letIn(one, ""));
    return row;
  });
  find("people").replaceChildren(...rows);
}

function answer(tone, word, one) {
  find("result").hidden = false;
  find("result").dataset.tone = tone;
  find("who").textContent = one?.shown ?? "";
  find("what").textContent = say(word);
  find("anyway").hidden = word !== "again";
}

/** Those of a team who are not in yet, all ticked: its code is its captain's and speaks for them. */
function askForParty(one) {
  const rest = missing(one);
  pending = { one, code: "" };
  find("party").hidden = !rest.length;
  find("members").replaceChildren(...rest.map((each) => {
    const row = find("member").content.cloneNode(true);
    row.querySelector("input").value = each.id;
    row.querySelector("span").textContent = each.shown;
    return row;
  }));
}

async function note(one, code, members = []) {
  const scan = { id: crypto.randomUUID(), gate, claim_id: one.claim_id, code, members, door: door.value.trim(), at: new Date().toISOString(), sent: false };
  await shelf.keepScan(scan);
  scans.push(scan);
  show(navigator.onLine ? "online" : "away");
  exchange(false);
}

async function letIn(one, code) {
  const again = isIn(one.claim_id);
  askForParty(one);
  if (again && !missing(one).length) {
    pending = { one, code };
    return answer("bad", "again", one);
  }
  if (again) return answer("good", "is-in", one);
  answer("good", "in", one);
  await note(one, code);
}

async function read(text) {
  if (!list || list.until < now()) return answer("bad", list ? "over" : "none");
  const shown = codes.parse(text);
  if (!shown) return answer("bad", "unreadable");
  const one = list.people.find((each) => (shown.id ? each.claim_id === shown.id : each.place === shown.place));
  if (!one) return answer("bad", "unknown");
  const step = await codes.stepOf(shown, one.key, codes.stepAt(now()), TOLERATED);
  return step === null ? answer("bad", "old", one) : letIn(one, text.trim());
}

/** The page itself, as drawn for nobody, and its files: it opens without a network from now on. */
async function keepPage() {
  const cache = await caches.open("gates");
  const headers = { "Accept-Language": document.documentElement.lang };
  const page = new Request(box.dataset.offline, { credentials: "omit", cache: "reload", headers });
  await Promise.all([cache.add(page), cache.addAll(box.dataset.assets.trim().split(/\s+/))]);
}

find("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = document.getElementById("gate-code");
  await read(field.value);
  field.value = "";
  field.focus();
});
box.addEventListener("scanned", (event) => {
  event.preventDefault();
  read(event.detail);
});
find("anyway").addEventListener("click", async () => {
  await note(pending.one, pending.code);
  answer("bad", "noted", pending.one);
});
find("party").addEventListener("submit", async (event) => {
  event.preventDefault();
  const ticked = [...find("members").querySelectorAll("input:checked")].map((input) => input.value);
  if (!ticked.length) return;
  await note(pending.one, "", ticked);
  answer("good", "team", pending.one);
  askForParty(pending.one);
});
find("refresh").addEventListener("click", () => exchange(true));
document.getElementById("gate-search").addEventListener("input", () => list && showPeople());
window.addEventListener("online", () => exchange(true));
window.addEventListener("offline", () => show("away"));

const isOver = await tidy();
[list, scans] = [await shelf.list(gate), await shelf.scans(gate)];
const plain = document.getElementById("gate-form");
if (plain) plain.hidden = true;
else if (list) Object.assign(find("title"), { hidden: false, textContent: list.title });
box.hidden = false;
show(isOver ? "over" : list ? "online" : "none");
await exchange(true);
if (box.dataset.csrf && "caches" in window) await keepPage().catch(() => {});
box.dataset.ready = "";
setInterval(() => unsent().length && exchange(false), 15_000);

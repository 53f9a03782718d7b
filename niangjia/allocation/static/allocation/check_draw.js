// The draw calculated again on whoever's phone this is: the rule of check_draw.py, from the files
// as published. Without this file the page offers the files and the program.

const FORMAT = "niangjia-draw-1";
const encoder = new TextEncoder();
const hex = (data) =>
  [...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (data) => hex(await crypto.subtle.digest("SHA-256", data));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** {list, seal, secret, seed, lists}: what of a draw holds. The files are given as bytes. */
export async function check(sealedFile, entrantsFile, drawnFile) {
  const read = (file) => JSON.parse(new TextDecoder().decode(file));
  const sealed = read(sealedFile), drawn = read(drawnFile);
  const seal = await sha256(sealedFile);
  const text = [FORMAT, seal, drawn.secret, drawn.value, ""].join("\n");
  const lines = new TextDecoder().decode(entrantsFile).split("\n").slice(0, -1);
  return {
    list: (await sha256(entrantsFile)) === sealed.entrants_sha256 && lines.length === sealed.entrants,
    seal: seal === drawn.seal,
    secret: (await sha256(encoder.encode(drawn.secret))) === sealed.commitment,
    seed: (await sha256(encoder.encode(text))) === drawn.seed,
    lists: same(await shareOut(lines, drawn.seed, sealed.parts), [drawn.winners, drawn.waiting]),
  };
}

/** Lowest HMAC first; each gets all the parts wanted if so many are left, or else waits. */
async function shareOut(lines, seed, parts) {
  const raw = Uint8Array.from(seed.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const rank = async (line) => {
    const [name, wanted] = line.split(" ");
    return [hex(await crypto.subtle.sign("HMAC", key, encoder.encode(name))), name, Number(wanted)];
  };
  const ranked = (await Promise.all(lines.map(rank))).sort(([one], [other]) => (one < other ? -1 : 1));
  const winners = [], waiting = [];
  for (const [, name, wanted] of ranked) {
    (wanted <= parts ? winners : waiting).push(name);
    if (wanted <= parts) parts -= wanted;
  }
  return [winners, waiting];
}

const box = document.getElementById("draw-check");
if (box && crypto.subtle) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async ({ target }) => {
    target.disabled = true;
    const { sealed, entrants, drawn, holds, fails } = box.dataset;
    const fetched = [sealed, entrants, drawn].map(async (url) => (await fetch(url)).arrayBuffer());
    const found = await Promise.all(fetched)
      .then((files) => check(...files))
      .catch(() => ({}));
    for (const item of box.querySelectorAll("[data-check]")) {
      const good = found[item.dataset.check] === true;
      item.className = `status status-${good ? "ok" : "bad"}`;
      item.dataset.words ??= item.textContent;
      item.textContent = `${item.dataset.words} · ${good ? holds : fails}`;
    }
    target.disabled = false;
  });
}

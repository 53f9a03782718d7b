// Reading a rotating code on a steward's device, without a network: the same rule as
// `rules/codes.py`, whose known answers both are tested against.

export const STEP_SECONDS = 30;
const ID_BYTES = 16, MAC_BYTES = 12, DIGITS = 6;

export const stepAt = (milliseconds) => Math.floor(milliseconds / 1000 / STEP_SECONDS);

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** A key that can be used and never read again, not even by this page. */
export const keptKey = (base64) =>
  crypto.subtle.importKey("raw", bytes(base64), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

async function proof(key, step) {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(step));
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

const hex = (part) => [...part].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const uuid = (part) => hex(part).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** {id, mac} of a scanned code or of the address in a QR; {place, digits} of what was typed;
 * null when it is neither. */
export function parse(text) {
  const typed = text.replace(/[\s-]/g, "");
  if (/^\d{7,15}$/.test(typed))
    return { place: Number(typed.slice(0, -DIGITS)), digits: typed.slice(-DIGITS) };
  const code = text.trim().replace(/\/$/, "").split("/").pop();
  if (!/^[\w-]{38}$/.test(code)) return null;
  const raw = bytes(code.replace(/-/g, "+").replace(/_/g, "/") + "==");
  return { id: uuid(raw.slice(0, ID_BYTES)), mac: hex(raw.slice(ID_BYTES)) };
}

/** The step that a code was shown in, nearest to `now` first, or null. A typed code is never older
 * than one step: six digits are too few to try against many. */
export async function stepOf(shown, key, now, tolerated) {
  const reach = shown.digits ? 1 : tolerated;
  for (let far = 0; far <= reach; far += 1)
    for (const step of far ? [now - far, now + far] : [now]) {
      const made = await proof(key, step);
      const tail = new DataView(made.buffer).getBigUint64(MAC_BYTES) % 10n ** BigInt(DIGITS);
      const same = shown.digits
        ? shown.digits === String(tail).padStart(DIGITS, "0")
        : shown.mac === hex(made.slice(0, MAC_BYTES));
      if (same) return step;
    }
  return null;
}

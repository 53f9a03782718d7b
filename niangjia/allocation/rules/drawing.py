"""Drawing lots so that a stranger can check it (promise 37); `docs/draws.md` explains it.

Before a named public value can be known, the union publishes who takes part, under pseudonyms, and
the hash of a secret. When the value is known, the seed follows from all of that, the order from the
seed, the winners from the order: nobody can choose any of it, and everybody can compute it again.

Everything is text in UTF-8 and SHA-256, so that it can be computed with the tools of any machine;
the node's own cipher suite plays no part in it.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FORMAT = "niangjia-draw-1"
#: Crockford's base 32: nothing that is misread on a phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 4
LINE = re.compile(rf"(?:[{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}} [1-9][0-9]{{0,2}}")
NONCE_BYTES, SECRET_BYTES = 16, 32


@dataclass(frozen=True, slots=True, order=True)
class Entrant:
    """One line of the list: a pseudonym, and how many parts it stands for (a family of three that
    goes together or not at all has one line and three parts)."""

    pseudonym: str
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is published before the public value can be known. Moments are in ISO 8601."""

    draw: str
    title: str
    union: str
    parts: int
    entrants: int
    entrants_sha256: str
    commitment: str
    source: str
    issue: str
    sealed_at: str
    known_at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Pseudonyms in the order drawn: who has their parts, and who waits for one to come free."""

    winners: tuple[str, ...]
    waiting: tuple[str, ...]


def new_nonce() -> str:
    """What one entrant keeps to find, and to prove, their own line: 128 random bits in hex."""
    return secrets.token_hex(NONCE_BYTES)


def new_secret() -> str:
    """The union's secret: 256 random bits in hex."""
    return secrets.token_hex(SECRET_BYTES)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def pseudonym(nonce: str) -> str:
    """The name on the list of whoever keeps `nonce`: 80 bits of its hash, like
    "7K2M-9QXC-4T0B-A1B2". Nobody gets from it to the nonce, nor to a person."""
    number = int(sha256(f"{FORMAT} line\n{nonce}"), 16) >> (256 - 5 * GROUPS * GROUP)
    letters = "".join(
        ALPHABET[number >> 5 * place & 31] for place in reversed(range(GROUPS * GROUP))
    )
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def entrants_file(entrants: Iterable[Entrant]) -> str:
    """The list: "pseudonym parts" on a line each, sorted, so that the order in which people signed
    up is not in it. Raises `ValueError` for two lines of one pseudonym, or one of another form."""
    lines = [f"{entrant.pseudonym} {entrant.parts}" for entrant in sorted(entrants)]
    if len({line.split()[0] for line in lines}) < len(lines):
        raise ValueError("two lines with one pseudonym")
    if wrong := [line for line in lines if not LINE.fullmatch(line)]:
        raise ValueError(f"not a line of the list: {wrong[0]!r}")
    return "".join(f"{line}\n" for line in lines)


def read_entrants(file: str) -> list[Entrant]:
    """The lines of an entrants' file."""
    return [Entrant(name, int(parts)) for name, parts in map(str.split, file.splitlines())]


def canonical(content: dict[str, object]) -> str:
    """JSON in its one form: sorted keys, indented by one, characters as they are."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sealed_file(sealed: Sealed) -> str:
    """The file that is published before the value is known; its SHA-256 is the seal of the draw."""
    fields = {name: getattr(sealed, name) for name in Sealed.__slots__}
    return canonical({"format": FORMAT, **fields})


def seed_of(*, seal: str, secret: str, value: str) -> str:
    """What all chance comes from: in hex, the SHA-256 of four lines."""
    return sha256(f"{FORMAT}\n{seal}\n{secret}\n{value}\n")


def rank(seed: str, name: str) -> tuple[bytes, str]:
    """Where a pseudonym stands: HMAC-SHA-256 under the seed, lowest first. Every order is equally
    likely, since the ranks are independent; should two ever be equal, the name decides."""
    return hmac.digest(bytes.fromhex(seed), name.encode(), "sha256"), name


def share_out(entrants: Iterable[Entrant], *, seed: str, parts: int) -> Outcome:
    """Go through the entrants in the order of their ranks; each gets all their parts if so many are
    left, and waits, in that order, if not. With enough for everybody, everybody wins."""
    winners: list[str] = []
    waiting: list[str] = []
    for entrant in sorted(entrants, key=lambda entrant: rank(seed, entrant.pseudonym)):
        if entrant.parts <= parts:
            parts -= entrant.parts
            winners.append(entrant.pseudonym)
        else:
            waiting.append(entrant.pseudonym)
    return Outcome(tuple(winners), tuple(waiting))


def draw(*, sealed: str, entrants: str, parts: int, secret: str, value: str) -> tuple[Outcome, str]:
    """The outcome, and the file that is published with it: value, secret, seed, both lists."""
    seal = sha256(sealed)
    seed = seed_of(seal=seal, secret=secret, value=value)
    outcome = share_out(read_entrants(entrants), seed=seed, parts=parts)
    return outcome, drawn_file(seal, secret, value, seed, outcome)


def drawn_file(seal: str, secret: str, value: str, seed: str, outcome: Outcome) -> str:
    lists: dict[str, Sequence[str]] = {"winners": outcome.winners, "waiting": outcome.waiting}
    return canonical(
        {"format": FORMAT, "seal": seal, "secret": secret, "value": value, "seed": seed, **lists}
    )

"""Gates: who may keep them, what their stewards need, who came."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Claim, ClaimState, Entry, EntryState, Gate, Steward
from niangjia.allocation.rules import codes
from niangjia.allocation.rules.entering import LIST_BEFORE, OPEN_AFTER
from niangjia.allocation.rules.parties import Member, of_claims
from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.rules.masking import masked_name
from niangjia.members.selectors.posts import reaches

#: Entries of whoever was there.
CAME = (EntryState.ADMITTED, EntryState.FOLLOWED)
LATEST = ("-at", "-id")
SOONEST = ("begins_at", "id")


def find_gate(occasion: str) -> Gate | None:
    """The gate of what the room above knows as `occasion`, if it has one."""
    return Gate.objects.filter(occasion=occasion).first()


def list_own_gates(account: Account, *, now: dt.datetime) -> QuerySet[Gate]:
    """The gates somebody keeps as a steward, until they are over. Order by `SOONEST`."""
    mine = Steward.objects.filter(account=account, ended_at=None)
    return Gate.objects.filter(
        pk__in=mine.values("gate_id"), ends_at__gt=now - OPEN_AFTER, shut_at=None
    ).select_related("union")


def access_own_gate(account: Account, gate_id: uuid.UUID) -> Gate:
    """A gate that somebody keeps. Raises `NotFound`, for another's alike."""
    mine = Steward.objects.filter(account=account, ended_at=None, gate_id=gate_id)
    found = Gate.objects.select_related("union").filter(pk=gate_id, pk__in=mine.values("gate_id"))
    if gate := found.first():
        return gate
    raise NotFound(_("There is no such page"))


def access_kept_gate(account: Account, gate_id: uuid.UUID) -> tuple[Gate, bool]:
    """A gate that somebody keeps or has kept, and whether they still do: what their device noted
    before it heard of that is not lost. Raises `NotFound`, for another's alike."""
    mine = Steward.objects.filter(account=account, gate_id=gate_id)
    if steward := mine.select_related("gate__union").order_by("-ended_at").first():
        return steward.gate, mine.filter(ended_at=None).exists()
    raise NotFound(_("There is no such page"))


def list_desk_gates(posts: list[Post]) -> QuerySet[Gate]:
    """The gates within reach, with how many came and how much is to be looked at."""
    within = scope.within(reaches(posts, Action.SHARE_OUT), field="union__path")
    return (
        Gate.objects.filter(within)
        .select_related("union")
        .annotate(
            came=Count("entries", filter=Q(entries__state=EntryState.ADMITTED)),
            conflicts=Count("entries", filter=Q(entries__state=EntryState.CONFLICT)),
        )
    )


def access_desk_gate(posts: list[Post], gate_id: uuid.UUID) -> Gate:
    """A gate within reach. Raises `NotFound`, out of reach alike."""
    if found := list_desk_gates(posts).filter(pk=gate_id).first():
        return found
    raise NotFound(_("There is no such page"))


def access_desk_entry(posts: list[Post], entry_id: uuid.UUID) -> Entry:
    """An entry at a gate within reach. Raises `NotFound`, out of reach alike."""
    gates = list_desk_gates(posts).values("pk")
    found = Entry.objects.filter(pk=entry_id, gate_id__in=gates)
    if entry := found.select_related("gate__union", "claim__account__person").first():
        return entry
    raise NotFound(_("There is no such page"))


def list_entries(gate: Gate, state: str) -> QuerySet[Entry]:
    """Who came, or what is to be looked at, with whose it is. Order by `LATEST`."""
    return Entry.objects.filter(gate=gate, state=state).select_related(
        "claim__account__person", "steward__person", "judged_by__person"
    )


def list_stewards(gate: Gate) -> list[Steward]:
    """Who keeps a gate."""
    found = Steward.objects.filter(gate=gate, ended_at=None).select_related("account__person")
    return list(found.order_by("named_at"))


def shown_to_steward(account: Account) -> str:
    """ "王*明 1234": enough to see that whoever shows a code is who signed up, and no more."""
    last = account.phone[-4:]
    return f"{masked_name(account.person.name)} {last}" if account.person else last


def gate_of_claim(claim: Claim, *, now: dt.datetime) -> Gate | None:
    """Where a claim's code is shown next: the first gate of its pool that is not over yet."""
    found = Gate.objects.filter(pool_id=claim.pool_id, ends_at__gt=now - OPEN_AFTER, shut_at=None)
    return found.order_by(*SOONEST).first()


@dataclass(frozen=True)
class Code:
    """What the holder's phone shows now. `digits` are read out where nothing can scan, after
    `place`."""

    text: str
    place: int
    digits: str
    seconds_left: int


def code_of(claim: Claim, occasion: str, *, now: dt.datetime) -> Code:
    """The code of this half minute. The caller has made sure that it is shown to the holder of the
    claim, who is signed in, and to nobody else."""
    key, step = codes.key_for(claim.pk, occasion), codes.step_at(now)
    return Code(
        codes.code_at(claim.pk, key, step),
        claim.place,
        codes.digits_at(key, step),
        codes.seconds_left(now),
    )


@dataclass(frozen=True)
class Listed:
    """Somebody on a steward's list, with the key of their codes for this occasion alone, and their
    team, if they have one."""

    claim_id: uuid.UUID
    place: int
    parts: int
    shown: str
    key: bytes
    party: Sequence[Member]


def list_holders(gate: Gate) -> list[Listed]:
    """Everybody who may come in, in the order of their places."""
    held = Claim.objects.filter(pool_id=gate.pool_id, state=ClaimState.CONFIRMED)
    claims = list(held.select_related("account__person").order_by("place"))
    parties = of_claims(gate.occasion, [claim.pk for claim in claims])
    return [
        Listed(
            claim.pk,
            claim.place,
            claim.parts,
            shown_to_steward(claim.account),
            codes.key_for(claim.pk, gate.occasion),
            parties.get(claim.pk, ()),
        )
        for claim in claims
    ]


def came_in(gate: Gate) -> list[uuid.UUID]:
    """The claims that have come in, and those of their parties who have."""
    found = Entry.objects.filter(gate=gate, state__in=CAME).values_list("claim_id", "members")
    return list(dict.fromkeys(each for claim, members in found for each in (claim, *members)))


def still_out(gate: Gate, claim: Claim) -> list[Member]:
    """Those of a claim's party who have not come in yet. Two queries."""
    came = set(came_in(gate))
    party = of_claims(gate.occasion, [claim.pk]).get(claim.pk, ())
    return [each for each in party if each.id not in came]


def holders_of(gate: Gate, claim_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Those of the claims that are somebody's part of this gate's pool now, with their places."""
    found = Claim.objects.filter(pk__in=claim_ids, pool_id=gate.pool_id, state=ClaimState.CONFIRMED)
    return dict(found.values_list("pk", "place"))


def list_times(gate: Gate) -> tuple[dt.datetime, dt.datetime]:
    """From when and until when a steward's device may keep the list."""
    return gate.begins_at - LIST_BEFORE, gate.ends_at + OPEN_AFTER

"""Gates and their stewards."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Gate, Steward
from niangjia.allocation.selectors import gates as selectors
from niangjia.allocation.selectors.gates import Listed
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union


@transactions.atomic
def open_gate(
    *,
    occasion: str,
    pool_id: uuid.UUID,
    union: Union,
    title: str,
    begins_at: dt.datetime,
    ends_at: dt.datetime,
    by: uuid.UUID | None,
) -> Gate:
    """The way in to an occasion, for whoever has a part of the pool. Again changes its title and
    times (a session that was moved); codes stay bound to the occasion. Raises `Invalid` on
    `ends_at`."""
    if ends_at <= begins_at:
        problem = _("It must end after it begins.")
        raise Invalid(problem, fields={"ends_at": problem})
    values = {"title": title, "begins_at": begins_at, "ends_at": ends_at}
    gate, is_new = Gate.objects.update_or_create(
        occasion=occasion,
        defaults=values,
        create_defaults=values | {"pool_id": pool_id, "union": union},
    )
    audit.record(
        action="gate.opened" if is_new else "gate.moved",
        by=by,
        subject=f"gate:{gate.pk}",
        union_id=gate.union_id,
    )
    return gate


@transactions.atomic
def shut_gate(*, occasion: str, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Its occasion was called off: nobody is shown a code for it, no device gets its list, and
    whoever is let in later than now is for a person to look at. Twice is once; no gate, no harm."""
    gate = Gate.objects.filter(occasion=occasion, shut_at=None).first()
    if gate:
        gate.shut_at = now
        gate.save(update_fields=["shut_at"])
        record("gate.shut", gate, by)


@transactions.atomic
def name_steward(*, by: Post, gate: Gate, account: Account | None, now: dt.datetime) -> Steward:
    """Let somebody keep a gate, for this occasion alone. Twice is once. Raises `Invalid` on `phone`
    when nobody here has it."""
    if account is None or not account.is_active:
        problem = _("Nobody here has this phone number. Ask them to sign in once.")
        raise Invalid(problem, fields={"phone": problem})
    steward, is_new = Steward.objects.get_or_create(
        gate=gate,
        account=account,
        ended_at=None,
        defaults={"named_by": by.account, "named_at": now},
    )
    if is_new:
        record("gate.steward-named", gate, by.account_id)
    return steward


@transactions.atomic
def end_steward(*, by: Post, gate: Gate, steward_id: uuid.UUID, now: dt.datetime) -> None:
    """From now on they keep this gate no more: their device gets no list, and whatever it had noted
    and still sends is for a person to look at. Twice is once."""
    if Steward.objects.filter(pk=steward_id, gate=gate, ended_at=None).update(ended_at=now):
        record("gate.steward-ended", gate, by.account_id)


@dataclass(frozen=True)
class Pack:
    """What a steward's device keeps for one occasion: no name in full, no phone number, no secret
    that is worth anything for another occasion."""

    gate: Gate
    now: dt.datetime
    valid_from: dt.datetime
    valid_until: dt.datetime
    people: list[Listed]
    came: list[uuid.UUID]


@transactions.atomic
def offline_pack(*, by: Account, gate: Gate, now: dt.datetime) -> Pack:
    """The list of a gate, for its steward's device. Each time is written down. Raises `Conflict` a
    day before it begins and earlier (`too-early`), and when it is over (`over`)."""
    since, until = selectors.list_times(gate)
    if now < since:
        raise Conflict(_("The list is there from a day before it begins."), code="too-early")
    if now > until or gate.shut_at:
        raise Conflict(_("This is over; its list is gone."), code="over")
    pack = Pack(gate, now, since, until, selectors.list_holders(gate), selectors.came_in(gate))
    record("gate.list-taken", gate, by.pk)
    return pack


def record(action: str, gate: Gate, by: uuid.UUID | None) -> None:
    audit.record(action=action, by=by, subject=f"gate:{gate.pk}", union_id=gate.union_id)

"""What this room holds about people, and what of it ends when they leave."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import LIVE, Claim, ClaimState
from niangjia.allocation.services import draw_holdings, gate_holdings
from niangjia.allocation.services.ledger import hold
from niangjia.allocation.services.offering import end, offer_free
from niangjia.core import clock, personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.services.holdings import reasons

HOLDINGS = (
    Holding(
        model="allocation.Claim",
        link="account_id",
        to="account",
        title=_("What you claimed of places, coupons and the like"),
        exported=(
            "pool_name",
            "parts",
            "place",
            "state",
            "at",
            "changed_at",
            "expires_at",
            "used_at",
            "reason",
        ),
        withheld={
            **reasons.internal("pool_id", "holder_id", "slot", "share_id", "score"),
            "key": reasons.UNUSED,
        },
        erased={"reason": "", "key": None},
        kept="without the account's identity, so that the account of who got what still adds up",
        readers={"pool_name": lambda claim: claim.pool.name},
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS, *draw_holdings.HOLDINGS, *gate_holdings.HOLDINGS)
    personal_data.also_warn(what_ends)
    personal_data.also_erase(give_up)


def what_ends(subject: Subject) -> list[str]:
    """In words, what somebody gives up by leaving."""
    live = Claim.objects.filter(account_id=subject.account_id, state__in=LIVE, used_at=None)
    words = gettext("%(name)s: what you have of it, or wait for, goes to somebody else.")
    names = live.order_by("-id").values_list("pool__name", flat=True)
    return [words % {"name": name} for name in names]


def give_up(subject: Subject) -> None:
    """What somebody has who leaves goes to the next in line."""
    now = clock.now()
    live = Claim.objects.filter(account_id=subject.account_id, state__in=LIVE, used_at=None)
    for claim in live.order_by("pool_id"):
        held = hold(claim.pool_id)
        claim.refresh_from_db()
        if claim.is_live:
            end(held, claim, ClaimState.RETURNED, now=now)
            offer_free(held, now=now)
            held.save()

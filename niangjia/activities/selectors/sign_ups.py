"""Sign-ups: one's own, and those of a run for its officers."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Run, SignUp
from niangjia.allocation.models import LIVE, TAKING, ClaimState
from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Account


def list_own(account: Account) -> QuerySet[SignUp]:
    """What somebody signed up for. Order by "-id"."""
    found = SignUp.objects.filter(account=account)
    return found.select_related("claim", "team", "run__activity__union", "run__pool")


def list_coming(account: Account, now: dt.datetime) -> QuerySet[SignUp]:
    """What somebody has, waits for or has entered, and is not over. The soonest first."""
    is_on = {"run__ends_at__gt": now, "run__cancelled_at": None}
    return list_own(account).filter(claim__state__in=LIVE, **is_on).order_by("run__starts_at", "id")


def access_own(account: Account, sign_up_id: str) -> SignUp:
    """A sign-up of one's own. Raises `NotFound`, for somebody else's alike."""
    key = ids.parse_uuid(sign_up_id)
    found = list_own(account).filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_live(account: Account, activity: Activity) -> list[SignUp]:
    """What somebody has of an activity, or waits for. One query."""
    return list(list_own(account).filter(run__activity=activity, claim__state__in=LIVE))


#: The tabs of a list of sign-ups: which states of the claim each shows.
TABS = {
    "": TAKING,
    "entered": (ClaimState.ENTERED,),
    "waiting": (ClaimState.WAITING,),
    "ended": tuple(state for state in ClaimState if state not in LIVE),
}


def list_chosen(run: Run, keys: Iterable[str]) -> list[SignUp]:
    """Those of a run with these ids; whatever is no id, or of another run, is left out."""
    found = [parsed for key in keys if (parsed := ids.parse_uuid(key))]
    return list(SignUp.objects.filter(run=run, pk__in=found).order_by("id"))


def access_of_run(run: Run, sign_up_id: str) -> SignUp:
    """One of a run. Raises `NotFound`."""
    found = list_chosen(run, [sign_up_id])
    if not found:
        raise NotFound(_("There is no such page"))
    return found[0]


def list_of_run(run: Run, tab: str = "") -> QuerySet[SignUp]:
    """Who has a seat of a run; who entered, waits, or gave up. Order by "id"."""
    found = SignUp.objects.filter(run=run, claim__state__in=TABS.get(tab, TAKING))
    return found.select_related("claim", "team", "account__person").prefetch_related("companions")

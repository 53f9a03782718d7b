"""What stands in a calendar: one's own sessions, a union's, a programme's, one alone."""

import datetime as dt
import uuid

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import CalendarAddress, Session, SignUp, State
from niangjia.activities.selectors.finding import may_see
from niangjia.allocation.models import ClaimState
from niangjia.core.crypto import token_digest
from niangjia.core.errors import NotFound
from niangjia.members.models import Account
from niangjia.organisations.models import Union

#: What has been stays so long.
KEPT = dt.timedelta(days=90)
#: More sessions than this are in no calendar.
MOST = 500
SHOWN = (ClaimState.CONFIRMED, ClaimState.HELD, ClaimState.OFFERED, ClaimState.CANCELLED)


def access_calendar(token: str) -> Account:
    """Whose calendar an address is. Raises `NotFound`, for one that was ended alike."""
    found = CalendarAddress.objects.filter(
        digest=token_digest(token), ended_at=None, account__is_active=True
    )
    if address := found.select_related("account").first():
        return address.account
    raise NotFound(_("There is no such page"))


def find_address(account: Account) -> CalendarAddress | None:
    """The address somebody has given out, if it has not ended."""
    return CalendarAddress.objects.filter(account=account, ended_at=None).first()


def list_own_sessions(account: Account, *, now: dt.datetime) -> list[tuple[Session, SignUp]]:
    """The sessions somebody has a seat for, is offered one or had one when it was called off, each
    with their newest sign-up. Two queries."""
    mine = SignUp.objects.filter(account=account, claim__state__in=SHOWN).select_related("claim")
    newest = {each.run_id: each for each in mine.order_by("id")}
    found = within(Session.objects.filter(run_id__in=newest), now)
    return [(session, newest[session.run_id]) for session in found]


def list_union_sessions(union: Union, *, now: dt.datetime) -> list[Session]:
    """What everybody may see of a union and of those below it. One query."""
    return list(within(public().filter(run__activity__union__path__startswith=union.path), now))


def list_programme_sessions(key: str, *, now: dt.datetime) -> list[Session]:
    """What everybody may see of a programme. One query."""
    return list(within(public().filter(run__activity__programme=key), now))


def access_session(session_id: uuid.UUID, account: Account | None) -> Session:
    """A session that this person may see. Raises `NotFound`."""
    found = Session.objects.select_related("run__activity__seen_by").filter(pk=session_id).first()
    if found is None or not may_see(found.run.activity, account):
        raise NotFound(_("There is no such page"))
    return found


def public() -> QuerySet[Session]:
    """Sessions of what was published for everybody, called off or not."""
    return Session.objects.filter(
        run__activity__seen_by=None, run__activity__published_at__isnull=False
    ).exclude(run__activity__state=State.DRAFT)


def within(sessions: QuerySet[Session], now: dt.datetime) -> QuerySet[Session]:
    """Those to come, and those that have been not long ago."""
    lately = sessions.filter(ends_at__gt=now - KEPT).select_related("run__activity")
    return lately.order_by(F("starts_at"), "id")[:MOST]

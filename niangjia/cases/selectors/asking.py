"""Whether somebody may ask for a service now."""

import datetime as dt
import uuid

from django.db.models import Q

from niangjia.cases.models import Case, State
from niangjia.cases.rules import asking as rules
from niangjia.cases.rules.asking import Asker, Earlier, Obstacle
from niangjia.cases.rules.content import Item
from niangjia.cases.selectors.owners import owner_of_account, person_digest
from niangjia.core import clock, protection
from niangjia.members.models import Account, Membership, MembershipStatus, Person, Post

#: How many earlier cases are looked at: the rule speaks of the latest.
LOOKED_AT = 20


def find_obstacle(
    item: Item, *, account: Account | None, person: Person | None, today: dt.date
) -> Obstacle | None:
    """What keeps somebody from asking for `item` now; None when nothing does. Of somebody unknown
    nothing is asked: what needs a name asks to sign in. Two queries at most, and none for an item
    that everybody may ask for whenever they like."""
    if item.kind == "complaint" or (account is None and person is None):
        return None
    if obstacle := rules.obstacle_of(item, asker(item, account, person)):
        return obstacle
    if item.again_after_months is None:
        return None
    return rules.obstacle_in(item, list_earlier(item, account, person), today)


def asker(item: Item, account: Account | None, person: Person | None) -> Asker:
    """What has to be known of somebody for `item`, and no more."""
    if item.open_to == "members":
        return Asker(is_member=person is not None and is_member(person.pk))
    if item.open_to == "unions":
        posts = Post.objects.filter(account=account, ended_at__isnull=True)
        return Asker(holds_post=account is not None and posts.exists())
    return Asker()


def is_member(person_id: uuid.UUID) -> bool:
    """Whether somebody is a member now; a membership that rests is one (会籍保留)."""
    return Membership.objects.filter(
        person_id=person_id, status__in=[MembershipStatus.ADMITTED, MembershipStatus.RESERVED]
    ).exists()


def list_earlier(item: Item, account: Account | None, person: Person | None) -> list[Earlier]:
    """Somebody's cases about an item, the newest first, by whichever way they asked."""
    mine = Q()
    if account is not None:
        mine |= Q(owner_digest=owner_of_account(account.pk))
    if person is not None:
        mine |= Q(person_digest=person_digest(person.pk))
    found = Case.objects.filter(mine, item__key=item.key).exclude(state=State.WITHDRAWN)
    with protection.working("cases.asked-before"):
        rows = list(
            found.order_by("-id").only("number", "state", "result", "opened_at")[:LOOKED_AT]
        )
    return [
        Earlier(
            number=case.number,
            is_open=case.is_open,
            result=case.result,
            opened_date=case.opened_at.astimezone(clock.CHINA).date(),
        )
        for case in rows
    ]

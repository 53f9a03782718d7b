"""What the page Mine shows of the account itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.core.pagination import BoundedCount
from niangjia.core.prepared import asked, together
from niangjia.members.models import (
    Account,
    Application,
    Membership,
    Notice,
    Person,
)
from niangjia.members.selectors.applications import list_applications, list_drafts
from niangjia.members.selectors.memberships import list_memberships_of
from niangjia.members.selectors.notices import list_notices, unread_of

SHOWN_APPLICATIONS = 5
#: So many are looked at: several may say the same.
READ_NOTICES = 20


@dataclass(frozen=True)
class Glance:
    """What an account is and has; `name` is "" for whoever has not said who they are, `draft` an
    application that was begun."""

    name: str
    draft: Application | None
    applications: Sequence[Application]
    membership: Membership | None
    notices: Sequence[Notice]
    unread: BoundedCount


def at_a_glance(account: Account) -> Glance:
    """All of it on one trip to the database."""
    names, drafts, applications, memberships, notices, unread = together(
        asked(Person.objects.filter(account=account).values_list("name", flat=True)),
        asked(list_drafts(account)),
        asked(list_applications(account)[:SHOWN_APPLICATIONS]),
        asked(list_memberships_of(account)),
        asked(list_notices(account).order_by("-id")[:READ_NOTICES]),
        unread_of(account),
    )
    return Glance(
        name=next(iter(names), ""),
        draft=next(iter(drafts), None),
        applications=applications,
        membership=next(iter(memberships), None),
        notices=notices,
        unread=unread,
    )

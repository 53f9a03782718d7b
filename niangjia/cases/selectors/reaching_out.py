"""Who could be helped, and has not asked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Left

from niangjia.cases.models import Case
from niangjia.cases.rules.eligibility_sql import could_be_helped
from niangjia.cases.selectors.items import Offered
from niangjia.core import protection, scope
from niangjia.members.models import (
    Account,
    Consent,
    Membership,
    MembershipStatus,
    Notice,
    Post,
    Purpose,
)
from niangjia.members.rules import consent_texts
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.small_cells import SMALL_CELL, hidden_cells
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import SEGMENT_LENGTH

#: Whoever asked within so many months has asked, unless the item says otherwise.
ASKED_WITHIN_MONTHS = 12


def list_who_could_be_helped(
    offered: Offered, union: Union, posts: Iterable[Post], *, today: dt.date
) -> QuerySet[Membership]:
    """Members of `union` and all below it whom nothing that is known keeps from an item, and who
    have not asked for it within a year, or within its `again_after_months`.

    Only who asked where one of `posts` handles cases is left out: whoever is missing from a list of
    members has asked, and a worker who turned to the county, about the employer or for a talk with
    a counsellor, is not to be found out at work. Complaints are nobody's to guess: none. To be read
    in the scope of background work, since others' cases decide who has asked.
    """
    if offered.document.kind == "complaint":
        return Membership.objects.none()
    months = offered.document.again_after_months or ASKED_WITHIN_MONTHS
    since = today - relativedelta(months=months)
    handled = reaches(posts, Action.HANDLE_CASES)
    asked = Case.objects.filter(
        scope.within(handled, field="handler_path") | scope.within(handled, field="began_at__path"),
        item=offered.item,
        person__isnull=False,
        opened_at__date__gte=since,
    )
    return (
        Membership.objects.filter(
            scope.subtree(union.path, field="union__path"), status=MembershipStatus.ADMITTED
        )
        .filter(could_be_helped(offered.document, today))
        .exclude(person__in=asked.values("person"))
    )


@dataclass(frozen=True)
class Share:
    """A union right below, and how many of its members could be helped; None where the number is
    too small to be shown (1 to 7, and what would give such a number away)."""

    union: Union
    count: int | None


@dataclass(frozen=True)
class Unasked:
    """How many could be helped and have not asked, all together and by the unions right below."""

    total: int | None
    shares: Sequence[Share]

    @property
    def shown(self) -> list[Share]:
        """Those with a number."""
        return [share for share in self.shares if share.count is not None]

    @property
    def hidden(self) -> list[Share]:
        """Those whose number is too small to be shown."""
        return [share for share in self.shares if share.count is None]


def count_who_could_be_helped(
    offered: Offered, union: Union, posts: Iterable[Post], *, today: dt.date
) -> Unasked:
    """Counts for `union`, by the unions right below it; members of its own stand under itself.
    Small numbers are hidden (promise 36): this page states no purpose. Two queries."""
    with protection.working("catalogue.unasked"):
        rows = (
            list_who_could_be_helped(offered, union, posts, today=today)
            .annotate(below=Left("union__path", len(union.path) + SEGMENT_LENGTH))
            .order_by()
            .values_list("below")
            .annotate(n=Count("pk"))
        )
        counts = {str(path): n for path, n in rows}
    hidden, total = hidden_cells(counts), sum(counts.values())
    unions = Union.objects.filter(path__in=counts).order_by("name")
    return Unasked(
        total=None if 0 < total <= SMALL_CELL else total,
        shares=sorted(
            (Share(u, None if u.path in hidden else counts[u.path]) for u in unions),
            key=lambda share: -(share.count or 0),
        ),
    )


def list_reachable(
    found: QuerySet[Membership], *, kind: str, key: str, since: dt.datetime
) -> QuerySet[Account]:
    """The accounts of those members who agreed to be told of benefits, and who have not been
    written to about this item since then."""
    agreed = Consent.objects.filter(
        account=OuterRef("pk"),
        purpose=Purpose.NOTICES,
        version=consent_texts.current(Purpose.NOTICES).version,
        withdrawn_at__isnull=True,
    )
    told = Notice.objects.filter(
        account=OuterRef("pk"), kind=kind, facts__key=key, created_at__gte=since
    )
    return Account.objects.filter(
        Exists(agreed), ~Exists(told), is_active=True, person__in=found.values("person")
    )


def facts_about(membership: Membership | None, today: dt.date) -> dict[str, object]:
    """What is known of a person, for `rules.eligibility`; without a membership only that."""
    if membership is None:
        return {"is_member": False}
    person = membership.person
    since = relativedelta(today, membership.admitted_date)
    return {
        "is_member": membership.status == MembershipStatus.ADMITTED,
        "months_a_member": since.years * 12 + since.months,
        "age": relativedelta(today, person.birth_date).years if person.birth_date else None,
        "gender": person.gender or None,
    }

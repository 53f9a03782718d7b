"""Who could be helped, and has not asked."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from niangjia.cases.models import Case
from niangjia.cases.rules.eligibility_sql import could_be_helped
from niangjia.cases.selectors.items import Offered
from niangjia.core import scope
from niangjia.members.models import Membership, MembershipStatus
from niangjia.organisations.models import Union

#: Whoever asked within so many months has asked, unless the item says otherwise.
ASKED_WITHIN_MONTHS = 12


def list_who_could_be_helped(
    offered: Offered, union: Union, *, today: dt.date
) -> QuerySet[Membership]:
    """Members of `union` and all below it whom nothing that is known keeps from an item, and who
    have not asked for it within a year, or within its `again_after_months`. Complaints are nobody's
    to guess: none. To be read in the scope of background work, since others' cases decide who has
    asked."""
    if offered.document.kind == "complaint":
        return Membership.objects.none()
    months = offered.document.again_after_months or ASKED_WITHIN_MONTHS
    since = today - relativedelta(months=months)
    asked = Case.objects.filter(item=offered.item, person__isnull=False, opened_at__date__gte=since)
    return (
        Membership.objects.filter(
            scope.subtree(union.path, field="union__path"), status=MembershipStatus.ADMITTED
        )
        .filter(could_be_helped(offered.document, today))
        .exclude(person__in=asked.values("person"))
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

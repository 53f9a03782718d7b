"""Who has come often enough, certificates, volunteer hours."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import (
    Activity,
    Attendance,
    Certificate,
    CourseRule,
    Kind,
    Session,
    SignUp,
)
from niangjia.core import ids, scope
from niangjia.core.documents import typed_code
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches


def find_rule(activity: Activity) -> CourseRule | None:
    """How often one must have come, if there are certificates."""
    return CourseRule.objects.filter(activity=activity).first()


def most_sessions(activity: Activity) -> int:
    """How many sessions of its longest run take place. One query."""
    runs = (
        Session.objects.filter(run__activity=activity, cancelled_at=None).order_by().values("run")
    )
    return max(runs.annotate(n=Count("pk")).values_list("n", flat=True), default=0)


def list_deserving(activity: Activity, needed: int) -> QuerySet[SignUp]:
    """Whoever was at so many sessions and has no certificate that counts: `times` and `minutes` of
    each. Order by "id"."""
    has_one = Certificate.objects.filter(sign_up=OuterRef("pk"), revoked_at=None)
    lasted = F("attendances__session__ends_at") - F("attendances__session__starts_at")
    return (
        SignUp.objects.filter(~Exists(has_one), run__activity=activity)
        .annotate(times=Count("attendances"), lasted=Sum(lasted))
        .filter(times__gte=needed)
        .select_related("account__person", "run")
    )


def list_issued(activity: Activity) -> QuerySet[Certificate]:
    """The certificates of an activity. Order by "-id"."""
    return Certificate.objects.filter(sign_up__run__activity=activity)


def list_own_certificates(account: Account) -> QuerySet[Certificate]:
    """One's own. Order by "-id"."""
    return Certificate.objects.filter(account=account).select_related("union")


def access_own_certificate(account: Account, certificate_id: uuid.UUID) -> Certificate:
    """A certificate of one's own. Raises `NotFound`, for somebody else's alike."""
    return one(list_own_certificates(account).filter(pk=certificate_id))


def access_desk_certificate(posts: Iterable[Post], certificate_id: str) -> Certificate:
    """A certificate within reach. Raises `NotFound`, out of reach alike."""
    within = scope.within(reaches(posts, Action.RUN_ACTIVITIES), field="union__path")
    key = ids.parse_uuid(certificate_id)
    found = Certificate.objects.filter(within, pk=key) if key else Certificate.objects.none()
    return one(found.select_related("union", "account"))


def access_by_code(typed: str) -> Certificate:
    """The certificate that stands under a code, however it was typed. Raises `NotFound`."""
    code = typed_code(typed)
    found = Certificate.objects.filter(code=code) if code else Certificate.objects.none()
    return one(found.select_related("union"))


def one(found: QuerySet[Certificate]) -> Certificate:
    if certificate := found.first():
        return certificate
    raise NotFound(_("No certificate of ours has this code. Compare it letter by letter."))


@dataclass(frozen=True)
class Served:
    """What somebody did as a volunteer of one union."""

    union_id: uuid.UUID
    union_name: str
    times: int
    minutes: int

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


def list_served(account: Account) -> list[Served]:
    """The volunteer hours of somebody, by the union they served with: from what was attended and
    nothing else; those they brought along have none of their own. One query."""
    is_theirs = Q(sign_up__account=account, session__run__activity__kind=Kind.VOLUNTEER)
    union = "session__run__activity__union"
    found = (
        Attendance.objects.filter(is_theirs)
        .values(f"{union}_id", f"{union}__name")
        .annotate(times=Count("pk"), lasted=Sum(F("session__ends_at") - F("session__starts_at")))
        .order_by("-lasted", f"{union}_id")
    )
    return [
        Served(
            row[f"{union}_id"],
            row[f"{union}__name"],
            row["times"],
            int(row["lasted"].total_seconds()) // 60,
        )
        for row in found
    ]

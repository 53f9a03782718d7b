"""Naming a substitute for an officer on leave."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Invalid, NotFound, Text
from niangjia.members.models import Account, Post, Role, Substitution
from niangjia.members.rules import substitutions as rules
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.substitutions import access_substitution, own_posts
from niangjia.members.services import lending, notices


@transactions.atomic
def name_substitute(
    *,
    by: Account,
    absent: Account,
    substitute: Account,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
) -> Substitution:
    """`substitute` does the work on cases of `absent` on the days from `first` to `last`, both
    included, and it ends by itself. An officer says so for themselves, a chair for the officers of
    their union. Naming the same twice is once.

    Only what concerns cases is lent. Ties are not: whoever is tied to an employer sees nothing of
    its complaints, whoever's work they do. Raises `NotFound` without the right to name, `Invalid`
    on `first`, `last`, `substitute`.
    """
    people = Account.objects.select_for_update(no_key=True).filter(
        pk__in=[absent.pk, substitute.pk]
    )
    list(people.order_by("pk"))
    away = list(own_posts().filter(account=absent).select_related("union"))
    if not away or not may_name(by, absent, away):
        raise NotFound(_("There is no such page"))
    starts_at, ends_at = moments(first, last, now=now)
    asked = {"absent": absent, "substitute": substitute, "starts_at": starts_at, "ends_at": ends_at}
    if same := Substitution.objects.filter(**asked, ended_at=None).first():
        return same
    check_substitute(absent, substitute, away)
    check_others(absent, substitute, (starts_at, ends_at))
    named = Substitution.objects.create(**asked, named_at=now, named_by_account_id=by.pk)
    audit.record(
        action="substitute.named",
        by=by.pk,
        subject=f"account:{absent.pk}",
        union_id=away[0].union_id,
        details={"substitute": str(substitute.pk), "until": ends_at.isoformat()},
    )
    for account in (substitute, absent):
        if account.pk != by.pk:
            tell(named, account, "substitute.named", now=now)
    lending.arrange(now=now)
    return named


@transactions.atomic
def end_substitution(*, by: Account, key: uuid.UUID, now: dt.datetime) -> Substitution:
    """Somebody is back early, or a substitute cannot go on; whoever it concerns may say so. Twice
    is once. Raises `NotFound`."""
    found = access_substitution(by, current_posts(by), str(key), now=now)
    named = Substitution.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if named.ended_at is None:
        named.ended_at, named.ended_by_account_id = now, by.pk
        named.save(update_fields=["ended_at", "ended_by_account_id"])
        audit.record(action="substitute.ended", by=by.pk, subject=f"account:{named.absent_id}")
        for account in (found.substitute, found.absent):
            if account.pk != by.pk:
                tell(named, account, "substitute.ended", now=now)
        lending.arrange(now=now)
    return named


def may_name(by: Account, absent: Account, away: list[Post]) -> bool:
    """Whether `by` may say who stands in: for themselves, or as chair of one of the unions."""
    chaired = {post.union_id for post in current_posts(by) if post.role == Role.CHAIR}
    return by.pk == absent.pk or any(post.union_id in chaired for post in away)


def moments(first: dt.date, last: dt.date, *, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From the beginning of one day in China to the end of another. Raises `Invalid`."""
    today = now.astimezone(clock.CHINA).date()
    if first < today:
        raise refusal("first", _("Choose today or a later day."))
    if last < first:
        raise refusal("last", _("The last day is not before the first."))
    if (last - first).days >= rules.MOST_DAYS:
        raise refusal("last", _("At most 180 days at once. Enter a longer leave again then."))
    midnight = [
        dt.datetime.combine(day, dt.time(), clock.CHINA).astimezone(dt.UTC)
        for day in (first, last + dt.timedelta(days=1))
    ]
    return midnight[0], midnight[1]


def check_substitute(absent: Account, substitute: Account, away: list[Post]) -> None:
    """Somebody else, who handles cases near. Raises `Invalid`."""
    near = own_posts().filter(account=substitute).select_related("union")
    if substitute.pk == absent.pk or not any(
        rules.is_near(post.union, other.union) for post in away for other in near
    ):
        raise refusal("substitute", _("Choose a colleague who handles cases near."))


def check_others(
    absent: Account, substitute: Account, time: tuple[dt.datetime, dt.datetime]
) -> None:
    """One substitute at a time, and no circle of them. Raises `Invalid`."""
    others = [
        each
        for each in Substitution.objects.filter(ended_at=None, ends_at__gt=time[0])
        if rules.overlap(time, (each.starts_at, each.ends_at))
    ]
    if any(each.absent_id == absent.pk for each in others):
        raise refusal("first", _("Somebody else stands in at that time. End that first."))
    pairs = [(each.absent_id, each.substitute_id) for each in others]
    if rules.is_circle(absent.pk, substitute.pk, pairs):
        raise refusal(
            "substitute", _("This colleague is away too, and you would stand in for them.")
        )


def refusal(field: str, problem: Text) -> Invalid:
    return Invalid(problem, code=f"bad-{field}", fields={field: problem})


def tell(named: Substitution, account: Account, kind: str, *, now: dt.datetime) -> None:
    """A notice to whoever it concerns."""
    facts = {
        "absent": named.absent.person.name if named.absent.person else "—",
        "substitute": named.substitute.person.name if named.substitute.person else "—",
        "starts_at": named.starts_at.isoformat(),
        "ends_at": named.last_day.isoformat(),
    }
    notices.notify(
        account=account, kind=kind, facts=facts, url=reverse("members:substitutes"), now=now
    )

"""Running a line."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.hotline.models import Line
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union

LONGEST_DAYS = 90
LONGEST_MINUTES = 240
TERMS = ("ordinary_days", "difficult_days", "complex_days")


@transactions.atomic
def open_line(*, union: Union, number: str, by: Account | None, now: dt.datetime) -> Line:
    """A province or a city runs a hotline from now on, with the terms that are ours until it sets
    its own. Raises `Conflict` when it has one, or the number is taken."""
    if Line.objects.filter(union=union).exists() or Line.objects.filter(number=number).exists():
        raise Conflict(_("There is a hotline of this union or number already."), code="line-exists")
    line = Line.objects.create(union=union, number=number, opened_at=now)
    record(line, by, "line_opened")
    return line


@transactions.atomic
def set_line(
    *, by: Post, line: Line, terms: dict[str, int], urgent_minutes: int, is_open: bool = True
) -> Line:
    """Change how long matters may take at a line. What runs already goes on as it was promised.

    Raises `Invalid` for a shorter term for something harder, or for one without measure.
    """
    problems: dict[str, Text] = {}
    least = 1
    for name in TERMS:
        if not least <= terms[name] <= LONGEST_DAYS:
            problems[name] = _("Harder matters take at least as long, and none over 90 days.")
        least = max(least, terms[name])
    if not 1 <= urgent_minutes <= LONGEST_MINUTES:
        problems["urgent_minutes"] = _("Urgent means minutes: 1 to 240.")
    if problems:
        raise Invalid(_("Some terms need another look."), code="bad-terms", fields=problems)
    line = Line.objects.select_for_update().select_related("union").get(pk=line.pk)
    for name in TERMS:
        setattr(line, name, terms[name])
    line.urgent_minutes, line.is_open = urgent_minutes, is_open
    line.save()
    record(line, by.account, "line_set")
    return line


def record(line: Line, by: Account | None, what: str) -> None:
    """An entry of the audit chain about a line."""
    audit.record(
        action=f"hotline.{what}",
        by=by.pk if by else None,
        subject=f"hotline-line:{line.pk}",
        union_id=line.union_id,
    )

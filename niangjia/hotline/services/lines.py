"""Running a line."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.hotline.models import Category, Line
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union

TERMS = ("ordinary_days", "difficult_days", "complex_days")
#: Between what each number of a line lies: working days, minutes, per cent.
LIMITS = {
    **dict.fromkeys(TERMS, (1, 90)),
    "urgent_minutes": (1, 240),
    "page_minutes": (1, 60),
    "answered_call_back_percent": (0, 100),
    "quality_percent": (0, 100),
}


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
    *,
    by: Post,
    line: Line,
    numbers: Mapping[str, int],
    quality_always: Sequence[str],
    is_open: bool = True,
) -> Line:
    """Change how a line works: how long matters may take (working days by grade), in how many
    minutes an urgent one is answered and the next person paged, how many in a hundred are called
    back and checked, which classes are checked whole. `numbers` are by the names of `LIMITS`. What
    runs already goes on as it was promised.

    Raises `Invalid` beside each field: for a shorter term for something harder, or for a number out
    of measure.
    """
    problems: dict[str, Text] = {
        name: _("From %(least)s to %(most)s, please.") % {"least": least, "most": most}
        for name, (least, most) in LIMITS.items()
        if not least <= numbers[name] <= most
    }
    for easier, harder in pairwise(TERMS):
        if numbers[harder] < numbers[easier]:
            problems.setdefault(harder, _("Harder matters take at least as long."))
    if not set(quality_always) <= set(Category.values):
        problems["quality_always"] = _("Choose of the list.")
    if problems:
        raise Invalid(_("Some numbers need another look."), code="bad-numbers", fields=problems)
    line = Line.objects.select_for_update(of=("self",)).select_related("union").get(pk=line.pk)
    for name in LIMITS:
        setattr(line, name, numbers[name])
    line.quality_always, line.is_open = list(quality_always), is_open
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

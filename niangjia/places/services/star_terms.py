"""A province or a city sets how much the stars of its stations ask for."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action, may
from niangjia.organisations.models import Union
from niangjia.places.models import StarTerms
from niangjia.places.rules import star_terms as rules
from niangjia.places.services.acting import refuse


@transactions.atomic
def set_star_terms(
    *, by: Post, union: Union, values: Mapping[str, int], now: dt.datetime
) -> StarTerms:
    """From the next month's rating on, stations of `union` and below are judged by these numbers;
    what was judged before keeps those it was judged by. Raises `Invalid` by the names of
    `rules.star_terms.LABELS`, `Conflict` for a union below a city, `NotFound` out of reach."""
    check_right(by, union)
    if not rules.may_have_own(union):
        raise Conflict(
            _("Terms of their own have the country, provinces and cities."), code="no-own-terms"
        )
    refuse(rules.problems(values))
    known = {name: values[name] for name in rules.LABELS}
    made, _is_new = StarTerms.objects.update_or_create(
        union=union, defaults={**known, "set_at": now, "set_by_account_id": by.account_id}
    )
    note(by, union, "set", known)
    return made


@transactions.atomic
def drop_star_terms(*, by: Post, union: Union) -> None:
    """From the next month's rating on, those of the union above hold. Twice is once. Raises
    `NotFound` out of reach."""
    check_right(by, union)
    if StarTerms.objects.filter(union=union).delete()[0]:
        note(by, union, "dropped", {})


def check_right(by: Post, union: Union) -> None:
    """Raise `NotFound` unless the post may set how things are done at `union`."""
    if not may(by.role, Action.EDIT_UNION) or not by.scope.covers(union.path):
        raise NotFound(_("There is no such page"))


def note(by: Post, union: Union, what: str, values: Mapping[str, int]) -> None:
    """An entry of the audit chain."""
    audit.record(
        action=f"star-terms.{what}",
        by=by.account_id,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details=values,
    )

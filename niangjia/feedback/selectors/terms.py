"""How long an order may take."""

from niangjia.feedback.models import RectificationTerm
from niangjia.feedback.rules import orders as rules
from niangjia.organisations.models import Union
from niangjia.organisations.rules import ancestor_paths


def working_days_at(union: Union) -> int:
    """The term of an order at `union`: its own, else that of the nearest union above, else 15."""
    term = (
        RectificationTerm.objects.filter(union__path__in=ancestor_paths(union.path))
        .order_by("-union__depth")
        .first()
    )
    return term.working_days if term else rules.WORKING_DAYS

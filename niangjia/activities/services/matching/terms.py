"""Whether people may name each other after an activity, and how."""

from dataclasses import asdict

from niangjia.activities.models import Activity, MatchTerms
from niangjia.activities.rules import matching as rules
from niangjia.activities.rules.matching import Terms
from niangjia.activities.services.acting import record, refuse
from niangjia.activities.services.planning import hold_draft
from niangjia.core import transactions
from niangjia.members.models import Post


@transactions.atomic
def set_match_terms(*, by: Post | None, activity: Activity, terms: Terms | None) -> Activity:
    """Let people name each other, on these terms, or not (None). Of a draft: whoever signs up has
    read it. Raises `Invalid` by field, also of the activity; `Conflict` once it is published."""
    held = hold_draft(activity.pk)
    if terms is None:
        MatchTerms.objects.filter(activity=held).delete()
        record(held, by, "matching-off")
        return held
    refuse({**rules.problems(terms), **rules.unfit(held)})
    MatchTerms.objects.update_or_create(activity=held, defaults=asdict(terms))
    record(held, by, "matching-on", asdict(terms))
    return held


def refuse_unfit(activity: Activity) -> None:
    """Looked at again before it is published: the draft may have changed since."""
    if MatchTerms.objects.filter(activity=activity).exists():
        refuse(rules.unfit(activity))

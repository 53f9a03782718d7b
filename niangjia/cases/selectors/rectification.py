"""What a bad rating of a case leads whoever puts it right to."""

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.cases.selectors.cases import visible_cases
from niangjia.feedback.rules.subjects import Subject
from niangjia.members.models import Account, Post

#: What ratings of cases are filed under.
SUBJECT = "case"


def subject_of(case_id: uuid.UUID, posts: Sequence[Post], account: Account) -> Subject | None:
    """The case of an order, for those who may see it: the same rule as its own page, which asks for
    what it is opened where that is not their work. In the scope of `account`. One query."""
    cases = visible_cases(posts, account=account).filter(pk=case_id)
    number = cases.values_list("number", flat=True).first()
    if number is None:
        return None
    label = _("Open its case: %(number)s") % {"number": number}
    return Subject(number, label, reverse("cases:case", args=[number]))

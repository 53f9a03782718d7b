"""The list for the insurance: identity numbers leave the house, so why stands on record, where each
of the people concerned can read it."""

import datetime as dt

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.activities.models import Run, SignUp
from niangjia.allocation.models import ClaimState
from niangjia.core import audit, sheets, transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Post

PURPOSE_MAX = 200


@transactions.atomic
def export_insurance(*, by: Post, run: Run, purpose: str, now: dt.datetime) -> bytes:
    """Everybody who has a seat, with their companions: name, identity number, the day it begins. A
    workbook that no spreadsheet computes (promise 30); one entry for each person concerned
    (promise 6). Raises `Invalid` on `purpose`."""
    words = purpose.strip()
    if not 4 <= len(words) <= PURPOSE_MAX:
        problem = _("Say what the list is for, in 4 to 200 characters.")
        raise Invalid(problem, fields={"purpose": problem})
    seated = SignUp.objects.filter(run=run, claim__state=ClaimState.CONFIRMED)
    found = list(
        seated.select_related("account__person").prefetch_related("companions").order_by("id")
    )
    day = localtime(run.starts_at).date()
    rows: list[list[sheets.Value]] = [[_("Name"), _("Identity number"), _("Day")]]
    for sign_up in found:
        person = sign_up.account.person
        rows.append([sign_up.told.get("name"), person.identity_number if person else "", day])
        rows += [[each.name, each.identity_number, day] for each in sign_up.companions.all()]
    audit.record_all(
        [
            audit.Act(
                "activity.insurance-listed",
                by.account_id,
                f"run:{run.pk}",
                run.activity.union_id,
                sign_up.account.person_id,
                words,
            )
            for sign_up in found
        ]
    )
    return sheets.xlsx(rows, title=run.activity.name)

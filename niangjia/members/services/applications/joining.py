"""One press of the button on the joining form."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.members.models import Account, Application, Purpose
from niangjia.members.rules.applications import Answers
from niangjia.members.services import consents as consent_services
from niangjia.members.services import identity as identity_services
from niangjia.members.services.applications.submission import submit_application
from niangjia.organisations.models import Union


@transaction.atomic
def apply_to_join(
    *,
    account: Account,
    union: Union,
    identity: Mapping[str, Any],
    answers: Answers,
    consents: Collection[Purpose],
    version: int | None = None,
    now: dt.datetime,
) -> Application:
    """Consents, identity and application, all or nothing.

    `identity` is what `identify_person` takes; without an `identity_number` the one already known
    is kept, and only the rest of it is written. `consents` must hold `Purpose.MEMBERSHIP` (without
    it the register cannot be kept); the others are free, and what is not ticked is not withdrawn
    here. Raises what `identify_person` and `submit_application` raise, and `Invalid`
    "consent-needed" on `consent_membership`.
    """
    if Purpose.MEMBERSHIP not in consents:
        problem = _("Without this consent the union cannot keep you in its register.")
        raise Invalid(problem, code="consent-needed", fields={"consent_membership": problem})
    for purpose in sorted(consents):
        consent_services.give_consent(account=account, purpose=purpose, now=now)
    known = account.person
    given = dict(identity)
    if known is not None and not given.get("identity_number"):
        given |= {
            "name": known.name,
            "document_type": known.document_type,
            "identity_number": known.identity_number,
            "birth_date": known.birth_date,
            "gender": known.gender,
        }
    identity_services.identify_person(account=account, answers=given, now=now)
    return submit_application(
        account=account, union=union, answers=answers, version=version, now=now
    )

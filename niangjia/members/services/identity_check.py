"""The real-name check: the identity service confirms who somebody says they are."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, errors, transactions
from niangjia.members.clients import identity_service
from niangjia.members.models import Account, Person, Purpose
from niangjia.members.rules import identity, throttles
from niangjia.members.selectors import consents
from niangjia.members.services import identity as saying
from niangjia.members.services import throttles as counting


def confirm_identity(*, account: Account, answers: Mapping[str, Any], now: dt.datetime) -> Person:
    """Have the identity service confirm `answers` (see `identify_person`) and record the person.

    A person whom a union entered from its paper register, without an account, is connected to
    `account` here and only here: the check is what keeps strangers from claiming them.
    Raises `Invalid` (wrong answers, no match), `Conflict` (no consent to the check: it is asked
    separately, PIPL Article 29; number in use), `Throttled` after five checks a day, and
    `Unavailable`; in every case what was typed can be sent again.
    """
    if not consents.has_consented(account, Purpose.IDENTITY_CHECK):
        message = _("The check needs your consent first.")
        raise errors.Conflict(message, code="consent-needed", fields={"consent": message})
    given = identity.check(answers, today=now.astimezone(clock.CHINA).date())
    counting.take("identity", str(account.id), throttles.IDENTITY_CHECKS, now=now)
    try:
        # Outside any transaction: a slow service must not hold rows.
        answer = identity_service.client().check(
            name=given.name,
            document_type=given.document_type,
            identity_number=given.identity_number,
        )
    except errors.Unavailable:
        counting.give_back("identity", str(account.id), now=now)
        raise
    person = take_in(account, answers, answer, now)
    if person is None:
        raise refused(answer)
    return person


@transactions.atomic
def take_in(
    account: Account,
    answers: Mapping[str, Any],
    answer: identity_service.Answer,
    now: dt.datetime,
) -> Person | None:
    """Record what the identity service answered; the person whom it confirmed, or None. No match
    is no exception here, so that its record is committed."""
    audit.record(
        action="identity.checked",
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
        details={"answer": str(answer)},
    )
    if answer != identity_service.Answer.MATCH:
        return None
    person = saying.identify_person(account=account, answers=answers, now=now, proven=True)
    person.verified_at = now
    person.save(update_fields=["verified_at"])
    return person


def refused(answer: identity_service.Answer) -> errors.Invalid:
    """Why there was no match, and what to do about it."""
    if answer == identity_service.Answer.UNKNOWN:
        message = _(
            "The identity service does not know this document. A new or changed document takes "
            "some days; until then your union can look at it in person."
        )
        return errors.Invalid(message, code="unknown", fields={"identity_number": message})
    message = _(
        "Name and number do not belong together. Compare each character with your document: "
        "rare characters and the dot in the name are the usual cause."
    )
    return errors.Invalid(message, code="mismatch", fields={"name": message})

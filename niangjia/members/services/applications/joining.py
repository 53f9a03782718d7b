"""One press of the button on the joining form."""

import contextlib
import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Invalid, Unavailable
from niangjia.members.models import Account, Application, Person, Purpose
from niangjia.members.rules.applications import Answers
from niangjia.members.services import consents as giving
from niangjia.members.services import identity as saying
from niangjia.members.services import identity_check as checking
from niangjia.members.services.applications.submission import submit_application
from niangjia.organisations.models import Union


def apply_to_join(
    *,
    account: Account,
    union: Union,
    identity: Mapping[str, Any],
    answers: Answers,
    consents: Collection[Purpose],
    version: int | None = None,
    window: str = "",
    now: dt.datetime,
) -> Application:
    """Consents, the real-name check where it was agreed to, identity and application.

    `identity` is what `identify_person` takes; without an `identity_number` the one already known
    is kept, and only the rest of it is written. `consents` must hold `Purpose.MEMBERSHIP` (without
    it the register cannot be kept); the others are free, and what is not ticked is not withdrawn
    here. With `Purpose.IDENTITY_CHECK` the identity service is asked, outside any transaction; when
    it does not answer the application goes through, and the union looks at the document itself.

    Raises what `confirm_identity`, `identify_person` and `submit_application` raise, and `Invalid`
    "consent-needed" on `consent_membership`. Nothing is applied for unless all of it succeeds.
    """
    if Purpose.MEMBERSHIP not in consents:
        problem = _("Without this consent the union cannot keep you in its register.")
        raise Invalid(problem, code="consent-needed", fields={"consent_membership": problem})
    _give_consents(account, consents, now)
    account = Account.objects.select_related("person").get(pk=account.pk)
    given = _with_known(identity, account.person)
    if Purpose.IDENTITY_CHECK in consents and not _is_proven(account.person):
        with contextlib.suppress(Unavailable):
            checking.confirm_identity(account=account, answers=given, now=now)
    saying.count_claim(account=account, answers=given, now=now)
    return _identify_and_submit(account, given, union, answers, version, window, now)


@transactions.atomic
def _give_consents(account: Account, consents: Collection[Purpose], now: dt.datetime) -> None:
    for purpose in sorted(consents):
        giving.give_consent(account=account, purpose=purpose, now=now)


@transactions.atomic
def _identify_and_submit(
    account: Account,
    given: Mapping[str, Any],
    union: Union,
    answers: Answers,
    version: int | None,
    window: str,
    now: dt.datetime,
) -> Application:
    saying.identify_person(account=account, answers=given, now=now)
    return submit_application(
        account=account, union=union, answers=answers, version=version, window=window, now=now
    )


def _is_proven(person: Person | None) -> bool:
    return person is not None and person.verified_at is not None


def _with_known(identity: Mapping[str, Any], known: Person | None) -> dict[str, Any]:
    given = dict(identity)
    if known is not None and not given.get("identity_number"):
        given |= {
            "name": known.name,
            "document_type": known.document_type,
            "identity_number": known.identity_number,
            "birth_date": known.birth_date,
            "gender": known.gender,
        }
    return given

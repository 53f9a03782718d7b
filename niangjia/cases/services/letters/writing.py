"""Writing a letter: looking at it first, then sending it out under a number."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import CaseLetter, EntryKind
from niangjia.cases.services import telling, timeline
from niangjia.cases.services.letters.origins import tell_origins
from niangjia.cases.services.letters.preparing import Draft, prepare
from niangjia.cases.services.letters.sealing import facts_of
from niangjia.cases.services.letters.sending import send
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post


@transactions.atomic
def preview_letter(
    *,
    by: Post,
    case_id: uuid.UUID,
    template: str,
    values: Mapping[str, str] | None = None,
    employer_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> Draft:
    """How a letter would read: with `values` in its fields, or as it begins (None). Nothing is
    kept. Raises what `issue_letter` raises, a colleague's letter aside."""
    return prepare(by, case_id, template, values, employer_id=employer_id, now=now)


@transactions.atomic
def issue_letter(
    *,
    by: Post,
    case_id: uuid.UUID,
    template: str,
    values: Mapping[str, str],
    seen: int,
    verify_at: str,
    employer_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> CaseLetter:
    """Send a letter out: from now on it has the next number of the union of `by` in this year,
    bears its seal and a code by which anybody checks it at `verify_at` (the address of that page),
    and is never changed. A letter to others never names whoever complained without their consent.
    `employer_id` is the one of several accused it goes to; none, and it goes to all of them.

    Raises `NotFound` out of reach, for a template there is not, without the right to decide where
    it needs that; `Conflict` "withdrawn", "erased", "letter-written" when a colleague was faster;
    `Invalid` "bad-letter" and "names-applicant" with one message a field, "not-accused".
    """
    draft = prepare(by, case_id, template, values, employer_id=employer_id, now=now)
    if draft.seen != seen:
        raise Conflict(
            _("A colleague has just sent this letter. Look at it before you write another."),
            code="letter-written",
        )
    with protection.working("cases.letter"):
        letter = send(draft, by=by.account_id, verify_at=verify_at, now=now)
        facts = {"letter": str(letter.pk), **facts_of(letter, "issued")}
        timeline.write_entry(
            draft.case,
            EntryKind.DOCUMENT,
            now=now,
            by=by.account_id,
            union=draft.union,
            facts=facts,
            is_public=True,
        )
        if draft.template.to == "applicant":
            applicant = telling.applicant_of(draft.case)
            telling.tell_applicant(draft.case, applicant, "case.letter", now=now)
        else:
            tell_origins(draft.case, draft.union, facts_of(letter, "issued"), now=now)
    return letter

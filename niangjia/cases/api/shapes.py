"""Cases as the operations answer them."""

import uuid
from typing import Any

from niangjia.cases.models import Case, State
from niangjia.cases.rules import story
from niangjia.cases.rules.content import Text
from niangjia.cases.rules.eligibility import Outlook
from niangjia.cases.rules.materials import handed_in
from niangjia.cases.rules.wording import in_words
from niangjia.cases.selectors import Offered, document_of
from niangjia.cases.selectors.officers import unions_about
from niangjia.cases.selectors.rectification import own_rating
from niangjia.cases.services import Reading
from niangjia.cases.services.promising import calendars_of, find_legal_end
from niangjia.cases.services.rating import live_token
from niangjia.core import clock
from niangjia.core.prepared import together
from niangjia.members.selectors.views_of_data import unions_named


def words(text: Text) -> dict[str, str]:
    """A `Text` as `CaseText`."""
    return {"zh": text.zh, "en": text.en}


def service(offered: Offered) -> dict[str, Any]:
    """An item as `ServiceOut`."""
    item = offered.document
    return {
        "key": item.key,
        "name": words(item.name),
        "summary": words(item.summary),
        "kind": item.kind,
        "anonymous": item.anonymous,
        "days": item.promised_term.days,
        "unit": item.promised_term.unit,
    }


def outlook(found: Outlook) -> dict[str, Any]:
    """What comes of the conditions as `EligibilityOut`, but for the questions."""
    return {
        "answer": found.answer,
        "verdicts": [
            {
                "key": each.condition.key,
                "text": words(each.condition.text),
                "basis": words(each.condition.basis),
                "answer": each.answer,
                "unset": list(each.unset),
            }
            for each in found.verdicts
        ],
    }


def case(found: Case) -> dict[str, Any]:
    """A case as `CaseOut`."""
    item = document_of(found.snapshot_id)
    present = item.step(found.step) if found.is_open else None
    return {
        "number": found.number,
        "service": words(item.name),
        "service_key": item.key,
        "state": found.state,
        "result": found.result or None,
        "step": {
            "key": present.key,
            "name": words(present.name),
            "note": words(present.note),
            "is_applicants": present.by == "applicant",
            "is_anothers": present.another,
        }
        if present
        else None,
        "union": found.handler,
        "opened_at": found.opened_at,
        "next_due_at": found.next_due_at if found.state == State.OPEN else None,
        "due_at": found.due_at if found.is_open else None,
        "is_late": found.is_late(clock.now()),
        "is_complaint": found.is_complaint,
        "is_urgent": found.is_urgent,
    }


def about(reading: Reading, *, to_applicant: bool) -> dict[str, Any]:
    """Whom at a union it is about as `CaseAboutOut`: to the applicant what they said themselves,
    not whom an officer has named. One query, none where it is about nobody."""
    who = reading.told.about
    shown = reading.case.about_ids if who or not to_applicant else ()
    return {"who": who, "unions": unions_about(shown)}


def detail(reading: Reading, *, to_applicant: bool) -> dict[str, Any]:
    """A case with its seals open as `CaseDetail`. One trip to the database, two about
    somebody at a union."""
    found = reading.case
    item = document_of(found.snapshot_id)
    _accounts, unions = story.ids_in(reading.timeline)
    called, calendars = together(unions_named(unions), calendars_of(found))
    names = story.Names(unions=called)
    present = item.step(found.step) if found.state == State.OPEN else None
    outcomes = present.choices if present else ()
    return case(found) | {
        "answers": in_words(item.form, reading.told.answers, reading.files),
        "about": about(reading, to_applicant=to_applicant),
        "timeline": story.told(
            reading.timeline, item, names, to_applicant=to_applicant, files=reading.files
        )[::-1],
        "files": list(reading.files.values()),
        "lacking": [
            each.material.key
            for each in handed_in(item, reading.told.answers, list(reading.files.values()))
            if each.material.required and not each.files
        ],
        "outcomes": [
            {"key": each.key, "name": words(each.name), "needs_reason": each.needs_reason}
            for each in outcomes
        ],
        "questions": present.form.schema_ if present and present.form else None,
        "legal_due_at": find_legal_end(found, reading.timeline, calendars),
    }


def rating(reading: Reading, account: uuid.UUID | None = None) -> dict[str, Any] | None:
    """How far the rating of one's own case is, as `OwnRatingOut`. Three queries at most."""
    found = own_rating(reading.case, clock.now())
    if found is None:
        return None
    asked = found.invitation
    is_asked = account is not None and asked.account_id == account
    entries = [entry for entry, _said in reading.timeline]
    return {
        "state": found.state,
        "until": found.until,
        "id": asked.pk if is_asked else None,
        "token": "" if is_asked else live_token(reading.case, entries),
    }

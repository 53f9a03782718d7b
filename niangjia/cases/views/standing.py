"""Where a case stands, as its applicant reads it: signed in, or by a receipt."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import Case, State
from niangjia.cases.rules import story
from niangjia.cases.rules.content import Step
from niangjia.cases.rules.materials import asked_besides, asked_in, handed_in
from niangjia.cases.rules.questions import Questions
from niangjia.cases.rules.wording import RESULTS, in_words
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import letters_of
from niangjia.cases.selectors.officers import unions_about
from niangjia.cases.selectors.readings import openings_of
from niangjia.cases.selectors.rectification import own_rating
from niangjia.cases.selectors.surroundings import accused_over_time, dates_stay
from niangjia.cases.services import Reading
from niangjia.cases.services.letters import agreed_in
from niangjia.cases.services.promising import calendars_of, find_legal_end
from niangjia.cases.services.rating import live_token
from niangjia.cases.services.shelves import OwnShelf
from niangjia.cases.views.taking_in import take_in
from niangjia.core import clock, protection
from niangjia.core.prepared import together
from niangjia.members.selectors.views_of_data import unions_named

#: Before the names of a step's own questions, and of the files of a message, so that an item may
#: name them as it likes.
ASKED, SAID = "asked", "said"


def standing(reading: Reading, account_id: uuid.UUID | None = None) -> dict[str, Any]:
    """What the page of one's own case shows. Two queries at most."""
    case = reading.case
    item = document_of(case.snapshot_id)
    present = item.step(case.step)
    _accounts, unions = story.ids_in(reading.timeline)
    own = [account_id] if account_id else []
    with protection.viewing(receipt=bytes(case.owner_digest)):
        called, openings, stay, calendars, accused, letters = together(
            unions_named(unions),
            openings_of(case.pk, but=own),
            dates_stay(case),
            calendars_of(case),
            accused_over_time(case),
            letters_of(case.pk),
        )
    names = story.Names(unions=called)
    entries = [entry for entry, _said in reading.timeline]
    handed = handed_in(item, reading.told.answers, list(reading.files.values()))
    return {
        "case": case,
        "dates_may_move": case.is_open and not stay,
        "item": item,
        "present": present,
        "accused": accused,
        "about_unions": unions_about(case.about_ids) if reading.told.about else [],
        "is_my_turn": case.state == State.OPEN and present is not None and is_mine(present),
        "is_late": case.is_late(clock.now()),
        "legal_end": find_legal_end(case, reading.timeline, calendars),
        "result": RESULTS.get(case.result, ""),
        "answers": in_words(item.form, reading.told.answers, reading.files),
        "materials": handed,
        "happenings": story.told(
            reading.timeline, item, names, to_applicant=True, files=reading.files
        )[::-1],
        "openings": openings,
        **how_it_was(reading, account_id),
        "questions_form": QuestionsForm(turn_questions(reading), prefix=ASKED),
        "files_form": QuestionsForm(message_questions(reading), prefix=SAID),
        "letters": letters[::-1],
        "asks_naming": bool(item.follow_ups) and is_known(case),
        "agreed_to_naming": agreed_in(entries),
    }


def how_it_was(reading: Reading, account_id: uuid.UUID | None) -> dict[str, Any]:
    """How far the rating of a finished case is, and where it is given: as the account that was
    asked, else by the link that lies on the timeline, as long as that leads anywhere. Three queries
    at most, none while it goes on."""
    rating = own_rating(reading.case, clock.now())
    if rating is None:
        return {"rating": None}
    asked = rating.invitation
    if account_id and asked.account_id == account_id:
        return {"rating": rating, "rating_url": reverse("feedback:rate_mine", args=[asked.pk])}
    token = live_token(reading.case, [entry for entry, _said in reading.timeline])
    return {"rating": rating, "rating_url": reverse("feedback:rate", args=[token]) if token else ""}


def is_known(case: Case) -> bool:
    """Whether there is a name that a letter to others could bear."""
    return case.is_complaint and not case.is_anonymous and case.state != State.WITHDRAWN


def is_mine(step: Step) -> bool:
    """Whether a step is the applicant's to take."""
    return step.by == "applicant"


def turn_questions(reading: Reading, step: str = "") -> Questions:
    """What the applicant is asked when it is their turn; or was at `step`, which they answered
    while it went on, so that what they typed is still understood."""
    item = document_of(reading.case.snapshot_id)
    present = item.step(step or reading.case.step)
    handed = handed_in(item, reading.told.answers, list(reading.files.values()))
    return asked_in(present if present and is_mine(present) else None, asked_besides(handed))


def message_questions(reading: Reading) -> Questions:
    """The files that may come with a message: what is lacking is asked for in one place only."""
    besides = [each for each in turn_questions(reading).every if each.is_beside]
    item = document_of(reading.case.snapshot_id)
    present = item.step(reading.case.step)
    is_turn = reading.case.state == State.OPEN and present is not None and is_mine(present)
    return Questions(tuple(besides[-1:] if is_turn else besides))


def taken_in(
    request: HttpRequest, reading: Reading, owner: bytes, questions: Questions, prefix: str
) -> QuestionsForm:
    """The questions as they were answered, their files kept."""
    sent = take_in(request, questions, OwnShelf(owner, reading.case.pk), prefix=prefix)
    return QuestionsForm(
        questions, sent.data, prefix=prefix, held=sent.held, problems=sent.problems
    )

"""Where a case stands, as its applicant reads it: signed in, or by a receipt."""

import uuid
from collections.abc import Mapping
from typing import Any

from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import State
from niangjia.cases.rules import story
from niangjia.cases.rules.content import Step
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.rules.wording import RESULTS, in_words
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.readings import list_openings
from niangjia.cases.services import Reading
from niangjia.cases.services.rating import token_in
from niangjia.cases.views.own_letters import letters_around
from niangjia.core import clock
from niangjia.members.selectors.views_of_data import names_of_unions

#: Before the names of a step's own questions, so that an item may name them as it likes.
ASKED = "asked"


def standing(reading: Reading, account_id: uuid.UUID | None = None) -> dict[str, Any]:
    """What the page of one's own case shows. Eight queries at most."""
    case = reading.case
    item = document_of(case.snapshot_id)
    present = item.step(case.step)
    _accounts, unions = story.ids_in(reading.timeline)
    names = story.Names(unions=names_of_unions(unions))
    own = [account_id] if account_id else []
    return {
        "case": case,
        "item": item,
        "present": present,
        "is_my_turn": case.state == State.OPEN and present is not None and is_mine(present),
        "is_late": case.is_late(clock.now()) or (case.is_open and case.raised_to_id is not None),
        "result": RESULTS.get(case.result, ""),
        "answers": in_words(item.form, reading.told.answers),
        "happenings": story.told(reading.timeline, item, names, to_applicant=True)[::-1],
        "openings": list_openings(case.pk, but=own),
        "rating_token": token_in(case, [entry for entry, _said in reading.timeline])
        if case.state == State.CLOSED
        else "",
        "questions_form": questions_for(present),
        **letters_around(case),
    }


def is_mine(step: Step) -> bool:
    """Whether a step is the applicant's to take."""
    return step.by == "applicant"


def questions_for(step: Step | None, data: Mapping[str, Any] | None = None) -> QuestionsForm | None:
    """The questions of a step of one's own as a form, if it asks any."""
    if step is None or step.form is None or not is_mine(step):
        return None
    return QuestionsForm(questions_of(step.form), data, prefix=ASKED)

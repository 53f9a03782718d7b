"""Looking at a version as a worker will, and trying it out, with nothing kept."""

import datetime as dt
import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases.forms import StepForm
from niangjia.cases.forms.drafting.trial import MoveForm, PersonForm, TrialForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import ItemVersion
from niangjia.cases.rules import content, eligibility, story
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.rules.wording import RESULTS
from niangjia.cases.selectors import versions as selectors
from niangjia.cases.services.trial import Move, Trial, likely_union, try_out
from niangjia.cases.views.desk.catalogue.items import EDITS, acting
from niangjia.core import clock, refusals
from niangjia.core.errors import Invalid
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.notices import WORDINGS
from niangjia.members.selectors.unions_within_reach import find_named_union_within
from niangjia.members.selectors.views_of_data import names_of_unions
from niangjia.organisations.models import Union

#: Before the names of an item's own questions.
ASKED, STEP = "asked", "step"


@require_GET
@never_cache
@officer_page(EDITS)
def preview(request: OfficerRequest, version_id: str) -> HttpResponse:
    """The page of the service and its form, as a worker will see them."""
    found = selectors.access_version(request.posts, version_id)
    item = readable(found)
    return render(
        request,
        "cases/desk/catalogue/preview.html",
        {
            "version": found,
            "union": found.union,
            "item": item,
            "form": QuestionsForm(questions_of(item.form)) if item else None,
        },
    )


def readable(found: ItemVersion) -> content.Item | None:
    """The document as a whole; None while it has too many holes to be shown."""
    try:
        return content.read(selectors.whole_document(found))
    except Invalid:
        return None


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(EDITS)
def trial(request: OfficerRequest, version_id: str) -> HttpResponse:
    """A made-up applicant: first what they answer, then step after step. What happened so far
    stands in the page itself, and nowhere else."""
    found = selectors.access_version(request.posts, version_id)
    item = readable(found)
    context: dict[str, Any] = {"version": found, "union": found.union, "item": item}
    if item is None:
        return render(request, "cases/desk/catalogue/trial.html", context)
    posting = request.method == "POST"
    form = QuestionsForm(questions_of(item.form), request.POST if posting else None, prefix=ASKED)
    person = PersonForm(request.POST if posting else None)
    setting = TrialForm(
        request.POST if posting else None, initial={"union": likely_union(found).number}
    )
    context |= {"form": form, "person": person, "setting": setting}
    wrong = [each for each in (form, person, setting) if not each.is_valid()]
    if not posting or wrong:
        return render(
            request, "cases/desk/catalogue/trial.html", context, status=422 if posting else 200
        )
    facts = {name: value for name, value in person.cleaned_data.items() if value not in (None, "")}
    context["outlook"] = eligibility.outlook(
        item, person=facts, answers=form.answers(), today=clock.today()
    )
    with refusals.beside(setting):
        union = asked_at(request, setting.cleaned_data["union"])
        moves = setting.cleaned_data["script"]
        context |= tried(request, found, union, form.answers(), moves, item)
    status = 422 if setting.errors else 200
    return render(request, "cases/desk/catalogue/trial.html", context, status=status)


def asked_at(request: OfficerRequest, words: str) -> Union:
    """The union the made-up applicant belongs to. Raises `Invalid` on `union`."""
    union = find_named_union_within(request.posts, EDITS, words)
    if union is None:
        problem = _("Write the whole name or the number of a union within your reach.")
        raise Invalid(problem, code="no-union", fields={"union": problem})
    return union


def tried(
    request: OfficerRequest,
    found: ItemVersion,
    union: Union,
    answers: dict[str, Any],
    moves: list[Move],
    item: content.Item,
) -> dict[str, Any]:
    """What the page shows of a trial, with the next move, if one was sent, taken as well."""

    def run(taken: list[Move]) -> Trial:
        return try_out(
            by=acting(request, found.union),
            version_id=found.pk,
            union=union,
            answers=answers,
            moves=taken,
            now=clock.now(),
        )

    seen = run(moves)
    step_form, questions, move_form = StepForm(), None, MoveForm()
    if "move" in request.POST and seen.present is not None:
        move, step_form, questions, move_form = next_move(request, seen)
        if move is not None:
            after = run([*moves, move])
            if after.refusal is None:
                seen, moves = after, [*moves, move]
                step_form, questions, move_form = StepForm(), None, MoveForm()
            else:
                refusals.add_refusal(after.refusal, step_form)
    if questions is None and seen.present is not None and seen.present.form is not None:
        questions = QuestionsForm(questions_of(seen.present.form), prefix=STEP)
    return {
        **shown(seen),
        "script": json.dumps([plain(move) for move in moves], ensure_ascii=False),
        "step_form": step_form,
        "questions_form": questions,
        "move_form": move_form,
        "moves": len(moves),
    }


def next_move(
    request: OfficerRequest, seen: Trial
) -> tuple[Move | None, StepForm, QuestionsForm | None, MoveForm]:
    """The move that was sent, and its forms; None while something in them does not fit."""
    move_form = MoveForm(request.POST)
    if not move_form.is_valid():
        return None, StepForm(request.POST), None, move_form
    if request.POST["move"] == "wait":
        return Move(), StepForm(), None, move_form
    step_form = StepForm(request.POST)
    questions = None
    present = seen.present
    if present is not None and present.form is not None:
        questions = QuestionsForm(questions_of(present.form), request.POST, prefix=STEP)
        chosen = present.outcome(request.POST.get("outcome", ""))
        questions.is_needed = chosen is None or chosen.needs_answers
    fits = [form.is_valid() for form in (step_form, questions) if form is not None]
    if not all(fits):
        return None, step_form, questions, move_form
    move = Move(
        outcome=step_form.cleaned_data["outcome"],
        words=step_form.cleaned_data["words"],
        answers=questions.answers() if questions else {},
        on=move_form.cleaned_data["on"],
    )
    return move, step_form, questions, move_form


def plain(move: Move) -> dict[str, Any]:
    """A move as it stands in the page."""
    on = move.on.isoformat() if isinstance(move.on, dt.date) else None
    return {"outcome": move.outcome, "words": move.words, "answers": dict(move.answers), "on": on}


def shown(seen: Trial) -> dict[str, Any]:
    """A trial in words."""
    _accounts, unions = story.ids_in(seen.timeline)
    names = story.Names(unions=names_of_unions(unions))
    return {
        "trial": seen,
        "present": seen.present,
        "happenings": story.told(seen.timeline, seen.item, names, to_applicant=False),
        "result": RESULTS.get(seen.case.result, ""),
        "notices": [(str(WORDINGS[kind].title), n) for kind, n in seen.notices.items()],
    }

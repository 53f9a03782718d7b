"""The page of one case, and how every act on it comes back to it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import selectors, services
from niangjia.cases.forms import (
    DeathForm,
    DismissalForm,
    PauseForm,
    PurposeForm,
    ReasonForm,
    StepForm,
    WordsForm,
)
from niangjia.cases.forms.asking import NamedEmployerForm, NamedOfficerForm
from niangjia.cases.forms.letters import NamingForm
from niangjia.cases.forms.picking import no_offers, picker_for
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.forms.workload import AssignForm
from niangjia.cases.models import Case, CaseUnit, State
from niangjia.cases.rules import story
from niangjia.cases.rules.beside import all_beside
from niangjia.cases.rules.chain import may_be_sent_back
from niangjia.cases.rules.content import Step
from niangjia.cases.rules.materials import asked_in, handed_in
from niangjia.cases.rules.objections import last_unanswered
from niangjia.cases.rules.questions import MORE, Questions, free_files
from niangjia.cases.rules.wording import RESULTS, in_words
from niangjia.cases.selectors import document_of, surroundings
from niangjia.cases.selectors.hands import has_another, workers_on
from niangjia.cases.selectors.linking import links_of
from niangjia.cases.selectors.officers import unions_about
from niangjia.cases.services import Reading, moving_away
from niangjia.cases.services.promising import calendars_of, find_legal_end
from niangjia.cases.services.shelves import DeskShelf
from niangjia.cases.views.desk.around import around, letters_around
from niangjia.cases.views.left_over import left_over
from niangjia.cases.views.taking_in import take_in
from niangjia.core import clock, protection, refusals
from niangjia.core.prepared import together
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.inbox import days_until, urgencies
from niangjia.members.selectors.posts import find_acting_post, holding
from niangjia.members.selectors.views_of_data import unions_named

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

HANDLES, DECIDES = Action.HANDLE_CASES, Action.DECIDE_CASES
#: Before the names of a step's own questions, and of the files of a note, so that an item may name
#: them as it likes.
ASKED, SAID = "asked", "said"
#: The forms of a case that stand on its page together, each with ids of its own.
ACT_FORMS: dict[str, type[Form]] = {
    "words_form": WordsForm,
    "part_form": WordsForm,
    "pause_form": PauseForm,
    "resumption_form": Form,
    "extension_form": ReasonForm,
    "take_over_form": ReasonForm,
    "objection_form": ReasonForm,
    "dismissal_form": DismissalForm,
    "death_form": DeathForm,
    "naming_form": NamingForm,
    "employer_form": NamedEmployerForm,
    "officer_form": NamedOfficerForm,
}
#: How long a purpose that was stated holds for the same case and session: one piece of work.
PURPOSE_HOLDS = dt.timedelta(minutes=30)
KEPT_PURPOSES = 20


def for_a_purpose(
    page: Callable[Concatenate[OfficerRequest, P], R],
) -> Callable[Concatenate[OfficerRequest, P], R | HttpResponse]:
    """A page that opens a case: whoever has to say why first is asked, and led to the case."""

    @wraps(page)
    def asking(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except services.PurposeNeeded as needed:
            return ask_purpose(request, needed.number)

    return asking


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
@for_a_purpose
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """One case. Whoever does not handle it says why they open it first (POST)."""
    form = PurposeForm(request.POST if request.method == "POST" else None)
    purpose = form.stated() if request.method == "POST" and form.is_valid() else ""
    if request.method == "GET" or purpose:
        answer = show(request, number, purpose=purpose)
        if purpose:
            keep_purpose(request, number, purpose)
        return answer
    return ask_purpose(request, number, form)


def ask_purpose(
    request: OfficerRequest, number: str, form: PurposeForm | None = None
) -> HttpResponse:
    """Ask why a case is opened; what is answered leads to its page."""
    form = form or PurposeForm()
    is_panel = bool(request.htmx) and request.htmx.target == "panel"
    return render(
        request,
        "cases/desk/purpose_panel.html" if is_panel else "cases/desk/purpose.html",
        {"number": number, "form": form},
        status=422 if form.is_bound else 200,
    )


def keep_purpose(request: OfficerRequest, number: str, purpose: str) -> None:
    """Let what was stated hold for the work that begins now, so that nobody is asked again after
    each act. Every opening is recorded with it all the same."""
    kept = request.session.get("case_purposes", {})
    kept[number] = [purpose, clock.now().isoformat()]
    request.session["case_purposes"] = dict(list(kept.items())[-KEPT_PURPOSES:])


def kept_purpose(request: OfficerRequest, number: str) -> str:
    """What was stated for this case a short while ago, or nothing."""
    purpose, at = request.session.get("case_purposes", {}).get(number, ("", ""))
    fresh = at and clock.now() - dt.datetime.fromisoformat(at) <= PURPOSE_HOLDS
    return purpose if fresh else ""


def find_case(request: OfficerRequest, number: str) -> Case:
    """The case, for whoever may see it. Raises `NotFound`."""
    with protection.viewing(account=request.user.pk):
        return selectors.access_case(request.posts, number, account=request.user)


def post_for(request: OfficerRequest, found: Case, action: Action) -> Post:
    """The post to act by: the nearest that reaches the union whose turn it is; else any, and the
    service refuses."""
    near = find_acting_post(request.posts, action, found.handler_path)
    return near or holding(request.posts, HANDLES)[0]


def act(
    request: OfficerRequest,
    found: Case,
    form: Form,
    service: Callable[[Post, dict[str, Any]], Any],
    name: str,
    *,
    action: Action = HANDLES,
    others: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """Do it and come back; or say beside the field what is wrong, with everything that was typed.
    `others` are checked and shown again together with `form`."""
    others = others or {}
    for key, each in others.items():
        if isinstance(each, QuestionsForm) and (again := each.reshaped()):
            return show(request, found.number, forms={name: form, key: again})
    return refusals.act(
        request,
        form,
        lambda data: service(post_for(request, found, action), data),
        to=reverse("cases:case", args=[found.number]),
        again=lambda: show(request, found.number, status=422, forms={name: form, **others}),
        others=others.values(),
    )


def act_form(name: str, data: Mapping[str, Any] | None = None) -> Form:
    """The form of an act, empty or as it was sent."""
    return ACT_FORMS[name](data, auto_id=f"id_{name.removesuffix('_form')}_%s")


def questions_for(step: Step | None) -> Questions:
    """What a step asks of an officer, with the files that may come along."""
    return asked_in(step, [free_files(MORE)])


def taken_in(
    request: OfficerRequest, found: Case, questions: Questions, prefix: str
) -> QuestionsForm:
    """The questions as they were answered, their files kept."""
    shelf = DeskShelf(post_for(request, found, HANDLES), found.pk)
    sent = take_in(request, questions, shelf, prefix=prefix)
    return QuestionsForm(
        questions, sent.data, prefix=prefix, held=sent.held, problems=sent.problems
    )


def show(
    request: OfficerRequest,
    number: str,
    *,
    purpose: str = "",
    status: int = 200,
    forms: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """The page of a case. Opening it is recorded in `services.read_case`."""
    now = clock.now()
    reading = services.read_case(
        by=request.user,
        posts=request.posts,
        number=number,
        purpose=purpose or kept_purpose(request, number),
        now=now,
    )
    is_panel = bool(request.htmx) and request.htmx.target == "panel"
    shown, sent = context(request, reading, now), forms or {}
    if isinstance(named := sent.get("officer_form"), NamedOfficerForm):
        shown["officer_picker"] = picker_for(named, near=reading.case.handler)
    return render(
        request,
        "cases/desk/case_panel.html" if is_panel else "cases/desk/case.html",
        {**shown, **sent, **left_over(shown, sent, is_at_hand=shown["may_take_step"])},
        status=status,
    )


def context(request: OfficerRequest, reading: Reading, now: dt.datetime) -> dict[str, Any]:
    """What the page shows, and the forms of what this officer may do."""
    found = reading.case
    item = document_of(found.snapshot_id)
    present = item.step(found.step)
    accounts, unions = story.ids_in(reading.timeline)
    with protection.viewing(account=request.user.pk):
        units, linked, colleagues, officers, called, calendars, every, accused, beside, near = (
            together(
                surroundings.joint_units_of(found),
                links_of(found),
                surroundings.colleagues_on(found),
                surroundings.officers_named(accounts | set(filter(None, [found.assigned_to_id]))),
                unions_named(unions),
                days_until([found.next_due_at, found.due_at], now),
                calendars_of(found),
                surroundings.accused_over_time(found),
                all_beside(found, request.posts, request.user),
                around(found, item),
            )
        )
    colleagues = colleagues if found.is_open else []
    names = story.Names(officers, called)
    runs = [(at, found.handler.division_id) for at in (found.next_due_at, found.due_at)]
    urgency, whole = urgencies(runs, now, calendars) if found.state == State.OPEN else (None, None)
    acting = find_acting_post(request.posts, HANDLES, found.handler_path)
    deciding = find_acting_post(request.posts, DECIDES, found.handler_path)
    is_own = found.applicant_id == request.user.pk
    may_act = acting is not None and found.is_open and not is_own
    may_decide = deciding is not None and found.is_open and not is_own
    is_left = is_left_to_others(found, present, request.user)
    at_home = any(post.union_id == found.handler_id for post in request.posts)
    return {
        "reading": reading,
        "case": found,
        "item": item,
        "present": present,
        "result": RESULTS.get(found.result, ""),
        "urgency": urgency,
        "whole": whole,
        "answers": in_words(item.form, reading.told.answers, reading.files),
        "happenings": story.told(
            reading.timeline, item, names, to_applicant=False, files=reading.files
        )[::-1],
        "may_go_along": moving_away.may_go_along(reading.timeline),
        "accused": accused,
        "about_unions": unions_about(found.about_ids),
        "officer_picker": no_offers(),
        "may_name_officer": may_act and (found.is_complaint or item.about_officers),
        "legal_end": find_legal_end(found, reading.timeline, every),
        "units": units,
        "my_part": find_part(request.posts, units) if found.is_open and not is_own else None,
        "linked": linked,
        "beside": beside,
        "assigned": names.officers.get(found.assigned_to_id, "") if found.assigned_to_id else "",
        "is_mine": found.assigned_to_id == request.user.pk,
        "is_own": is_own,
        "may_act": may_act,
        "may_decide": may_decide,
        "is_left": is_left,
        "may_take_step": may_act
        and not is_left
        and found.state == State.OPEN
        and present is not None
        and present.by != "applicant"
        and (may_decide or not present.decides),
        "unanswered": last_unanswered(entry for entry, _said in reading.timeline),
        "may_take_over": may_decide and not at_home and takes_over(request.posts, found),
        "may_object": may_decide
        and may_be_sent_back(entry for entry, _said in reading.timeline) is not None,
        "colleagues": colleagues,
        "step_form": StepForm(initial={"step": found.step}),
        "questions_form": QuestionsForm(questions_for(present), prefix=ASKED),
        "files_form": QuestionsForm(questions_for(None), prefix=SAID),
        "materials": handed_in(item, reading.told.answers, list(reading.files.values())),
        "at_desk": True,
        "assign_form": AssignForm(colleagues, initial={"to": found.assigned_to_id}),
        **{name: act_form(name) for name in ACT_FORMS},
        **letters_around(near, reading, item, may_act=may_act, may_decide=may_decide),
        "now": now,
    }


def is_left_to_others(found: Case, present: Step | None, account: Account) -> bool:
    """Whether the present step is for somebody who had no hand in the case, as this officer had.
    Three queries at most, none for other steps."""
    if present is None or not present.another:
        return False
    with protection.viewing(account=account.pk):
        worked = workers_on(found, present)
        return account.pk in worked and has_another(found, worked)


def find_part(posts: Sequence[Post], units: Sequence[CaseUnit]) -> CaseUnit | None:
    """The part of one's own union that is not done yet."""
    own = {post.union_id for post in holding(posts, HANDLES)}
    return next((unit for unit in units if unit.union_id in own and unit.done_at is None), None)


def takes_over(posts: list[Post], found: Case) -> bool:
    """Whether one of `posts` is at a union above the one whose turn it is, and may decide."""
    return any(
        permissions.may(post.role, DECIDES)
        and found.handler_path.startswith(post.union.path)
        and post.union_id != found.handler_id
        and post.scope.covers(found.handler_path)
        for post in posts
    )

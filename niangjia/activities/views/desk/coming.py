"""Who comes: the list of a run, decisions, checking in, payments."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.activities import services
from niangjia.activities.forms.coming import ListForm, PurposeForm, WhyForm
from niangjia.activities.models import Attendance, Companion, Run, Session, SignUp
from niangjia.activities.rules import questions
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.rules.questions import Question
from niangjia.activities.selectors.co_organisers import (
    Looking,
    access_shared_run,
    access_shared_session,
)
from niangjia.activities.selectors.counting import count_answers
from niangjia.activities.selectors.sign_ups import TABS, list_chosen, list_of_run
from niangjia.activities.services.deciding import decide_sign_up
from niangjia.activities.services.exporting import export_insurance, export_list
from niangjia.activities.services.looking import look_at_list
from niangjia.activities.views.desk.access import RUNS, run_for, session_for, sign_up_for
from niangjia.activities.views.desk.charts import chart_of_attendance
from niangjia.allocation.selectors.gates import list_desk_gates
from niangjia.core import clock, refusals
from niangjia.core.pagination import bounded_counts, page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post

LABELS: dict[str, Promise] = {
    "": gettext_lazy("With a seat"),
    "entered": gettext_lazy("To be decided"),
    "waiting": gettext_lazy("On the waiting list"),
    "ended": gettext_lazy("No longer"),
}
SIZE = 50
Said = tuple[Question, str]
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
@officer_page(RUNS)
def coming(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Who has a seat of a run, and who was there. Looking is recorded."""
    run, looking = access_shared_run(request.posts, run_id)
    return shown(request, run, looking, request.GET.get("session", ""))


@require_GET
@never_cache
@officer_page(RUNS)
def of_session(request: OfficerRequest, session_id: str) -> HttpResponse:
    """The same, at one session: where its gate leads back to."""
    session, by = session_for(request, session_id)
    looking = Looking(by, is_own=True, notes=True)
    return shown(request, session.run, looking, str(session.pk))


def shown(
    request: OfficerRequest,
    run: Run,
    looking: Looking,
    wanted: str,
    wrong: forms.Form | None = None,
) -> HttpResponse:
    """The list of a run, with who was at the session that is `wanted`, and a form that needs
    another look."""
    current = request.GET.get("tab", "")
    current = current if current in TABS else ""
    page = page_of(
        list_of_run(run, current), order=("id",), cursor=request.GET.get("cursor"), size=SIZE
    )
    sessions = list(run.sessions.all())
    chosen = session_of(sessions, wanted)
    came = people_by_session(sessions)
    look_at_list(by=looking.by, run=run)
    context = {
        "activity": run.activity,
        "run": run,
        "page": page,
        "sessions": sessions,
        "session": chosen,
        "rows": rows_of(page.items, chosen, questions.read(run.activity.questions)),
        "tabs": tabs_of(run, current),
        "current": current,
        "came": came.get(chosen.pk, 0),
        "chart": chart_of_attendance(sessions, came),
        "door": list_desk_gates(request.posts).filter(occasion=occasion_of(chosen.pk)).first(),
        "looking": looking,
        "sums": count_answers(run) if looking.notes and "sum" in request.GET else None,
        "now": clock.now(),
        "wrong": wrong,
        "insurance": wrong if isinstance(wrong, PurposeForm) else PurposeForm(),
        "sheet": wrong if isinstance(wrong, ListForm) else ListForm(auto_id="sheet-%s"),
    }
    return render(request, "activities/desk/coming.html", context, status=422 if wrong else 200)


def session_of(sessions: list[Session], wanted: str) -> Session:
    """The session named in the address, else the one that is on or comes next."""
    now = clock.now()
    named = next((each for each in sessions if str(each.pk) == wanted), None)
    on = [each for each in sessions if each.cancelled_at is None] or sessions
    coming = next((each for each in on if each.ends_at > now), None)
    return named or coming or on[-1]


def people_by_session(sessions: list[Session]) -> dict[uuid.UUID, int]:
    """How many people have come to each session, companions included. One query."""
    found = Attendance.objects.filter(session__in=sessions).order_by()
    return dict(found.values_list("session_id").annotate(Sum("people")))


def tabs_of(run: Run, current: str) -> list[dict[str, Any]]:
    """The tabs with their counts. One query."""
    counts = bounded_counts([list_of_run(run, key).order_by() for key in LABELS], 1000)
    return [
        {"key": key, "label": label, "count": count, "is_current": key == current}
        for (key, label), count in zip(LABELS.items(), counts, strict=True)
    ]


@dataclass(frozen=True)
class Row:
    """Somebody on the list: whether they came to the session, and what they, and each companion,
    answered to the activity's own questions."""

    sign_up: SignUp
    came: Attendance | None
    said: list[Said]
    companions: list[tuple[Companion, list[Said]]]


def rows_of(sign_ups: list[SignUp], session: Session, asked: Sequence[Question]) -> list[Row]:
    """Each as the list shows them. One query."""
    found = Attendance.objects.filter(session=session, sign_up__in=sign_ups)
    came = {attendance.sign_up_id: attendance for attendance in found}
    return [
        Row(
            each,
            came.get(each.pk),
            said_of(each, asked),
            [(one, said_of(one, questions.of_each(asked))) for one in each.companions.all()],
        )
        for each in sign_ups
    ]


def said_of(row: SignUp | Companion, asked: Sequence[Question]) -> list[Said]:
    """What was answered, by question; nothing where nothing was."""
    told = row.told.get("more", {})
    return [(q, words) for q, words in questions.in_words(asked, told) if words]


@require_POST
@officer_page(RUNS)
def attendance(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Somebody came, or it was a mistake; several ticked ones at once."""
    session, looking = access_shared_session(request.posts, session_id)
    by, chosen = looking.by, list_chosen(session.run, request.POST.getlist("sign_up"))
    with refusals.told(request):
        if request.POST.get("undo"):
            for each in chosen:
                services.undo_attendance(by=by, sign_up=each, session=session)
        elif not chosen:
            messages.error(request, _("Tick whoever came."))
        else:
            services.attend_all(by=by, sign_ups=chosen, session=session, now=clock.now())
    return back(session)


@require_POST
@officer_page(RUNS)
def door(request: OfficerRequest, session_id: str) -> HttpResponse:
    """To the gate of a session: who keeps it, who came in, what is to be looked at. Opened if there
    is none yet."""
    session, by = session_for(request, session_id)
    with refusals.told(request):
        gate = services.open_door(by=by, session=session, now=clock.now())
        return redirect("allocation:desk_gate", gate.pk)
    return back(session)


@require_POST
@officer_page(RUNS)
def decision(request: OfficerRequest, sign_up_id: str) -> HttpResponse:
    """Yes or no to one who asked; or a seat taken back, with a reason."""
    sign_up, by = sign_up_for(request, sign_up_id)
    is_granted = request.POST.get("verdict") == "granted"
    form = WhyForm(sign_up.pk, request.POST)

    def decide(given: dict[str, Any]) -> None:
        decide_sign_up(by=by, sign_up=sign_up, is_granted=is_granted, now=clock.now(), **given)

    return refusals.act(
        request,
        form,
        decide,
        to=list_at(request, sign_up.run_id),
        said=_("Decided. They are being told."),
        again=lambda: shown_again(request, sign_up.run, by, form),
    )


def shown_again(request: OfficerRequest, run: Run, by: Post, form: forms.Form) -> HttpResponse:
    """The organiser's list with a form that was refused."""
    looking = Looking(by, is_own=True, notes=True)
    return shown(request, run, looking, request.GET.get("session", ""), form)


def list_at(request: OfficerRequest, run_id: uuid.UUID) -> str:
    """The list as it was looked at."""
    return f"{reverse('activities:coming', args=[run_id])}?{request.GET.urlencode()}"


@require_POST
@officer_page(RUNS)
def payment(request: OfficerRequest, sign_up_id: str) -> HttpResponse:
    """What somebody paid on the spot: the fee for all of them, or nothing after all."""
    sign_up, by = sign_up_for(request, sign_up_id)
    due = sign_up.run.activity.fee_fen * sign_up.people
    fen = 0 if request.POST.get("undo") else due
    services.record_payment(by=by, sign_up=sign_up, fen=fen, now=clock.now())
    return redirect(list_at(request, sign_up.run_id))


@require_POST
@officer_page(RUNS)
def insurance(request: OfficerRequest, run_id: str) -> HttpResponse:
    """The list for the insurance, as a workbook, once it is said what for."""
    return workbook(request, run_id, PurposeForm(request.POST), export_insurance, "insurance")


@require_POST
@officer_page(RUNS)
def sheet(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Who comes and what they answered, as a workbook, once it is said what for."""
    form = ListForm(request.POST, auto_id="sheet-%s")
    return workbook(request, run_id, form, export_list, "list")


def workbook(
    request: OfficerRequest,
    run_id: str,
    form: forms.Form,
    service: Callable[..., bytes],
    name: str,
) -> HttpResponse:
    """What `service` makes of a run, to be kept under `name`; or the page with what is wrong."""
    run, by = run_for(request, run_id)
    if form.is_valid():
        with refusals.beside(form):
            made = service(by=by, run=run, now=clock.now(), **form.cleaned_data)
            disposition = f'attachment; filename="{name}-{run.activity.number}.xlsx"'
            headers = {"Content-Disposition": disposition}
            return HttpResponse(made, content_type=SHEET_TYPE, headers=headers)
    return shown_again(request, run, by, form)


def back(session: Session) -> HttpResponse:
    """To the list, as of this session."""
    there = reverse("activities:coming", args=[session.run_id])
    return redirect(f"{there}?session={session.pk}")

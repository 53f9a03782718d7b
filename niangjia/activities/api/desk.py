"""/desk/activities: planning and running activities, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.activities import services
from niangjia.activities.api import shapes
from niangjia.activities.models import Activity
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.activities.rules.questions import Question
from niangjia.activities.schemas.desk import (
    CallingOffIn,
    MeetingIn,
    NewActivityIn,
    NewRunIn,
    PlanIn,
    PlannedDetail,
    PlannedList,
    QuestionsIn,
)
from niangjia.activities.selectors import planning
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

router = Router(tags=["desk"])
RUNS = Action.RUN_ACTIVITIES


def activity_for(request: HttpRequest, number: str) -> tuple[Activity, Post]:
    """An activity within reach, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, RUNS)
    found = planning.access_activity(posts, number)
    return found, access_acting_post(posts, RUNS, found.union.path)


def plan_from(union: Union, payload: PlanIn) -> Plan:
    """The plan in a payload. Raises `Invalid` for a union that is not in the choice."""
    values = {name: getattr(payload, name) for name in Plan.__dataclass_fields__}
    choices = {each.number: each for each in planning.seen_choices(union)}
    for name in ("seen_by", "open_to"):
        number = values[name]
        if number and number not in choices:
            problem = _("Choose your union or one above it.")
            raise Invalid(problem, fields={name: problem})
        values[name] = choices.get(number) if number else None
    return Plan(**{**values, "worker_kinds": tuple(values["worker_kinds"])})


def meeting_from(payload: MeetingIn) -> Meeting:
    return Meeting(**payload.dict())


def as_it_is(found: Activity) -> dict[str, Any]:
    """The activity after an act on it, as `PlannedDetail`."""
    fresh = Activity.objects.select_related("union").get(pk=found.pk)
    return shapes.planned_detail(fresh, planning.list_runs(fresh))


@router.get("", response=PlannedList, summary="Activities within reach")
def list_planned(request: HttpRequest, tab: str = "", cursor: str | None = None) -> dict[str, Any]:
    """`tab` is drafts, past, cancelled, or nothing for what is to come. The newest first."""
    found = planning.list_activities(posts_for(request, RUNS))
    page = page_of(found.filter(planning.in_tab(tab, clock.now())), order=("-id",), cursor=cursor)
    return {"items": list(map(shapes.planned, page.items)), "next": page.next}


@router.post("", response={201: PlannedDetail}, summary="Draft an activity")
def draft_activity(request: HttpRequest, payload: NewActivityIn) -> Status[dict[str, Any]]:
    """With one run and one session; nobody sees it yet."""
    posts = posts_for(request, RUNS)
    if payload.union:
        union = access_union_within(posts, RUNS, payload.union)
    else:
        union = holding(posts, RUNS)[0].union
    made = services.draft_activity(
        by=access_acting_post(posts, RUNS, union.path),
        union=union,
        plan=plan_from(union, payload),
        seats=payload.seats,
        meeting=meeting_from(payload.meeting),
        now=clock.now(),
    )
    return Status(201, as_it_is(made))


@router.get("/{number}", response=PlannedDetail, summary="One activity, as its officers see it")
def show_planned(request: HttpRequest, number: str) -> dict[str, Any]:
    """With runs, sessions and how many seats are given."""
    return as_it_is(activity_for(request, number)[0])


@router.put("/{number}", response=PlannedDetail, summary="Change an activity")
def change_activity(request: HttpRequest, number: str, payload: PlanIn) -> dict[str, Any]:
    """All of a draft; the words of what is published."""
    found, by = activity_for(request, number)
    services.change_activity(by=by, activity=found, plan=plan_from(found.union, payload))
    return as_it_is(found)


@router.put("/{number}/questions", response=PlannedDetail, summary="Ask something of your own")
def set_questions(request: HttpRequest, number: str, payload: QuestionsIn) -> dict[str, Any]:
    """When people sign up. Once it is published words may be mended, and questions and answers
    added; what is wrong is named by the place of its question, from 1."""
    found, by = activity_for(request, number)
    asked = [
        Question(**each.dict() | {"options": tuple(each.options)}) for each in payload.questions
    ]
    services.set_questions(by=by, activity=found, asked=asked)
    return as_it_is(found)


@router.post("/{number}/publication", response=PlannedDetail, summary="Publish it")
def publish_activity(request: HttpRequest, number: str) -> dict[str, Any]:
    """From then on people find it. Twice is once; 422 names what is missing."""
    found, by = activity_for(request, number)
    services.publish_activity(by=by, activity=found, now=clock.now())
    return as_it_is(found)


@router.post("/{number}/cancellation", response=PlannedDetail, summary="Call it off")
def cancel_activity(request: HttpRequest, number: str, payload: CallingOffIn) -> dict[str, Any]:
    """Everybody who signed up is told, with the reason."""
    found, by = activity_for(request, number)
    services.cancel_activity(by=by, activity=found, reason=payload.reason, now=clock.now())
    return as_it_is(found)


@router.post("/{number}/runs", response={201: PlannedDetail}, summary="Add a run")
def add_run(request: HttpRequest, number: str, payload: NewRunIn) -> Status[dict[str, Any]]:
    """With seats of its own. Once it is published one can sign up for it, and whoever waits for
    another is told."""
    found, by = activity_for(request, number)
    services.add_run(
        by=by,
        activity=found,
        seats=payload.seats,
        name=payload.name,
        closes_at=payload.closes_at,
        meeting=meeting_from(payload.meeting),
        now=clock.now(),
    )
    return Status(201, as_it_is(found))

"""/desk/activity-runs, /desk/activity-sessions, /desk/sign-ups: what happens to them."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from niangjia.activities import services
from niangjia.activities.api import shapes
from niangjia.activities.api.desk import RUNS, as_it_is, meeting_from
from niangjia.activities.models import Activity
from niangjia.activities.rules.shifting import Shift, Where
from niangjia.activities.schemas.desk import (
    AttendanceIn,
    AttendanceOut,
    CallingOffIn,
    ClosingIn,
    ComingList,
    ComingOut,
    CountedList,
    MeetingIn,
    PlannedDetail,
    RunMessageIn,
    SeatsIn,
    SessionDoorOut,
    ShiftIn,
    SignUpDecisionIn,
    SignUpPaymentIn,
)
from niangjia.activities.selectors import counting, planning
from niangjia.activities.selectors.co_organisers import access_shared_run, access_shared_session
from niangjia.activities.selectors.sign_ups import access_of_run, list_of_run
from niangjia.activities.services.deciding import decide_sign_up
from niangjia.activities.services.looking import look_at_list
from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post

runs = Router(tags=["desk"])
sessions = Router(tags=["desk"])
sign_ups = Router(tags=["desk"])


def posts_of(request: HttpRequest) -> list[Post]:
    return posts_for(request, RUNS)


def acting(posts: list[Post], activity: Activity) -> Post:
    """The post to act by."""
    return access_acting_post(posts, RUNS, activity.union.path)


@runs.get("/{run_id}/sign-ups", response=ComingList, summary="Who comes to a run")
def list_coming(
    request: HttpRequest, run_id: str, tab: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """`tab` is entered, waiting, ended, or nothing for those with a seat. Whom to call and what was
    answered only for whoever is there at the door. That it was read is on record."""
    run, looking = access_shared_run(posts_of(request), run_id)
    look_at_list(by=looking.by, run=run)
    page = page_of(list_of_run(run, tab), order=("id",), cursor=cursor)
    rows = [shapes.coming(each, with_notes=looking.notes) for each in page.items]
    return {"items": rows, "next": page.next}


@runs.get("/{run_id}/answers", response=CountedList, summary="What they answered, added up")
def count_answers(request: HttpRequest, run_id: str) -> dict[str, Any]:
    """Of everybody with a seat, for whoever is there at the door; no names. 404 for others."""
    run, looking = access_shared_run(posts_of(request), run_id)
    if not looking.notes:
        raise NotFound(_("There is no such page"))
    look_at_list(by=looking.by, run=run)
    return {"items": [shapes.counted(each) for each in counting.count_answers(run)]}


@runs.post("/{run_id}/sessions", response={201: PlannedDetail}, summary="Add a session")
def add_session(request: HttpRequest, run_id: str, payload: MeetingIn) -> Status[dict[str, Any]]:
    """The next evening of a course. Once it is published everybody who signed up is told."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by, meeting = acting(posts, run.activity), meeting_from(payload)
    services.add_session(by=by, run=run, meeting=meeting, now=clock.now())
    return Status(201, as_it_is(run.activity))


@runs.patch("/{run_id}/sessions", response=PlannedDetail, summary="Move several sessions")
def move_sessions(request: HttpRequest, run_id: str, payload: ShiftIn) -> dict[str, Any]:
    """All of them or none; everybody who signed up is told once."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    said = payload.dict(exclude={"sessions", "where"})
    where = Where(**payload.where.dict()) if payload.where else None
    services.move_sessions(
        by=acting(posts, run.activity),
        run=run,
        session_ids=payload.sessions,
        shift=Shift(**said, where=where),
        now=clock.now(),
    )
    return as_it_is(run.activity)


@runs.post("/{run_id}/cancellation", response=PlannedDetail, summary="Call a run off")
def cancel_run(request: HttpRequest, run_id: str, payload: CallingOffIn) -> dict[str, Any]:
    """And with the last one all of it."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by = acting(posts, run.activity)
    services.cancel_run(by=by, run=run, reason=payload.reason, now=clock.now())
    return as_it_is(run.activity)


@runs.post("/{run_id}/seats", response=PlannedDetail, summary="More or fewer seats")
def add_seats(request: HttpRequest, run_id: str, payload: SeatsIn) -> dict[str, Any]:
    """What is added goes to whoever waits first."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by = acting(posts, run.activity)
    services.add_seats(by=by, run=run, count=payload.count, now=clock.now())
    return as_it_is(run.activity)


@runs.post("/{run_id}/closing", response=PlannedDetail, summary="Close sign-up now")
def close_sign_up(request: HttpRequest, run_id: str) -> dict[str, Any]:
    """Whoever has a seat or waits keeps it. Twice is once."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by = acting(posts, run.activity)
    services.close_sign_up(by=by, run=run, now=clock.now())
    return as_it_is(run.activity)


@runs.put("/{run_id}/closing", response=PlannedDetail, summary="Sign-up for longer")
def prolong_sign_up(request: HttpRequest, run_id: str, payload: ClosingIn) -> dict[str, Any]:
    """Also when it has closed already, until lots are drawn."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by = acting(posts, run.activity)
    services.prolong_sign_up(by=by, run=run, closes_at=payload.closes_at, now=clock.now())
    return as_it_is(run.activity)


@runs.post("/{run_id}/messages", response={202: None}, summary="Tell everybody something")
def send_run_message(request: HttpRequest, run_id: str, payload: RunMessageIn) -> Status[None]:
    """Whoever has a seat or waits, in the background."""
    posts = posts_of(request)
    run = planning.access_run(posts, run_id)
    by = acting(posts, run.activity)
    services.send_message(by=by, run=run, words=payload.words, now=clock.now())
    return Status(202, None)


@sessions.put("/{session_id}", response=PlannedDetail, summary="Another time or place")
def move_session(request: HttpRequest, session_id: str, payload: MeetingIn) -> dict[str, Any]:
    """Everybody who signed up is told, and may give the seat back."""
    posts = posts_of(request)
    session = planning.access_session(posts, session_id)
    by, meeting = acting(posts, session.run.activity), meeting_from(payload)
    services.move_session(by=by, session=session, meeting=meeting, now=clock.now())
    return as_it_is(session.run.activity)


@sessions.post("/{session_id}/cancellation", response=PlannedDetail, summary="Call one date off")
def cancel_session(request: HttpRequest, session_id: str, payload: CallingOffIn) -> dict[str, Any]:
    """The others take place. Everybody who signed up is told."""
    posts = posts_of(request)
    session = planning.access_session(posts, session_id)
    by = acting(posts, session.run.activity)
    services.cancel_session(by=by, session=session, reason=payload.reason, now=clock.now())
    return as_it_is(session.run.activity)


@sessions.delete("/{session_id}", response=PlannedDetail, summary="Take a session out")
def remove_session(request: HttpRequest, session_id: str) -> dict[str, Any]:
    """Of a draft."""
    posts = posts_of(request)
    session = planning.access_session(posts, session_id)
    services.remove_session(by=acting(posts, session.run.activity), session=session)
    return as_it_is(session.run.activity)


@sessions.post("/{session_id}/attendances", response=AttendanceOut, summary="Somebody is here")
def note_attendance(request: HttpRequest, session_id: str, payload: AttendanceIn) -> dict[str, Any]:
    """From 3 hours before it begins. Again changes the number."""
    session, looking = access_shared_session(posts_of(request), session_id)
    sign_up, by = access_of_run(session.run, str(payload.sign_up)), looking.by
    if payload.undo:
        services.undo_attendance(by=by, sign_up=sign_up, session=session)
        return shape(sign_up.pk, 0)
    noted = services.attend(
        by=by, sign_up=sign_up, session=session, people=payload.people, now=clock.now()
    )
    return shape(sign_up.pk, noted.people)


def shape(sign_up_id: uuid.UUID, people: int) -> dict[str, Any]:
    """As `AttendanceOut`."""
    return {"sign_up": sign_up_id, "people": people}


@sessions.post("/{session_id}/door", response=SessionDoorOut, summary="The gate of a session")
def open_session_door(request: HttpRequest, session_id: str) -> dict[str, Any]:
    """Opened if there is none yet; its stewards then find it under /gates. Twice is once."""
    posts = posts_of(request)
    session = planning.access_session(posts, session_id)
    by = acting(posts, session.run.activity)
    gate = services.open_door(by=by, session=session, now=clock.now())
    return {"gate": gate.pk, "begins_at": gate.begins_at, "ends_at": gate.ends_at}


@sign_ups.post("/{sign_up_id}/decision", response=ComingOut, summary="Grant or refuse")
def answer_sign_up(
    request: HttpRequest, sign_up_id: str, payload: SignUpDecisionIn
) -> dict[str, Any]:
    """The person is told. A refusal takes back what somebody has."""
    posts = posts_of(request)
    sign_up = planning.access_sign_up(posts, sign_up_id)
    by = acting(posts, sign_up.run.activity)
    decide_sign_up(by=by, sign_up=sign_up, now=clock.now(), **payload.dict())
    return shapes.coming(sign_up)


@sign_ups.post("/{sign_up_id}/payment", response=ComingOut, summary="Note what was paid")
def note_payment(request: HttpRequest, sign_up_id: str, payload: SignUpPaymentIn) -> dict[str, Any]:
    """On the spot; nothing is paid here."""
    posts = posts_of(request)
    sign_up = planning.access_sign_up(posts, sign_up_id)
    by = acting(posts, sign_up.run.activity)
    services.record_payment(by=by, sign_up=sign_up, fen=payload.fen, now=clock.now())
    sign_up.refresh_from_db()
    return shapes.coming(sign_up)

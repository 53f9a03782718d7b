"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.activities.tests.factories import (
    join,
    make_activity,
    make_certificate,
    make_co_organiser,
    make_programme_page,
    make_team,
    run_of,
    session_of,
)
from niangjia.activities.tests.matching import make_match_report
from niangjia.activities.tests.photos import make_photo_request
from niangjia.members.models import Account
from niangjia.organisations.models import Union

NOBODYS = str(uuid.UUID(int=7))
MISSING_ACTIVITIES = {
    "activity": "9" * 9,
    "run": NOBODYS,
    "session": NOBODYS,
    "sign_up": NOBODYS,
    "teammate": NOBODYS,
    "signed_up": NOBODYS,
    "co_organiser": NOBODYS,
    "asked": NOBODYS,
    "match_report": NOBODYS,
    "programme_page": NOBODYS,
    "certificate": NOBODYS,
    "given": NOBODYS,
    "photo": NOBODYS,
    "photo_request": NOBODYS,
}


def make_activities(union: Union, account: Account | None = None) -> dict[str, str]:
    """An activity of `union` that somebody, or `account`, has signed up for: what stands in
    addresses."""
    activity = make_activity(union)
    sign_up = join(activity, account)
    made, certificate = str(sign_up.pk), str(make_certificate(sign_up).pk)
    asked = make_photo_request(union)
    return {
        "certificate": certificate,
        "given": certificate,
        "activity": activity.number,
        "run": str(run_of(activity).pk),
        "session": str(session_of(activity).pk),
        "sign_up": made,
        "teammate": str(make_team(make_activity(union, team_min=2, team_max=3), account).pk),
        "signed_up": made,
        "co_organiser": str(make_co_organiser(activity).pk),
        "photo": str(asked.photo_id),
        "photo_request": str(asked.pk),
        "programme_page": str(make_programme_page(union).pk),
        "match_report": str(make_match_report(union).pk),
        "asked": str(make_co_organiser(make_activity(), union).pk),
    }

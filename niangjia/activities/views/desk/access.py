"""What an officer runs, and by which post."""

from niangjia.activities.models import Activity, Run, Session, SignUp
from niangjia.activities.selectors import planning
from niangjia.members.doors import OfficerRequest
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post

RUNS = Action.RUN_ACTIVITIES


def post_for(request: OfficerRequest, activity: Activity) -> Post:
    """The post to act by. Raises `NotFound`."""
    return access_acting_post(request.posts, RUNS, activity.union.path)


def activity_for(request: OfficerRequest, number: str) -> tuple[Activity, Post]:
    """An activity within reach, and the post to act by. Raises `NotFound`."""
    found = planning.access_activity(request.posts, number)
    return found, post_for(request, found)


def run_for(request: OfficerRequest, run_id: str) -> tuple[Run, Post]:
    """A run within reach, and the post to act by. Raises `NotFound`."""
    found = planning.access_run(request.posts, run_id)
    return found, post_for(request, found.activity)


def session_for(request: OfficerRequest, session_id: str) -> tuple[Session, Post]:
    """A session within reach, and the post to act by. Raises `NotFound`."""
    found = planning.access_session(request.posts, session_id)
    return found, post_for(request, found.run.activity)


def sign_up_for(request: OfficerRequest, sign_up_id: str) -> tuple[SignUp, Post]:
    """A sign-up within reach, and the post to act by. Raises `NotFound`."""
    found = planning.access_sign_up(request.posts, sign_up_id)
    return found, post_for(request, found.run.activity)

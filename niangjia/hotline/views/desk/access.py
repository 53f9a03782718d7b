"""Which line an officer answers, and by which post."""

import uuid

from niangjia.core import ids, protection
from niangjia.core.errors import NotFound
from niangjia.hotline import selectors
from niangjia.hotline.models import Call, Line
from niangjia.members.doors import OfficerRequest
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post

ANSWERS = Action.ANSWER_HOTLINE


def lines_for(request: OfficerRequest) -> list[Line]:
    """The lines this officer may answer, read once in a request. Raises `NotFound` without any."""
    lines: list[Line] | None = getattr(request, "lines", None)
    if lines is None:
        lines = list(selectors.lines_of(request.posts))
        request.lines = lines  # type: ignore[attr-defined]
    if not lines:
        raise NotFound("no line within reach")
    return lines


def line_for(request: OfficerRequest, lines: list[Line]) -> Line:
    """The one named in the address, else the nearest to the officer's own union."""
    wanted = request.GET.get("line", "")
    own = [post.union_id for post in request.posts]
    return next(
        (line for line in lines if line.number == wanted),
        next((line for line in lines if line.union_id in own), lines[0]),
    )


def post_for(request: OfficerRequest, line: Line) -> Post:
    """The post to act by. Raises `NotFound`."""
    return access_acting_post(request.posts, ANSWERS, line.union.path)


def call_for(request: OfficerRequest, call_id: str) -> tuple[Call, Post]:
    """A call within reach, and the post to act by. Raises `NotFound`."""
    key: uuid.UUID | None = ids.parse_uuid(call_id)
    if key is None:
        raise NotFound("no such call")
    with protection.viewing(account=request.user.pk):
        call = selectors.access_call(request.posts, key, account=request.user)
    return call, post_for(request, call.line)

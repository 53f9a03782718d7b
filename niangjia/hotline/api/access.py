"""Which line or call an operation is about, and the post to act by."""

import uuid

from django.http import HttpRequest

from niangjia.core import protection
from niangjia.hotline import selectors
from niangjia.hotline.models import Call, Line
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

ANSWERS = Action.ANSWER_HOTLINE


def find_line(request: HttpRequest, number: str) -> tuple[Post, Line]:
    """A line, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, ANSWERS)
    line = selectors.access_line(posts, number)
    return access_acting_post(posts, ANSWERS, line.union.path), line


def find_call(request: HttpRequest, call_id: uuid.UUID) -> tuple[Post, Call]:
    """A call, and the post to act by. Raises `NotFound`."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        found = selectors.access_call(posts, call_id, account=account)
    return access_acting_post(posts, ANSWERS, found.line.union.path), found

"""Who asks, for operations of the API."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError

from niangjia.core.errors import NotFound
from niangjia.members import selectors
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.second_factor import second_factor_passed


def account_of(request: HttpRequest) -> Account:
    """The account behind the request. The API's frame has checked it; this is the second lock, and
    tells the type checker."""
    if not isinstance(request.user, Account):
        raise HttpError(401, "Sign in first.")
    return request.user


def posts_for(request: HttpRequest, action: Action) -> list[Post]:
    """The posts of whoever asks, read now. 404 without one that entitles, 403 without a second
    factor: neither says anything about what was asked for."""
    posts = selectors.current_posts(account_of(request))
    if not holding(posts, action):
        raise NotFound(_("There is no such page"))
    if not second_factor_passed(request):
        raise HttpError(403, "Officers' operations need a second factor.")
    return posts

"""Who gets in: signed in, holding a post that entitles, with a second factor in this session."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from niangjia.core.errors import NotFound
from niangjia.members import selectors
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.second_factor import has_second_factor, second_factor_passed

P = ParamSpec("P")
#: A page, or a file that is streamed.
R = TypeVar("R", bound=HttpResponseBase)


class OfficerRequest(HttpRequest):
    """A request that came through `officer_page`."""

    user: Account
    posts: list[Post]
    htmx: HtmxDetails


View = Callable[Concatenate[HttpRequest, P], R | HttpResponse]
OfficerView = Callable[Concatenate[OfficerRequest, P], R]


def officer_page(action: Action) -> Callable[[OfficerView[P, R]], View[P, R]]:
    """Let in whoever holds, at this moment, a post that entitles to `action` somewhere.

    A visitor is asked to sign in and an officer without a second factor in this session to give
    one, both before anything is looked up, so that neither learns what exists. Whoever holds no
    fitting post gets what a missing page gets. Posts are read on every request: a post that ended
    opens nothing any more (promise 34). Which union, which application: the view asks
    `selectors.access_*` with `request.posts`.
    """

    def decorate(view: OfficerView[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
            if not isinstance(request.user, Account):
                return elsewhere(request, redirect_to_login(back_to(request)).url)
            posts = selectors.current_posts(request.user)
            if not holding(posts, action):
                raise NotFound(_("There is no such page"))
            if not second_factor_passed(request):
                return elsewhere(request, second_factor_url(request, request.user))
            request.posts = posts  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def second_factor_url(request: HttpRequest, account: Account) -> str:
    """Where to give the second factor, or to set one up first, and then come back."""
    name = "mfa_reauthenticate" if has_second_factor(account) else "mfa_activate_totp"
    return f"{reverse(name)}?{urlencode({'next': back_to(request)})}"


def back_to(request: HttpRequest) -> str:
    """The page to come back to: never a fragment's address, never a form's."""
    if getattr(request, "htmx", None) and request.htmx.current_url_abs_path:  # type: ignore[attr-defined]
        return str(request.htmx.current_url_abs_path)  # type: ignore[attr-defined]
    return request.get_full_path() if request.method == "GET" else reverse("members:desk")


def elsewhere(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect, which htmx must follow with the whole page rather than inside a fragment."""
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)

"""What went wrong, in our look: said kindly, and with something to do next."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.edge.refusals import page_for, refusal_for
from niangjia.core.edge.typed import typed_words
from niangjia.core.errors import DomainError
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import find_ended_post

Text = str | Promise

#: Status → what happened and what to do.
WORDS: dict[int, tuple[Text, Text]] = {
    400: (
        _("We could not read that request"),
        _("Go back, reload the page and try again. Nothing has been changed."),
    ),
    403: (
        _("This page has been open for too long"),
        _("For your safety it can no longer be sent. Go back, reload the page and try again."),
    ),
    404: (
        _("There is no such page"),
        _("The address may be incomplete, or what it led to is not for this account to see."),
    ),
    409: (_("That is no longer possible"), _("Reload the page to see how things stand now.")),
    410: (_("It is too late for that"), _("The time for it has passed.")),
    422: (_("Something in it is not right yet"), _("Go back and look at what you entered.")),
    429: (_("That was too often"), _("Wait a few minutes and try again.")),
    500: (
        _("Something broke on our side"),
        _("It is not your fault. Your data is safe; try again in a minute."),
    ),
}


def problem(
    request: HttpRequest, status: int, message: Text = "", advice: Text = "", **more: Any
) -> HttpResponse:
    """The page that says what went wrong and what to do; on /api/ the same as problem+json (RFC
    9457). Without words of their own, those of the status. `more` is for the page."""
    title, usual = WORDS.get(status, WORDS[400 if status < 500 else 500])
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": str(title), "status": status}
        if message:
            body["detail"] = str(message)
        return JsonResponse(body, status=status, content_type="application/problem+json")
    context = {"heading": message or title, "advice": advice or usual, "status": status}
    context |= more
    template = "web/broken.html" if status >= 500 else "web/problem.html"
    return render(request, template, context, status=status)


#: Code of a refusal → what to do, where it is not what its status says.
ADVICE: dict[str, Text] = {
    "busy": _("Nothing was changed. Go back: what you entered is still there. Send it once more."),
    "sign-in-first": _("What you sent was not taken. Sign in, and send it once more."),
    "away": _("Wait half a minute, go back and try again. What you sent before this is safe."),
}
ENDED = _(
    "What you sent was not taken: it came after that. Copy your words, and give them to whoever "
    "goes on with the work."
)


GONE_ON = _(
    "What you sent was not taken: it may have gone on to somebody else while you wrote. Copy your "
    "words before you leave this page."
)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal that no view has answered itself, with the words of the form that was refused: an
    officer whose post ends while they write loses their post and not what they wrote."""
    message, advice = error.message, ADVICE.get(error.code, "")
    words = typed_words(request)
    if words and error.status == 404:
        advice = GONE_ON
        if post := ended_post(request):
            message = _("Your post at %(union)s has ended") % {"union": post.union.name}
            advice = ENDED
    return problem(
        request,
        error.status,
        message,
        advice,
        typed=words,
        sign_in=getattr(error, "url", ""),
    )


def ended_post(request: HttpRequest) -> Post | None:
    """The post of whoever asks that has just ended."""
    asking = request.user
    return find_ended_post(asking, now=clock.now()) if isinstance(asking, Account) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: forbidden answers as missing does."""
    return problem(request, 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    return problem(request, 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """handler429"""
    return problem(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """handler500: what is raised outside of views gets here. Asks nothing of the database, which
    may be what is away."""
    if refusal := refusal_for(sys.exc_info()[1]):
        return page_for(request, refusal)
    return problem(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "", **_kwargs: Any) -> HttpResponse:
    """A form sent without the token of its page: usually a page left open for days."""
    return problem(request, 403, gettext("This page has been open for too long"))

"""Pages of links that one person takes a role by, and of the roles somebody holds."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from niangjia.core import refusals
from niangjia.members.models import RoleLink

T = TypeVar("T")


def offer_page(
    request: HttpRequest,
    template: str,
    link: RoleLink,
    take: Callable[[], T],
    address: Callable[[T], str],
    *,
    said: str,
) -> HttpResponse:
    """What a link offers, and yes. `take` takes it; then on to the `address` of the role, where it
    is `said`. What is refused stands on the page."""
    tried = refusals.beside(form := Form())
    if request.method == "POST":
        with tried:
            to = address(take())
            messages.success(request, said)
            return redirect(to)
    return render(request, template, {"invitation": link, "form": form}, status=tried.status)


def chosen_page(
    request: HttpRequest,
    template: str,
    held: Sequence[T],
    address: Callable[[T], str],
) -> HttpResponse:
    """What there is to choose from; the only one at once."""
    if len(held) == 1:
        return redirect(address(held[0]))
    return render(request, template, {"held": held})

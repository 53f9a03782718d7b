"""The member card, and checking one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, qr
from niangjia.core.errors import NotFound
from niangjia.members import selectors, services
from niangjia.members.doors import officer_page, signed_in, visitor_or_account
from niangjia.members.forms.joining import CardForm
from niangjia.members.models import Membership
from niangjia.members.rules import cards as rules
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.cards import CardReading, read_card, read_typed_card
from niangjia.members.selectors.second_factor import second_factor_passed


@never_cache
@login_required
@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """The card, like something one owns. Without a membership: how to get one."""
    membership = selectors.find_membership(signed_in(request))
    context = {"membership": membership} | (code_of(request, membership) if membership else {})
    return render(request, "members/joining/card.html", context)


@never_cache
@login_required
@require_GET
def card_code(request: HttpRequest) -> HttpResponse:
    """The code alone, fetched anew as each one runs out."""
    membership = selectors.find_membership(signed_in(request))
    if membership is None:
        raise NotFound("no membership")
    return render(request, "members/joining/card_code.html", code_of(request, membership))


def code_of(request: HttpRequest, membership: Membership) -> dict[str, object]:
    """The code of this half minute, as a drawing and as digits."""
    now = clock.now()
    code = rules.code_for(membership.pk, now)
    address = request.build_absolute_uri(reverse("members:check", args=[code]))
    digits = rules.digits_for(membership.pk, now)
    return {
        "drawing": qr.on_screen(address),
        "digits": f"{digits[:4]} {digits[4:]}",
        "seconds_left": rules.seconds_left(now),
        "window_seconds": rules.WINDOW_SECONDS,
    }


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Scanned: anybody learns whether the card is good; an officer, on asking, whose it is."""
    return answer(request, read_card(code=code, now=clock.now()))


@never_cache
@require_http_methods(["GET", "POST"])
@officer_page(Action.CHECK_CARDS)
def check_typed(request: HttpRequest) -> HttpResponse:
    """Without a camera: the number and the eight digits, typed by an officer."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reading = read_typed_card(
            number=form.cleaned_data["number"], digits=form.cleaned_data["code"], now=clock.now()
        )
        return answer(request, reading, form=form)
    return render(request, "members/joining/check.html", {"form": form, "may_look": True})


def may_check(request: HttpRequest) -> bool:
    """Whether the one who asks holds a post that checks cards, and gave a second factor."""
    account = visitor_or_account(request)
    return (
        account is not None
        and second_factor_passed(request)
        and bool(selectors.reaches(selectors.current_posts(account), Action.CHECK_CARDS))
    )


def answer(
    request: HttpRequest, reading: CardReading, *, form: CardForm | None = None
) -> HttpResponse:
    """The result page. Whose card it is stands there only after an officer asked for it (POST),
    which the member sees."""
    context: dict[str, object] = {
        "reading": reading,
        "form": form,
        "may_look": may_check(request),
    }
    if request.method == "POST" and reading.is_valid:
        if not context["may_look"]:
            raise NotFound(_("There is no such page"))
        account = visitor_or_account(request)
        if account is None:
            raise NotFound("no such page")
        context["membership"] = services.check_card(by=account, reading=reading, now=clock.now())
    return render(request, "members/joining/check.html", context)

"""Writing to the hotline, signed in or not, and reading the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases.doors import no_offers, picker_for
from niangjia.cases.selectors import owner_of_account
from niangjia.core import clock, refusals, request_counts
from niangjia.core.errors import Throttled
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.writing import MessageForm, ReceiptForm
from niangjia.hotline.models import Line
from niangjia.members.doors import address_of, visitor_or_account
from niangjia.regions.selectors import begins_at

#: From one address within a minute, for visitors: a dormitory behind one router still gets through.
MESSAGES_PER_MINUTE = 6


def line_here(request: HttpRequest) -> Line | None:
    """The line nearest to where somebody is."""
    place = begins_at(request.COOKIES, visitor_or_account(request))
    return selectors.find_line_near(place.code if place else "")


@never_cache
@require_http_methods(["GET", "POST"])
def hotline(request: HttpRequest) -> HttpResponse:
    """The number to dial, and a message instead."""
    line, account = line_here(request), visitor_or_account(request)
    is_sent = request.method == "POST" and "find" not in request.POST
    form = MessageForm(request.POST if is_sent else None, initial=request.POST.dict())
    if account is not None:
        del form.fields["phone"]
    if is_sent and line is not None and form.is_valid():
        with refusals.beside(form):
            if account is None:
                count_visitor(request)
            written = services.write_message(
                line=line,
                words=form.cleaned_data["words"],
                phone=form.cleaned_data.get("phone", ""),
                account=account,
                officer=form.about(),
                now=clock.now(),
            )
            if account is None:
                # Shown once, on this very answer: no redirect carries it, nothing keeps it.
                return render(
                    request, "hotline/portal/receipt.html", {"line": line, "written": written}
                )
            messages.success(request, _("It has arrived. The answer will stand here."))
            return redirect("hotline:hotline")
    own = []
    if account is not None:
        own = services.list_own_messages(owner=owner_of_account(account.pk))
    return render(
        request,
        "hotline/portal/hotline.html",
        {
            "line": line,
            "form": form,
            "picker": picker_for(form, near=line.union)
            if line and form.names_somebody
            else no_offers(),
            "receipt_form": ReceiptForm(),
            "own": own,
            "is_anonymous": account is None,
        },
        status=422 if form.errors else 200,
    )


def count_visitor(request: HttpRequest) -> None:
    """Hold back whoever writes one message after another; kept as a digest, for a minute. Raises
    `Throttled`."""
    minute = int(clock.now().timestamp()) // 60
    who = f"hotline-message:{address_of(request)}"
    if request_counts.add(who=who, minute=minute, count=1) > MESSAGES_PER_MINUTE:
        raise Throttled(_("That was a little fast. Try again in a minute."), retry_after_seconds=60)


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Where the message of a receipt stands. The receipt is typed each time: no address has it."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    standing = None
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            standing = services.read_message(receipt=form.cleaned_data["receipt"])
    return render(
        request,
        "hotline/portal/standing.html",
        {"form": form, "standing": standing, "receipt": form["receipt"].value()},
        status=422 if form.errors else 200,
    )

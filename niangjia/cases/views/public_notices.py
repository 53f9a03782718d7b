"""The public notice: who is about to be helped, their names masked, and how to object."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.public_notices import ObjectionForm
from niangjia.cases.selectors.places import beginning_of
from niangjia.cases.selectors.public_notices import (
    NEWEST,
    access_public_notice,
    list_public_notices,
)
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import visitor_or_account
from niangjia.regions.selectors import begins_at


@never_cache
@require_GET
def public_notices(request: HttpRequest) -> HttpResponse:
    """Those of one's place; without a place, of the whole country. Five queries at most."""
    account = visitor_or_account(request)
    beginning = beginning_of(None, begins_at(request.COOKIES, account))
    page = page_of(
        list_public_notices(beginning.union), order=NEWEST, cursor=request.GET.get("cursor")
    )
    return render(
        request, "cases/services/public_notices.html", {"page": page, "beginning": beginning}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def public_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """One notice, and saying what is not right about it, without saying who one is."""
    found = access_public_notice(notice)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.object_to_notice(
                notice_id=found.pk, words=form.cleaned_data["words"], now=clock.now()
            )
            messages.success(request, _("The union has it, and looks into it."))
            return redirect("cases:public_notices")
    return render(
        request,
        "cases/services/public_notice.html",
        {"notice": found, "form": form},
        status=422 if form.errors else 200,
    )

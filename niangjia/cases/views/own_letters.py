"""Letters to an applicant, and whether letters to others may name them: signed in, or by a
receipt."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms.receipts import ReceiptForm
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import letters
from niangjia.core import clock, files, ids, protection, refusals
from niangjia.core.errors import NotFound
from niangjia.members.doors import signed_in


@login_required
@never_cache
@require_GET
def pdf(request: HttpRequest, letter: uuid.UUID) -> HttpResponseBase:
    """A letter to oneself."""
    owner = owner_of_account(signed_in(request).pk)
    return files.attachment(letters.open_own_letter(owner=owner, letter_id=letter))


@login_required
@require_POST
def naming(request: HttpRequest, number: str) -> HttpResponseBase:
    """Agree to be named in letters to others, or take that back."""
    owner = owner_of_account(signed_in(request).pk)
    with protection.viewing(receipt=owner):
        found = selectors.access_own_case(owner, number)
    agreed = request.POST.get("agreed") == "yes"
    letters.agree_to_naming(owner=owner, case_id=found.pk, agreed=agreed, now=clock.now())
    messages.success(request, said(agreed=agreed))
    return redirect("cases:own_case", number)


def said(*, agreed: bool) -> str:
    """What the page answers."""
    if agreed:
        return _("Letters about this may name you from now on. You can take that back here.")
    return _("No letter names you from now on.")


@never_cache
@require_POST
def receipt_letter(request: HttpRequest) -> HttpResponseBase:
    """A letter to whoever holds the receipt, which is sent along each time and stands in no
    address."""
    form = ReceiptForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            owner = services.come_with(receipt=form.cleaned_data["receipt"])
            services.find_case_of_receipt(owner=owner)
            letter_id = ids.parse_uuid(request.POST.get("letter", ""))
            if letter_id is None:
                raise NotFound(_("There is no such page"))
            return files.attachment(letters.open_own_letter(owner=owner, letter_id=letter_id))
    return render(request, "cases/own/receipt_form.html", {"form": form}, status=422)

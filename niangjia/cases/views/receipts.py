"""Coming back with nothing but a receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.receipts import ReceiptForm
from niangjia.cases.selectors import document_of, owner_of_receipt
from niangjia.core import clock
from niangjia.core.errors import DomainError, NotFound
from niangjia.members.doors import add_refusal


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The case of a receipt, and a message to the union. The receipt is typed, or carried in the
    form, each time: no address, no cookie and no session has it."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(
            request,
            "cases/own/receipt_form.html",
            {"form": form},
            status=200 if request.method == "GET" else 422,
        )
    owner = owner_of_receipt(form.cleaned_data["receipt"])
    status = 200
    try:
        case = services.find_case_of_receipt(owner=owner)
        if words := form.cleaned_data["words"]:
            services.write_message(owner=owner, case_id=case.pk, words=words, now=clock.now())
            form = ReceiptForm({"receipt": form.cleaned_data["receipt"]})
        reading = services.read_own_case(owner=owner, number=case.number)
    except NotFound:
        form.add_error("receipt", _("No case has this receipt. Look at each letter once more."))
        return render(request, "cases/own/receipt_form.html", {"form": form}, status=422)
    except DomainError as refusal:
        add_refusal(form, refusal)
        reading, status = services.read_own_case(owner=owner, number=case.number), 422
    item = document_of(reading.case.snapshot_id)
    return render(
        request,
        "cases/own/receipt.html",
        {
            "reading": reading,
            "case": reading.case,
            "item": item,
            "present": item.step(reading.case.step),
            "form": form,
            "receipt": form.data["receipt"],
        },
        status=status,
    )

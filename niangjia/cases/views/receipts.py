"""Coming back with nothing but a receipt."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import services
from niangjia.cases.forms import StepForm
from niangjia.cases.forms.receipts import ReceiptForm
from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of, owner_of_receipt
from niangjia.cases.views.standing import questions_for, standing
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
    try:
        found = services.find_case_of_receipt(owner=owner)
    except NotFound:
        form.add_error("receipt", _("No case has this receipt. Look at each letter once more."))
        return render(request, "cases/own/receipt_form.html", {"form": form}, status=422)
    typed = form.cleaned_data["receipt"]
    forms: dict[str, Form] = {}
    if "outcome" in request.POST or "step" in request.POST:
        forms = take_step(request, owner, found)
    elif form.cleaned_data["words"]:
        forms = add_words(form, owner, found)
    reading = services.read_own_case(owner=owner, number=found.number)
    return render(
        request,
        "cases/own/receipt.html",
        {
            **standing(reading),
            "step_form": StepForm(initial={"step": reading.case.step}, auto_id="id_own_%s"),
            "form": ReceiptForm({"receipt": typed}),
            "receipt": typed,
            **forms,
        },
        status=422 if forms else 200,
    )


def take_step(request: HttpRequest, owner: bytes, found: Case) -> dict[str, Form]:
    """Take the step that is the applicant's; the forms with what is wrong, none when it is done."""
    present = document_of(found.snapshot_id).step(request.POST.get("step", ""))
    step, questions = StepForm(request.POST), questions_for(present, request.POST)
    wrong: dict[str, Form] = {
        "step_form": step,
        **({"questions_form": questions} if questions else {}),
    }
    if not all([step.is_valid(), questions is None or questions.is_valid()]):
        return wrong
    try:
        services.answer_step(
            owner=owner,
            case_id=found.pk,
            answers=questions.answers() if questions else None,
            now=clock.now(),
            **step.cleaned_data,
        )
    except DomainError as refusal:
        add_refusal(step, refusal)
        return wrong
    return {}


def add_words(form: ReceiptForm, owner: bytes, found: Case) -> dict[str, Form]:
    """Write to the union; the form with what is wrong, nothing when it has arrived."""
    try:
        services.write_message(
            owner=owner, case_id=found.pk, words=form.cleaned_data["words"], now=clock.now()
        )
    except DomainError as refusal:
        add_refusal(form, refusal)
        return {"form": form}
    return {}

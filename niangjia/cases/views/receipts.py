"""Coming back with nothing but a receipt."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.cases import services
from niangjia.cases.forms import StepForm
from niangjia.cases.forms.receipts import ReceiptForm, TextsForm
from niangjia.cases.services import Reading
from niangjia.cases.services.shelves import OwnShelf
from niangjia.cases.views.left_over import left_over
from niangjia.cases.views.standing import (
    ASKED,
    SAID,
    message_questions,
    standing,
    taken_in,
    turn_questions,
)
from niangjia.cases.views.taking_in import upload
from niangjia.core import clock, refusals
from niangjia.core.files import attachment
from niangjia.members.clients import sms
from niangjia.members.rules import phones

#: Prefix of the form for text messages.
TEXTS = "texts"


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
    with refusals.beside(form):
        owner, reading = read_by_receipt(form.cleaned_data["receipt"])
        if "rate" in request.POST:
            return rate(owner, reading)
        return show(request, form, owner, reading)
    return render(request, "cases/own/receipt_form.html", {"form": form}, status=422)


def read_by_receipt(receipt: str) -> tuple[bytes, Reading]:
    """The case of a receipt, as typed. Raises `NotFound` on `receipt`."""
    owner = services.come_with(receipt=receipt)
    found = services.find_case_of_receipt(owner=owner)
    return owner, services.read_own_case(owner=owner, number=found.number)


def rate(owner: bytes, reading: Reading) -> HttpResponse:
    """To where it is rated, by a new link: a counter has replaced the one that lay here."""
    token = services.renew_own_link(owner=owner, case_id=reading.case.pk, now=clock.now())
    return redirect("feedback:rate", token)


def show(request: HttpRequest, form: ReceiptForm, owner: bytes, reading: Reading) -> HttpResponse:
    """The page of the case, with what was sent done. What was refused because the case had gone on
    stands beside the page as it is now."""
    sent = did(request, form, owner, reading)
    if sent != {}:
        reading = services.read_own_case(owner=owner, number=reading.case.number)
    forms, words_form = sent or {}, ReceiptForm()
    shown = {
        **standing(reading),
        "reading": reading,
        "step_form": StepForm(initial={"step": reading.case.step}, auto_id="id_own_%s"),
        "form": words_form,
        "words_form": words_form,
        "receipt": form.cleaned_data["receipt"],
        "texts_to": phones.masked(reading.told.news_to) if reading.told.news_to else "",
        "texts_form": TextsForm(prefix=TEXTS),
        "may_text": sms.can_send(),
        "seen": len(reading.timeline),
    }
    return render(
        request,
        "cases/own/receipt.html",
        {**shown, **forms, **left_over(shown, forms, is_at_hand=shown["is_my_turn"])},
        status=422 if any(each.errors for each in forms.values()) else 200,
    )


def did(
    request: HttpRequest, form: ReceiptForm, owner: bytes, reading: Reading
) -> dict[str, Form] | None:
    """Do what was sent with the receipt; the forms to be shown again, or None when it is done. With
    the receipt alone there is nothing to do."""
    if "outcome" in request.POST or "step" in request.POST:
        return take_step(request, owner, reading)
    if f"{TEXTS}-phone" in request.POST:
        return set_texts(request, owner, reading)
    if "words" in request.POST:
        return add_words(request, form, owner, reading)
    return {}


def take_step(request: HttpRequest, owner: bytes, reading: Reading) -> dict[str, Form] | None:
    """Take the step that is the applicant's."""
    questions = turn_questions(reading, request.POST.get("step", ""))
    asked = taken_in(request, reading, owner, questions, ASKED)
    step = StepForm(request.POST, auto_id="id_own_%s")
    if again := asked.reshaped():
        return {"step_form": step, "questions_form": again}
    if not all([step.is_valid(), asked.is_valid()]):
        return {"step_form": step, "questions_form": asked}
    with refusals.beside(step, asked):
        services.answer_step(
            owner=owner,
            case_id=reading.case.pk,
            answers=asked.answers(),
            files=asked.handed_in(),
            now=clock.now(),
            **step.cleaned_data,
        )
        return None
    return {"step_form": step, "questions_form": asked}


def set_texts(request: HttpRequest, owner: bytes, reading: Reading) -> dict[str, Form] | None:
    """Say where text messages go."""
    texts = TextsForm(request.POST, prefix=TEXTS)
    with refusals.beside(texts):
        if texts.is_valid():
            services.set_texts(owner=owner, case_id=reading.case.pk, **texts.cleaned_data)
            return None
    return {"texts_form": texts}


def add_words(
    request: HttpRequest, form: ReceiptForm, owner: bytes, reading: Reading
) -> dict[str, Form] | None:
    """Write to the union, or send it files."""
    asked = taken_in(request, reading, owner, message_questions(reading), SAID)
    if again := asked.reshaped():
        return {"form": form, "files_form": again}
    if not asked.is_valid():
        return {"form": form, "files_form": asked}
    with refusals.beside(form, asked):
        services.write_message(
            owner=owner,
            case_id=reading.case.pk,
            words=form.cleaned_data["words"],
            files=asked.handed_in(),
            seen=form.cleaned_data["seen"],
            now=clock.now(),
        )
        return None
    return {"form": form, "files_form": asked}


@never_cache
@require_POST
def file_arrival(request: HttpRequest) -> HttpResponse:
    """Keep one file that a script sends with the receipt."""
    owner, reading = read_by_receipt(request.POST.get("receipt", ""))
    return upload(request, turn_questions(reading), OwnShelf(owner, reading.case.pk))


@never_cache
@require_POST
def file(request: HttpRequest) -> StreamingHttpResponse:
    """One file of the case of a receipt: the receipt stands in the body, no address has it."""
    owner = services.come_with(receipt=request.POST.get("receipt", ""))
    return attachment(services.read_own_file(owner=owner, file_id=request.POST.get("file", "")))

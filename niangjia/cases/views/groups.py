"""Taking part in a case together with others: with an account, or with a receipt."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import selectors, services
from niangjia.cases.forms import OwnWordsForm
from niangjia.cases.forms.groups import JoinForm, JoinUnknownForm, PartReceiptForm
from niangjia.cases.forms.receipts import TextsForm
from niangjia.cases.rules import story
from niangjia.cases.rules.wording import RESULTS
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.groups import access_membership_of_receipt
from niangjia.cases.selectors.surroundings import dates_may_move
from niangjia.cases.services import groups
from niangjia.cases.services.groups import GroupPart
from niangjia.cases.views.own import owner_of
from niangjia.core import clock, ids, protection, refusals
from niangjia.core.errors import NotFound
from niangjia.members.clients import sms
from niangjia.members.doors import visitor_or_account
from niangjia.members.rules import phones

IDS = "id_group_%s"
#: Prefix of the form for text messages.
TEXTS = "texts"
#: What a member can do on the page of the group: by the name of the button.
Act = Callable[[bytes, GroupPart, HttpRequest], Any]


def say_voice(owner: bytes, part: GroupPart, request: HttpRequest) -> None:
    """Whether somebody shall speak for the member."""
    representative = ids.parse_uuid(request.POST.get("representative", ""))
    if representative is None:
        raise NotFound(_("There is no such page"))
    groups.say_voice(
        owner=owner,
        case_id=part.case.pk,
        representative_id=representative,
        agrees=request.POST.get("agrees") == "yes",
        now=clock.now(),
    )


def speak(owner: bytes, part: GroupPart, request: HttpRequest) -> None:
    """Write to the union for the group."""
    words = request.POST.get("words", "")
    groups.speak_for_group(owner=owner, case_id=part.case.pk, words=words, now=clock.now())


ACTS: dict[str, Act] = {
    "stand": lambda owner, part, request: groups.stand(
        owner=owner, case_id=part.case.pk, now=clock.now()
    ),
    "step-down": lambda owner, part, request: groups.step_down(
        owner=owner, case_id=part.case.pk, now=clock.now()
    ),
    "voice": say_voice,
    "words": speak,
    "leave": lambda owner, part, request: groups.leave_group(
        owner=owner, case_id=part.case.pk, now=clock.now()
    ),
}


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Take part by a code. Whoever is not signed in gets a receipt, shown once, and may agree to
    text messages."""
    account = visitor_or_account(request)
    asked = JoinForm if account else JoinUnknownForm
    form = asked(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals.beside(form):
            joined = groups.join_group(account=account, now=clock.now(), **form.cleaned_data)
            if account is not None:
                messages.success(request, _("You take part now."))
                return redirect("cases:group", joined.case.number)
            to = form.cleaned_data["phone"] if form.cleaned_data.get("may_text") else ""
            return render(
                request,
                "cases/own/group_receipt.html",
                {"receipt": joined.receipt, "texts_to": masked(to)},
            )
    return render(
        request, "cases/own/group_join.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, number: str) -> HttpResponse:
    """The group of a case, as one of it reads it; opening it, for whoever asked first."""
    owner = owner_of(request)
    try:
        part = groups.read_part(owner=owner, number=number)
    except NotFound:
        return open_own(request, owner, number)
    sent = act(request, owner, part) if request.method == "POST" else None
    if sent is not None and not sent.errors:
        if request.POST.get("act") == "leave":
            messages.success(request, _("You take part no longer."))
            return redirect("cases:mine")
        messages.success(request, _("Done."))
        return redirect("cases:group", number)
    return show(request, part, sent)


def open_own(request: HttpRequest, owner: bytes, number: str) -> HttpResponse:
    """Let others take part in one's own case. Raises `NotFound`."""
    with protection.viewing(receipt=owner):
        found = selectors.access_own_case(owner, number)
    form = Form(request.POST if request.method == "POST" else None)
    with refusals.beside(form) as tried:
        if form.is_valid():
            groups.open_own_group(owner=owner, case_id=found.pk, now=clock.now())
            return redirect("cases:group", number)
    return render(
        request,
        "cases/own/group_opening.html",
        {"case": found, "item": document_of(found.snapshot_id), "form": form},
        status=tried.status,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def group_by_receipt(request: HttpRequest) -> HttpResponse:
    """The same, with nothing but a receipt, which each form carries."""
    form = PartReceiptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        receipt = form.cleaned_data["receipt"]
        with refusals.beside(form):
            owner = services.come_with(receipt=receipt)
            number = access_membership_of_receipt(owner).case.number
            part = groups.read_part(owner=owner, number=number)
            texts = set_texts(request, owner, part)
            sent = act(request, owner, part) if "act" in request.POST else None
            if request.POST.get("act") == "leave" and sent is not None and not sent.errors:
                return render(request, "cases/own/group_left.html")
            part = groups.read_part(owner=owner, number=number)
            return show(request, part, sent, receipt=receipt, texts=texts)
    return render(
        request,
        "cases/own/group_receipt_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def set_texts(request: HttpRequest, owner: bytes, part: GroupPart) -> TextsForm:
    """Say where text messages go, if that was sent; the form, with what is wrong."""
    if f"{TEXTS}-phone" not in request.POST:
        return TextsForm(prefix=TEXTS)
    form = TextsForm(request.POST, prefix=TEXTS)
    with refusals.beside(form):
        if form.is_valid():
            groups.set_member_texts(owner=owner, case_id=part.case.pk, **form.cleaned_data)
    return form


def masked(phone: str) -> str:
    """A number as it is shown to whoever gave it; "" for none."""
    return phones.masked(phones.normalised(phone)) if phone else ""


def act(request: HttpRequest, owner: bytes, part: GroupPart) -> OwnWordsForm:
    """Do what the button says; the form it belongs to, with what is wrong. Raises `NotFound`."""
    chosen, form = ACTS.get(request.POST.get("act", "")), OwnWordsForm(request.POST, auto_id=IDS)
    if chosen is None:
        raise NotFound(_("There is no such page"))
    with refusals.beside(form):
        if form.is_valid():
            chosen(owner, part, request)
    return form


def show(
    request: HttpRequest,
    part: GroupPart,
    sent: OwnWordsForm | None = None,
    *,
    receipt: str = "",
    texts: TextsForm | None = None,
) -> HttpResponse:
    """The page of a member."""
    item = document_of(part.case.snapshot_id)
    own = part.own
    return render(
        request,
        "cases/own/group.html",
        {
            "part": part,
            "case": part.case,
            "dates_may_move": dates_may_move(part.case),
            "item": item,
            "present": item.step(part.case.step),
            "result": RESULTS.get(part.case.result, ""),
            "stands": [(each, each.standing.voices.get(part.member.pk)) for each in part.standing],
            "own": own,
            # Not as to the one who asked: what somebody of the group wrote is not the member's.
            "happenings": story.told(part.timeline, item, story.Names(), to_applicant=False)[::-1],
            "form": sent if sent and sent.errors else OwnWordsForm(auto_id=IDS),
            "receipt": receipt,
            "texts_form": texts,
            "texts_to": masked(part.news_to),
            "may_text": sms.can_send(),
        },
        status=422 if any(each and each.errors for each in (sent, texts)) else 200,
    )

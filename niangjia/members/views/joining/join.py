"""The joining form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.core.errors import DomainError
from niangjia.members import services
from niangjia.members.doors import visitor_or_account
from niangjia.members.forms.joining import JoinForm
from niangjia.members.forms.joining.join import CONSENTS, IDENTITY, MORE, WORK
from niangjia.members.models import Account, Purpose
from niangjia.members.rules import consent_texts
from niangjia.members.selectors import joining as selectors
from niangjia.members.selectors.joining import Standing
from niangjia.members.views.joining import drafts
from niangjia.organisations import selectors as organisations


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Fill in the form, before or after signing in; press once; get an application."""
    union = organisations.access_union_by_number(number)
    account = visitor_or_account(request)
    standing = selectors.standing(account, union)
    if standing.waiting and standing.waiting.union_id == union.pk:
        return redirect("members:application", standing.waiting.number)
    if standing.waiting or standing.is_member_here or not standing.is_joinable:
        return render(request, "members/joining/not_now.html", {"standing": standing})
    person = account.person if account else None
    if request.method == "GET":
        known = drafts.initial(request, account, standing)
        form = JoinForm(union=union, person=person, is_visitor=account is None, initial=known)
        return page(request, standing, form)
    form = JoinForm(request.POST, union=union, person=person, is_visitor=account is None)
    if not form.is_valid():
        return page(request, standing, form)
    if account is None:
        drafts.keep_in_session(request, form)
        messages.info(request, _("One step left: sign in with your phone. Your answers are kept."))
        return redirect_to_login(request.path)
    return submit(request, account, standing, form)


def submit(
    request: HttpRequest, account: Account, standing: Standing, form: JoinForm
) -> HttpResponse:
    """Apply; a refusal comes back beside its field with everything typed."""
    with refusals.beside(form):
        application = services.apply_to_join(
            account=account,
            union=standing.union,
            identity=form.identity(),
            answers=form.answers(),
            consents=form.consents(),
            version=version_of(request),
            window=form.cleaned_data["window"],
            now=clock.now(),
        )
        drafts.forget(request)
        return redirect("members:application", application.number)
    return page(request, selectors.standing(account, standing.union), form)


@require_POST
def join_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what is typed. Answers a fragment that says so, with the draft's new version, or why it
    was not kept and what becomes of it."""
    union = organisations.access_union_by_number(number)
    account = visitor_or_account(request)
    form = JoinForm(request.POST, union=union, person=account.person if account else None)
    context: dict[str, Any] = {"union": union, "saved_at": clock.now(), "version": 0}
    if account is None:
        drafts.keep_in_session(request, form)
        return render(request, "members/joining/saved.html", context)
    version = None if "overwrite" in request.POST else version_of(request)
    try:
        draft = services.save_draft(
            account=account,
            union=union,
            answers=form.typed(),
            version=version,
            now=clock.now(),
        )
    except DomainError as refusal:
        context |= {"refusal": refusal, "version": version or 0, "overwrites": version is None}
    else:
        drafts.forget(request)
        context["version"] = draft.draft_version
    return render(request, "members/joining/saved.html", context)


def version_of(request: HttpRequest) -> int:
    """The version of the draft that this window began from; 0 for none or nonsense."""
    text = request.POST.get("draft_version", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def page(request: HttpRequest, standing: Standing, form: JoinForm) -> HttpResponse:
    """The form's page. A refused form answers 422, so that htmx and machines can tell."""
    language = get_language() or "zh-hans"
    names = set(form.fields)
    return render(
        request,
        "members/joining/join.html",
        {
            "form": form,
            "standing": standing,
            "union": standing.union,
            "promise": selectors.promised_answer(standing.union, clock.now()),
            "version": standing.draft.draft_version if standing.draft else 0,
            "identity_fields": [form[name] for name in IDENTITY if name in names],
            "work_fields": [form[name] for name in WORK if name in names],
            "more_fields": [form[name] for name in MORE],
            "more_is_open": any(name in form.errors for name in MORE),
            "is_visitor": form.is_visitor,
            "membership_consent": consent_texts.current(Purpose.MEMBERSHIP).text(language),
            "consents": [
                (
                    form[f"consent_{purpose}"],
                    purpose.label,
                    consent_texts.current(purpose).text(language),
                )
                for purpose in CONSENTS
                if not form.is_visitor
            ],
        },
        status=422 if form.is_bound else 200,
    )

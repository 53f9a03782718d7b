"""My data: who looked, what I agreed to, everything as a file, and leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, personal_data, refusals
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.forms.accounts import DeletionForm
from niangjia.members.models import Purpose
from niangjia.members.rules import consent_texts, purposes
from niangjia.members.views.requests import account_of, language_of


@login_required
@never_cache
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Who looked at my data and why, and the doors to everything else about it."""
    page = page_of(
        selectors.list_views_of_data(account_of(request)),
        order=("-at", "-id"),
        cursor=request.GET.get("cursor"),
        size=20,
    )
    names = selectors.names_of_unions(entry.union_id for entry in page.items)
    views = [
        {
            "at": entry.at,
            "union": names.get(entry.union_id) if entry.union_id else None,
            "purpose": purposes.in_words(entry.purpose),
            "whole_number": entry.action == "identity_number.revealed",
        }
        for entry in page.items
    ]
    return render(request, "members/accounts/privacy.html", {"views": views, "page": page})


@login_required
@never_cache
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """Each purpose with its text, and what I said to it."""
    holder = account_of(request)
    standing = selectors.current_consents(holder)
    rows: list[dict[str, Any]] = [
        {
            "purpose": purpose,
            "text": consent_texts.current(purpose).text(language_of()),
            "consent": standing.get(purpose),
        }
        for purpose in Purpose
    ]
    context = {"rows": rows, "history": list(selectors.list_consents(holder)[:50])}
    return render(request, "members/accounts/consents.html", context)


@login_required
@require_POST
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give one consent."""
    services.give_consent(account=account_of(request), purpose=known(purpose), now=clock.now())
    return redirect("members:consents")


@login_required
@require_POST
def consent_withdrawal(request: HttpRequest, purpose: str) -> HttpResponse:
    """Withdraw one consent; as easy as giving it (PIPL, Article 15)."""
    services.withdraw_consent(account=account_of(request), purpose=known(purpose), now=clock.now())
    return redirect("members:consents")


def known(purpose: str) -> Purpose:
    """The purpose of that name."""
    if purpose not in Purpose.values:
        raise Http404
    return Purpose(purpose)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything we hold about me, as a file."""
    content = services.export_account(account=account_of(request), language=language_of())
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="niangjia-my-data.zip"',
            "Cache-Control": "no-store",
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def deletion(request: HttpRequest) -> HttpResponse:
    """Close the account and be forgotten."""
    holder = account_of(request)
    form = DeletionForm(request.POST if request.method == "POST" else None, phone=holder.phone)
    tried = refusals.beside(form)
    if form.is_valid():
        with tried:
            services.delete_account(account=holder, now=clock.now())
            logout(request)
            messages.success(request, _("Your account is closed and your identity erased."))
            return redirect("account_login")
    subject = personal_data.Subject(holder.pk, holder.person_id, holder.phone)
    context = {"form": form, "ends": personal_data.what_ends(subject)}
    return render(request, "members/accounts/deletion.html", context, status=tried.status)

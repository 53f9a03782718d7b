"""Stewards: the gates they keep, and letting people in, with a network or without."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from niangjia.allocation import services
from niangjia.allocation.forms.gates import CodeForm
from niangjia.allocation.models import Gate
from niangjia.allocation.selectors import gates as selectors
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in

#: What a device keeps of this page beside the frame's own files: the camera reads without a
#: network too.
ASSETS = (
    *(f"allocation/{name}" for name in ("gate.js", "shelf.js", "codes.js", "gates.css")),
    *("web/js/scan.js", "vendor/qr/decode.js", "vendor/qr/index.js"),
)


@never_cache
@login_required
@require_GET
def gates(request: HttpRequest) -> HttpResponse:
    """The gates one keeps."""
    found = selectors.list_own_gates(signed_in(request), now=clock.now())
    page = page_of(found, order=selectors.SOONEST, cursor=request.GET.get("cursor"))
    return render(request, "allocation/gates.html", {"page": page})


@never_cache
@login_required
@require_GET
def gate(request: HttpRequest, gate_id: uuid.UUID) -> HttpResponse:
    """Let people in. Without script, code by code; with it, also where there is no network."""
    found = selectors.access_own_gate(signed_in(request), gate_id)
    return show(request, found, CodeForm())


@never_cache
@login_required
@require_POST
def entry(request: HttpRequest, gate_id: uuid.UUID) -> HttpResponse:
    """One code, read by the server."""
    account = signed_in(request)
    found = selectors.access_own_gate(account, gate_id)
    form = CodeForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            let = services.let_in(
                by=account,
                gate=found,
                typed=form.cleaned_data["code"],
                door=form.cleaned_data["door"],
                now=clock.now(),
            )
            again = CodeForm(initial={"door": form.cleaned_data["door"]})
            return show(request, found, again, let=let)
    return show(request, found, form)


@never_cache
@login_required
@require_POST
def party(request: HttpRequest, gate_id: uuid.UUID) -> HttpResponse:
    """Those of a team who are there, by its code that was just read."""
    account = signed_in(request)
    found = selectors.access_own_gate(account, gate_id)
    form = CodeForm(initial={"door": request.POST.get("door", "")})
    with refusals.told(request):
        let = services.let_party_in(
            by=account,
            gate=found,
            claim_id=request.POST.get("claim", ""),
            members=request.POST.getlist("member"),
            door=request.POST.get("door", "")[:40],
            now=clock.now(),
        )
        return show(request, found, form, let=let)
    return show(request, found, form)


def show(request: HttpRequest, found: Gate, form: CodeForm, **more: object) -> HttpResponse:
    context = {"gate": found, "form": form, "assets": ASSETS} | more
    return render(request, "allocation/gate.html", context, status=422 if form.errors else 200)


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page of any gate as a device keeps it: drawn for nobody, in the language asked for. What
    it shows, it finds on the device alone."""
    context = {"assets": ASSETS, "lang": get_language()}
    return render(request, "allocation/gate_offline.html", context)

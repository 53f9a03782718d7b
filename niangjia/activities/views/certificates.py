"""Certificates: one's own, with one's volunteer hours, and checked by whoever holds the paper."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.activities.forms.certificates import CertificateCodeForm
from niangjia.activities.rules import certificates as rules
from niangjia.activities.selectors import certificates as selectors
from niangjia.activities.services import certificates as services
from niangjia.core import clock, documents, refusals
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in
from niangjia.members.rules.masking import masked_name


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's certificates and volunteer hours. Two queries beside the frame's."""
    account = signed_in(request)
    own = selectors.list_own_certificates(account)
    context = {
        "page": page_of(own, order=("-id",), cursor=request.GET.get("cursor")),
        "served": selectors.list_served(account),
    }
    return render(request, "activities/portal/certificates.html", context)


@never_cache
@login_required
@require_safe
def paper(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    """The certificate as a PDF: the same bytes each time."""
    found = selectors.access_own_certificate(signed_in(request), certificate_id)
    there = request.build_absolute_uri(reverse("activities:certificate", args=[found.code]))
    pdf = documents.render(rules.paper(found, verify_at=there))
    headers = {"Content-Disposition": f'inline; filename="certificate-{found.number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_POST
@login_required
def hours(request: HttpRequest, union_id: uuid.UUID) -> HttpResponse:
    """A certificate of the hours served with a union."""
    with refusals.told(request):
        services.certify_hours(by=signed_in(request), union_id=union_id, now=clock.now())
    return redirect("activities:certificates")


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the paper."""
    form = CertificateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("activities:certificate", form.cleaned_data["code"].replace("/", ""))
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "activities/portal/certificate_check.html", context, status=status)


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate is genuine and still counts: with as much of the name as tells whose it
    is to whoever stands before them. One query."""
    try:
        found = selectors.access_by_code(code)
    except NotFound as refusal:
        form = CertificateCodeForm({"code": code[:40]})
        form.add_error("code", str(refusal.message))
        page, shown = "activities/portal/certificate_check.html", {"form": form}
        return render(request, page, shown, status=404)
    context = {"certificate": found, "holder": masked_name(found.name) if found.name else ""}
    return render(request, "activities/portal/certificate.html", context)

"""Whether a paper is genuine: for whoever holds it, signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases.forms.letters import CodeForm, CompareForm
from niangjia.cases.models import LetterKind
from niangjia.cases.services import letters
from niangjia.cases.services.letters import Verified
from niangjia.core import clock, documents
from niangjia.core.errors import NotFound
from niangjia.members.doors import address_of


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the paper."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = documents.typed_code(form.cleaned_data["code"])
        if code is not None:
            return redirect("cases:verified", code)
        form.add_error("code", _("A code has 12 letters and digits. Look at the paper again."))
    return render(
        request,
        "cases/verify/verify.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What the code says of the paper; and, with the file (POST), whether it is the very letter.
    The file is read and not kept."""
    try:
        found = letters.verify_letter(code=code, address=address_of(request), now=clock.now())
    except NotFound as refusal:
        typed = CodeForm({"code": code[:40]})
        typed.add_error("code", str(refusal.message))
        return render(request, "cases/verify/verify.html", {"form": typed}, status=404)
    is_sent, is_same = request.method == "POST", None
    form = CompareForm(request.POST, request.FILES) if is_sent else CompareForm()
    if form.is_valid():
        is_same = letters.is_same(found, form.cleaned_data["file"])
    return render(
        request,
        "cases/verify/verified.html",
        {"found": found, "kind": kind_of(found), "form": form, "is_same": is_same},
        status=422 if form.errors else 200,
    )


def kind_of(found: Verified) -> str:
    """The kind of a letter, in words."""
    return str(LetterKind(found.kind).label)

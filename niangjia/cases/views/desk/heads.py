"""What a union sends: its register of letters, its mark and its seal."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases.forms.letters import LetterHeadForm
from niangjia.cases.selectors.letters import (
    REGISTER_ORDER,
    Standing,
    find_head,
    list_register,
    read_letter_figures,
)
from niangjia.cases.services import letters
from niangjia.cases.views.desk.case import HANDLES
from niangjia.core import clock, files, protection, refusals
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding

KEEPS = Action.KEEP_SEAL
#: The columns of the figures, in their order.
COUNTED = ("reminder", "opinion", "proposal", "answered", "mended")


@require_GET
@never_cache
@officer_page(HANDLES)
def register(request: OfficerRequest) -> HttpResponse:
    """The letters of the unions one works at, the newest first, and how many were answered."""
    unions = [post.union for post in holding(request.posts, HANDLES)]
    with protection.viewing(account=request.user.pk):
        page = page_of(
            list_register(unions), order=REGISTER_ORDER, cursor=request.GET.get("cursor")
        )
        rows = [Standing(letter, list(letter.records.all())) for letter in page.items]
    return render(
        request,
        "cases/desk/register.html",
        {
            "page": page,
            "rows": rows,
            "figures": [
                (union, [counted.get(f"letters:{name}", 0) for name in COUNTED])
                for union, counted in read_letter_figures(unions, request.user)
            ],
            "may_keep": bool(holding(request.posts, KEEPS)),
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def head(request: OfficerRequest) -> HttpResponse:
    """Say what stands on one's union's letters."""
    post = post_of(request)
    present = find_head(post.union)
    form = LetterHeadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"mark": present.mark if present else ""},
    )
    if request.method == "POST" and form.is_valid():
        picture = form.cleaned_data.pop("picture")
        with refusals.beside(form):
            letters.set_letter_head(
                by=post,
                picture=picture,
                name=picture.name if picture else "",
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Letters look like this from now on."))
            return redirect(f"{request.path}?union={post.union.number}")
    return render(
        request,
        "cases/desk/head.html",
        {
            "union": post.union,
            "unions": [each.union for each in holding(request.posts, KEEPS)],
            "head": present,
            "form": form,
            "is_demo": settings.DEMO,
        },
        status=422 if form.errors else 200,
    )


@require_GET
@never_cache
@officer_page(KEEPS)
def seal(request: OfficerRequest) -> HttpResponseBase:
    """The picture of the seal as it is stored."""
    found = find_head(post_of(request).union)
    opened = letters.open_seal(found) if found else None
    if opened is None:
        raise NotFound(_("There is no such page"))
    return files.attachment(opened)


def post_of(request: OfficerRequest) -> Post:
    """The post at the union that is chosen (its number), else the first. Raises `NotFound`."""
    posts = holding(request.posts, KEEPS)
    wanted = request.GET.get("union", "")
    found = next((post for post in posts if not wanted or post.union.number == wanted), None)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found

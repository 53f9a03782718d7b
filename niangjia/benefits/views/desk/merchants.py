"""Merchants under contract, their shops, lists in and out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.merchants import ImportForm, MerchantForm, MerchantStateForm, ShopForm
from niangjia.benefits.models import Merchant
from niangjia.benefits.rules import merchant_lists
from niangjia.benefits.selectors import merchants as selectors
from niangjia.benefits.services import ShopDetails
from niangjia.core import clock, qr, refusals, sheets
from niangjia.core.files import tables
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.places import access_place
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within

GIVE = Action.GIVE_BENEFITS
LARGEST = 4_000_000
#: So many wrong rows are told on the page; the sheet has all.
FAULTS = 50


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def merchants(request: OfficerRequest) -> HttpResponse:
    """All within reach, and a form for one more."""
    form = MerchantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
        with refusals.beside(form):
            made = services.add_merchant(
                by=access_acting_post(request.posts, GIVE, union.path),
                union=union,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Entered. Now add its shops."))
            return redirect("benefits:merchant", made.number)
    return show_list(request, form)


def show_list(
    request: OfficerRequest, form: MerchantForm, imports: ImportForm | None = None, **more: Any
) -> HttpResponse:
    words = request.GET.get("words", "").strip()[:60]
    page = page_of(
        selectors.with_shops(selectors.list_merchants_within(request.posts, words)),
        order=("-id",),
        cursor=request.GET.get("cursor"),
    )
    context = {
        "page": page,
        "words": words,
        "form": form,
        "imports": imports or ImportForm(),
        "unions": [post.union for post in holding(request.posts, GIVE)],
        "here": "merchants",
        **more,
    }
    wrong = form.errors or (imports and imports.errors)
    return render(request, "benefits/desk/merchants.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(GIVE)
def imports(request: OfficerRequest) -> HttpResponse:
    """A sheet of merchants and shops: all of it, or nothing and what is wrong in which row."""
    union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_list(request, MerchantForm(), form)
    by, now = access_acting_post(request.posts, GIVE, union.path), clock.now()
    with refusals.beside(form):
        table = tables.read(form.cleaned_data["sheet"], size=LARGEST)
        found = merchant_lists.read(table)
        try:
            made = services.import_merchants(
                by=by, union=union, rows=found.rows, unread=found.faults, now=now
            )
        except merchant_lists.BadRows as bad:
            made = services.keep_refused(by=by, union=union, table=table, bad=bad, now=now)
        return redirect("benefits:merchant_import_progress", made.pk)
    return show_list(request, MerchantForm(), form)


@never_cache
@require_GET
@officer_page(GIVE)
def import_progress(request: OfficerRequest, import_id: str) -> HttpResponse:
    """How far a list has come, or what is wrong with it; for htmx that part alone, every two
    seconds until it is there."""
    found = selectors.access_import_within(request.posts, import_id)
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "import_state" if is_fragment else "import"
    context = {"found": found, "faults": found.faults[:FAULTS], "here": "merchants"}
    return render(request, f"benefits/desk/{name}.html", context)


@never_cache
@require_GET
@officer_page(GIVE)
def refused_sheet(request: OfficerRequest, import_id: str) -> HttpResponseBase:
    """A list of which nothing was entered, with what is wrong in which row: to be mended and sent
    again as it is. An empty sheet for one that was not refused."""
    found = selectors.access_import_within(request.posts, import_id)
    faults = [merchant_lists.Fault(*each) for each in found.faults]
    rows = merchant_lists.marked(found.rows, faults) if faults else iter(())
    return sheets.download(rows, name="merchants-to-correct.csv")


@never_cache
@require_GET
@officer_page(GIVE)
def sheet(request: OfficerRequest) -> HttpResponseBase:
    """All shops within reach, with the headings that an import reads."""
    shops = selectors.list_shops_within(request.posts).filter(closed_at=None)
    rows = merchant_lists.rows_of(shops.order_by("merchant__name", "name", "id").iterator(500))
    return sheets.download(rows, name="merchants.csv")


@require_GET
@officer_page(GIVE)
def merchant(request: OfficerRequest, number: str) -> HttpResponse:
    """One merchant and its shops."""
    return show(request, selectors.access_merchant_within(request.posts, number))


def show(
    request: OfficerRequest,
    found: Merchant,
    wrong: dict[str, forms.Form] | None = None,
    **more: Any,
) -> HttpResponse:
    wrong = wrong or {}
    shops = found.shops.select_related("division").order_by("-closed_at", "name", "id")
    context = {
        "merchant": found,
        "shops": list(shops[:200]),
        "shop_form": wrong.get("shop", ShopForm()),
        "state_form": wrong.get("state", MerchantStateForm(initial={"state": found.state})),
        "here": "merchants",
        **more,
    }
    return render(request, "benefits/desk/merchant.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(GIVE)
def shop(request: OfficerRequest, number: str) -> HttpResponse:
    """One more shop."""
    found = selectors.access_merchant_within(request.posts, number)

    def add(given: dict[str, Any]) -> None:
        named = {name: value for name, value in given.items() if name != "place"}
        division = access_place(given["place"], default=found.union.division)
        services.add_shop(
            by=access_acting_post(request.posts, GIVE, found.union.path),
            merchant=found,
            details=ShopDetails(division=division, **named),
            now=clock.now(),
        )

    return act(request, found, "shop", ShopForm(request.POST), add, _("The shop is there."))


@require_POST
@officer_page(GIVE)
def state(request: OfficerRequest, number: str) -> HttpResponse:
    """Suspend it, let it go on, end it."""
    found = selectors.access_merchant_within(request.posts, number)

    def put(given: dict[str, Any]) -> None:
        by = access_acting_post(request.posts, GIVE, found.union.path)
        services.set_merchant_state(by=by, merchant=found, now=clock.now(), **given)

    return act(request, found, "state", MerchantStateForm(request.POST), put, _("Done."))


def act(
    request: OfficerRequest,
    found: Merchant,
    name: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Do what the form called `name` says, or show the page again with what is wrong in it."""
    to = reverse("benefits:merchant", args=[found.number])
    again = partial(show, request, found, {name: form})
    return refusals.act(request, form, do, to=to, said=said, again=again)


@require_POST
@officer_page(GIVE)
def end_shop(request: OfficerRequest, number: str) -> HttpResponse:
    """It takes coupons no more."""
    found = selectors.access_shop_within(request.posts, number)
    services.close_shop(
        by=access_acting_post(request.posts, GIVE, found.merchant.union.path),
        shop=found,
        now=clock.now(),
    )
    return redirect("benefits:merchant", found.merchant.number)


@never_cache
@require_POST
@officer_page(GIVE)
def manager(request: OfficerRequest, number: str) -> HttpResponse:
    """A link for whoever is to manage the shop, shown once."""
    found = selectors.access_shop_within(request.posts, number)
    with refusals.told(request):
        token = services.invite_cashier(
            by=access_acting_post(request.posts, GIVE, found.merchant.union.path),
            shop=found,
            is_manager=True,
            now=clock.now(),
        )
        link = request.build_absolute_uri(reverse("benefits:till_invitation", args=[token]))
        return show(request, found.merchant, link=link, drawing=qr.on_screen(link), link_for=found)
    return redirect("benefits:merchant", found.merchant.number)

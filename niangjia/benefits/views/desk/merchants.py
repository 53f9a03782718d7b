"""Merchants under contract, their shops, lists in and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.desk import ImportForm, MerchantForm, MerchantStateForm, ShopForm
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
    wrong = form.errors or (imports and imports.errors) or more.get("faults")
    return render(request, "benefits/desk/merchants.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(GIVE)
def imports(request: OfficerRequest) -> HttpResponse:
    """A sheet of merchants and shops: all of it, or nothing and what is wrong in which row."""
    union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_list(request, MerchantForm(), form)
    try:
        with refusals.beside(form):
            table = tables.read(form.cleaned_data["sheet"], size=LARGEST)
            done = services.import_merchants(
                by=access_acting_post(request.posts, GIVE, union.path),
                union=union,
                rows=merchant_lists.read(table),
                now=clock.now(),
            )
            return redirect("benefits:merchant_import_progress", done.pk)
    except merchant_lists.BadRows as bad:
        return show_list(request, MerchantForm(), form, faults=bad.faults)
    return show_list(request, MerchantForm(), form)


@never_cache
@require_GET
@officer_page(GIVE)
def import_progress(request: OfficerRequest, import_id: str) -> HttpResponse:
    """How far a list has come; for htmx that part alone, every two seconds until it is there."""
    found = selectors.access_import_within(request.posts, import_id)
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "import_state" if is_fragment else "import"
    context = {"found": found, "here": "merchants"}
    return render(request, f"benefits/desk/{name}.html", context)


@never_cache
@require_GET
@officer_page(GIVE)
def sheet(request: OfficerRequest) -> HttpResponseBase:
    """All shops within reach, with the headings that an import reads."""
    shops = selectors.list_shops_within(request.posts).filter(closed_at=None)
    rows = merchant_lists.rows_of(shops.order_by("merchant__name", "name", "id").iterator(500))
    response = StreamingHttpResponse(sheets.csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="merchants.csv"'
    return response


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
    form = ShopForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        with refusals.beside(form):
            place = access_place(given.pop("place"), default=found.union.division)
            services.add_shop(
                by=access_acting_post(request.posts, GIVE, found.union.path),
                merchant=found,
                details=ShopDetails(division=place, **given),
                now=clock.now(),
            )
            messages.success(request, _("The shop is there."))
            return redirect("benefits:merchant", number)
    return show(request, found, {"shop": form})


@require_POST
@officer_page(GIVE)
def state(request: OfficerRequest, number: str) -> HttpResponse:
    """Suspend it, let it go on, end it."""
    found = selectors.access_merchant_within(request.posts, number)
    form = MerchantStateForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.set_merchant_state(
                by=access_acting_post(request.posts, GIVE, found.union.path),
                merchant=found,
                now=clock.now(),
                **form.cleaned_data,
            )
            return redirect("benefits:merchant", number)
    return show(request, found, {"state": form})


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

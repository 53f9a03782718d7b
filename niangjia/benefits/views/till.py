"""The till: taking coupons, taking back, who stands there, the month's statement."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.till import AnswerForm, RefundForm, SaleForm
from niangjia.benefits.models import Cashier, Redemption
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.selectors import statements as statement_selectors
from niangjia.benefits.selectors import tills as selectors
from niangjia.core import clock, qr, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in
from niangjia.members.doors.links import chosen_page, offer_page
from niangjia.members.rules import phones

SALES = ("-at", "-id")


@never_cache
@login_required
@require_GET
def tills(request: HttpRequest) -> HttpResponse:
    """Where one takes coupons; the only one at once."""
    held = selectors.list_tills(signed_in(request))
    return chosen_page(request, "benefits/till/tills.html", held, address)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link to a till: what it is for, and yes."""
    link = selectors.access_till_invitation(token)

    def take() -> Cashier:
        return services.accept_till(by=signed_in(request), token=token, now=clock.now())

    said = _("You can take coupons here now.")
    return offer_page(request, "benefits/till/invitation.html", link, take, address, said=said)


def address(till: Cashier) -> str:
    """The page of a till."""
    return reverse("benefits:till", args=[till.shop.number])


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def till(request: HttpRequest, number: str) -> HttpResponse:
    """Scan, type the bill, done. The form carries a key: sent again it is the same purchase."""
    place = selectors.access_till(signed_in(request), number)
    form = SaleForm(request.POST or None, initial={"key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        now, given = clock.now(), form.cleaned_data
        with refusals.beside(form):
            seen = services.read_code(by=place, typed=given["code"], now=now)
            sale = services.redeem(
                by=place,
                coupon=seen.coupon,
                step=seen.step,
                bill_fen=given["bill"] or 0,
                wanted_fen=given["amount"],
                key=given["key"],
                now=now,
            )
            messages.success(request, said_of(sale))
            return redirect("benefits:till", number)
    context = {"till": place, "form": form, "sales": list(recent(place)), "here": "till"}
    status = 422 if form.errors else 200
    return render(request, "benefits/till/till.html", context, status=status)


def said_of(sale: Redemption) -> str:
    """What whoever stands at the till does next."""
    if sale.coupon.benefit.is_piece:
        return _("It counts. Hand it over now: %(name)s, one.") % {"name": sale.coupon.benefit.name}
    return _("%(amount)s yuan with the coupon; %(rest)s yuan still to pay.") % {
        "amount": yuan_of(sale.amount_fen),
        "rest": yuan_of(sale.bill_fen - sale.amount_fen),
    }


def recent(place: Cashier) -> list[object]:
    """The last few at this shop."""
    return list(selectors.list_redemptions(place).filter(shop=place.shop_id).order_by(*SALES)[:5])


@never_cache
@login_required
@require_GET
def sales(request: HttpRequest, number: str) -> HttpResponse:
    """What was taken, the newest first."""
    place = selectors.access_till(signed_in(request), number)
    page = page_of(selectors.list_redemptions(place), order=SALES, cursor=request.GET.get("cursor"))
    return render(
        request, "benefits/till/sales.html", {"till": place, "page": page, "here": "sales"}
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def refund(request: HttpRequest, sale_id: str) -> HttpResponse:
    """Take something back; managers do."""
    sale, place = selectors.access_sale(signed_in(request), sale_id)
    form = RefundForm(sale, request.POST or None, initial={"key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals.beside(form):
            services.refund(
                by=place,
                redemption=sale,
                amount_fen=form.amount_fen(),
                reason=given["reason"],
                key=given["key"],
                now=clock.now(),
            )
            messages.success(request, _("It is on the coupon again; its holder has been told."))
            return redirect("benefits:sales", place.shop.number)
    context = {"till": place, "sale": sale, "form": form, "here": "sales"}
    status = 422 if form.errors else 200
    return render(request, "benefits/till/refund.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, number: str) -> HttpResponse:
    """Who takes coupons here; a link for one more, shown once."""
    place = selectors.access_managed(signed_in(request), number)
    link = ""
    if request.method == "POST":
        token = services.invite_cashier(by=place, shop=place.shop, now=clock.now())
        path = reverse("benefits:till_invitation", args=[token])
        link = request.build_absolute_uri(path)
    context = {
        "till": place,
        "cashiers": [
            (each, name_of(each))
            for each in selectors.list_cashiers(place.shop).order_by("since_at")
        ],
        "link": link,
        "drawing": qr.on_screen(link) if link else "",
        "here": "people",
    }
    return render(request, "benefits/till/people.html", context)


def name_of(cashier: Cashier) -> str:
    """What a manager calls somebody at the till; whoever never said a name, by their number."""
    person = cashier.account.person
    return person.name if person else phones.masked(cashier.account.phone)


@never_cache
@login_required
@require_POST
def end(request: HttpRequest, cashier_id: str) -> HttpResponse:
    """Somebody stands there no longer."""
    found, place = selectors.access_cashier(signed_in(request), cashier_id)
    services.end_cashier(by=place, cashier=found, now=clock.now())
    messages.success(request, _("They cannot take coupons here any more."))
    return redirect("benefits:till_people", place.shop.number)


@never_cache
@login_required
@require_GET
def statements(request: HttpRequest, number: str) -> HttpResponse:
    """What unions owe, month by month."""
    place = selectors.access_managed(signed_in(request), number)
    page = page_of(
        statement_selectors.list_statements_of(place.shop.merchant),
        order=statement_selectors.ORDER,
        cursor=request.GET.get("cursor"),
    )
    context = {"till": place, "page": page, "here": "statements"}
    return render(request, "benefits/till/statements.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, number: str) -> HttpResponse:
    """One statement, line by line: confirm it, or say what is wrong."""
    found, place = statement_selectors.access_statement_for(signed_in(request), number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = form.cleaned_data["agrees"]
        with refusals.beside(form):
            services.answer_statement(
                by=place, statement=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(
                request,
                _("The statement is confirmed.") if agrees else _("The union has your answer."),
            )
            return redirect("benefits:till_statement", number)
    context = {
        "till": place,
        "statement": found,
        "lines": page_of(
            statement_selectors.list_lines(found),
            order=("id",),
            cursor=request.GET.get("cursor"),
            size=50,
        ),
        "said": statement_selectors.list_said(found),
        "is_open": found.state in services.OPEN,
        "form": form,
        "here": "statements",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/till/statement.html", context, status=status)

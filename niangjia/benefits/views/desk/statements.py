"""Statements of a month: drawing up, looking through, noting that they were paid."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.statements import DisputeForm, MonthForm, PaymentForm
from niangjia.benefits.models import Statement, StatementLine, StatementState
from niangjia.benefits.rules import months, statement_sheets
from niangjia.benefits.selectors import statements as selectors
from niangjia.benefits.selectors.books import read_books
from niangjia.benefits.views.desk.charts import chart_of_settlement
from niangjia.core import clock, refusals, sheets
from niangjia.core.pagination import Page, page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within

GIVE = Action.GIVE_BENEFITS


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def statements(request: OfficerRequest) -> HttpResponse:
    """All within reach; those of a month that is over can be drawn up by hand as well."""
    posts = holding(request.posts, GIVE)
    last = months.before(months.first_of(clock.now()))
    form = MonthForm(request.POST or None, initial={"month": last})
    if request.method == "POST" and form.is_valid():
        union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
        with refusals.beside(form):
            made = services.draw_up_statements(
                month=form.cleaned_data["month"].replace(day=1),
                union=union,
                by=access_acting_post(request.posts, GIVE, union.path),
                now=clock.now(),
            )
            messages.success(request, _("%(count)s statements are new.") % {"count": len(made)})
            return redirect("benefits:statements")
    state = request.GET.get("state", "")
    page = page_of(
        selectors.list_statements_within(
            request.posts, state if state in StatementState.values else ""
        ),
        order=selectors.ORDER,
        cursor=request.GET.get("cursor"),
    )
    context = {
        "page": page,
        "chart": chart_of_settlement(selectors.list_owed_within(request.posts)),
        "state": state,
        "states": StatementState,
        "form": form,
        "unions": [post.union for post in posts],
        "books": [(post.union, read_books(post.union)) for post in posts[:3]]
        if request.GET.get("books") == "on"
        else [],
        "here": "statements",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/statements.html", context, status=status)


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def statement(request: OfficerRequest, number: str) -> HttpResponse:
    """One statement, line by line; that it was paid is noted with the bank's reference."""
    found = selectors.access_statement_within(request.posts, number)
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.record_payment(
                by=access_acting_post(request.posts, GIVE, found.union.path),
                statement=found,
                payment=form.cleaned_data["payment"],
                now=clock.now(),
            )
            messages.success(request, _("Noted as paid."))
            return redirect("benefits:statement", number)
    return shown(request, found, form=form)


def shown(
    request: OfficerRequest,
    found: Statement,
    *,
    form: PaymentForm | None = None,
    dispute: DisputeForm | None = None,
) -> HttpResponse:
    """The page of a statement, with a form that needs another look."""
    lines = lines_of(request, found)
    context = {
        "statement": found,
        "lines": lines,
        "said": selectors.list_said(found),
        "form": form or PaymentForm(),
        "dispute": dispute or DisputeForm(lines.items),
        "here": "statements",
    }
    wrong = (form and form.errors) or (dispute and dispute.errors)
    status = 422 if wrong else 200
    return render(request, "benefits/desk/statement.html", context, status=status)


def lines_of(request: OfficerRequest, found: Statement) -> Page[StatementLine]:
    """The page of its lines that is looked at."""
    cursor = request.GET.get("cursor")
    return page_of(selectors.list_lines(found), order=("id",), cursor=cursor, size=50)


@require_POST
@officer_page(GIVE)
def answer(request: OfficerRequest, number: str) -> HttpResponse:
    """What the union says to a merchant who disputes it, and which lines it takes off."""
    found = selectors.access_statement_within(request.posts, number)
    form = DisputeForm(lines_of(request, found).items, request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.answer_dispute(
                by=access_acting_post(request.posts, GIVE, found.union.path),
                statement=found,
                words=form.cleaned_data["words"],
                line_ids=[uuid.UUID(each) for each in form.cleaned_data["lines"]],
                now=clock.now(),
            )
            messages.success(request, _("Answered. The merchant is told."))
            return redirect("benefits:statement", number)
    return shown(request, found, dispute=form)


@never_cache
@require_GET
@officer_page(GIVE)
def sheet(request: OfficerRequest, number: str) -> HttpResponseBase:
    """Every line of a statement, for the accountant."""
    found = selectors.access_statement_within(request.posts, number)
    lines = selectors.list_lines(found).order_by("id").iterator(500)
    rows = statement_sheets.rows_of(lines)
    return sheets.download(rows, name=f"{found.number}.csv")

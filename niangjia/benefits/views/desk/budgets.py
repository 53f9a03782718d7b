"""Budgets: what there is, what is set aside, what is free."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.benefits import services
from niangjia.benefits.forms.budgets import AmountForm, BudgetForm
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors.books import list_costs
from niangjia.benefits.views.desk.charts import chart_of_budgets, chart_of_costs
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within

GIVE = Action.GIVE_BENEFITS


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def budgets(request: OfficerRequest) -> HttpResponse:
    """All within reach, and a form for one more."""
    unions = [post.union for post in holding(request.posts, GIVE)]
    form = BudgetForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
        with refusals.beside(form):
            services.open_budget(
                by=access_acting_post(request.posts, GIVE, union.path),
                union=union,
                name=form.cleaned_data["name"],
                year=form.cleaned_data["year"],
                amount_fen=form.cleaned_data["amount"],
                now=clock.now(),
            )
            messages.success(request, _("The budget is there."))
            return redirect("benefits:budgets")
    page = page_of(
        selectors.list_budgets_within(request.posts),
        order=("-year", "id"),
        cursor=request.GET.get("cursor"),
    )
    context = {
        "page": page,
        "chart": chart_of_budgets(page.items),
        "form": form,
        "unions": unions,
        "here": "budgets",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/budgets.html", context, status=status)


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def budget(request: OfficerRequest, budget_id: str) -> HttpResponse:
    """One budget, entry by entry; how much there is can be changed."""
    found = selectors.access_budget_within(request.posts, budget_id)
    form = AmountForm(request.POST or None, initial={"amount": yuan_of(found.amount)})
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.change_budget(
                by=access_acting_post(request.posts, GIVE, found.union.path),
                budget=found,
                amount_fen=form.cleaned_data["amount"],
                now=clock.now(),
            )
            messages.success(request, _("The budget has changed."))
            return redirect("benefits:budget", budget_id)
    page = page_of(found.entries.all(), order=("-id",), cursor=request.GET.get("cursor"))
    context = {
        "budget": found,
        "chart": chart_of_costs(found, list_costs(found)),
        "page": page,
        "form": form,
        "here": "budgets",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/budget.html", context, status=status)

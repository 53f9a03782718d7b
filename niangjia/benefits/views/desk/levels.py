"""What the unions below pay merchants, level by level."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.benefits.forms.statements import MonthsForm
from niangjia.benefits.rules import months
from niangjia.benefits.rules.money import decimal_of
from niangjia.benefits.selectors.levels import Level, list_levels
from niangjia.benefits.views.desk.charts import chart_of_levels
from niangjia.core import clock, sheets
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.unions_within_reach import access_asked_union

GIVE = Action.GIVE_BENEFITS


def asked(request: OfficerRequest) -> dict[str, Any]:
    """The union and the months that are asked for: without any, this year until now. What was typed
    wrong is said beside it, and nothing is summed."""
    union = access_asked_union(request.posts, GIVE, request.GET.get("union"))
    this = months.first_of(clock.now())
    usual = {"first": this.replace(month=1), "last": this}
    typed = {name: request.GET.get(name) or f"{usual[name]:%Y-%m}" for name in usual}
    form = MonthsForm(typed)
    rows = list_levels(request.posts, union, **form.cleaned_data) if form.is_valid() else []
    return {"union": union, "form": form, "rows": rows, "here": "statements"}


@never_cache
@require_GET
@officer_page(GIVE)
def levels(request: OfficerRequest) -> HttpResponse:
    """Who below paid how much, and what is open; each leads on to its own unions below."""
    found = asked(request)
    rows: list[Level] = found["rows"]
    whole = {name: sum(getattr(row, name) for row in rows) for name in ("paid_fen", "open_fen")}
    context = found | {"chart": chart_of_levels(rows), "whole": whole}
    status = 422 if found["form"].errors else 200
    return render(request, "benefits/desk/levels.html", context, status=status)


@never_cache
@require_GET
@officer_page(GIVE)
def sheet(request: OfficerRequest) -> HttpResponseBase:
    """The same as a sheet; amounts in yuan, to the fen."""
    head = (_("Union"), _("Statements"), _("Merchants"), _("Paid out, in yuan"))
    rows: list[tuple[sheets.Value, ...]] = [(*head, _("Still to be paid, in yuan"))]
    for each in asked(request)["rows"]:
        name = _("%(union)s itself") % {"union": each.union} if each.is_own else each.union.name
        fen = (decimal_of(each.paid_fen), decimal_of(each.open_fen))
        rows.append((name, each.statements, each.merchants, *fen))
    return sheets.download(rows, name="settlement.csv")

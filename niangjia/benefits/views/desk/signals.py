"""What looks odd about redemptions, and what somebody found."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.benefits import services
from niangjia.benefits.forms.signals import JudgementForm
from niangjia.benefits.selectors import signals as selectors
from niangjia.benefits.views.desk.charts import chart_of_holders
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

GIVE = Action.GIVE_BENEFITS


@require_GET
@officer_page(GIVE)
def signals(request: OfficerRequest) -> HttpResponse:
    """What nobody has judged yet, or what was judged."""
    judged = request.GET.get("judged") == "on"
    page = page_of(
        selectors.list_signals_within(request.posts, judged=judged),
        order=("-id",),
        cursor=request.GET.get("cursor"),
    )
    context = {"page": page, "judged": judged, "here": "signals"}
    return render(request, "benefits/desk/signals.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def judgement(request: OfficerRequest, signal_id: str) -> HttpResponse:
    """One signal, the redemptions it is about, and what somebody found."""
    found = selectors.access_signal_within(request.posts, signal_id)
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.judge_signal(
                by=access_acting_post(request.posts, GIVE, found.shop.merchant.union.path),
                signal=found,
                now=clock.now(),
                **form.cleaned_data,
            )
            return redirect("benefits:redemption_signals")
    here, elsewhere = selectors.told_apart(
        selectors.list_sales_of(found)[: selectors.MOST], selectors.list_elsewhere(found)
    )
    evidence = selectors.read_evidence(found)
    context = {
        "signal": found,
        "evidence": evidence,
        "chart": chart_of_holders(evidence),
        "sales": here,
        "elsewhere": elsewhere,
        "form": form,
        "here": "signals",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/signal.html", context, status=status)

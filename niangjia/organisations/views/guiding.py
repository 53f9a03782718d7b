"""No union at my employer: three questions, then the union that takes one directly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.organisations import selectors
from niangjia.organisations.forms import guiding
from niangjia.organisations.models import WorkerKind
from niangjia.regions import selectors as regions


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """One question a page. The answers stay in the address, so that going back works."""
    answers = guiding.read(request.GET)
    if answers.step == guiding.PLACE and not answers.address:
        begins_at = regions.begins_at(request.COOKIES, request.user)
        answers = guiding.suggest(answers, begins_at)
    context = {"answers": answers, "workers": WorkerKind.choices}
    if answers.step == guiding.RESULT and answers.division:
        context["worker_label"] = WorkerKind(answers.work).label
        context["guidance"] = selectors.guide(
            worker_kind=answers.work, division=answers.division, employer=answers.employer
        )
    return render(request, f"organisations/guide_{answers.step}.html", context)

"""Decoys: planting one, and seeing who opened one."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import selectors, services
from niangjia.cases.forms.decoys import DecoyForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.selectors.alarms import list_alarms, list_plantings
from niangjia.core import clock, refusals
from niangjia.core.errors import Invalid
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import find_acting_post
from niangjia.members.selectors.unions_within_reach import find_named_union_within
from niangjia.organisations.selectors import access_root

DECIDES = Action.DECIDE_CASES
#: Before the names of an item's own questions.
ASKED = "asked"


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def decoys(request: OfficerRequest) -> HttpResponse:
    """Which service it seems to be about, then what it says; below, what was opened and planted."""
    items = {
        each.item.key: each
        for each in selectors.list_offered(access_root())
        if each.document.kind != "complaint"
    }
    sent = request.POST if request.method == "POST" else None
    key = (sent or request.GET).get("item", "")
    form = DecoyForm(sent, initial={"item": key})
    offered = items.get(key)
    asked = (
        QuestionsForm(questions_of(offered.document.form), sent, prefix=ASKED) if offered else None
    )
    fits = [each.is_valid() for each in (form, asked) if each is not None] if sent else []
    if sent and asked and all(fits) and (answer := plant(request, form, asked, key)):
        return answer
    return render(
        request,
        "cases/desk/decoys.html",
        {
            "items": [each.document for each in items.values()],
            "key": key if offered else "",
            "item": offered.document if offered else None,
            "form": form,
            "asked": asked,
            "alarms": list_alarms(request.posts, request.user),
            "plantings": list_plantings(request.posts),
        },
        status=422 if sent is not None else 200,
    )


def plant(
    request: OfficerRequest, form: forms.Form, asked: QuestionsForm, key: str
) -> HttpResponse | None:
    """Plant it; None, with the reason beside its field, where it was refused."""
    with refusals.beside(form):
        union = find_named_union_within(request.posts, DECIDES, form.cleaned_data["union"])
        above = [post for post in request.posts if union and post.union_id != union.pk]
        by = find_acting_post(above, DECIDES, union.path) if union else None
        if union is None or by is None:
            raise no_union()
        services.plant_decoy(
            by=by,
            union=union,
            item_key=key,
            answers=asked.answers(),
            name=form.cleaned_data["name"],
            now=clock.now(),
        )
        messages.success(request, _("Planted. Nobody is told which it is, not even you."))
        return redirect("cases:decoys")
    return None


def no_union() -> Invalid:
    problem = _("Write the whole name or number of a union below your own.")
    return Invalid(problem, code="no-union", fields={"union": problem})

"""Who works on a case: a colleague, the union above, another union, two together."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import services
from niangjia.cases.forms.workload import AssignForm, JointForm, TransferForm, UnionForm
from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of, surroundings
from niangjia.cases.views.desk.case import DECIDES, HANDLES, act, act_form, find_case, post_for
from niangjia.core import clock, protection, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Account
from niangjia.members.rules.choosing import LONGEST, Option, Picker
from niangjia.members.selectors.posts import find_acting_post
from niangjia.organisations.models import Union


@require_POST
@officer_page(HANDLES)
def assignment(request: OfficerRequest, number: str) -> HttpResponse:
    """Give the case to a colleague, or take it oneself."""
    found = find_case(request, number)
    colleagues = surroundings.list_colleagues(found)
    mine = str(request.user.pk)
    if request.POST.get("to") == mine and mine not in {str(c.account_id) for c in colleagues}:
        # Somebody of a union above works on it too; whether they may is the service's to say.
        colleagues = [*colleagues, surroundings.Colleague(request.user.pk, _("Me"), "")]
    form = AssignForm(colleagues, request.POST)
    return act(
        request,
        found,
        form,
        lambda post, data: services.assign_case(
            by=post,
            case_id=found.pk,
            to=Account.objects.get(pk=uuid.UUID(data["to"])),
            now=clock.now(),
        ),
        "assign_form",
        action=HANDLES if request.POST.get("to") == mine else DECIDES,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def transfer(request: OfficerRequest, number: str) -> HttpResponse:
    """Give the case to the union it belongs to."""
    found = find_case(request, number)
    form = TransferForm(request.POST if is_sent(request) else None, initial=typed(request))
    union = sent_to(
        form,
        surroundings.list_near(found),
        lambda to: services.transfer_case(
            by=post_for(request, found, DECIDES),
            case_id=found.pk,
            to=to,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        ),
    )
    if union is not None:
        messages.success(request, _("%(union)s has it now.") % {"union": union.name})
        return redirect("cases:queue")
    return show_form(request, found, form, "cases/desk/transfer.html", "near")


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def units(request: OfficerRequest, number: str) -> HttpResponse:
    """Let another union take part, or see which do."""
    found = find_case(request, number)
    form = JointForm(request.POST if is_sent(request) else None, initial=typed(request))
    union = sent_to(
        form,
        surroundings.list_of_province(found),
        lambda union: services.join_unit(
            by=post_for(request, found, DECIDES),
            case_id=found.pk,
            union=union,
            task=form.cleaned_data["task"],
            now=clock.now(),
        ),
    )
    if union is not None:
        messages.success(request, _("%(union)s takes part now.") % {"union": union.name})
        return redirect("cases:units", number)
    return show_form(request, found, form, "cases/desk/units.html", "province")


@require_POST
@officer_page(HANDLES)
def part(request: OfficerRequest, number: str) -> HttpResponse:
    """One's own union has done its part."""
    found = find_case(request, number)
    with protection.viewing(account=request.user.pk):
        joint = {unit.union_id for unit in surroundings.list_joint_units(found)}
    own = next((post for post in request.posts if post.union_id in joint), None)
    return act(
        request,
        found,
        act_form("part_form", request.POST),
        lambda post, data: services.finish_part(
            by=own or post, case_id=found.pk, words=data["words"], now=clock.now()
        ),
        "part_form",
    )


@require_POST
@officer_page(DECIDES)
def departure(request: OfficerRequest, number: str) -> HttpResponse:
    """A union takes part no longer. Asked for again, nothing happens."""
    found = find_case(request, number)
    with protection.viewing(account=request.user.pk):
        joint = {union.number: union for union in surroundings.list_joint_unions(found)}
    if union := joint.get(request.POST.get("union", "")):
        own = find_acting_post(request.posts, DECIDES, union.path)
        services.leave_unit(
            by=own or post_for(request, found, DECIDES),
            case_id=found.pk,
            union=union,
            now=clock.now(),
        )
        messages.success(request, _("%(union)s takes part no longer.") % {"union": union.name})
        if own and find_acting_post(request.posts, DECIDES, found.handler_path) is None:
            return redirect("cases:queue")
    return redirect("cases:units", number)


@require_GET
@officer_page(DECIDES)
def union_offers(request: OfficerRequest, number: str) -> HttpResponse:
    """The unions that what is being typed may mean: those near, or of the whole province."""
    found = find_case(request, number)
    where = "province" if request.GET.get("where") == "province" else "near"
    return render(
        request,
        "members/desk/picker_offers.html",
        {"picker": picker(found, where, request.GET.get("union", "")[:LONGEST])},
    )


def is_sent(request: OfficerRequest) -> bool:
    """Whether the form was sent, and not only its search button pressed."""
    return request.method == "POST" and "find" not in request.POST


def typed(request: OfficerRequest) -> dict[str, Any]:
    """What the form was searched with."""
    return request.POST.dict() if request.method == "POST" else {}


def sent_to(
    form: UnionForm, unions: QuerySet[Union], service: Callable[[Union], Any]
) -> Union | None:
    """The union that was chosen, once the service has taken it; None with a word beside the field
    where either did not come about."""
    if not (form.is_bound and form.is_valid()):
        return None
    union = chosen(form, unions)
    if union is None:
        return None
    with refusals.beside(form, to="union"):
        service(union)
        return union
    return None


def chosen(form: UnionForm, unions: QuerySet[Union]) -> Union | None:
    """The union that was chosen; None with a word beside the field where none was."""
    data = form.cleaned_data
    union = surroundings.find_chosen(unions, data["union"], ticked=data["chosen"])
    if union is None:
        form.add_error("union", _("Choose one of the unions below."))
    return union


def picker(found: Case, where: str, words: str, ticked: str = "") -> Picker:
    """The offers under the field."""
    unions = surroundings.list_near if where == "near" else surroundings.list_of_province
    choices = surroundings.choices_among(unions(found), words)
    nothing = (
        _("No union near is called that.") if where == "near" else _("No union is called that.")
    )
    return Picker(
        tick="chosen",
        address=f"{reverse('cases:union_offers', args=[found.number])}?where={where}",
        options=[
            Option(union.number, union.name, f"{union.division.name} · {union.number}")
            for union in choices.unions
        ],
        ticked=ticked,
        nothing=nothing if words.strip() or not choices.unions else "",
        has_more=choices.more,
    )


def show_form(
    request: OfficerRequest, found: Case, form: UnionForm, template: str, where: str
) -> HttpResponse:
    """The form with its offers, and which unions take part already."""
    words, ticked = (str(form[name].value() or "") for name in ("union", "chosen"))
    with protection.viewing(account=request.user.pk):
        joint = surroundings.list_joint_units(found)
    return render(
        request,
        template,
        {
            "case": found,
            "item": document_of(found.snapshot_id),
            "form": form,
            "units": joint,
            "picker": picker(found, where, words, ticked),
        },
        status=422 if form.errors else 200,
    )

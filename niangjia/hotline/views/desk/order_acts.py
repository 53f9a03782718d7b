"""What is done with one work order; every act comes back to its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from niangjia.cases.selectors.surroundings import find_chosen
from niangjia.core import clock, protection, refusals
from niangjia.hotline import services
from niangjia.hotline.forms.orders import (
    CheckForm,
    DispatchForm,
    GradeForm,
    OrderCallForm,
    ReturnForm,
    UrgentForm,
)
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.selectors.units import list_below
from niangjia.hotline.views.desk.orders import (
    ANSWERS,
    act,
    find_order,
    post_for,
    show,
    was_written,
)
from niangjia.hotline.views.desk.picking import picker
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post


@require_POST
@officer_page(ANSWERS)
def dispatch(request: OfficerRequest, number: str) -> HttpResponse:
    """Give it to the union that should do it."""
    found = find_order(request, number)
    form = DispatchForm(request.POST)
    typed, ticked = request.POST.get("union", ""), request.POST.get("chosen", "")
    if "find" not in request.POST and form.is_valid():
        post = post_for(request, found)
        with protection.viewing(account=request.user.pk):
            below = list_below(found) if found.case else None
            union = find_chosen(below, typed, ticked=ticked) if below is not None else None
        if union is None:
            form.add_error("union", _("Choose one of the unions below."))
        else:
            with refusals.beside(form, to="union"):
                services.dispatch_order(
                    by=post,
                    order_id=found.pk,
                    to=union,
                    reason=form.cleaned_data["reason"],
                    now=clock.now(),
                )
                messages.success(request, _("%(union)s has it now.") % {"union": union.name})
                return redirect("hotline:order", number)
    form = form if "find" not in request.POST else DispatchForm(initial=request.POST.dict())
    with protection.viewing(account=request.user.pk):
        offers = picker(found, typed, ticked)
    return show(
        request,
        number,
        status=422 if form.errors else 200,
        forms={"dispatch_form": form, "picker": offers},  # type: ignore[dict-item]
    )


@require_POST
@officer_page(ANSWERS)
def give_back(request: OfficerRequest, number: str) -> HttpResponse:
    """It is not theirs: the line gives it on again. By whoever decides where it is."""
    found = find_order(request, number)
    where = found.case.handler_path if found.case else found.line.union.path
    post = access_acting_post(request.posts, Action.DECIDE_CASES, where)
    form = ReturnForm(request.POST, auto_id="id_return_%s")
    return refusals.act(
        request,
        form,
        lambda data: services.return_order(by=post, order_id=found.pk, now=clock.now(), **data),
        said=_("The line has it again."),
        to=reverse("hotline:order", args=[number]),
        again=lambda: show(request, number, status=422, forms={"return_form": form}),
    )


@require_POST
@never_cache
@officer_page(ANSWERS)
def contact(request: OfficerRequest, number: str) -> HttpResponse:
    """Whom to call back: they see that I looked."""
    found = find_order(request, number)
    form = OrderCallForm(is_online=was_written(request, found))
    with refusals.beside(form):
        seen = services.view_contact(
            by=request.user, posts=request.posts, number=found.number, now=clock.now()
        )
        return show(request, number, contact=seen)
    return show(request, number, status=422, forms={"call_form": form})


def act_page(
    name: str,
    form: Callable[[OfficerRequest, WorkOrder], Form],
    service: Callable[..., Any],
    said: str | Promise = "",
) -> Callable[..., HttpResponse]:
    """The page behind the form `name` of an order: what the form says, the service does, and `said`
    tells that it is done."""

    @require_POST
    @officer_page(ANSWERS)
    def page(request: OfficerRequest, number: str) -> HttpResponse:
        found = find_order(request, number)
        return act(
            request,
            found,
            form(request, found),
            lambda post, data: service(by=post, order_id=found.pk, now=clock.now(), **data),
            name,
            said,
        )

    return page


grade = act_page(
    "grade_form",
    lambda request, _found: GradeForm(request.POST, auto_id="id_grade_%s"),
    services.grade_order,
)
urgency = act_page(
    "urgent_form",
    lambda request, _found: UrgentForm(request.POST),
    services.flag_urgent,
    gettext_lazy("Whoever is on call is being paged."),
)
acknowledgement = act_page(
    "acknowledgement_form",
    lambda request, _found: Form(request.POST),
    services.acknowledge,
    gettext_lazy("It is yours. Nobody else is being paged."),
)
call_back = act_page(
    "call_form",
    lambda request, found: OrderCallForm(request.POST, is_online=was_written(request, found)),
    services.record_call_back,
    gettext_lazy("The call is written down."),
)
check = act_page(
    "check_form",
    lambda request, _found: CheckForm(request.POST, auto_id="id_check_%s"),
    services.check_order,
)

"""What is done with one work order; every act comes back to its page."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
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
    UrgentForm,
)
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
def grade(request: OfficerRequest, number: str) -> HttpResponse:
    """It is harder, or easier, than it seemed."""
    found = find_order(request, number)
    return act(
        request,
        found,
        GradeForm(request.POST, auto_id="id_grade_%s"),
        lambda post, data: services.grade_order(
            by=post, order_id=found.pk, now=clock.now(), **data
        ),
        "grade_form",
    )


@require_POST
@officer_page(ANSWERS)
def urgency(request: OfficerRequest, number: str) -> HttpResponse:
    """Somebody is in danger: fetch a person."""
    found = find_order(request, number)
    return act(
        request,
        found,
        UrgentForm(request.POST),
        lambda post, data: services.flag_urgent(
            by=post, order_id=found.pk, now=clock.now(), **data
        ),
        "urgent_form",
        _("Whoever is on call is being paged."),
    )


@require_POST
@officer_page(ANSWERS)
def acknowledgement(request: OfficerRequest, number: str) -> HttpResponse:
    """I am there; fetch nobody else."""
    found = find_order(request, number)
    return act(
        request,
        found,
        Form(request.POST),
        lambda post, _data: services.acknowledge(by=post, order_id=found.pk, now=clock.now()),
        "acknowledgement_form",
        _("It is yours. Nobody else is being paged."),
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


@require_POST
@officer_page(ANSWERS)
def call_back(request: OfficerRequest, number: str) -> HttpResponse:
    """What the call back came to."""
    found = find_order(request, number)
    return act(
        request,
        found,
        OrderCallForm(request.POST, is_online=was_written(request, found)),
        lambda post, data: services.record_call_back(
            by=post, order_id=found.pk, now=clock.now(), **data
        ),
        "call_form",
        _("The call is written down."),
    )


@require_POST
@officer_page(ANSWERS)
def check(request: OfficerRequest, number: str) -> HttpResponse:
    """What the quality check found."""
    found = find_order(request, number)
    form = CheckForm(request.POST, auto_id="id_check_%s")
    return act(
        request,
        found,
        form,
        lambda post, data: services.check_order(
            by=post,
            order_id=found.pk,
            answers=form.answers(),
            words=data["reason"],
            now=clock.now(),
        ),
        "check_form",
    )

"""Rectification orders: the queue, one order, its steps, the term."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, protection, refusals
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.forms.desk import FORMS, StepForm, TermForm
from niangjia.feedback.models import RectificationOrder, Stage
from niangjia.feedback.rules import orders as rules
from niangjia.feedback.rules.subjects import find_subject
from niangjia.feedback.selectors.orders import (
    ORDER,
    access_step_post,
    find_step_post,
    urgencies,
)
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

FILTERS = (Stage.REVIEW, Stage.RATE_AGAIN, Stage.CLOSED)


@require_GET
@officer_page(Action.RECTIFY)
def orders(request: OfficerRequest) -> HttpResponse:
    """What must be put right, the most urgent first."""
    return render(request, "feedback/desk/orders.html", queue(request))


def queue(request: OfficerRequest, wrong: tuple[Union, TermForm] | None = None) -> dict[str, Any]:
    """The rows and counts that the address asks for; `wrong` is a term that was refused."""
    now = clock.now()
    stage = request.GET.get("stage", "")
    late = request.GET.get("late") == "on"
    found = selectors.list_orders(
        request.user,
        request.posts,
        stage=stage if stage in Stage.values else "",
        late_at=now if late else None,
    )
    with protection.viewing(account=request.user.pk):
        page = page_of(found, order=ORDER, cursor=request.GET.get("cursor"))
    return {
        "page": page,
        "rows": zip(page.items, urgencies(page.items, now), strict=True),
        "counts": selectors.count_orders(request.user, request.posts, now),
        "stage": stage,
        "late": late,
        "filters": FILTERS,
        "term_forms": term_forms(request, wrong),
        "wrong": wrong and wrong[1],
    }


def term_forms(
    request: OfficerRequest, wrong: tuple[Union, TermForm] | None
) -> list[tuple[Union, TermForm]]:
    """For each union whose term this officer may set: the term it has, or what was refused."""
    unions = [post.union for post in holding(request.posts, Action.EDIT_UNION)]
    forms = [(union, TermForm.of(union, selectors.working_days_at(union))) for union in unions]
    return [wrong if wrong and wrong[0] == union else (union, form) for union, form in forms]


@require_GET
@officer_page(Action.RECTIFY)
def order(request: OfficerRequest, number: str) -> HttpResponse:
    """One order: what was said, what was done, and the step that comes next."""
    found = selectors.access_order(request.user, request.posts, number)
    return show(request, found, {})


def order_step(step: str) -> Any:
    """The view that takes one step."""

    @require_POST
    @officer_page(Action.RECTIFY)
    def take(request: OfficerRequest, number: str) -> HttpResponse:
        found = selectors.access_order(request.user, request.posts, number)
        post = access_step_post(request.posts, found, step)
        form = FORMS[step](request.POST)
        if form.is_valid():
            with refusals.beside(form):
                services.take_step(
                    by=post,
                    order=found,
                    step=step,
                    now=clock.now(),
                    **form.cleaned_data,
                )
                messages.success(request, _("Order %(number)s has moved on.") % {"number": number})
                return redirect("feedback:order", number)
            found = selectors.access_order(request.user, request.posts, number)
        return show(request, found, {step: form})

    return take


def show(
    request: OfficerRequest, found: RectificationOrder, bound: dict[str, StepForm]
) -> HttpResponse:
    """The order's page; with the forms of the steps that this officer may take now. A step somebody
    else has taken meanwhile keeps its words, so that nothing typed is lost."""
    open_steps = rules.steps_at(found.stage)
    forms = {
        name: bound.get(name) or FORMS[name]()
        for name in rules.STEPS
        if name in bound or (name in open_steps and find_step_post(request.posts, found, name))
    }
    with protection.viewing(account=request.user.pk):
        invitation = selectors.find_latest_invitation(found.subject_kind, found.subject_id)
        steps = list(selectors.list_steps(found))
        subject = find_subject(found, request.posts, request.user)
    context = {
        "order": found,
        "rating": found.rating,
        "invitation": invitation,
        "subject": subject,
        "steps": steps,
        "urgency": urgencies([found], clock.now())[0],
        "forms": forms,
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "feedback/desk/order.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(Action.EDIT_UNION)
def term(request: OfficerRequest, number: str) -> HttpResponse:
    """Set how many working days an order may take at a union and below."""
    union = access_union_within(request.posts, Action.EDIT_UNION, number)
    form = TermForm(request.POST, auto_id=f"{union.number}_%s")
    if form.is_valid():
        services.set_term(
            by=access_acting_post(request.posts, Action.EDIT_UNION, union.path),
            union=union,
            working_days=form.cleaned_data["working_days"],
            now=clock.now(),
        )
        messages.success(request, _("New orders have this term from now on."))
        return redirect("feedback:orders")
    return render(request, "feedback/desk/orders.html", queue(request, (union, form)), status=422)

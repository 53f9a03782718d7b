"""The rules by which a union's cases find their officers: making them, and seeing what they do."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms.assigning import RuleForm, typed_in
from niangjia.cases.models import AssignmentRule
from niangjia.cases.selectors import assigning, document_of
from niangjia.cases.selectors.assigning import Office
from niangjia.cases.selectors.surroundings import find_employer, names_of_officers
from niangjia.cases.services import RuleContent
from niangjia.cases.views.desk.case import DECIDES
from niangjia.core import clock, protection, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union
from niangjia.regions.models import Division
from niangjia.regions.selectors import list_children


def find_union(request: OfficerRequest) -> tuple[Union, Post]:
    """The union of the address, or the highest of one's own, and the post to act by. Raises
    `NotFound`."""
    number = request.GET.get("union", "") or request.POST.get("union", "")
    union = (
        access_union_within(request.posts, DECIDES, number)
        if number
        else holding(request.posts, DECIDES)[0].union
    )
    return union, access_acting_post(request.posts, DECIDES, union.path)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def rules(request: OfficerRequest) -> HttpResponse:
    """The rules of a union, in their order; and making another."""
    union, post = find_union(request)
    form = form_for(union, request.POST if request.method == "POST" else None)
    if form.is_bound and saved(request, post, union, form):
        return back_to(union)
    names = {each.item.pk: each.document.name for each in selectors.list_offered(union)}
    return render(
        request,
        "cases/desk/rules.html",
        {
            "union": union,
            "rows": [
                (rule, names.get(rule.item_id) if rule.item_id else None)
                for rule in found(request, union)
            ],
            "form": form,
            "unions": own_unions(request),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def rule(request: OfficerRequest, key: str) -> HttpResponse:
    """Say anew what a rule says."""
    held, union, post = find_rule(request, key)
    form = (
        form_for(union, request.POST)
        if request.method == "POST"
        else form_for(union, None, initial=typed_in(held))
    )
    if form.is_bound and saved(request, post, union, form, held):
        return back_to(union)
    return render(
        request,
        "cases/desk/rule.html",
        {"union": union, "rule": held, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@officer_page(DECIDES)
def rule_end(request: OfficerRequest, key: str) -> HttpResponse:
    """A rule holds no longer."""
    held, union, post = find_rule(request, key)
    services.end_rule(by=post, rule=held, now=clock.now())
    messages.success(request, _("The rule is removed. What it assigned stays as it is."))
    return back_to(union)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def preview(request: OfficerRequest) -> HttpResponse:
    """What the rules would do with the cases that nobody has yet; POST lets them do it."""
    union, post = find_union(request)
    now = clock.now()
    if request.method == "POST":
        done = services.assign_queue(by=post, union=union, now=now)
        said = ngettext("%(n)d case has an officer now.", "%(n)d cases have officers now.", done)
        messages.success(request, said % {"n": done})
        return redirect(f"{reverse('cases:queue')}?tab=mine" if done else "cases:queue")
    with protection.viewing(account=request.user.pk):
        cases = assigning.list_nobodys(union, request.posts, account=request.user)
        office = Office.load(union.pk, assigning.rules_of(union.pk), now)
        before = dict(office.loads)
        planned = assigning.plan(cases, office, now=now)
    names = names_of_officers(before.keys())
    return render(
        request,
        "cases/desk/preview.html",
        {
            "union": union,
            "rows": [(each, document_of(each.case.snapshot_id)) for each in planned],
            "officers": [
                (names.get(key, "—"), load, office.loads[key]) for key, load in before.items()
            ],
            "most": assigning.MOST_PREVIEWED,
        },
    )


def found(request: OfficerRequest, union: Union) -> list[AssignmentRule]:
    """The rules that one may read."""
    return list(assigning.list_rules(account=request.user).filter(union=union))


def find_rule(request: OfficerRequest, key: str) -> tuple[AssignmentRule, Union, Post]:
    """A rule of a union where one decides. Raises `NotFound`."""
    held = assigning.access_rule(key, request.posts, account=request.user)
    post = access_acting_post(request.posts, DECIDES, held.union.path)
    return held, held.union, post


def own_unions(request: OfficerRequest) -> list[Union]:
    """The unions whose rules are one's own to make: where one holds a post."""
    return list({post.union_id: post.union for post in holding(request.posts, DECIDES)}.values())


def form_for(union: Union, data: Any, **options: Any) -> RuleForm:
    """The form with what can be chosen at a union."""
    offered = selectors.list_offered(union)
    staff = assigning.list_staff(union.pk)
    names = names_of_officers(staff)
    return RuleForm(
        {each.item.key: str(each.document.name) for each in offered},
        {each.code: each.name for each in list_children(union.division_id)},
        {key: names.get(key, "—") for key in staff},
        data,
        **options,
    )


def saved(
    request: HttpRequest,
    post: Post,
    union: Union,
    form: RuleForm,
    held: AssignmentRule | None = None,
) -> bool:
    """Whether what was typed is a rule now; else the form says what is wrong."""
    if not form.is_valid():
        return False
    data = dict(form.cleaned_data)
    typed = data["employer"].strip()
    employer = find_employer(typed, union) if typed else None
    if typed and employer is None:
        form.add_error("employer", _("No employer here has this name or code."))
        return False
    with refusals.beside(form):
        services.save_rule(
            by=post,
            union=union,
            content=content_of(data, union, employer, form.weights()),
            rule=held,
            now=clock.now(),
        )
        messages.success(request, _("The rule holds for what comes from now on."))
        return True
    return False


def content_of(
    data: dict[str, Any], union: Union, employer: Any, weights: dict[uuid.UUID, int]
) -> RuleContent:
    """What was typed, as the service takes it."""
    items = {each.item.key: each.item for each in selectors.list_offered(union)}
    return RuleContent(
        name=data["name"],
        position=data["position"],
        item=items.get(data["item"]),
        division=Division.objects.filter(pk=data["division"]).first(),
        employer=employer,
        language=data["language"],
        urgent_only=data["urgent_only"],
        way=data["way"],
        keeps_person=data["keeps_person"],
        weights=weights,
    )


def back_to(union: Union) -> HttpResponseRedirect:
    return redirect(f"{reverse('cases:assignment_rules')}?union={union.number}")

"""Cases that belong together: what is proposed, what is linked, what ends in another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.cases import services
from niangjia.cases.forms.links import LinkChoice, LinkForm, UnlinkForm
from niangjia.cases.models import Case, CaseLink
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.linking import access_link, list_links
from niangjia.cases.views.desk.case import DECIDES, HANDLES, find_case, post_for
from niangjia.core import clock, protection, refusals
from niangjia.core.errors import Text
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import find_acting_post

#: What one decision on a link does.
Decision = Callable[[Post, CaseLink, dict[str, Any]], Any]


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def links(request: OfficerRequest, number: str) -> HttpResponse:
    """The links of a case; and linking it with another by its number."""
    found = find_case(request, number)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals.beside(form):
            services.link_cases(
                by=post_for(request, found, HANDLES),
                case_id=found.pk,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("They are linked."))
            return redirect("cases:links", number)
    return show_links(request, found, form)


def show_links(
    request: OfficerRequest, found: Case, form: LinkForm, refused: Form | None = None
) -> HttpResponse:
    """The page; `refused` is what was wrong with a decision on one link."""
    with protection.viewing(account=request.user.pk):
        rows = list_links(found)
    return render(
        request,
        "cases/desk/links.html",
        {
            "case": found,
            "item": document_of(found.snapshot_id),
            "form": form,
            "rows": [(row, document_of(row.there.snapshot_id)) for row in rows],
            "refused": refused,
            "may_decide": find_acting_post(request.posts, DECIDES, found.handler_path) is not None,
        },
        status=422 if form.errors or refused else 200,
    )


def decision(
    decide: Decision, done: Text, form_class: type[Form] = LinkChoice, action: Action = HANDLES
) -> Callable[..., HttpResponse]:
    """The page behind one button of the list."""

    @require_POST
    @officer_page(action)
    def page(request: OfficerRequest, number: str) -> HttpResponse:
        found = find_case(request, number)
        with protection.viewing(account=request.user.pk):
            link = access_link(found, request.POST.get("link", ""))
        form = form_class(request.POST)
        if form.is_valid():
            with refusals.beside(form):
                decide(post_for(request, found, action), link, form.cleaned_data)
                messages.success(request, str(done))
                return redirect("cases:links", number)
        return show_links(request, found, LinkForm(), form)

    return page


link_confirmation = decision(
    lambda post, link, data: services.confirm_link(by=post, link_id=link.pk, now=clock.now()),
    gettext_lazy("They are linked."),
)
link_rejection = decision(
    lambda post, link, data: services.reject_link(by=post, link_id=link.pk, now=clock.now()),
    gettext_lazy("It is not proposed again."),
)
link_end = decision(
    lambda post, link, data: services.unlink(
        by=post, link_id=link.pk, reason=data["reason"], now=clock.now()
    ),
    gettext_lazy("They are no longer linked."),
    UnlinkForm,
)
merger = decision(
    lambda post, link, data: services.merge_duplicate(by=post, link_id=link.pk, now=clock.now()),
    gettext_lazy("The duplicate has ended in the other case."),
    action=DECIDES,
)

"""会籍变更: putting a member's particulars right: what is typed, then what that changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, refusals
from niangjia.members import selectors, services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.corrections import CorrectionForm
from niangjia.members.forms.purposes import PurposeForm
from niangjia.members.models import Membership, MembershipStatus
from niangjia.members.rules import Action, particulars
from niangjia.members.selectors.registers import access_membership
from niangjia.members.views.desk.members import ask_purpose, stated_purpose

#: What the pressed button says: look at what changes, change something again, or do it.
LOOK, TYPE, CONFIRM = "look", "type", "confirm"


@require_http_methods(["GET", "POST"])
@officer_page(Action.CHANGE_MEMBERSHIPS)
def correction(request: OfficerRequest, number: str) -> HttpResponse:
    """The form, then before and after side by side, then the correction. A purpose must be stated
    for this member; each opening of the form is a view that the member sees."""
    membership = access_membership(request.posts, number)
    by = selectors.access_acting_post(
        request.posts, Action.CHANGE_MEMBERSHIPS, membership.union.path
    )
    purpose = stated_purpose(request, membership)
    if purpose is None:
        return ask_purpose(request, membership, PurposeForm())
    if membership.status == MembershipStatus.ENDED:
        messages.warning(request, _("This membership has ended."))
        return redirect("members:desk_member", number)
    now = clock.now()
    if request.method == "GET":
        asked = PurposeForm(request.GET)
        with refusals.beside(asked):
            services.view_member(by=request.user, membership=membership, purpose=purpose, now=now)
            return page(request, membership, CorrectionForm(membership))
        return ask_purpose(request, membership, asked)
    form, step = CorrectionForm(membership, request.POST), request.POST.get("step", LOOK)
    if not form.is_valid() or step == TYPE:
        return page(request, membership, form)
    wanted = {"particulars": form.particulars(), "reason": form.cleaned_data["reason"]}
    with refusals.beside(form):
        if step != CONFIRM:
            changed = services.check_correction(membership=membership, now=now, **wanted)
            return page(request, membership, form, particulars.in_words(changed))
        services.correct_membership(
            by=by, membership=membership, seen=form.cleaned_data["seen"], now=now, **wanted
        )
        messages.success(request, _("The particulars are put right, and the member has been told."))
        return redirect("members:desk_member", number)
    form.look_again(membership)
    return page(request, access_membership(request.posts, number), form)


def page(
    request: OfficerRequest,
    membership: Membership,
    form: CorrectionForm,
    differences: list[particulars.Difference] | None = None,
) -> HttpResponse:
    """The form; or, with `differences`, what it would change, before it is done."""
    return render(
        request,
        "members/desk/correction.html",
        {
            "membership": membership,
            "person": membership.person,
            "form": form,
            "differences": differences,
        },
        status=422 if form.errors else 200,
    )

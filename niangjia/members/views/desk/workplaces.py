"""Which members of a union work outdoors: said for many at one go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, refusals
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.workplaces import WorkplaceForm
from niangjia.members.rules import Action
from niangjia.members.selectors.memberships import count_outdoors
from niangjia.members.views.desk.union_changes import acting


@require_http_methods(["GET", "POST"])
@officer_page(Action.CHANGE_MEMBERSHIPS)
def union_workplaces(request: OfficerRequest, number: str) -> HttpResponse:
    """How many of the union's own work outdoors, and a form to say who. It names nobody: whoever
    wants to see who somebody is looks them up, with a purpose."""
    union, by = acting(request, Action.CHANGE_MEMBERSHIPS, number)
    form = WorkplaceForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            count = services.say_workplace(by=by, union=union, now=clock.now(), **form.cleaned_data)
            said = ngettext(
                "Written down for %(count)s member, who has been told.",
                "Written down for %(count)s members, who have been told.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("members:union_workplaces", number)
    context = {"union": union, "form": form, "outdoors": count_outdoors(union)}
    status = 422 if form.errors else 200
    return render(request, "members/desk/union_workplaces.html", context, status=status)

"""What belongs to a union: its confirmation by the union above, and its employers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, ids, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.unions import ConfirmationForm, EmployerForm
from niangjia.members.rules import Action
from niangjia.members.selectors.places import (
    NamedPlace,
    access_place,
    name_of,
    names_of,
    suggest_places,
)
from niangjia.members.views.desk.pickers import place_picker
from niangjia.members.views.desk.union_changes import acting, page
from niangjia.organisations import selectors as organisations
from niangjia.organisations import services
from niangjia.organisations.models import Union


@require_http_methods(["GET", "POST"])
@officer_page(Action.CONFIRM_UNIONS)
def union_confirmation(request: OfficerRequest, number: str) -> HttpResponse:
    """Approve the election of a union that is being founded: it begins its work."""
    union, by = acting(request, Action.CONFIRM_UNIONS, number)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            services.confirm_union(
                union_id=union.pk,
                committee_elected_date=form.cleaned_data["committee_elected_date"],
                by=by,
                now=clock.now(),
            )
            messages.success(request, _("The union is active. Workers can apply to it now."))
            return redirect("members:desk_union", number)
    return page(request, union, form, _("Confirm the union"))


@require_http_methods(["GET", "POST"])
@officer_page(Action.EDIT_UNION)
def union_employers(request: OfficerRequest, number: str) -> HttpResponse:
    """The employers whose workers the union is there for, and a form to add one."""
    union, by = acting(request, Action.EDIT_UNION, number)
    own = {"place": name_of(union.division), "division": union.division_id}
    if request.method == "GET":
        return show_employers(request, union, EmployerForm(initial=own))
    if "find" in request.POST:
        return show_employers(request, union, EmployerForm(initial=request.POST.dict()))
    form = EmployerForm(request.POST)
    if form.is_valid():
        details = {**form.cleaned_data}
        ticked, text = details.pop("division"), details.pop("place")
        with refusals.beside(form):
            employer = services.add_employer(
                union_id=union.pk,
                division=access_place(text, ticked=ticked, default=union.division),
                by=by,
                now=clock.now(),
                **details,
            )
            messages.success(
                request,
                _("%(name)s is added. Its place in the register is %(place)s.")
                % {"name": employer.name, "place": name_of(employer.division)},
            )
            return redirect("members:union_employers", number)
    return show_employers(request, union, form)


@require_POST
@officer_page(Action.EDIT_UNION)
def union_employer_removal(request: OfficerRequest, number: str) -> HttpResponse:
    """The union is no longer there for this employer's workers; its members stay members. Asked for
    again, nothing happens."""
    union, by = acting(request, Action.EDIT_UNION, number)
    employer_id = ids.parse_uuid(request.POST.get("employer", ""))
    if employer_id is not None:
        services.remove_employer(union_id=union.pk, employer_id=employer_id, by=by, now=clock.now())
        messages.success(request, _("The employer is removed from this union."))
    return redirect("members:union_employers", number)


def show_employers(request: OfficerRequest, union: Union, form: EmployerForm) -> HttpResponse:
    """The list, a page at a time, and the form with the places that what was typed may mean."""
    employers = page_of(
        organisations.list_employers(union),
        order=("name", "id"),
        cursor=request.GET.get("cursor"),
    )
    names = names_of([union.division, *(employer.division for employer in employers.items)])
    own = NamedPlace(union.division_id, names[union.division_id])
    words, ticked = (str(form[field].value() or "") for field in ("place", "division"))
    return render(
        request,
        "members/desk/union_employers.html",
        {
            "union": union,
            "page": employers,
            "rows": [(employer, names[employer.division_id]) for employer in employers.items],
            "form": form,
            "picker": place_picker(
                [own] if words == own.name else suggest_places(words), words=words, ticked=ticked
            ),
        },
        status=422 if form.errors else 200,
    )

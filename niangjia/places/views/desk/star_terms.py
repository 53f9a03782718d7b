"""How much the stars ask for at a union: shown, set, and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, find_acting_post
from niangjia.members.selectors.unions_within_reach import access_asked_union
from niangjia.organisations.models import Union
from niangjia.places import services
from niangjia.places.forms.stars import StarTermsForm
from niangjia.places.models import StarTerms
from niangjia.places.rules import star_terms as rules
from niangjia.places.selectors import star_terms as selectors
from niangjia.places.selectors.desk import KEEPS


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def terms(request: OfficerRequest) -> HttpResponse:
    """Of the union in the address, else of the highest one's own."""
    union = access_asked_union(request.posts, KEEPS, request.GET.get("union"))
    found = selectors.find_terms(union)
    form = StarTermsForm(request.POST or None, initial=selectors.as_terms(found).values())
    if request.method == "POST":
        by = access_acting_post(request.posts, Action.EDIT_UNION, union.path)
        return refusals.act(
            request,
            form,
            lambda data: services.set_star_terms(by=by, union=union, values=data, now=clock.now()),
            said=_("Saved. The next month's rating asks for this."),
            to=address(union),
            again=lambda: show(request, union, found, form),
        )
    return show(request, union, found, form)


@require_POST
@never_cache
@officer_page(Action.EDIT_UNION)
def removal(request: OfficerRequest) -> HttpResponse:
    """Those of the union above hold again."""
    union = access_asked_union(request.posts, Action.EDIT_UNION, request.GET.get("union"))
    by = access_acting_post(request.posts, Action.EDIT_UNION, union.path)
    services.drop_star_terms(by=by, union=union)
    messages.success(request, _("From the next month's rating on, those of the union above hold."))
    return redirect(address(union))


def address(union: Union) -> str:
    """The page about a union."""
    return f"{reverse('places:desk_star_terms')}?union={union.number}"


def show(
    request: OfficerRequest, union: Union, own: StarTerms | None, form: StarTermsForm
) -> HttpResponse:
    """The page, also with what was refused."""
    context = {
        "union": union,
        "form": form,
        "own": own,
        "national": rules.NATIONAL.values(),
        "may_set": rules.may_have_own(union)
        and find_acting_post(request.posts, Action.EDIT_UNION, union.path) is not None,
    }
    status = 422 if form.errors else 200
    return render(request, "places/desk/star_terms.html", context, status=status)

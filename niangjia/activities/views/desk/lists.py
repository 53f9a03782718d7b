"""The activities within reach."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.activities.selectors.planning import in_tab, list_activities
from niangjia.activities.views.desk.access import RUNS
from niangjia.core import clock
from niangjia.core.pagination import page_of, tabs_of
from niangjia.members.doors import OfficerRequest, officer_page

TABS: dict[str, Promise] = {
    "": _("To come"),
    "drafts": _("Drafts"),
    "past": _("Over"),
    "cancelled": _("Called off"),
}
COUNTED = 100


@require_GET
@never_cache
@officer_page(RUNS)
def desk(request: OfficerRequest) -> HttpResponse:
    """What is to come, the soonest first; drafts, and what has been, the newest first."""
    now = clock.now()
    current = request.GET.get("tab", "")
    current = current if current in TABS else ""
    found = list_activities(request.posts)
    tabs = {key: found.filter(in_tab(key, now)) for key in TABS}
    order = ("-id",) if current else ("starts_at", "id")
    page = page_of(tabs[current], order=order, cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "now": now,
        "tabs": tabs_of(tabs, labels=TABS, current=current, limit=COUNTED),
    }
    return render(request, "activities/desk/list.html", context)

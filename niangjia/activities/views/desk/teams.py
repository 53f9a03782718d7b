"""The teams of a run, for its officers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.activities.selectors.teams import list_teams
from niangjia.activities.services.looking import look_at_list
from niangjia.activities.views.desk.access import RUNS, run_for
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page

SIZE = 30


@require_GET
@never_cache
@officer_page(RUNS)
def teams(request: OfficerRequest, run_id: str) -> HttpResponse:
    """How many each team has, who is in it, and whether it is whole. Looking is recorded."""
    run, by = run_for(request, run_id)
    page = page_of(list_teams(run), order=("id",), cursor=request.GET.get("cursor"), size=SIZE)
    look_at_list(by=by, run=run)
    context = {"run": run, "activity": run.activity, "page": page}
    return render(request, "activities/desk/teams.html", context)

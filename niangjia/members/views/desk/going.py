"""Go anywhere: what the palette (Ctrl-K) asks, and the same as a page for whoever has no script."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from niangjia.core.errors import Invalid
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors import going


@require_GET
@officer_page(Action.BROWSE)
def go(request: OfficerRequest) -> HttpResponse:
    """Rooms, unions within reach, an application by its number. A number that means one thing leads
    straight there."""
    words = request.GET.get("words", "").strip()
    error, found = None, going.Destinations()
    try:
        found = going.find_destinations(request.posts, words)
    except Invalid as refusal:
        error = refusal.message
    is_palette = bool(request.htmx and request.htmx.target == "palette-found")
    if not is_palette and len(found.applications) == 1 and not found.unions:
        return redirect("members:desk_application", found.applications[0].number)
    template = "members/desk/go_found.html" if is_palette else "members/desk/go.html"
    context = {"words": words, "found": found, "error": error}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Target"])
    return response

"""Taking calls, handing them on, ending them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.core.errors import NotFound
from niangjia.hotline import services
from niangjia.hotline.clients import telephony
from niangjia.hotline.models import Call, CallState
from niangjia.hotline.services import sealing
from niangjia.hotline.views.desk import screen
from niangjia.hotline.views.desk.access import ANSWERS, call_for, line_for, lines_for
from niangjia.members.doors import OfficerRequest, officer_page


@require_GET
@never_cache
@officer_page(ANSWERS)
def desk(request: OfficerRequest) -> HttpResponse:
    """The screen; with the call one has in hand, if there is one."""
    try:
        lines = lines_for(request)
    except NotFound:
        return render(request, "hotline/desk/no_line.html")
    line = line_for(request, lines)
    hand = screen.at_hand(request, line, clock.now())
    if hand["mine"]:
        return redirect("hotline:call", hand["mine"][0].call.pk)
    return screen.show(request, line, hand=hand)


@require_GET
@never_cache
@officer_page(ANSWERS)
def waiting(request: OfficerRequest) -> HttpResponse:
    """Who waits, asked for again and again."""
    line = line_for(request, lines_for(request))
    return render(request, "hotline/desk/waiting.html", screen.at_hand(request, line, clock.now()))


@require_POST
@officer_page(ANSWERS)
def taking(request: OfficerRequest, call_id: str) -> HttpResponse:
    """Take a call. The telephone system is told afterwards; the desk goes on without it."""
    call, post = call_for(request, call_id)
    is_owed = call.state == CallState.ENDED and call.call_back_by is not None
    taken = None
    with refusals.told(request):
        taken = services.take_call(by=post, call_id=call.pk, now=clock.now())
    if taken is None:
        return redirect("hotline:desk")
    with refusals.told(request):
        connect(taken, post.account_id.hex, calls_back=is_owed)
    return redirect("hotline:call", taken.pk)


def connect(call: Call, agent: str, *, calls_back: bool) -> None:
    """Tell the telephone system whom the agent speaks to. Raises `Unavailable`."""
    client = telephony.client()
    if calls_back and (number := sealing.opened(call, "number")):
        client.dial(line=call.line.number, call=call.external_id, number=number, agent=agent)
    elif call.external_id and not calls_back:
        client.pick_up(line=call.line.number, call=call.external_id, agent=agent)


@require_POST
@officer_page(ANSWERS)
def handing_back(request: OfficerRequest, call_id: str) -> HttpResponse:
    """Let a colleague have it, with what was typed."""
    call, post = call_for(request, call_id)
    with refusals.told(request):
        services.hand_back_call(by=post, call_id=call.pk)
        messages.success(request, _("The call waits for a colleague; what you typed goes along."))
    return redirect("hotline:desk")


@require_POST
@officer_page(ANSWERS)
def ending(request: OfficerRequest, call_id: str) -> HttpResponse:
    """End a call that becomes no order."""
    call, post = call_for(request, call_id)
    with refusals.told(request):
        services.end_call(
            by=post, call_id=call.pk, ending=request.POST.get("ending", ""), now=clock.now()
        )
        messages.success(request, _("The call is closed."))
        return redirect("hotline:desk")
    return redirect("hotline:call", call.pk)

"""Letters that came on paper."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, refusals
from niangjia.hotline import services
from niangjia.hotline.forms.writing import LetterForm
from niangjia.hotline.views.desk.access import ANSWERS, line_for, lines_for, post_for
from niangjia.members.doors import OfficerRequest, officer_page


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(ANSWERS)
def letters(request: OfficerRequest) -> HttpResponse:
    """Enter one; it is taken down like a call from then on."""
    line = line_for(request, lines_for(request))
    is_sent = request.method == "POST"
    form = LetterForm(request.POST if is_sent else None, initial={"arrived_on": clock.today()})
    if is_sent and form.is_valid():
        now = clock.now()
        with refusals.beside(form):
            call = services.enter_letter(
                by=post_for(request, line), line=line, now=now, **form.values(now)
            )
            return redirect("hotline:call", call.pk)
    return render(
        request,
        "hotline/desk/letters.html",
        {"line": line, "form": form},
        status=422 if form.errors else 200,
    )

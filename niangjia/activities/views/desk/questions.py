"""What an activity asks of its own when people sign up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.activities import services
from niangjia.activities.forms.questions import QuestionsForm
from niangjia.activities.models import State
from niangjia.activities.views.desk.access import RUNS, activity_for
from niangjia.core import refusals
from niangjia.members.doors import OfficerRequest, officer_page


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def questions(request: OfficerRequest, number: str) -> HttpResponse:
    """Each question with how it is answered, and empty rows below them."""
    found, by = activity_for(request, number)
    form = QuestionsForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked, names = form.asked()
        with refusals.beside(form, **names):
            services.set_questions(by=by, activity=found, asked=asked)
            messages.success(request, _("Saved."))
            if "more" in request.POST:
                return redirect("activities:questions", found.number)
            return redirect("activities:plan", found.number)
    context = {
        "activity": found,
        "form": form,
        "is_published": found.state == State.PUBLISHED,
        "is_off": found.state == State.CANCELLED,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/desk/questions.html", context, status=status)

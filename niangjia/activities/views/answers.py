"""What I told when I signed up, said anew."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.activities import selectors, services
from niangjia.activities.forms.questions import ChangeForm
from niangjia.activities.services.asking import may_change
from niangjia.core import clock, refusals
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """The answers as they are, to be changed until sign-up closes."""
    account, now = signed_in(request), clock.now()
    sign_up = selectors.access_own(account, sign_up_id)
    form = ChangeForm(sign_up, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals.beside(form):
            services.change_answers(
                by=account, sign_up_id=sign_up_id, change=form.change(), now=now
            )
            messages.success(request, _("Saved."))
            return redirect("activities:ticket", sign_up.pk)
    context = {
        "sign_up": sign_up,
        "activity": sign_up.run.activity,
        "form": form,
        "may_change": may_change(sign_up, now),
        "pool": sign_up.run.pool,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/portal/answers.html", context, status=status)

"""What a union does for people: looking, reading, seeing whether it is for one."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases import selectors
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.rules import eligibility as rules
from niangjia.cases.rules.asking import Obstacle
from niangjia.cases.rules.catalogue import grouped
from niangjia.cases.rules.questions import Questions, questions_of
from niangjia.cases.selectors import Offered
from niangjia.cases.selectors.asking import find_obstacle
from niangjia.cases.selectors.places import Beginning, beginning_of, offered_to
from niangjia.cases.selectors.reaching_out import facts_about
from niangjia.core import clock
from niangjia.members.doors import visitor_or_account
from niangjia.members.models import Account
from niangjia.regions.selectors import begins_at


@dataclass(frozen=True)
class Visit:
    """Who looks at which item, and where."""

    account: Account | None
    beginning: Beginning
    offered: Offered

    @property
    def is_anonymous(self) -> bool:
        """Whether somebody asks without an account."""
        return self.account is None


def visit(request: HttpRequest, key: str) -> Visit:
    """Who looks at an item, where they would begin with it. Raises `NotFound` where it is not
    offered."""
    account = visitor_or_account(request)
    place = begins_at(request.COOKIES)
    return Visit(account, *offered_to(key, account=account, place=place))


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that is offered where somebody is, by what it is about."""
    account = visitor_or_account(request)
    beginning = beginning_of(account, begins_at(request.COOKIES))
    offered = selectors.list_offered(beginning.union)
    return render(
        request,
        "cases/services/catalogue.html",
        {"groups": grouped(offered), "beginning": beginning},
    )


@require_GET
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One item: for whom, on what it rests, what is needed, how long it takes."""
    found = visit(request, key)
    return render(
        request, "cases/services/service.html", {**context(found), "obstacle": obstacle_to(found)}
    )


def obstacle_to(found: Visit) -> Obstacle | None:
    """What keeps whoever looks from asking for it now, so that it is said before they fill in."""
    account = found.account
    return find_obstacle(
        found.offered.document,
        account=account,
        person=account.person if account else None,
        today=clock.today(),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def eligibility(request: HttpRequest, key: str) -> HttpResponse:
    """See, before asking, which conditions hold, and on what they rest. Nothing that is typed here
    is kept."""
    found = visit(request, key)
    document = found.offered.document
    wanted = rules.asked_about(document)
    every = questions_of(document.form).every
    questions = Questions(
        tuple(replace(q, depends_on="") for q in every if q.name in wanted and not q.files)
    )
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(questions, data)
    outlook = None
    if data is not None and form.is_valid():
        today = clock.today()
        facts = facts_about(found.beginning.membership, today)
        outlook = rules.outlook(document, person=facts, answers=form.answers(), today=today)
    return render(
        request,
        "cases/services/eligibility.html",
        {**context(found), "form": form, "outlook": outlook},
        status=422 if data is not None and outlook is None else 200,
    )


def context(found: Visit) -> dict[str, Any]:
    """What the pages of one item show."""
    return {
        "item": found.offered.document,
        "beginning": found.beginning,
        "is_anonymous": found.is_anonymous,
        "questions": questions_of(found.offered.document.form).every,
    }

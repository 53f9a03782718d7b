"""What a union does for people: looking, reading, asking."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases import selectors, services
from niangjia.cases.forms.asking import EmployerForm, ReachForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.rules import eligibility as rules
from niangjia.cases.rules.catalogue import grouped
from niangjia.cases.rules.questions import Questions, questions_of
from niangjia.cases.selectors import Offered, owner_of_account
from niangjia.cases.selectors.places import Beginning, beginning_of
from niangjia.cases.selectors.reaching_out import facts_about
from niangjia.cases.services import Asking, Matter
from niangjia.core import clock
from niangjia.core.errors import DomainError, Invalid
from niangjia.members.doors import add_refusal, visitor_or_account
from niangjia.members.models import Account
from niangjia.regions.selectors import begins_at

#: Prefixes of the forms' fields: an item may name its questions as it likes.
ABOUT, REACH = "about", "reach"


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


def begun(request: HttpRequest) -> tuple[Account | None, Beginning]:
    """Who asks, and the union they begin with."""
    account = visitor_or_account(request)
    return account, beginning_of(account, begins_at(request.COOKIES, account))


def visit(request: HttpRequest, key: str) -> Visit:
    account, beginning = begun(request)
    return Visit(account, beginning, selectors.access_offered(key, beginning.union))


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that is offered where somebody is, by what it is about."""
    _account, beginning = begun(request)
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
    return render(request, "cases/services/service.html", context(found))


@never_cache
@require_http_methods(["GET", "POST"])
def eligibility(request: HttpRequest, key: str) -> HttpResponse:
    """See, before asking, which conditions hold, and on what they rest. Nothing that is typed here
    is kept."""
    found = visit(request, key)
    document = found.offered.document
    wanted = rules.asked_about(document)
    every = questions_of(document.form).every
    questions = Questions(tuple(replace(q, depends_on="") for q in every if q.name in wanted))
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(questions, data)
    outlook = None
    if data is not None and form.is_valid():
        facts = facts_about(found.beginning.membership, clock.today())
        outlook = rules.outlook(document, person=facts, answers=form.answers())
    return render(
        request,
        "cases/services/eligibility.html",
        {**context(found), "form": form, "outlook": outlook},
        status=422 if data is not None and outlook is None else 200,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def asking(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for it. Complaints can be filed by somebody unknown; everything else asks to sign in."""
    found = visit(request, key)
    document = found.offered.document
    if found.is_anonymous and not document.anonymous:
        return redirect(f"{request.build_absolute_uri('/account/login/')}?next={request.path}")
    questions = questions_of(document.form)
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(questions, data, known=known_of(found, questions))
    about = EmployerForm(data, prefix=ABOUT) if document.kind == "complaint" else None
    reach = ReachForm(data, prefix=REACH) if found.is_anonymous else None
    # Each is checked, so that everything that is wrong is said at once.
    wrong = [each for each in (form, about, reach) if each is not None and not each.is_valid()]
    if data is not None and not wrong:
        try:
            return ask(request, found, form, about, reach)
        except DomainError as refusal:
            add_refusal(form, refusal)
    return render(
        request,
        "cases/services/asking.html",
        {**context(found), "form": form, "about": about, "reach": reach},
        status=422 if data is not None else 200,
    )


def ask(
    request: HttpRequest,
    found: Visit,
    form: QuestionsForm,
    about: EmployerForm | None,
    reach: ReachForm | None,
) -> HttpResponse:
    """Open the case, and say what happens now. Raises what the service does, and `Invalid` while
    nobody knows which union is near."""
    beginning, account = found.beginning, found.account
    if not beginning.is_near:
        raise Invalid(
            _("Choose your place at the top first: then it goes to the union near you."),
            code="no-place",
        )
    accused = []
    if about is not None:
        accused.append(
            services.find_or_note_employer(
                name=about.cleaned_data["employer"],
                uscc=about.cleaned_data["uscc"],
                division=beginning.union.division,
            )
        )
    phone = reach.cleaned_data["phone"] if reach else account.phone if account else ""
    opened = services.open_case(
        matter=Matter(
            item_key=found.offered.item.key,
            union=beginning.union,
            answers=form.answers(),
            accused=accused,
        ),
        asking=Asking(
            account=account,
            person=account.person if account else None,
            name=account.person.name if account and account.person else "",
            phone=phone,
            is_anonymous=account is None,
        ),
        now=clock.now(),
    )
    if account is None:
        # Shown once, on this very answer: no redirect carries it, nothing keeps it.
        return render(
            request,
            "cases/services/receipt.html",
            {"case": opened.case, "receipt": opened.receipt, **context(found)},
        )
    messages.success(request, _("It has arrived. You find it here, with its next date."))
    if opened.case.is_urgent:
        return redirect("cases:own_case", opened.case.number)
    return redirect("cases:mine")


def known_of(found: Visit, questions: Questions) -> dict[str, Any]:
    """What we know already, for the questions that want it; and what was typed before."""
    account, membership = found.account, found.beginning.membership
    facts = {
        "person.name": account.person.name if account and account.person else "",
        "phone": account.phone.removeprefix("+86") if account else "",
        "union.name": found.beginning.union.name,
        "employer": membership.employer_name if membership else "",
    }
    known = {q.name: facts[q.prefill] for q in questions.every if q.prefill in facts}
    if account is not None:
        typed, _version = services.read_draft(
            owner=owner_of_account(account.pk), item=found.offered.item
        )
        known |= {name: value for name, value in typed.items() if value}
    return known


def context(found: Visit) -> dict[str, Any]:
    """What the pages of one item show."""
    return {
        "item": found.offered.document,
        "beginning": found.beginning,
        "is_anonymous": found.is_anonymous,
        "questions": questions_of(found.offered.document.form).every,
    }

"""The call in hand: taking it down, answering it, opening a case of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases.doors import PurposeForm
from niangjia.cases.selectors.surroundings import find_chosen
from niangjia.cases.services import find_or_note_employer
from niangjia.core import clock, refusals
from niangjia.core.errors import DomainError, Invalid
from niangjia.core.prepared import asked, together
from niangjia.hotline import services
from niangjia.hotline.clients import telephony
from niangjia.hotline.forms.intake import IntakeForm
from niangjia.hotline.models import Call, CallState, Channel, Topic
from niangjia.hotline.selectors.articles import list_articles
from niangjia.hotline.selectors.topics import list_topics
from niangjia.hotline.selectors.unions import list_unions_of
from niangjia.hotline.services import Handed, Taken
from niangjia.hotline.views.desk import screen
from niangjia.hotline.views.desk.access import ANSWERS, call_for
from niangjia.hotline.views.desk.screen import ASKED, Typed
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.choosing import LONGEST
from niangjia.organisations.models import Union

#: What the buttons of the form do.
ANSWER, CASE = "answer", "case"
#: Fields of a form that are none of what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "version", "do", "find"}


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(ANSWERS)
def call(request: OfficerRequest, call_id: str) -> HttpResponse:
    """The screen with this call; POST with `do` makes it a work order, any other button only shows
    the form again with what belongs to the topic. A call in nobody's or somebody else's hands is
    not shown, only who waits."""
    found, post = call_for(request, call_id)
    if found.state != CallState.TAKEN or found.agent_id != request.user.pk:
        messages.info(request, _("This call is not in your hands."))
        return screen.show(request, found.line)
    if request.method == "GET":
        return screen.show(request, found.line, found)
    typed = sent(found, request.POST)
    if request.POST.get("do") not in (ANSWER, CASE):
        return again(request, found, typed, status=200)
    with beside(typed):
        taken = carry_out(request, found, post, typed)
        if taken is not None:
            return show_taken(request, found, taken)
    return again(request, found, typed)


def show_taken(request: OfficerRequest, found: Call, taken: Taken) -> HttpResponse:
    """What became of it, and what is read out to the caller."""
    return render(
        request,
        "hotline/desk/taken.html",
        {
            "taken": taken,
            "call": taken.order.call,
            "line": found.line,
            "asks": found.channel == Channel.PHONE and telephony.client().asks,
        },
    )


def sent(found: Call, data: QueryDict) -> Typed:
    """The forms as they were sent; what was taken down already answers the item's questions."""
    form = IntakeForm(data)
    whole = data.copy()
    topics = list(list_topics(found.line))
    key = whole["topic"] = first_topic(found, topics, data)
    topic = screen.chosen_among(topics, key)
    item = screen.item_of(found, topic)
    about = screen.about(topic, item)
    for question, source in about.reduced.taken.items():
        whole.setlist(f"{ASKED}-{question}", [form[source].value() or ""])
    form = IntakeForm(whole)
    return Typed(form, screen.about(topic, item, whole))


def first_topic(found: Call, topics: Sequence[Topic], data: QueryDict) -> str:
    """The topic that was chosen; else the only one of `topics` that what was typed may mean."""
    if chosen := data.get("topic", ""):
        return chosen
    offered = screen.topics_picker(found, topics, data.get("topic_words", ""), "").options
    return offered[0].value if len(offered) == 1 else ""


def carry_out(request: OfficerRequest, found: Call, post: Post, typed: Typed) -> Taken | None:
    """Make it a work order; None where the forms say what is wrong. Raises what services do."""
    form, questions = typed.form, typed.about.questions
    opens = request.POST["do"] == CASE
    valid = form.is_valid()
    if opens and questions is not None and not questions.is_valid():
        valid = False
        lift_errors(typed)
    if not valid:
        return None
    if not opens:
        return services.answer_order(
            by=post,
            call_id=found.pk,
            intake=form.intake(),
            caller=form.caller(),
            matter=form.cleaned_data["matter"],
            answer=form.cleaned_data["answer"],
            article_key=form.cleaned_data["article"],
            officer=form.about(),
            now=clock.now(),
        )
    return services.open_order(
        by=post,
        call_id=found.pk,
        intake=form.intake(),
        caller=form.caller(),
        handed=handed(found, typed),
        now=clock.now(),
    )


def handed(found: Call, typed: Typed) -> Handed:
    """Where the matter goes. Raises `Invalid` beside the field."""
    data = typed.form.cleaned_data
    union = union_of(found, data)
    employers = []
    if typed.about.is_complaint and data["employer"].strip():
        employers.append(find_or_note_employer(name=data["employer"], division=union.division))
    questions = typed.about.questions
    return Handed(
        union=union,
        answers=questions.answers() if questions else {},
        accused=employers,
        people_count=data["people_count"] or 1,
        officer=typed.form.about(),
    )


def union_of(found: Call, data: dict[str, Any]) -> Union:
    """The union that was chosen; the line's own where none was named."""
    if not data["union"].strip() and not data["chosen"]:
        return found.line.union
    unions = list_unions_of(found.line).select_related("division")
    union = find_chosen(unions, data["union"], ticked=data["chosen"])
    if union is None:
        problem = _("Choose one of the unions below.")
        raise Invalid(problem, code="unknown-union", fields={"union": problem})
    return union


def lift_errors(typed: Typed) -> None:
    """What is wrong with an answer that was taken from the intake is said beside its field."""
    questions = typed.about.questions
    if questions is None:
        return
    for question, source in typed.about.reduced.taken.items():
        for error in questions.errors.pop(question, []):
            typed.form.add_error(source, error)


def beside(typed: Typed) -> refusals.Beside:
    """What a service refuses stands beside the fields it is about: an answer that was taken from
    the intake there, the others at the item's questions, before the intake's own fields."""
    shown = [typed.form] if typed.about.questions is None else [typed.about.questions, typed.form]
    return refusals.beside(*shown, **{"topic": "topic_words", **typed.about.reduced.taken})


def again(request: OfficerRequest, found: Call, typed: Typed, *, status: int = 422) -> HttpResponse:
    """The screen with everything that was typed."""
    if status == 200:
        typed.form.errors.clear()
    return screen.show(request, found.line, found, typed=typed, status=status)


@require_POST
@officer_page(ANSWERS)
def draft(request: OfficerRequest, call_id: str) -> HttpResponse:
    """Keep what is typed; a fragment says so, or why not."""
    found, post = call_for(request, call_id)
    version = request.POST.get("version", "")
    context: dict[str, Any] = {"call": found, "version": version}
    overwrites = "overwrite" in request.POST
    try:
        kept = services.save_draft(
            by=post,
            call_id=found.pk,
            typed={name: request.POST.getlist(name) for name in typed_names(request.POST)},
            version=int(version) if version.isdecimal() and not overwrites else None,
        )
    except DomainError as refusal:
        context["refusal"] = refusal
    else:
        context |= {"version": kept.draft_version, "saved_at": clock.now()}
    return render(request, "hotline/desk/saved.html", context)


def typed_names(data: QueryDict) -> list[str]:
    """What of a form is kept."""
    return [name for name in data if name not in NOT_TYPED][:200]


@require_GET
@officer_page(ANSWERS)
def topics(request: OfficerRequest, call_id: str) -> HttpResponse:
    """The topics that what is being typed may mean."""
    found, _post = call_for(request, call_id)
    every = list(list_topics(found.line))
    picker = screen.topics_picker(found, every, request.GET.get("topic_words", "")[:LONGEST], "")
    return render(request, "members/desk/picker_offers.html", {"picker": picker})


@require_GET
@officer_page(ANSWERS)
def unions(request: OfficerRequest, call_id: str) -> HttpResponse:
    """The unions that what is being typed may mean."""
    found, _post = call_for(request, call_id)
    picker = screen.unions_picker(found, request.GET.get("union", "")[:LONGEST], "")
    return render(request, "members/desk/picker_offers.html", {"picker": picker})


@require_POST
@officer_page(ANSWERS)
def questions(request: OfficerRequest, call_id: str) -> HttpResponse:
    """What the chosen topic asks, and the articles about it, beside what was typed."""
    found, _post = call_for(request, call_id)
    data = request.POST
    known = {
        name.removeprefix(f"{ASKED}-"): data[name] for name in data if name.startswith(f"{ASKED}-")
    }
    topics, every = together(asked(list_topics(found.line)), asked(list_articles(found.line)))
    topic = screen.chosen_among(topics, data.get("topic", ""))
    about = screen.about(topic, screen.item_of(found, topic), known=known)
    form = IntakeForm(initial=data.dict())
    return render(
        request,
        "hotline/desk/about.html",
        {
            "about": about,
            "form": form,
            "officers": screen.officers_picker(found, form, about),
            **screen.beside(found, every, topic, ticked=data.get("article", "")),
        },
    )


@require_GET
@officer_page(ANSWERS)
def articles(request: OfficerRequest, call_id: str) -> HttpResponse:
    """The articles that some words find, or those of the topic."""
    found, _post = call_for(request, call_id)
    topics, every = together(asked(list_topics(found.line)), asked(list_articles(found.line)))
    topic = screen.chosen_among(topics, request.GET.get("topic", ""))
    words = request.GET.get("article_words", "")[:60]
    return render(request, "hotline/desk/articles.html", screen.beside(found, every, topic, words))


@require_POST
@never_cache
@officer_page(ANSWERS)
def earlier(request: OfficerRequest, call_id: str) -> HttpResponse:
    """The caller's earlier cases, for a purpose. Recorded."""
    found, post = call_for(request, call_id)
    form = PurposeForm(request.POST, auto_id="id_purpose_%s")
    context: dict[str, Any] = {"purpose_form": form}
    if form.is_valid():
        with refusals.beside(form):
            context["earlier"] = services.read_caller(
                by=post,
                posts=request.posts,
                call_id=found.pk,
                purpose=form.stated(),
                now=clock.now(),
            )
            context["has_looked"] = True
    status = 422 if form.errors else 200
    if request.htmx:
        return render(
            request, "hotline/desk/earlier.html", {"call": found, **context}, status=status
        )
    return screen.show(request, found.line, found, status=status, **context)

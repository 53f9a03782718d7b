"""The agent's one screen: who waits, the call in hand, what can be said about it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.cases.doors import PurposeForm, QuestionsForm
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.surroundings import choices_among
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.core.prepared import asked, together
from niangjia.hotline import selectors
from niangjia.hotline.forms.intake import IntakeForm
from niangjia.hotline.models import Article, Call, CallState, Channel, Ending, Line, Topic
from niangjia.hotline.rules import finding
from niangjia.hotline.rules.reducing import Reduced, reduced
from niangjia.hotline.selectors.calls import marked_digests
from niangjia.hotline.selectors.shifts import list_own_shifts, list_to_acknowledge
from niangjia.hotline.selectors.unions import list_unions_of
from niangjia.hotline.services import caller, sealing
from niangjia.members.doors import OfficerRequest
from niangjia.members.rules.choosing import Option, Picker
from niangjia.organisations.models import Union

#: How many articles stand beside a call.
BESIDE = 6
ASKED = "q"
#: What ends a call by one key.
ENDINGS = (
    (Ending.SILENT, Ending.SILENT.label, "Shift+F2"),
    (Ending.ABUSIVE, Ending.ABUSIVE.label, "Shift+F4"),
    (Ending.WRONG_NUMBER, Ending.WRONG_NUMBER.label, "Shift+F8"),
)
NOTHING = Reduced({}, (), ())


@dataclass(frozen=True)
class Waiting:
    """One line of the list of calls."""

    call: Call
    is_mine: bool
    is_marked: bool
    hung_up: bool


@dataclass(frozen=True)
class About:
    """What the chosen topic brings along: the item's questions, as few as they can be. `topics` are
    those of the line, among which it was chosen."""

    topics: Sequence[Topic] = ()
    topic: Topic | None = None
    is_complaint: bool = False
    item_name: str = ""
    questions: QuestionsForm | None = None
    asked: Sequence[Any] = ()
    optional: Sequence[Any] = ()
    reduced: Reduced = NOTHING


@dataclass(frozen=True)
class Typed:
    """What stands in the forms: sent, or kept from before."""

    form: IntakeForm
    about: About
    union: Union | None = None


def at_hand(request: OfficerRequest, line: Line, now: dt.datetime) -> dict[str, Any]:
    """Who waits, who is owed a call, what is in one's own hands. Two queries."""
    account, posts = request.user, request.posts
    with protection.viewing(account=account.pk):
        calls, back = together(
            asked(selectors.list_at_hand(line, posts, account=account)[:50]),
            asked(selectors.list_to_call_back(line, posts, account=account, now=now)[:20]),
        )
        marked = marked_digests(
            line, [bytes(c.number_digest) for c in calls if c.number_digest], now=now
        )
    rows = [
        Waiting(
            call,
            call.agent_id == account.pk,
            bool(call.number_digest) and bytes(call.number_digest or b"") in marked,
            call.hung_up_at is not None,
        )
        for call in calls
    ]
    waiting = [row for row in rows if row.call.state == CallState.WAITING]
    return {
        "line": line,
        "waiting": sorted(waiting, key=order_of),
        "mine": [row for row in rows if row.is_mine],
        "others": sum(row.call.state == CallState.TAKEN and not row.is_mine for row in rows),
        "to_call_back": back,
        "now": now,
    }


def order_of(row: Waiting) -> tuple[bool, bool]:
    """Whoever is on the line now comes before what can wait, and a marked number last among them;
    within that, the longest waiting first."""
    is_live = row.call.channel == Channel.PHONE and not row.hung_up
    return not is_live, row.is_marked


def topics_picker(call: Call, topics: Sequence[Topic], words: str, ticked: str) -> Picker:
    """Those of `topics` that what is typed may mean; the one that was chosen stands among them."""
    found = finding.found(topics, words) if words.strip() else []
    chosen = next((topic for topic in topics if topic.key == ticked), None)
    if chosen is not None and chosen not in found:
        found = [chosen, *found]
    return Picker(
        tick="topic",
        address=reverse("hotline:topics", args=[call.pk]),
        options=[
            Option(topic.key, name_of(topic), str(topic.get_category_display())) for topic in found
        ],
        ticked=ticked,
        nothing=_("Nothing is called that. Try another word, or “qt” for anything else.")
        if words.strip()
        else "",
    )


def name_of(topic: Topic) -> str:
    """A topic as its reader's language calls it."""
    in_english = (get_language() or "").startswith("en")
    return topic.name_en if in_english and topic.name_en else topic.name


def unions_picker(call: Call, words: str, ticked: str) -> Picker:
    """The unions below the line that what is typed may mean."""
    offered = choices_among(list_unions_of(call.line), words) if words.strip() else None
    unions = offered.unions if offered else []
    return Picker(
        tick="chosen",
        address=reverse("hotline:unions", args=[call.pk]),
        options=[
            Option(union.number, union.name, f"{union.division.name} · {union.number}")
            for union in unions
        ],
        ticked=ticked,
        nothing=_("No union within this line is called that.") if words.strip() else "",
        has_more=bool(offered and offered.more),
    )


def about(call: Call, key: str, data: Any = None, known: dict[str, Any] | None = None) -> About:
    """What a topic asks. Two queries for one that leads to a service, one for another."""
    topics = list(selectors.list_topics(call.line))
    topic = next((each for each in topics if each.key == key), None)
    if topic is None or not topic.item_key:
        return About(topics, topic)
    try:
        document = access_offered(topic.item_key, call.line.union).document
    except NotFound:
        return About(topics, topic)
    questions = questions_of(document.form)
    parts = reduced(questions)
    form = QuestionsForm(questions, data, known=known, prefix=ASKED)
    if data is not None:
        form = form.reshaped() or form
    drawn = {part.question.name: part for part in form.parts}
    return About(
        topics=topics,
        topic=topic,
        is_complaint=document.kind == "complaint",
        item_name=str(document.name),
        questions=form,
        asked=[drawn[name] for name in parts.asked],
        optional=[drawn[name] for name in parts.optional],
        reduced=parts,
    )


def articles_beside(call: Call, topic: Topic | None, words: str = "") -> list[Article]:
    """The articles that fit the topic or the words, the topic's first. One query."""
    found = list(selectors.list_articles(call.line))
    plain = words.strip()
    fitting = [each for each in found if topic is not None and topic.key in each.topics]
    if plain:
        fitting = [each for each in found if plain in each.title or plain in each.body]
    return fitting[:BESIDE]


def beside(call: Call, topic: Topic | None, words: str = "", ticked: str = "") -> dict[str, Any]:
    """What the knowledge column shows."""
    return {
        "call": call,
        "articles": articles_beside(call, topic, words),
        "article_words": words,
        "ticked_article": ticked,
    }


def from_draft(call: Call) -> Typed:
    """The forms as they were left: what was typed, else what the call brings along."""
    typed = sealing.opened_json(call, "draft")
    note = sealing.note_of(call)
    plain = {name: values[-1] if values else "" for name, values in typed.items()}
    initial: dict[str, Any] = {
        "matter": note.words,
        "name": note.name,
        "phone": note.phone or sealing.opened(call, "number"),
        **plain,
        "version": call.draft_version,
    }
    known = {
        name.removeprefix(f"{ASKED}-"): values if len(values) > 1 else plain[name]
        for name, values in typed.items()
        if name.startswith(f"{ASKED}-")
    }
    form = IntakeForm(initial=initial)
    return Typed(form, about(call, str(initial.get("topic", "")), known=known))


def show(
    request: OfficerRequest,
    line: Line,
    lines: Sequence[Line],
    call: Call | None = None,
    *,
    typed: Typed | None = None,
    hand: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The whole screen; `hand` is what `at_hand` has said already."""
    now = clock.now()
    left = list_to_acknowledge(line, request.user).values_list("pk", flat=True)
    shifts, left = together(asked(list_own_shifts(request.user)), asked(left, len))
    context: dict[str, Any] = {
        **(hand or at_hand(request, line, now)),
        "lines": lines,
        "call": call,
        "shift": next(iter(shifts), None),
        "to_acknowledge": left,
    }
    if call is not None:
        context |= of_call(request, call, typed or from_draft(call), now)
    return render(request, "hotline/desk/screen.html", context | more, status=status)


def of_call(request: OfficerRequest, call: Call, typed: Typed, now: dt.datetime) -> dict[str, Any]:
    """What the screen shows of the call in hand."""
    form = typed.form
    value = {name: str(form[name].value() or "") for name in form.fields}
    with protection.viewing(account=request.user.pk):
        repeated = caller.repeats_of(call, now)
        [orders] = together(asked(call.orders.select_related("topic", "case").order_by("id")))
    return {
        "form": form,
        "about": typed.about,
        "number": sealing.opened(call, "number"),
        "note": sealing.note_of(call),
        "repeats": repeated,
        "orders": orders,
        "endings": ENDINGS if call.channel == Channel.PHONE else ENDINGS[1:2],
        "topics": topics_picker(call, typed.about.topics, value["topic_words"], value["topic"]),
        "unions": unions_picker(call, value["union"], value["chosen"]),
        "purpose_form": PurposeForm(auto_id="id_purpose_%s"),
        **beside(call, typed.about.topic, ticked=value["article"]),
    }

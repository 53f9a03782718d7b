"""The agent's one screen: who waits, the call in hand, what can be said about it."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.cases.doors import PurposeForm, QuestionsForm, picker_for
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.surroundings import choices_among
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Whole, asked, together
from niangjia.hotline import selectors
from niangjia.hotline.forms.intake import IntakeForm
from niangjia.hotline.models import (
    Article,
    Call,
    CallState,
    Channel,
    Ending,
    Line,
    Topic,
    WorkOrder,
)
from niangjia.hotline.rules import finding
from niangjia.hotline.rules.reducing import Reduced, reduced
from niangjia.hotline.selectors.calls import marked_digests
from niangjia.hotline.selectors.shifts import list_own_shifts, list_to_acknowledge
from niangjia.hotline.selectors.unions import list_unions_of
from niangjia.hotline.services import caller, sealing
from niangjia.hotline.services.caller import Repeats
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
NOTHING_ASKED: Whole[Any] = Whole([], lambda: None)


@dataclass(frozen=True)
class Waiting:
    """One line of the list of calls."""

    call: Call
    is_mine: bool
    is_marked: bool
    hung_up: bool


@dataclass(frozen=True)
class About:
    """What the chosen topic brings along: the item's questions, as few as they can be."""

    topic: Topic | None = None
    is_complaint: bool = False
    about_officers: bool = False
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


@dataclass(frozen=True)
class Hand:
    """The calls at a line that wait or are in somebody's hands, and who is owed one."""

    calls: list[Call]
    to_call_back: list[Call]


@dataclass(frozen=True)
class Known:
    """What there is for the call in hand: what it can be about and be answered with, how the number
    behaved, and what has come of the call already."""

    topics: list[Topic]
    articles: list[Article]
    repeats: Repeats
    orders: list[WorkOrder]


def hand_at(request: OfficerRequest, line: Line, now: dt.datetime) -> Whole[Hand]:
    """The question for who waits, and who is owed a call. In the scope of whoever asks."""
    account, posts = request.user, request.posts
    return Whole(
        [
            asked(selectors.list_at_hand(line, posts, account=account)[:50]),
            asked(selectors.list_to_call_back(line, posts, account=account, now=now)[:20]),
        ],
        Hand,
    )


def known_of(call: Call, now: dt.datetime) -> Whole[Known]:
    """The question for what there is for a call. In the scope of whoever answers it."""
    return Whole(
        [
            asked(selectors.list_topics(call.line)),
            asked(selectors.list_articles(call.line)),
            caller.repeats_of(call, now),
            asked(call.orders.select_related("topic", "case").order_by("id")),
        ],
        Known,
    )


def at_hand(
    request: OfficerRequest, line: Line, now: dt.datetime, hand: Hand | None = None
) -> dict[str, Any]:
    """Who waits, who is owed a call, what is in one's own hands, as `hand` says where that is
    known. Two queries at most."""
    account = request.user
    with protection.viewing(account=account.pk):
        hand = hand or together(hand_at(request, line, now))[0]
        digests = [bytes(call.number_digest) for call in hand.calls if call.number_digest]
        marked = marked_digests(line, digests, now=now)
    rows = [
        Waiting(
            call,
            call.agent_id == account.pk,
            bool(call.number_digest) and bytes(call.number_digest or b"") in marked,
            call.hung_up_at is not None,
        )
        for call in hand.calls
    ]
    waiting = [row for row in rows if row.call.state == CallState.WAITING]
    return {
        "line": line,
        "waiting": sorted(waiting, key=order_of),
        "mine": [row for row in rows if row.is_mine],
        "others": sum(row.call.state == CallState.TAKEN and not row.is_mine for row in rows),
        "to_call_back": hand.to_call_back,
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
    chosen = chosen_among(topics, ticked)
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


def chosen_among(topics: Sequence[Topic], key: str) -> Topic | None:
    """The topic of this key."""
    return next((each for each in topics if each.key == key), None)


def item_of(call: Call, topic: Topic | None) -> Item | None:
    """The service that a topic leads to at the line of a call. One query, none for a topic that
    leads to none."""
    if topic is None or not topic.item_key:
        return None
    with suppress(NotFound):
        return access_offered(topic.item_key, call.line.union).document
    return None


def about(
    topic: Topic | None,
    item: Item | None,
    data: Any = None,
    known: dict[str, Any] | None = None,
) -> About:
    """What a topic asks, where it leads to `item`."""
    if item is None:
        return About(topic)
    questions = questions_of(item.form)
    parts = reduced(questions)
    form = QuestionsForm(questions, data, known=known, prefix=ASKED)
    if data is not None:
        form = form.reshaped() or form
    drawn = {part.question.name: part for part in form.parts}
    return About(
        topic=topic,
        is_complaint=item.kind == "complaint",
        about_officers=item.about_officers,
        item_name=str(item.name),
        questions=form,
        asked=[drawn[name] for name in parts.asked],
        optional=[drawn[name] for name in parts.optional],
        reduced=parts,
    )


def officers_picker(call: Call, form: IntakeForm, about: About) -> Picker | None:
    """The unions at which somebody may work whom it is about; None where it is about nobody. One
    query."""
    said = about.topic is not None and about.topic.about_officer
    asks = about.about_officers or said or form.names_somebody
    return picker_for(form, near=call.line.union) if asks else None


def beside(
    call: Call,
    articles: Sequence[Article],
    topic: Topic | None,
    words: str = "",
    ticked: str = "",
) -> dict[str, Any]:
    """What the knowledge column shows: those of `articles` that the words find, or else that fit
    the topic."""
    plain = words.strip()
    if plain:
        fitting = [each for each in articles if plain in each.title or plain in each.body]
    else:
        fitting = [each for each in articles if topic is not None and topic.key in each.topics]
    return {
        "call": call,
        "articles": fitting[:BESIDE],
        "article_words": words,
        "ticked_article": ticked,
    }


def from_draft(call: Call, topics: Sequence[Topic]) -> Typed:
    """The forms as they were left: what was typed, else what the call brings along."""
    typed = sealing.opened_json(call, "draft")
    note = sealing.note_of(call)
    plain = {name: values[-1] if values else "" for name, values in typed.items()}
    initial: dict[str, Any] = {
        "matter": note.words,
        "name": note.name,
        "phone": note.phone or sealing.opened(call, "number"),
        "officer_union": note.officer_union,
        "officer": note.officer,
        **plain,
        "version": call.draft_version,
    }
    known = {
        name.removeprefix(f"{ASKED}-"): values if len(values) > 1 else plain[name]
        for name, values in typed.items()
        if name.startswith(f"{ASKED}-")
    }
    form = IntakeForm(initial=initial)
    topic = chosen_among(topics, str(initial.get("topic", "")))
    return Typed(form, about(topic, item_of(call, topic), known=known))


def show(
    request: OfficerRequest,
    line: Line,
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
    with protection.viewing(account=request.user.pk):
        lines, shifts, left, waiting, known = together(
            asked(selectors.lines_of(request.posts)),
            asked(list_own_shifts(request.user)),
            asked(left, len),
            NOTHING_ASKED if hand else hand_at(request, line, now),
            known_of(call, now) if call else NOTHING_ASKED,
        )
        context: dict[str, Any] = {
            **(hand or at_hand(request, line, now, waiting)),
            "lines": lines,
            "call": call,
            "shift": next(iter(shifts), None),
            "to_acknowledge": left,
        }
    if call is not None:
        context |= of_call(call, typed or from_draft(call, known.topics), known)
    return render(request, "hotline/desk/screen.html", context | more, status=status)


def of_call(call: Call, typed: Typed, known: Known) -> dict[str, Any]:
    """What the screen shows of the call in hand."""
    form = typed.form
    value = {name: str(form[name].value() or "") for name in form.fields}
    return {
        "form": form,
        "about": typed.about,
        "number": sealing.opened(call, "number"),
        "note": sealing.note_of(call),
        "repeats": known.repeats,
        "orders": known.orders,
        "endings": ENDINGS if call.channel == Channel.PHONE else ENDINGS[1:2],
        "topics": topics_picker(call, known.topics, value["topic_words"], value["topic"]),
        "unions": unions_picker(call, value["union"], value["chosen"]),
        "officers": officers_picker(call, form, typed.about),
        "purpose_form": PurposeForm(auto_id="id_purpose_%s"),
        **beside(call, known.articles, typed.about.topic, ticked=value["article"]),
    }

"""What each kind of notice says. Stored as facts, worded when it is read."""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.members.models import Notice, Role
from niangjia.members.rules import particulars


@dataclass(frozen=True)
class Wording:
    """A notice's title and text; `{name}` stands for a fact. Facts ending in `_at` are moments in
    ISO 8601 and read as days; `when`, `until` and `day` are either, and read as what they are."""

    title: Promise
    text: Promise

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts the wording needs; the same in every language."""
        parsed = string.Formatter().parse(f"{self.title} {self.text}")
        return frozenset(name for _literal, name, _spec, _conversion in parsed if name)

    def check(self, facts: Mapping[str, Any]) -> None:
        """Raise `KeyError` naming the facts that are missing."""
        if missing := self.facts - facts.keys():
            raise KeyError(f"missing facts: {sorted(missing)}")

    def render(self, facts: Mapping[str, Any]) -> tuple[str, str]:
        """Title and text in the active language."""
        readable = {name: readable_fact(name, value) for name, value in facts.items()}
        return str(self.title).format(**readable), str(self.text).format(**readable)


def readable_fact(name: str, value: Any) -> str:
    """One fact as people read it: moments as the day in China, a role and particulars by name, a
    name that comes in both languages in the one being spoken."""
    if isinstance(value, dict):
        return str(value["zh" if (get_language() or "zh").startswith("zh") else "en"])
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    if name == "particulars":
        return particulars.labels(value)
    if name.endswith("_at") and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment), "DATE_FORMAT")
    if name in TIMES:
        return readable_time(str(value))
    return str(value)


#: Facts that are a day or a moment in ISO 8601.
TIMES = frozenset({"when", "until", "day"})


def readable_time(text: str) -> str:
    """A day, or a moment with its minute in China; anything else as it is."""
    if day := parse_date(text):
        return date_format(day, "DATE_FORMAT")
    moment = parse_datetime(text)
    if moment is None or not is_aware(moment):
        return text
    return date_format(localtime(moment), "DATETIME_FORMAT")


WORDINGS: dict[str, Wording] = {
    "application.submitted": Wording(
        _("Your application has arrived"),
        _("{union} has it and answers by {due_at}. Number {number}."),
    ),
    "application.escalated": Wording(
        _("Your application goes to the union above"),
        _(
            "{from_union} did not answer in time. We are sorry. {to_union} has taken over and "
            "answers by {due_at}; you need not do anything."
        ),
    ),
    "application.handed_over": Wording(
        _("Another union answers your application"),
        _(
            "{from_union} no longer exists. {to_union} has your application and answers by "
            "{due_at}; you need not do anything."
        ),
    ),
    "application.due_moved": Wording(
        _("The day of your answer has moved"),
        _("The calendar of working days has changed. {union} answers by {due_at}."),
    ),
    "application.admitted": Wording(
        _("Welcome, you are a member of {union}"),
        _("Your member card is ready. Your number is {number}."),
    ),
    "application.transferred": Wording(
        _("Your membership has moved to {union}"),
        _("Your number {number} and your years of membership came along."),
    ),
    "application.refused": Wording(
        _("{union} could not admit you this time"),
        _("Reason: {reason} See what you can do next."),
    ),
    "application.withdrawn": Wording(
        _("You withdrew your application to {union}"),
        _("Nothing else happens. You can apply again whenever you like."),
    ),
    "membership.registered": Wording(
        _("You are now in the register of {union}"),
        _("Your union entered your paper membership. Your number is {number}."),
    ),
    "membership.left": Wording(
        _("Your membership of {union} has ended there"),
        _("It now lies with {to_union}, with the same number and the same years."),
    ),
    "membership.held": Wording(
        _("{to_union} keeps your membership"),
        _("{union} no longer exists. You stay a member; nothing is lost. Move whenever you like."),
    ),
    "membership.reserved": Wording(
        _("Your membership is reserved"),
        _("{union} noted: {reason} You stay a member, and it can be restored."),
    ),
    "membership.restored": Wording(
        _("Your membership is active again"), _("{union} restored it. Welcome back.")
    ),
    "membership.corrected": Wording(
        _("Your membership particulars were changed"),
        _("{union} changed {particulars}: {reason} If that is wrong, please tell them."),
    ),
    "membership.ended": Wording(
        _("Your membership of {union} has ended"),
        _("Reason: {reason} You can join again at any time."),
    ),
    "post.appointed": Wording(
        _("You have a post at {union}"),
        _("You are now its {role}. The desk is open to you; set up your second factor first."),
    ),
    "post.ended": Wording(
        _("Your post at {union} has ended"),
        _("You are no longer its {role}. The desk of this union is closed to you."),
    ),
    "desk.escalated_from": Wording(
        _("An application has gone to the union above"),
        _("Application {number} was not answered in time. {to_union} answers it now."),
    ),
    "desk.escalated_to": Wording(
        _("An application has come up to you"),
        _("{from_union} did not answer application {number}. Please answer by {due_at}."),
    ),
    "desk.review_requested": Wording(
        _("You are asked to review a refusal"),
        _("{from_union} refused application {number}. Please look again by {due_at}."),
    ),
    "substitute.named": Wording(
        _("{substitute} stands in for {absent}"),
        _("From {starts_at} to {ends_at}. It begins and ends by itself."),
    ),
    "substitute.ended": Wording(
        _("{substitute} no longer stands in for {absent}"), _("It has been ended early.")
    ),
    "desk.handed_over": Wording(
        _("An application is yours to answer"),
        _("Its union no longer exists. Please answer application {number} by {due_at}."),
    ),
}


def register(wordings: Mapping[str, Wording]) -> None:
    """Add the notices of a room above, from its AppConfig; again changes nothing."""
    WORDINGS.update(wordings)


@dataclass(frozen=True)
class WordedNotice:
    """A notice as it is shown. `older`: how many that say the same, told with it, came before."""

    notice: Notice
    title: str
    text: str
    older: int = 0


def worded(notice: Notice) -> WordedNotice:
    """`notice` in the active language. A kind that no longer exists shows its name and nothing
    else, rather than taking the inbox down."""
    wording = WORDINGS.get(notice.kind)
    if wording is None:
        return WordedNotice(notice, notice.kind, "")
    return WordedNotice(notice, *wording.render(notice.facts))


def told_once(notices: Iterable[Notice], most: int) -> list[WordedNotice]:
    """The latest, at most `most`; those in a row that say the same are one. Notices about matters
    that others must not learn of say no more than that there is news, so many are alike."""
    told: list[WordedNotice] = []
    for each in map(worded, notices):
        if told and (told[-1].title, told[-1].text) == (each.title, each.text):
            told[-1] = replace(told[-1], older=told[-1].older + 1)
        elif len(told) == most:
            break
        else:
            told.append(each)
    return told

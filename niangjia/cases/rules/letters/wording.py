"""What happened with letters, as a sentence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext

from niangjia.cases.models import Addressee, LetterKind, RecordKind
from niangjia.cases.rules.wording import day_in_words
from niangjia.core import clock


class Standing(Protocol):
    """A letter and what became of it."""

    @property
    def served(self) -> Any: ...
    @property
    def answered(self) -> Any: ...


def waiting_in_words(standing: Standing | None, due_at: dt.datetime) -> str:
    """What a step that waits for a letter waits for now, and what happens by itself: nothing but
    that the next step is proposed. None: the letter is not written yet."""
    if standing is None:
        return gettext(
            "The letter has not been written yet. The term counts from the day it is handed over."
        )
    if standing.answered is not None:
        return gettext("An answer is here. Look at it, and say below how this step ends.")
    if standing.served is None:
        return gettext(
            "The letter is sent, and nobody has written down yet that it was handed over. The "
            "term counts from that day; until then silence says nothing."
        )
    return gettext(
        "Handed over on %(day)s; an answer is due by %(due)s. If none comes, this goes on to the "
        "next step, where you decide whether the next letter is sent. Nothing is sent by itself."
    ) % {
        "day": date_format(standing.served.on_date, "DATE_FORMAT"),
        "due": date_format(due_at.astimezone(clock.CHINA).date(), "DATE_FORMAT"),
    }


def letter_in_words(facts: Mapping[str, str]) -> str:
    """An entry about a letter: which, to whom, and what became of it on which day."""
    values = {
        "kind": LetterKind(facts["kind"]).label,
        "number": facts["number"],
        "addressee": Addressee(facts["addressee"]).label,
        "day": day_in_words(facts.get("day", "")),
    }
    match facts["what"]:
        case RecordKind.SERVED:
            said = gettext("%(kind)s %(number)s: handed over on %(day)s")
        case RecordKind.ANSWERED:
            said = gettext("%(kind)s %(number)s: answered on %(day)s")
        case RecordKind.WITHDRAWN:
            said = gettext("%(kind)s %(number)s: withdrawn")
        case _:
            said = gettext("%(kind)s %(number)s, to: %(addressee)s")
    return said % values


def naming_in_words(agreed: bool, to_applicant: bool) -> str:
    """Whether somebody may be named from here on."""
    if to_applicant:
        return (
            gettext("You agreed to be named in letters")
            if agreed
            else gettext("You said that no letter may name you")
        )
    return (
        gettext("The applicant agreed to be named in letters")
        if agreed
        else gettext("No letter may name the applicant")
    )

"""What happened with letters, as a sentence."""

from collections.abc import Mapping

from django.utils.translation import gettext

from niangjia.cases.models import Addressee, LetterKind, RecordKind
from niangjia.cases.rules.wording import day_in_words

ISSUED = "issued"


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

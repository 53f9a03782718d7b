"""The letters around a case, on its page."""

from dataclasses import dataclass
from typing import Any

from niangjia.cases.models import Case, State
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.letters.wording import waiting_in_words
from niangjia.cases.selectors.items import follow_ups_of
from niangjia.cases.selectors.letters import Standing, letters_of, origins_of, owed_after
from niangjia.cases.services import Reading
from niangjia.cases.services.letters import agreed_in
from niangjia.core.prepared import Whole


@dataclass(frozen=True)
class Around:
    """The letters of a case, the cases it was begun from, and what may be begun from it."""

    letters: list[Standing]
    origins: list[Case]
    follow_ups: list[Item]


def around(case: Case, item: Item) -> Whole[Around]:
    """The question for them; nothing is asked for an item without. In a viewer's scope."""
    if not item.letters and not item.follow_ups:
        return Whole([], lambda: Around([], [], []))
    return Whole((letters_of(case.pk), origins_of(case), follow_ups_of(item, case.handler)), Around)


def letters_around(
    found: Around, reading: Reading, item: Item, *, may_act: bool, may_decide: bool
) -> dict[str, Any]:
    """The letters of a case, those that are owed, those that may be written, what the present step
    waits for, and what may be begun from here."""
    case, entries = reading.case, [entry for entry, _said in reading.timeline]
    owed = owed_after(case, entries, item, found.letters) if item.letters else []
    may_write = case.state == State.CLOSED and bool(case.sealed_key)
    around: dict[str, Any] = {
        "letters": found.letters[::-1],
        "owed": owed,
        "waiting": waiting(case, item, found.letters, owed),
        "templates": [each for each in item.letters if may_decide or not each.decides]
        if may_act or may_write
        else [],
        "follow_ups": found.follow_ups if may_act else [],
    }
    if case.is_complaint and (item.letters or item.follow_ups):
        around["agreed_to_naming"] = agreed_in(entries)
        around["may_note_naming"] = may_act and not found.origins
    return around


def waiting(found: Case, item: Item, letters: list[Any], owed: list[Any]) -> str:
    """What the present step waits for, in words; nothing where it waits for no letter."""
    step = item.step(found.step) if found.state == State.OPEN else None
    if step is None or not step.after_letter:
        return ""
    if any(each.template.key == step.after_letter for each in owed):
        return waiting_in_words(None, found.next_due_at)
    holding = [
        each
        for each in letters
        if each.letter.template == step.after_letter and each.withdrawn is None
    ]
    return waiting_in_words(holding[-1] if holding else None, found.next_due_at)

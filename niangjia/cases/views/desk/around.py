"""The letters around a case, on its page."""

from typing import Any

from niangjia.cases.models import Case, State
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.letters.wording import waiting_in_words
from niangjia.cases.selectors.items import follow_ups_of
from niangjia.cases.selectors.letters import list_letters, list_origins, owed_after
from niangjia.cases.services import Reading
from niangjia.cases.services.letters import agreed_in
from niangjia.core import protection
from niangjia.members.models import Account


def letters_around(
    account: Account, reading: Reading, item: Item, *, may_act: bool, may_decide: bool
) -> dict[str, Any]:
    """The letters of a case, those that are owed, those that may be written, what the present step
    waits for, and what may be begun from here. Four queries at most, none for an item without."""
    found, entries = reading.case, [entry for entry, _said in reading.timeline]
    around: dict[str, Any] = {"letters": [], "owed": [], "templates": [], "follow_ups": []}
    if not item.letters and not item.follow_ups:
        return around
    with protection.viewing(account=account.pk):
        if item.letters:
            letters = list_letters(found.pk)
            owed = owed_after(entries, item, letters)
            around |= {"letters": letters[::-1], "owed": owed}
            around["waiting"] = waiting(found, item, letters, owed)
        if found.is_complaint:
            around["agreed_to_naming"] = agreed_in(entries)
            around["may_note_naming"] = may_act and not list_origins(found)
    may_write = found.state != State.WITHDRAWN and bool(found.sealed_key)
    if may_act or (may_write and found.state == State.CLOSED):
        around["templates"] = [each for each in item.letters if may_decide or not each.decides]
    if may_act:
        around["follow_ups"] = follow_ups_of(item, found.handler)
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

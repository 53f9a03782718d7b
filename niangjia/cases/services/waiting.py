"""Steps that wait for what becomes of a letter: their clock is the case's own."""

import datetime as dt

from niangjia.cases.models import Case
from niangjia.cases.rules import content
from niangjia.cases.selectors.letters import Standing, list_letters, list_owed
from niangjia.cases.services import timing
from niangjia.cases.services.objections import find_unanswered


def awaited(case: Case, item: content.Item, step: content.Step) -> list[Standing]:
    """The letters that `step` of a locked case waits for, once they are written: the last to each
    of those accused who were written to one by one. Three queries, none for other steps."""
    if not step.after_letter:
        return []
    letters = list_letters(case.pk)
    if any(each.template.key == step.after_letter for each in list_owed(case, item, letters)):
        return []
    holding = [
        each
        for each in letters
        if each.letter.template == step.after_letter and each.withdrawn is None
    ]
    return list({each.letter.employer_id: each for each in holding}.values())


def silence_counts(case: Case, item: content.Item, step: content.Step) -> bool:
    """Whether the end of the step's term says something: not against somebody whom the letter never
    reached, not once they have answered and an officer has to look at it, and not while an
    objection to a public notice waits for an answer."""
    if step.announces and find_unanswered(case) is not None:
        return False
    if not step.after_letter:
        return True
    letters = awaited(case, item, step)
    return bool(letters) and all(each.served and not each.answered for each in letters)


def count_from_service(case: Case, item: content.Item, step: content.Step) -> None:
    """The term of `step` counts from the day its letter was handed over, the last of several, if
    they have been; the first day is the one after. The caller sets the clocks and saves."""
    served = [each.served.on_date for each in awaited(case, item, step) if each.served]
    if served:
        case.step_from = timing.counted_from(case, max(served))


def begin_again(case: Case, item: content.Item, now: dt.datetime) -> None:
    """A service was written down: where the present step waits for it, its clock counts from that
    day. Saves the case."""
    step = item.step(case.step)
    if step is None or not step.after_letter or not case.is_open:
        return
    count_from_service(case, item, step)
    case.reminded, case.changed_at = False, now
    timing.set_clocks(case, timing.calendar_for(case, timing.day_of(now)))
    case.save()

"""What people who come to a run answered, added up."""

from niangjia.activities.models import Run
from niangjia.activities.rules import questions
from niangjia.activities.rules.counting import Counted, counted
from niangjia.activities.selectors.sign_ups import list_of_run

#: So many sign-ups are opened at a time: what they told is sealed one by one.
BATCH = 500


def count_answers(run: Run) -> list[Counted]:
    """Of everybody who has a seat, with companions; nothing where nothing of its own is asked. Two
    queries for each `BATCH`."""
    asked = questions.read(run.activity.questions)
    if not asked:
        return []
    told = []
    for sign_up in list_of_run(run).order_by("id").iterator(BATCH):
        told.append((sign_up.told.get("more", {}), False))
        told += [(each.told.get("more", {}), True) for each in sign_up.companions.all()]
    return counted(asked, told)

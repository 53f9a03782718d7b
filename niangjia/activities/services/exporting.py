"""Lists that leave the house: why stands on record, where each of the people concerned can read
it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.activities.models import Run, SignUp
from niangjia.activities.rules import answers, questions
from niangjia.allocation.models import ClaimState
from niangjia.core import audit, sheets, transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Post

PURPOSE_MAX = 200


@transactions.atomic
def export_insurance(*, by: Post, run: Run, purpose: str, now: dt.datetime) -> bytes:
    """Everybody who has a seat, with their companions: name, identity number, the day it begins. A
    workbook that no spreadsheet computes (promise 30); one entry for each person concerned
    (promise 6). Raises `Invalid` on `purpose`."""
    words = checked(purpose)
    found = seated(run)
    day = localtime(run.starts_at).date()
    rows: list[list[sheets.Value]] = [[_("Name"), _("Identity number"), _("Day")]]
    for sign_up in found:
        person = sign_up.account.person
        rows.append([sign_up.told.get("name"), person.identity_number if person else "", day])
        rows += [[each.name, each.identity_number, day] for each in sign_up.companions.all()]
    note("activity.insurance-listed", by, run, found, words)
    return sheets.xlsx(rows, title=run.activity.name)


@transactions.atomic
def export_list(*, by: Post, run: Run, purpose: str, now: dt.datetime) -> bytes:
    """Everybody who has a seat, one line each and one for each companion: with whom they come, whom
    to call, what was paid, what they answered. No identity numbers. A workbook and entries as for
    `export_insurance`. Raises `Invalid` on `purpose`."""
    words = checked(purpose)
    found = seated(run)
    rows = [heading(run), *(line for sign_up in found for line in lines(run, sign_up))]
    note("activity.list-taken", by, run, found, words)
    return sheets.xlsx(rows, title=run.activity.name)


def heading(run: Run) -> list[sheets.Value]:
    """What the columns of the list are called."""
    activity = run.activity
    return [
        _("Name"),
        _("Comes with"),
        *([_("Age")] if answers.asks_ages(activity) else []),
        *([_("Team")] if activity.takes_teams else []),
        *([_("In an emergency")] if activity.asks_emergency else []),
        *([_("Paid, in yuan")] if activity.fee_fen else []),
        *(each.label for each in questions.read(activity.questions)),
    ]


def lines(run: Run, sign_up: SignUp) -> Iterator[list[sheets.Value]]:
    """Somebody, and everybody whom they bring."""
    activity, told = run.activity, sign_up.told
    asked = questions.read(activity.questions)
    called = f"{told.get('emergency_name', '')} {told.get('emergency_phone', '')}".strip()
    team = sign_up.team.name if sign_up.team else ""
    paid = None if sign_up.paid_fen is None else sign_up.paid_fen / 100
    name: str = told.get("name", "")
    yield [
        name,
        "",
        *([None] if answers.asks_ages(activity) else []),
        *([team] if activity.takes_teams else []),
        *([called] if activity.asks_emergency else []),
        *([paid] if activity.fee_fen else []),
        *cells(asked, told.get("more", {})),
    ]
    for each in sign_up.companions.all():
        yield [
            each.name,
            name,
            *([each.told.get("age")] if answers.asks_ages(activity) else []),
            *([called] if activity.asks_emergency else []),
            *([None] if activity.fee_fen else []),
            *cells(asked, each.told.get("more", {})),
        ]


def cells(
    asked: Iterable[questions.Question], told: dict[str, sheets.Value]
) -> Iterator[sheets.Value]:
    """Answers as cells: numbers as numbers, everything else in words."""
    for question, words in questions.in_words(asked, told):
        yield told.get(question.key) if question.kind == "number" else words


def checked(purpose: str) -> str:
    """What a list is for. Raises `Invalid`."""
    words = purpose.strip()
    if not 4 <= len(words) <= PURPOSE_MAX:
        problem = _("Say what the list is for, in 4 to 200 characters.")
        raise Invalid(problem, fields={"purpose": problem})
    return words


def seated(run: Run) -> list[SignUp]:
    """Everybody who has a seat, with whom they bring. Two queries."""
    found = SignUp.objects.filter(run=run, claim__state=ClaimState.CONFIRMED)
    everything = found.select_related("account__person", "team").prefetch_related("companions")
    return list(everything.order_by("id"))


def note(action: str, by: Post, run: Run, found: Iterable[SignUp], purpose: str) -> None:
    """One entry for each person on a list."""
    audit.record_all(
        [
            audit.Act(
                action,
                by.account_id,
                f"run:{run.pk}",
                run.activity.union_id,
                sign_up.account.person_id,
                purpose,
            )
            for sign_up in found
        ]
    )

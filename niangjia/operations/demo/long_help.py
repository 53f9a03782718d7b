"""Help that takes long: a household's quarters of aid, one that has left hardship and is called
back, and what a grassroots union was given and tells about."""

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.services import Asking, Matter, letters
from niangjia.cases.services.sweeping import look_at
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.members.models import Account, Membership, Post
from niangjia.members.selectors import current_posts, demo
from niangjia.operations.demo import Progress, asking
from niangjia.operations.demo.cases import Teller, timing_day
from niangjia.operations.demo.letters import VERIFY_AT
from niangjia.operations.demo.long_help_words import (
    COURSES_OF_AID,
    REQUESTS,
    Course,
    Turn,
    in_the_morning,
    with_days,
)
from niangjia.organisations.models import Union

AID, SUPPORT, GRANTED = "hardship-aid", "grassroots-support", "granted"


def load(*, progress: Progress) -> None:
    """Through the services, each on its own day; once in a node's life."""
    teller = Teller(clock.now())
    people = asking.members()
    stories = len(COURSES_OF_AID) + len(REQUESTS)
    for done, course in enumerate(COURSES_OF_AID, start=1):
        help_household(teller, course, people)
        progress(done, stories)
    chair = demo.find_account("chair")
    post = next(iter(current_posts(chair)), None) if chair else None
    for done, course in enumerate(REQUESTS, start=len(COURSES_OF_AID) + 1):
        if chair is not None and post is not None:
            support_union(teller, course, chair, post)
        progress(done, stories)


def help_household(teller: Teller, course: Course, people: list[Membership]) -> None:
    """The first of `people` who has not asked yet; the visitor comes first."""
    began = course.began(teller.now)
    for member in people:
        account = member.person.account
        answers = {**course.answers, "phone": account.phone.removeprefix("+86")}
        with suppress(DomainError):
            case = ask(AID, member.union, account, answers, began)
            follow(teller, case, course.turns, began)
            return


def support_union(teller: Teller, course: Course, chair: Account, post: Post) -> None:
    """The chair asks for their union."""
    began = course.began(teller.now)
    case = ask(SUPPORT, post.union, chair, course.answers, began)
    follow(teller, case, course.turns, began)


def ask(
    item: str, union: Union, account: Account, answers: Mapping[str, Any], at: dt.datetime
) -> Case:
    """Somebody asks at `union`."""
    person = account.person
    with clock.stopped_at(at):
        return services.open_case(
            matter=Matter(item_key=item, union=union, answers=with_days(answers, timing_day(at))),
            asking=Asking(
                account=account,
                person=person,
                name=person.name if person else "",
                phone=account.phone,
            ),
            now=at,
        ).case


def follow(teller: Teller, case: Case, turns: Iterable[Turn], began: dt.datetime) -> None:
    """Turn by turn, each so many days after the one before it, and none before it is time."""
    at = began
    for turn in turns:
        case = teller.now_of(case)
        at = max(in_the_morning(at + dt.timedelta(days=turn.after)), first_moment(case))
        if not turn.outcome:
            at = max(at, case.next_due_at + dt.timedelta(minutes=1))
        if at > teller.now:
            return
        with clock.stopped_at(at):
            take(teller, case, turn, at)


def first_moment(case: Case) -> dt.datetime:
    """From when the present step runs: a quarter is given in its own time."""
    return in_the_morning(dt.datetime.combine(case.step_from, dt.time(), clock.CHINA))


def take(teller: Teller, case: Case, turn: Turn, at: dt.datetime) -> None:
    """One step by whoever's turn it is; without an outcome the clock alone ends it."""
    step = document_of(case.snapshot_id).step(case.step)
    assert step is not None  # noqa: S101 - the case is open
    if not turn.outcome:
        while teller.now_of(case).step == step.key and look_at(case.pk, now=at):
            pass
        return
    said: dict[str, Any] = {
        "case_id": case.pk,
        "step": step.key,
        "outcome": turn.outcome,
        "words": turn.words,
        "answers": with_days(turn.answers, timing_day(at)),
        "now": at,
    }
    if step.by == "applicant" and case.applicant_id:
        services.answer_step(owner=owner_of_account(case.applicant_id), **said)
    elif post := teller.post_for(case, step):
        services.take_step(by=post, **said)
        if turn.letter:
            write(post, case, turn.letter, at)


def write(by: Post, case: Case, filled_in: Mapping[str, str], at: dt.datetime) -> None:
    """The letter that was decided goes to the applicant."""
    begun = letters.preview_letter(by=by, case_id=case.pk, template=GRANTED, now=at)
    letter = letters.issue_letter(
        by=by,
        case_id=case.pk,
        template=GRANTED,
        values={**begun.values, **filled_in},
        seen=begun.seen,
        verify_at=VERIFY_AT,
        now=at,
    )
    letters.serve_letter(
        by=by,
        letter_id=letter.pk,
        way="hand",
        on_date=clock.today(),
        words="家访时当面送达，本人签收。",
        now=at,
    )

"""A duplicate ends in the case it repeats, and its applicant loses nothing by it."""

import datetime as dt
import uuid

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.events import CaseClosed
from niangjia.cases.models import Case, CaseLink, EntryKind, LinkKind, LinkState, State
from niangjia.cases.rules import linking as rules
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.selectors.linking import hidden_from, merged_into
from niangjia.cases.services import announcing, figures, locking, rating, telling, timeline, timing
from niangjia.core import outbox, protection, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action


@transactions.atomic
def merge_duplicate(*, by: Post, link_id: uuid.UUID, now: dt.datetime) -> Case:
    """Close the duplicate of a link in favour of the other case; twice is once.

    Both applicants are told, neither of whom. The case that goes on keeps the earlier of both
    clocks, so that nobody waits longer than they were promised; when it ends the other applicant
    hears how, and rates it; when it is withdrawn the duplicate goes on by itself.

    Raises `NotFound` without the right to decide both, `Conflict` "not-duplicate",
    "hidden-differently" (they are kept from different people), and what `locking` does.
    """
    with protection.viewing(account=by.account_id):
        link = CaseLink.objects.filter(pk=link_id).first()
        if link is None:
            raise locking.not_found()
        held = {
            pk: locking.lock_for_officer(pk, by, Action.DECIDE_CASES)
            for pk in sorted([link.case_id, link.other_id])
        }
        for case, post in held.values():
            locking.check_handler(case, post)
        link = CaseLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    duplicate, main = held[link.case_id][0], held[link.other_id][0]
    if link.merged_at is not None:
        return main
    if link.kind != LinkKind.DUPLICATE or link.state != LinkState.CONFIRMED:
        raise Conflict(_("Say first that the one repeats the other."), code="not-duplicate")
    locking.check_open(main)
    locking.check_open(duplicate, states=(State.OPEN, State.PAUSED))
    if duplicate.is_complaint != main.is_complaint or not rules.are_hidden_alike(
        hidden_from(duplicate), hidden_from(main)
    ):
        raise Conflict(
            _("They are not about the same employers, so each is finished by itself."),
            code="hidden-differently",
        )
    with protection.working("cases.merge"):
        link.merged_at = now
        link.save(update_fields=["merged_at"])
        keep_earlier_clock(main, duplicate, now=now)
        end_in_favour(duplicate, by=by.account_id, now=now)
        timeline.write_entry(
            main,
            EntryKind.LINKED,
            now=now,
            by=by.account_id,
            union=main.handler,
            facts={"merged": True},
            is_public=True,
        )
        telling.tell_applicant(main, telling.applicant_of(main), "case.joined", now=now)
    return main


def keep_earlier_clock(main: Case, duplicate: Case, *, now: dt.datetime) -> None:
    """Give a locked `main` the count of its duplicate where that ends earlier. A paused count goes
    on from today; one that was broken was answered for already."""
    today = timing.day_of(now)
    calendar = timing.calendar_for(main, today)
    count = timing.due_count(duplicate)
    if duplicate.paused_at is not None:
        count = count.resumed(timing.day_of(duplicate.paused_at), today, calendar)
    is_over = main.due_breached_at is not None or duplicate.due_breached_at is not None
    if not is_over and count.at(calendar) < main.due_at:
        main.due_from, main.due_days, main.due_unit = count.start, count.days, count.unit
        main.reminded = False
        timing.set_clocks(main, calendar)
    main.changed_at = now
    main.save()


def end_in_favour(duplicate: Case, *, by: uuid.UUID, now: dt.datetime) -> None:
    """Close a locked duplicate. Nobody is asked to rate what goes on elsewhere."""
    duplicate.state, duplicate.result = State.CLOSED, rules.MERGED
    duplicate.closed_at = duplicate.changed_at = now
    duplicate.paused_at = duplicate.resume_by = None
    duplicate.catch_up()
    duplicate.save()
    timeline.write_entry(
        duplicate,
        EntryKind.CLOSED,
        now=now,
        by=by,
        union=duplicate.handler,
        facts={"result": rules.MERGED},
        is_public=True,
    )
    announcing.end_notice(duplicate, now=now)
    publish_end(duplicate)
    figures.count(duplicate, figures.OPEN, -1)
    figures.count(duplicate, figures.standing(duplicate), 1)
    telling.tell_applicant(duplicate, telling.applicant_of(duplicate), "case.merged", now=now)


def tell_duplicates(main: Case, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """A locked `main` has ended: so have its duplicates, the same way. As background work."""
    for duplicate in lock_duplicates(main):
        figures.count(duplicate, figures.standing(duplicate), -1)
        duplicate.result, duplicate.changed_at = main.result, now
        duplicate.save(update_fields=["result", "changed_at"])
        figures.count(duplicate, figures.standing(duplicate), 1)
        is_asked = not is_decoy(duplicate)
        token = rating.ask_for_rating(duplicate, by=by, now=now, main=main) if is_asked else ""
        timeline.write_entry(
            duplicate,
            EntryKind.CLOSED,
            now=now,
            by=by,
            union=main.handler,
            sealed={"rating": token} if token else None,
            facts={"result": main.result},
            is_public=True,
        )
        publish_end(duplicate)
        telling.tell_applicant(
            duplicate,
            telling.applicant_of(duplicate),
            "case.closed",
            now=now,
            facts={"result": main.result},
        )
        tell_duplicates(duplicate, by=by, now=now)


def let_duplicates_go(main: Case, *, now: dt.datetime) -> None:
    """A locked `main` was withdrawn: whoever asked for the same goes on asking. As background
    work."""
    for duplicate in lock_duplicates(main):
        CaseLink.objects.filter(case=duplicate, other=main).update(
            merged_at=None, state=LinkState.ENDED, decided_at=now
        )
        open_again(duplicate, by=None, now=now)


def open_again(duplicate: Case, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """A locked duplicate goes on by itself, with the days that were left when it was closed. As
    background work. Nothing is opened that has meanwhile ended with the other."""
    if duplicate.result != rules.MERGED or duplicate.closed_at is None:
        return
    today, stopped = timing.day_of(now), timing.day_of(duplicate.closed_at)
    calendar = timing.calendar_for(duplicate, today)
    figures.count(duplicate, figures.standing(duplicate), -1)
    duplicate.state, duplicate.result, duplicate.closed_at = State.OPEN, "", None
    duplicate.reminded, duplicate.changed_at = False, now
    timing.resume_counts(duplicate, stopped, today, calendar)
    timing.set_clocks(duplicate, calendar)
    duplicate.save()
    if step := document_of(duplicate.snapshot_id).step(duplicate.step):
        announcing.announce(duplicate, step, calendar, now=now)
    timeline.write_entry(
        duplicate, EntryKind.REOPENED, now=now, by=by, union=duplicate.handler, is_public=True
    )
    figures.count(duplicate, figures.OPEN, 1)
    telling.tell_applicant(duplicate, telling.applicant_of(duplicate), "case.reopened", now=now)
    telling.tell_officers(duplicate, duplicate.handler, "desk.case_reopened", now=now)


def lock_duplicates(main: Case) -> list[Case]:
    """What was closed in favour of `main`, locked."""
    held = merged_into(main).select_for_update(of=("self",)).order_by("pk")
    return list(held.select_related(*locking.RELATED))


def lock_merged_with(case: Case) -> list[Case]:
    """All that is one matter with a locked `case`: what ended in its favour, what it ended in
    favour of, and so on from there; locked. As background work."""
    found, new = {case.pk}, {case.pk}
    while new:
        joined = CaseLink.objects.filter(
            Q(case__in=new) | Q(other__in=new), merged_at__isnull=False
        ).values_list("case_id", "other_id")
        new = {pk for pair in joined for pk in pair} - found
        found |= new
    held = Case.objects.filter(pk__in=found - {case.pk}).select_for_update(of=("self",))
    return list(held.select_related(*locking.RELATED).order_by("pk"))


def publish_end(case: Case) -> None:
    """A duplicate has ended, as it says itself; a decoy is no news."""
    if is_decoy(case):
        return
    outbox.publish(CaseClosed(case_id=case.pk, item=case.item.key, result=case.result))

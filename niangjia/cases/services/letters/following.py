"""Beginning one matter from another: from a complaint, the union's own supervision of the law."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseLink, EntryKind, State, Way
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import list_followers
from niangjia.cases.services import locking, moving, telling, timeline
from niangjia.cases.services.opening import Asking, Matter, open_case
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post
from niangjia.organisations.models import Employer

FOLLOWABLE = (State.OPEN, State.PAUSED, State.CLOSED)


@transactions.atomic
def begin_follow_up(
    *, by: Post, case_id: uuid.UUID, item_key: str, answers: Mapping[str, Any], now: dt.datetime
) -> Case:
    """Begin, about the same employer, a case of an item that this one's names as a follow-up. It
    takes nothing along of who complained; the two are linked, and its letters are compared with
    who is behind this one before they go out (`naming.people_behind`). The union that has this one
    sees the new one, wherever that is handled.

    Raises `NotFound` out of reach and for any other item, `Conflict` "already-followed" while the
    last one runs, what `open_case` raises on the answers.
    """
    with protection.viewing(account=by.account_id):
        origin, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(origin, post)
        locking.check_open(origin, states=FOLLOWABLE)
        if item_key not in document_of(origin.snapshot_id).follow_ups:
            raise locking.not_found()
    with protection.working("cases.follow-up"):
        running = [each for each in list_followers(origin) if each.is_open]
        if any(each.item.key == item_key for each in running):
            raise Conflict(
                _("This has been begun already, and is not finished."), code="already-followed"
            )
        accused = list(Employer.objects.filter(pk__in=origin.accused_ids).order_by("name"))
    case = open_case(
        matter=Matter(
            item_key=item_key,
            union=origin.handler,
            answers=answers,
            accused=accused,
            way=Way.INNER,
            follows=origin,
        ),
        asking=Asking(),
        by=post,
        now=now,
    ).case
    with protection.working("cases.follow-up"):
        CaseLink.objects.create(
            case=case, other=origin, kind="follows", at=now, by_account_id=by.account_id
        )
        if case.handler_id != origin.handler_id:
            moving.share(case, origin.handler, now=now)
            case.save(update_fields=["sharing_paths"])
            telling.tell_officers(case, case.handler, "desk.case_moved", now=now)
        name = document_of(case.snapshot_id).name
        for each in (origin, case):
            timeline.write_entry(
                each,
                EntryKind.LINKED,
                now=now,
                by=by.account_id,
                union=post.union,
                facts={"item": item_key, "zh": name.zh, "en": name.en},
                is_public=True,
            )
        telling.tell_applicant(origin, telling.applicant_of(origin), "case.message", now=now)
    return case

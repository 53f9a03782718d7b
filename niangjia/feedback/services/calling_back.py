"""Calling back: every bad rating of somebody we can find."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.feedback.models import (
    Call,
    CallBack,
    CallResult,
    Channel,
    Invitation,
    Rating,
)
from niangjia.feedback.rules import orders as rules
from niangjia.feedback.rules.subjects import Contact, find_room
from niangjia.feedback.selectors.officers import lowest_able
from niangjia.feedback.selectors.protection import may_know
from niangjia.feedback.services import ordering
from niangjia.feedback.services.working import as_work
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action, may

#: What whoever is called reads in the list of those who saw their data.
PURPOSE = "call-back"


def can_be_called(invitation: Invitation) -> bool:
    """Whether we know whom to call: by the invitation, or by what it is about, where whoever asked
    is under seal. Two queries at most, none of somebody the invitation knows."""
    if invitation.leads_to_somebody:
        return True
    room = find_room(invitation)
    with protection.working("feedback.call"):
        return room is not None and room.can_be_called(invitation.subject_id)


def ask_for_call(
    rating: Rating, invitation: Invitation, *, contact: str, now: dt.datetime
) -> CallBack | None:
    """Put a bad rating on the list of calls: all of them, where we know whom to call or `contact`
    says how. What was said on the phone needs no second call. In the caller's transaction."""
    if rating.channel == Channel.CALL_BACK:
        return None
    is_known = can_be_called(invitation)
    if not (is_known or contact):
        return None
    union = lowest_able(rating.union, Action.CALL_BACK, invitation)
    return CallBack.objects.create(
        rating=rating,
        union=union,
        rated=invitation.rated,
        contact=None if is_known else contact,
        created_at=now,
        due_at=ordering.due_at(union, rules.CALL_BACK_WORKING_DAYS, now),
    )


def view_contact(
    *, by: Account, posts: Sequence[Post], call_back: CallBack, now: dt.datetime
) -> Contact:
    """Name and number of whom to call, or the way they left, recorded for them to read (promise 6).
    Where they lie under the seal of what was rated, they are opened there. Raises `NotFound` for
    the rated officer and the tied, for whom there is no such page, and once it is done; `Throttled`
    for whoever opens one after another, cases and whom to call counted together."""
    with protection.working("feedback.call"):
        invitation = call_back.rating.invitation
        is_theirs = call_back.rated_id == by.pk or not may_know({by.pk}, invitation)
    if is_theirs or call_back.done_at is not None:
        raise NotFound(_("There is no such page"))
    room = find_room(invitation)
    if room is None:
        return view_known(by=by, call_back=call_back)
    if not (invitation.leads_to_somebody or call_back.contact):
        return room.open_contact(by=by, posts=posts, subject_id=invitation.subject_id, now=now)
    room.count_opening(by=by, posts=posts, subject_id=invitation.subject_id, now=now)
    return view_known(by=by, call_back=call_back)


@transactions.atomic
@as_work("feedback.call")
def view_known(*, by: Account, call_back: CallBack) -> Contact:
    """The same of somebody the invitation knows, or who left a way to them."""
    invitation = call_back.rating.invitation
    person, account = invitation.person, invitation.account
    audit.record(
        action="call_back.contact_viewed",
        by=by.pk,
        subject=f"call_back:{call_back.pk}",
        union_id=call_back.union_id,
        person_id=invitation.person_id,
        purpose=PURPOSE,
    )
    phone = (person and person.phone) or (account and account.phone) or ""
    return Contact(
        name=person.name if person else "", phone=str(phone), way=call_back.contact or ""
    )


@transactions.atomic
@as_work("feedback.call")
def record_call(
    *, by: Post, call_back: CallBack, result: str, words: str = "", now: dt.datetime
) -> CallBack:
    """Write down one call: "reached" with what was said, or "not_reached". The third that reached
    nobody ends it. Raises `NotFound` for the rated officer or a post that has just ended,
    `Conflict` "called-already", `Invalid` beside the field."""
    locked = (
        CallBack.objects.select_for_update(of=("self",))
        .select_related("union", "rating__invitation")
        .get(pk=call_back.pk)
    )
    post = Post.objects.select_related("union").filter(pk=by.pk, ended_at__isnull=True).first()
    fits = post is not None and may(post.role, Action.CALL_BACK)
    if post is None or not fits or not post.scope.covers(locked.union.path):
        raise NotFound(_("There is no such page"))
    is_theirs = post.account_id == locked.rated_id
    if is_theirs or not may_know({post.account_id}, locked.rating.invitation):
        raise NotFound(_("There is no such page"))
    if locked.done_at is not None:
        raise Conflict(_("A colleague has called meanwhile."), code="called-already")
    if result not in CallResult.values:
        problem = _("Say whether you reached them.")
        raise Invalid(problem, code="bad-call", fields={"result": problem})
    if result == CallResult.REACHED:
        words = rules.check_words(words)
    Call.objects.create(
        call_back=locked, at=now, by_account_id=post.account_id, result=result, words=words or None
    )
    locked.tries = F("tries") + 1
    locked.save(update_fields=["tries"])
    locked.refresh_from_db(fields=["tries"])
    if result == CallResult.REACHED or locked.tries >= rules.CALLS:
        locked.result, locked.done_at, locked.contact = result, now, None
        locked.save(update_fields=["result", "done_at", "contact"])
    audit.record(
        action="call_back.called",
        by=post.account_id,
        subject=f"call_back:{locked.pk}",
        union_id=locked.union_id,
        person_id=locked.rating.invitation.person_id,
        details={"result": result, "tries": locked.tries},
    )
    return locked

"""Choosing who speaks for a group."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Case,
    EntryKind,
    GroupMember,
    MemberState,
    Representative,
    RepresentativeVoice,
)
from niangjia.cases.rules import groups as rules
from niangjia.cases.selectors.groups import list_standing
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.groups.opening import OPEN_STATES
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import Post


@transactions.atomic
def stand(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> Representative:
    """A member is willing to speak for the group, of themselves or because they were nominated;
    twice is once. They agree with themselves. Raises `Conflict` "too-few", "enough"."""
    with protection.working("cases.group"):
        case, member = lock_member(owner, case_id)
        standing = nominated(case, member, now=now)
        if standing.accepted_at is None:
            standing.accepted_at = now
            standing.save(update_fields=["accepted_at"])
            set_voice(standing, member, agrees=True, now=now)
            count_voices(case, now=now)
        return standing


@transactions.atomic
def nominate(*, by: Post, case_id: uuid.UUID, member_id: uuid.UUID, now: dt.datetime) -> None:
    """An officer notes whom the group thought of; they have to be willing themselves. Twice is
    once."""
    case = lock_as_officer(by, case_id)
    with protection.working("cases.group"):
        nominated(case, access_member(case, member_id), now=now)


@transactions.atomic
def step_down(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> None:
    """A member does not, or no longer, speak for the group. Twice is once."""
    with protection.working("cases.group"):
        case, member = lock_member(owner, case_id)
        held = Representative.objects.filter(member=member, ended_at=None)
        was_elected = held.filter(elected_at__isnull=False).exists()
        if held.update(ended_at=now) and was_elected:
            note(case, "stepped-down", now=now)


@transactions.atomic
def say_voice(
    *,
    owner: bytes,
    case_id: uuid.UUID,
    representative_id: uuid.UUID,
    agrees: bool,
    now: dt.datetime,
) -> None:
    """A member says whether somebody shall speak for them; the last word counts."""
    with protection.working("cases.group"):
        case, member = lock_member(owner, case_id)
        set_voice(access_standing(case, representative_id), member, agrees=agrees, now=now)
        count_voices(case, now=now)


@transactions.atomic
def record_voices(
    *,
    by: Post,
    case_id: uuid.UUID,
    representative_id: uuid.UUID,
    members: Sequence[uuid.UUID],
    now: dt.datetime,
) -> None:
    """An officer writes down who agreed with their signature, on a paper that is kept."""
    case = lock_as_officer(by, case_id)
    with protection.working("cases.group"):
        standing = access_standing(case, representative_id)
        for member_id in members:
            set_voice(standing, access_member(case, member_id), agrees=True, on_paper=True, now=now)
        note(case, "voices", by=by.account_id, count=len(members), now=now)
        count_voices(case, now=now)


def lock_member(
    owner: bytes, case_id: uuid.UUID, *, any_state: bool = False
) -> tuple[Case, GroupMember]:
    """A case with a part in it, locked, while it goes on. As background work: the part is found by
    the digest of whoever asks. Raises `NotFound`, `Conflict` when the case is over."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related(*locking.RELATED)
        .filter(pk=case_id, members__owner_digest=owner)
        .first()
    )
    member = GroupMember.objects.filter(case_id=case_id, owner_digest=owner).first()
    if case is None or member is None:
        raise locking.not_found()
    if not any_state and member.state != MemberState.JOINED:
        raise locking.not_found()
    locking.check_open(case, states=OPEN_STATES)
    return case, member


def lock_as_officer(by: Post, case_id: uuid.UUID) -> Case:
    """A group's case, locked, for whoever handles it. Raises like `locking`."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
    return case


def nominated(case: Case, member: GroupMember, *, now: dt.datetime) -> Representative:
    """Somebody stands; the same once. Raises `Conflict` below the number from which a group may
    choose, and once five speak for it."""
    if found := Representative.objects.filter(member=member, ended_at=None).first():
        return found
    members = GroupMember.objects.filter(case=case, state=MemberState.JOINED).count()
    if not rules.may_elect(members):
        raise Conflict(
            _("Ten or more people choose who speaks for them. Until then each speaks alone."),
            code="too-few",
        )
    elected = Representative.objects.filter(
        member__case=case, ended_at=None, elected_at__isnull=False
    )
    if elected.count() >= rules.MOST_REPRESENTATIVES:
        raise Conflict(_("At most five people speak for a group."), code="enough")
    return Representative.objects.create(member=member, nominated_at=now)


def set_voice(
    standing: Representative,
    member: GroupMember,
    *,
    agrees: bool,
    on_paper: bool = False,
    now: dt.datetime,
) -> None:
    """The word of one member about one who stands."""
    RepresentativeVoice.objects.update_or_create(
        representative=standing,
        member=member,
        defaults={"agrees": agrees, "on_paper": on_paper, "at": now},
    )


def count_voices(case: Case, *, now: dt.datetime) -> None:
    """Whoever is willing and has more than half of all members behind them is elected, as long as
    fewer than five are. A choice once made stays when the group becomes smaller, even below ten:
    the mandate was given, and only its holder or a removal ends it. Whom half no longer wants
    speaks no more."""
    standing = list_standing(case)
    elected = sum(each.representative.elected_at is not None for each in standing)
    for each in standing:
        who = each.representative
        against = sum(not agrees for agrees in each.voices.values())
        if who.elected_at is None:
            if (
                who.accepted_at
                and each.tally.is_elected
                and elected < rules.MOST_REPRESENTATIVES
                and rules.may_elect(each.tally.members)
            ):
                who.elected_at = now
                who.save(update_fields=["elected_at"])
                elected += 1
                note(case, "elected", now=now)
        elif 2 * against > each.tally.members:
            who.ended_at = now
            who.save(update_fields=["ended_at"])
            elected -= 1
            note(case, "recalled", now=now)


def note(
    case: Case,
    what: str,
    *,
    by: uuid.UUID | None = None,
    count: int | None = None,
    now: dt.datetime,
) -> None:
    """What happened, for everybody who reads the timeline; nobody is named in it."""
    facts: dict[str, object] = {"what": what} | ({"count": count} if count else {})
    timeline.write_entry(
        case,
        EntryKind.REPRESENTED,
        now=now,
        by=by,
        union=case.handler if by else None,
        facts=facts,
        is_public=True,
    )


def access_member(case: Case, member_id: uuid.UUID) -> GroupMember:
    """Somebody who takes part. Raises `NotFound`."""
    found = GroupMember.objects.filter(case=case, pk=member_id, state=MemberState.JOINED).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_standing(case: Case, representative_id: uuid.UUID) -> Representative:
    """Somebody who stands or represents. Raises `NotFound`."""
    found = Representative.objects.filter(
        member__case=case, pk=representative_id, ended_at=None
    ).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found

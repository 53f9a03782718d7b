"""Groups: who takes part, who stands, as far as somebody may see it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Case,
    CaseGroup,
    GroupMember,
    MemberState,
    Representative,
    RepresentativeVoice,
)
from niangjia.cases.rules import groups as rules
from niangjia.core import protection
from niangjia.core.crypto import digest
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, Whole, asked, together
from niangjia.organisations.selectors.employers import kin

TIED_BY_OFFICE = """
SELECT EXISTS (
    SELECT FROM members_post p
    JOIN organisations_union u ON u.id = p.union_id
    JOIN organisations_everemployer l ON l.employer_id = ANY (%(employers)s)
    JOIN organisations_union e ON e.id = l.union_id AND starts_with(u.path, e.path)
    WHERE p.account_id = %(account)s AND p.ended_at IS NULL
) OR EXISTS (
    SELECT FROM members_employertie
    WHERE account_id = %(account)s AND lifted_at IS NULL AND employer_id = ANY (%(employers)s)
)
"""


@dataclass(frozen=True)
class Standing:
    """A representative, or somebody who stands, with what the members said so far."""

    representative: Representative
    tally: rules.Tally
    voices: Mapping[uuid.UUID, bool]

    @property
    def is_elected(self) -> bool:
        """Whether they represent the others."""
        return self.representative.elected_at is not None


def code_digest(code: str) -> bytes:
    """By what a group is found: 32 bytes."""
    return digest("case-group", rules.plain_code(code))


def phone_digest(case_id: uuid.UUID, phone: str) -> bytes:
    """By what the same number is found twice in one group, and in no other."""
    return digest("case-group-phone", f"{case_id}:{phone}")


def group_of(case: Case) -> Asked[CaseGroup | None]:
    """The question for the group of a case, if it is one. In a viewer's scope."""
    return asked(CaseGroup.objects.filter(case=case), lambda found: next(iter(found), None))


def members_of(case: Case) -> QuerySet[GroupMember]:
    """Those who take part, in the order they came. In a viewer's scope."""
    return GroupMember.objects.filter(case=case, state=MemberState.JOINED).order_by("id")


def standing_of(case: Case) -> Whole[list[Standing]]:
    """The question for everybody who stands or represents, with the voices of those who take part
    now. In a viewer's scope."""
    standing = Representative.objects.filter(member__case=case, ended_at=None)
    voices = RepresentativeVoice.objects.filter(
        representative__in=standing.values("pk"), member__state=MemberState.JOINED
    )
    return Whole(
        [
            asked(members_of(case).values_list("pk", flat=True), len),
            asked(standing.select_related("member").order_by("id")),
            asked(voices.values_list("representative_id", "member_id", "agrees")),
        ],
        with_voices,
    )


def with_voices(
    members: int,
    standing: list[Representative],
    voices: list[tuple[uuid.UUID, uuid.UUID, bool]],
) -> list[Standing]:
    """Each with what was said of them, among so many members."""
    said: dict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(dict)
    for representative, member, agrees in voices:
        said[representative][member] = agrees
    return [
        Standing(each, rules.Tally(members, sum(said[each.pk].values())), said[each.pk])
        for each in standing
    ]


def list_standing(case: Case) -> list[Standing]:
    """The answer to `standing_of`. One query."""
    return list(together(standing_of(case))[0])


def access_membership(owner: bytes, number: str) -> GroupMember:
    """The part that somebody has in the group of a case. Raises `NotFound`, for what is missing,
    left and none of theirs alike."""
    with protection.viewing(receipt=owner):
        own = list(GroupMember.objects.filter(owner_digest=owner, state=MemberState.JOINED))
    with protection.working("cases.group"):
        found = (
            GroupMember.objects.filter(pk__in=[each.pk for each in own], case__number=number)
            .select_related("case__handler", "case__raised_to", "case__item")
            .first()
        )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_memberships(owner: bytes) -> list[GroupMember]:
    """The groups somebody takes part in, the latest first."""
    with protection.viewing(receipt=owner):
        own = list(GroupMember.objects.filter(owner_digest=owner, state=MemberState.JOINED))
    if not own:
        return []
    with protection.working("cases.group"):
        return list(
            GroupMember.objects.filter(pk__in=[each.pk for each in own])
            .select_related("case__handler")
            .order_by("-id")
        )


def access_membership_of_receipt(owner: bytes) -> GroupMember:
    """The part of whoever holds a receipt. Raises `NotFound` on `receipt`."""
    parts = list_memberships(owner)
    if not parts:
        problem = _("No group has this receipt. Look at each letter once more.")
        raise NotFound(problem, fields={"receipt": problem})
    return parts[0]


def is_kept_from(account_id: uuid.UUID, case: Case) -> bool:
    """Whether a case is about somebody, or they hold an office on the side of an employer it
    accuses: a post at its union, or a declared tie. To work there is what a worker complains about,
    and no tie here. Two queries at most."""
    if account_id in case.excluded_ids:
        return True
    if not case.accused_ids:
        return False
    employers = list(kin(case.accused_ids))
    with connection.cursor() as cursor:
        cursor.execute(TIED_BY_OFFICE, {"account": account_id, "employers": employers})
        return bool(cursor.fetchone()[0])

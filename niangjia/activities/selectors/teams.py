"""Teams, as those in them and as officers see them."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, SignUp, Team, TeamInvitation
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.allocation.rules.parties import Member, Parties
from niangjia.allocation.selectors.gates import shown_to_steward
from niangjia.core import documents
from niangjia.core.errors import NotFound
from niangjia.members.models import Account
from niangjia.members.selectors.links import access_link

PEOPLE = Prefetch(
    "sign_ups", SignUp.objects.select_related("account__person").order_by("-is_captain", "id")
)


def token_of(code: str) -> str:
    """A code in its one form, however it was typed; "" for what can be none."""
    return documents.typed_code(code) or ""


def access_invitation(code: str) -> TeamInvitation:
    """What a code invites to, with its team, run and activity. Raises `NotFound`."""
    found = TeamInvitation.objects.select_related("team__run__activity__union", "team__claim")
    return access_link(found, token_of(code))


def access_own_team(account: Account, sign_up_id: str) -> tuple[Team, SignUp]:
    """One's own team, with its people, and one's own sign-up. Raises `NotFound` for whoever is in
    none. Three queries."""
    own = access_own(account, sign_up_id)
    if own.team is None:
        raise NotFound(_("There is no such page"))
    found = Team.objects.select_related("claim").prefetch_related(PEOPLE)
    team = found.get(pk=own.team.pk)
    team.run = own.run
    return team, own


def parties_of(claim_ids: Collection[uuid.UUID]) -> Parties:
    """Of claims of teams, the teammates beside the captain, as a steward sees them. One query."""
    mates = SignUp.objects.filter(claim_id__in=claim_ids, team__isnull=False, is_captain=False)
    found: dict[uuid.UUID, list[Member]] = defaultdict(list)
    for mate in mates.select_related("account__person").order_by("id"):
        found[mate.claim_id].append(Member(mate.pk, shown_to_steward(mate.account)))
    return found


def list_teams(run: Run) -> QuerySet[Team]:
    """The teams of a run with their people, and how many they are as `people`; those that gave
    their place up, too. Order by "id"."""
    found = Team.objects.filter(run=run).select_related("claim").prefetch_related(PEOPLE)
    return found.annotate(people=Count("sign_ups"))

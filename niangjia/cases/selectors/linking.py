"""Cases that belong together, as far as somebody may see them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseLink, FoundBy, LinkState
from niangjia.cases.rules import linking
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, asked, together
from niangjia.organisations.selectors.employers import kin

SHOWN_STATES = (LinkState.PROPOSED, LinkState.CONFIRMED)


@dataclass(frozen=True)
class Linked:
    """A link as it is seen from one of its two cases."""

    link: CaseLink
    there: Case
    is_later: bool

    @property
    def is_proposal(self) -> bool:
        return self.link.state == LinkState.PROPOSED


def links_of(case: Case) -> Asked[list[Linked]]:
    """The question for the links of a case that stand or wait for a word, the latest first: those
    whose other end the viewer sees as well, and no others. In the scope of the viewer."""
    found = (
        CaseLink.objects.filter(Q(case=case) | Q(other=case), state__in=SHOWN_STATES)
        .select_related("case__handler", "other__handler")
        .order_by("-at")
    )
    return asked(found, lambda links: [linked(link, case) for link in links])


def linked(link: CaseLink, case: Case) -> Linked:
    """A link as seen from `case`."""
    is_later = link.case_id == case.pk
    return Linked(link, link.other if is_later else link.case, is_later)


def list_links(case: Case) -> list[Linked]:
    """The answer to `links_of`. One query."""
    return list(together(links_of(case))[0])


def access_link(case: Case, link_id: str) -> CaseLink:
    """The link of `case` with this id. In the scope of the viewer. Raises `NotFound`."""
    key = ids.parse_uuid(link_id)
    found = CaseLink.objects.filter(Q(case=case) | Q(other=case), pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def merged_into(main: Case) -> QuerySet[Case]:
    """The duplicates that were closed in favour of `main`. As background work."""
    return Case.objects.filter(links__other=main, links__merged_at__isnull=False)


def find_likely(case: Case) -> list[tuple[Case, FoundBy]]:
    """Earlier cases that may be the same matter, the latest first: of the same person and service,
    or about the same employer and of the same service. As background work: who sees the proposal
    is said by the link's own policy. Decoys are like nothing. One query, two or three more for a
    complaint."""
    before = Case.objects.filter(item=case.item_id, opened_at__lte=case.opened_at).exclude(
        pk=case.pk
    )
    by_person: Sequence[Case] = ()
    if case.person_digest:
        since = linking.since(case.opened_at, linking.SAME_PERSON_DAYS)
        by_person = latest(before.filter(person_digest=case.person_digest), since)
    by_employer: Sequence[Case] = ()
    if case.accused_ids:
        since = linking.since(case.opened_at, linking.SAME_MATTER_DAYS)
        accused = list(kin(case.accused_ids))
        by_employer = latest(before.filter(is_complaint=True, accused_ids__overlap=accused), since)
    found: dict[uuid.UUID, tuple[Case, FoundBy]] = {}
    for cases, why in ((by_person, FoundBy.PERSON), (by_employer, FoundBy.EMPLOYER)):
        for each in cases:
            found.setdefault(each.pk, (each, why))
    return list(found.values())[: linking.MOST_PROPOSALS]


def latest(cases: QuerySet[Case], since: dt.datetime) -> list[Case]:
    """Those since a moment, the newest first, no decoys among them."""
    newest = cases.filter(opened_at__gte=since).order_by("-id")[: linking.MOST_PROPOSALS]
    return [each for each in newest if not is_decoy(each)]


def hidden_from(case: Case) -> set[uuid.UUID]:
    """From whom a case is kept whatever their post: the employers it accuses, with every record of
    the same ones, the unions at which somebody works whom it is about, and the accounts it
    excludes."""
    accused = kin(case.accused_ids) if case.accused_ids else set()
    return accused | {*case.about_ids, *case.excluded_ids}

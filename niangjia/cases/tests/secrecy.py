"""Who is tied to whom, concluded from the rows as a person would, and what an account finds: what
the model of promise 1 compares."""

from dataclasses import dataclass

from niangjia.cases import selectors
from niangjia.cases.models import Case, CaseEntry
from niangjia.cases.selectors.search import Sought, search
from niangjia.core import protection
from niangjia.members.models import EmployerTie, Membership, MembershipChange, Post
from niangjia.members.selectors import current_posts
from niangjia.organisations.models import Employer, Union


class World:
    """The rows that say who is tied to whom, read once, and what a person would conclude. What was
    and is no more (`past` links, former `names`) the model has kept by itself."""

    def __init__(self, past, names):
        self.unions = {union.pk: union for union in Union.objects.all()}
        self.employers = list(Employer.objects.all())
        self.links = list(Union.employers.through.objects.values_list("union_id", "employer_id"))
        self.links += past
        self.names = {e.pk: {e.name, *names.get(e.pk, ())} for e in self.employers}
        self.posts = list(Post.objects.select_related("union"))
        self.memberships = list(Membership.objects.select_related("person"))
        self.changes = list(MembershipChange.objects.all())
        self.declared = list(EmployerTie.objects.filter(lifted_at=None))

    def ties(self, account):
        """The employers an account is tied to, found by walking up from where it stands."""
        own = [m for m in self.memberships if m.person_id == account.person_id]
        places = [p.union_id for p in self.posts if p.account_id == account.pk]
        places += [m.union_id for m in own]
        worked = {m.employer_name for m in own}
        # Whoever has moved stays tied by where they were, and by whom they worked for.
        for change in self.changes:
            if change.membership_id in {m.pk for m in own}:
                places.append(change.from_union_id)
                worked.add(change.particulars.get("employer_name", {}).get("before", ""))
        tied = {e.pk for e in self.employers if self.names[e.pk] & worked}
        tied |= {tie.employer_id for tie in self.declared if tie.account_id == account.pk}
        for place in places:
            while place is not None:
                tied |= {employer for union, employer in self.links if union == place}
                place = self.unions[place].parent_id
        return self.kin(tied)

    def kin(self, found):
        """Every record of the same employers."""
        while True:
            more = found | {
                other.pk
                for employer in self.employers
                if employer.pk in found
                for other in self.employers
                if self.names[other.pk] & self.names[employer.pk]
                or other.merged_into_id == employer.pk
                or employer.merged_into_id == other.pk
            }
            if more == found:
                return found
            found = more


@dataclass(frozen=True)
class Finding:
    """The cases an account finds, by each way there is."""

    listed: set
    queued: set
    rows: set
    timelines: set
    searched: set
    named: set
    counted: int

    @property
    def ways(self):
        """Each set of what was found."""
        return (
            *(self.listed, self.queued, self.rows),
            *(self.timelines, self.searched, self.named),
        )


def find(account, now):
    posts = current_posts(account)
    with protection.viewing(account=account.pk):
        visible = selectors.visible_cases(posts, account=account)
        queue = selectors.list_queue(posts, account=account, now=now)
        searched = search(posts, Sought(), account=account)
        accused = frozenset(Employer.objects.values_list("pk", flat=True))
        named = search(posts, Sought(employers=accused), account=account)
        return Finding(
            listed=set(visible.values_list("pk", flat=True)),
            queued={case.pk for case in queue},
            rows=set(Case.objects.values_list("pk", flat=True)),
            timelines=set(CaseEntry.objects.values_list("case_id", flat=True)),
            searched={case.pk for case in searched.items},
            named={case.pk for case in named.items},
            counted=searched.count.value,
        )

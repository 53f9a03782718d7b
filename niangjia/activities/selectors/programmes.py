"""Pages of programmes: a brand with everybody's, and one union's."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, ProgrammeItem, ProgrammePage
from niangjia.activities.rules import programmes
from niangjia.activities.selectors.finding import Criteria, find_activities
from niangjia.activities.selectors.planning import RUNS
from niangjia.core import gathering, ids, scope
from niangjia.core.errors import NotFound
from niangjia.core.gathering import Gathered
from niangjia.core.pagination import Page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import reaches

#: Whose pages a brand leads to.
UNIONS = 30
#: So many things of each kind a brand shows of all unions together.
THINGS = 12


@dataclass(frozen=True)
class Thing:
    """Something on the page, and why; `thing` is None when it is gone."""

    item: ProgrammeItem
    thing: Gathered | None


@dataclass(frozen=True)
class Section:
    """The things of one kind."""

    label: Promise
    things: list[Thing]


@dataclass(frozen=True)
class ShownProgramme:
    """A brand, or what one union does under it (`page`): what is on, and what was gathered."""

    programme: programmes.Programme
    page: ProgrammePage | None
    activities: Page[Activity]
    sections: list[Section]
    unions: list[ProgrammePage]


def show_brand(
    key: str, *, path: str, now: dt.datetime, cursor: str | None = None
) -> ShownProgramme:
    """A brand: everything that is on under it wherever, and what the unions have gathered. Raises
    `NotFound`. Three queries, and one for each kind."""
    found = access_programme(key)
    pages = list(list_public(key)[:UNIONS])
    items = ProgrammeItem.objects.filter(page__in=pages).order_by("page__union__path", "position")
    activities = find_activities(Criteria(programme=key), path=path, now=now, cursor=cursor)
    return ShownProgramme(found, None, activities, merged(list(items), pages), pages)


def show_union_page(
    key: str, number: str, *, path: str, now: dt.datetime, cursor: str | None = None
) -> ShownProgramme:
    """What one union does under a brand: on there and below it. Raises `NotFound` for what is not
    published. Three queries, and one for each kind."""
    found = access_programme(key)
    page = list_public(key).filter(union__number=number[:20]).first()
    if page is None:
        raise NotFound(_("There is no such page"))
    return shown(found, page, path=path, now=now, cursor=cursor)


def shown(
    found: programmes.Programme,
    page: ProgrammePage,
    *,
    path: str,
    now: dt.datetime,
    cursor: str | None = None,
) -> ShownProgramme:
    """A union's page, published or not."""
    criteria = Criteria(programme=found.key, union_path=page.union.path)
    activities = find_activities(criteria, path=path, now=now, cursor=cursor)
    return ShownProgramme(found, page, activities, present(things_of(page)), [])


def access_programme(key: str) -> programmes.Programme:
    """A brand. Raises `NotFound`."""
    found = programmes.BY_KEY.get(key)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_public(key: str) -> QuerySet[ProgrammePage]:
    """The unions' pages of a brand that everybody may read, the highest union first."""
    public = ProgrammePage.objects.filter(
        programme=key, published_at__isnull=False, retired_at=None
    )
    return public.select_related("union").order_by("union__path")


def things_of(page: ProgrammePage) -> list[Thing]:
    """Everything on a page, in its order; what is gone as well."""
    items = list(page.items.all())
    found = gathering.find(page.union, [(item.kind, item.key) for item in items])
    return [Thing(item, found.get((item.kind, item.key))) for item in items]


def merged(items: list[ProgrammeItem], pages: list[ProgrammePage]) -> list[Section]:
    """What several unions have gathered, each thing once, as the highest of them has it; what only
    a lower one has, such as a service of its own, as that one does. One question for each kind of
    the highest, and of each union that has something of its own."""
    unions = {page.pk: page.union for page in pages}
    first: dict[tuple[str, str], ProgrammeItem] = {}
    for item in items:
        first.setdefault((item.kind, item.key), item)
    wanted = dict(list(first.items())[: 4 * THINGS])
    top = unions[items[0].page_id] if items else None
    found = gathering.find(top, wanted)
    own: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for key, item in wanted.items():
        if key not in found and unions[item.page_id] != top:
            own.setdefault(item.page_id, []).append(key)
    for page_id, keys in own.items():
        found |= gathering.find(unions[page_id], keys)
    rows = [Thing(item, found.get(key)) for key, item in first.items()]
    return [Section(each.label, each.things[:THINGS]) for each in present(rows)]


def present(things: Iterable[Thing]) -> list[Section]:
    """By kind, in the order in which rooms registered; what is gone is left out."""
    rows = [thing for thing in things if thing.thing]
    sections = [
        Section(source.label, [row for row in rows if row.item.kind == kind])
        for kind, source in gathering.sources.items()
    ]
    return [section for section in sections if section.things]


def list_pages(posts: Iterable[Post]) -> QuerySet[ProgrammePage]:
    """The pages of unions within reach. Order by "-id"."""
    within = scope.within(reaches(posts, RUNS), field="union__path")
    return ProgrammePage.objects.filter(within).select_related("union")


def access_page(posts: Iterable[Post], page_id: str) -> ProgrammePage:
    """One of them. Raises `NotFound`."""
    key = ids.parse_uuid(page_id)
    found = list_pages(posts).filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found

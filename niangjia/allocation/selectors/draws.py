"""Draws as everybody sees them, and one's own lines."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Draw, DrawLine
from niangjia.allocation.rules import drawing, public_values
from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import reaches

NEWEST = ("-announced_at", "-id")
#: The published files: name → the column it stands in.
FILES = {
    "sealed.json": "sealed_file",
    "entrants.txt": "entrants_file",
    "drawn.json": "drawn_file",
}
#: What may be large and is only wanted when somebody downloads it.
LARGE = tuple(FILES.values())


def list_draws() -> QuerySet[Draw]:
    """Every draw there has been, for everybody, without its files. Order by `NEWEST`."""
    return Draw.objects.defer(*LARGE).select_related("union")


def access_draw(number: str) -> Draw:
    """The draw with this number. Raises `NotFound`."""
    found = list_draws().filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_draw_file(number: str, name: str) -> str:
    """A published file of a draw. Raises `NotFound`, before it is published alike."""
    column = FILES.get(name)
    found = column and Draw.objects.filter(number=number).values_list(column, flat=True).first()
    if not found and found != "":
        raise NotFound(_("There is no such page"))
    return str(found)


def list_desk_draws(posts: list[Post]) -> QuerySet[Draw]:
    """The draws within reach of whoever runs them."""
    within = scope.within(reaches(posts, Action.SHARE_OUT), field="union__path")
    return list_draws().filter(within).select_related("void_asked_by")


def access_desk_draw(posts: list[Post], number: str) -> Draw:
    """A draw within reach. Raises `NotFound`, out of reach alike."""
    found = list_desk_draws(posts).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_own_lines(account: Account, draw: Draw) -> list[DrawLine]:
    """One's own lines of a draw, with the private code of each."""
    return list(DrawLine.objects.filter(draw=draw, claim__account=account).order_by("pseudonym"))


def draw_of(pool_id: uuid.UUID) -> Draw | None:
    """The latest draw of a pool, void or not; for the rooms above."""
    return list_draws().filter(pool_id=pool_id).order_by(*NEWEST).first()


def draws_of(pool_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Draw]:
    """The draw that counts of each pool that has one. One query."""
    found = list_draws().filter(pool_id__in=list(pool_ids), voided_at=None)
    return {draw.pool_id: draw for draw in found}


def list_earlier(draw: Draw) -> list[Draw]:
    """Every other draw of the same pool: void ones stay for everybody to see."""
    return list(list_draws().filter(pool_id=draw.pool_id).exclude(pk=draw.pk).order_by(*NEWEST))


@dataclass(frozen=True)
class Found:
    """A line of the list, as anybody can find it: by the code of whoever has it, or by its name."""

    pseudonym: str
    rank: int | None
    has_won: bool | None
    by_code: bool


def find_line(draw: Draw, typed: str) -> Found | None:
    """The line of a private code, or with this name. Nothing tells a wrong code from another's."""
    text = "".join(typed.split())
    names = {drawing.pseudonym(text.lower()), text.upper()}
    found = DrawLine.objects.filter(Q(draw=draw), pseudonym__in=names)
    line = found.only("pseudonym", "rank", "has_won").first()
    if line is None:
        return None
    by_code = line.pseudonym != text.upper()
    return Found(line.pseudonym, line.rank, line.has_won, by_code)


def source_of(draw: Draw) -> public_values.Source:
    """The public value that decides."""
    return public_values.SOURCES[draw.source]


def has_read(account: Account, draw: Draw) -> bool:
    """Whether somebody has typed the value already."""
    return draw.readings.filter(by=account).exists()


def readers(draw: Draw) -> int:
    """How many people have typed the value."""
    return draw.readings.values("by").distinct().count()

"""/desk/places: listing places and opening them, by the services of the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock, idempotency
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, find_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.places import services
from niangjia.places.models import Place
from niangjia.places.rules.listing import Listing
from niangjia.places.schemas.keeping import (
    DeskPlaceList,
    DeskPlaceOut,
    KeeperLinkIn,
    KeeperLinkOut,
    KeeperList,
    NewPlaceIn,
    OtherHoursIn,
    OtherHoursOut,
    PlaceChangeIn,
    PlaceCheckIn,
    PlaceClosingIn,
    PlaceHoursIn,
    PlaceListingIn,
    PlaceWordsIn,
    PlateOut,
    PlateRenewalIn,
)
from niangjia.places.selectors import desk as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.regions import selectors as regions

router = Router(tags=["desk"])
Answer = dict[str, Any]


def place_for(request: HttpRequest, code: str) -> tuple[Place, Post]:
    """A place within reach, and the nearest post to act by. Raises `NotFound`."""
    posts = posts_for(request, KEEPS)
    place = selectors.access_place_within(posts, code)
    return place, access_acting_post(posts, KEEPS, place.union.path)


def approver_for(request: HttpRequest, code: str) -> tuple[Place, Post]:
    """The same, by a post above the union of the place where there is one."""
    posts = posts_for(request, KEEPS)
    place = selectors.access_place_within(posts, code)
    above = [post for post in posts if post.union_id != place.union_id]
    path = place.union.path
    post = find_acting_post(above, KEEPS, path) or access_acting_post(posts, KEEPS, path)
    return place, post


def listing_of(payload: PlaceListingIn) -> Listing:
    """What was sent, as a listing. Raises `Invalid` on "division"."""
    values = payload.dict(include=set(Listing.__dataclass_fields__))
    division = regions.find_division(payload.division)
    if division is None:
        problem = _("There is no such division. Choose the place from the list.")
        raise Invalid(problem, fields={"division": problem})
    values = {key: tuple(each) if isinstance(each, list) else each for key, each in values.items()}
    return Listing(**values | {"division": division})


def shown(place: Place) -> Answer:
    """A place as `DeskPlaceOut`."""
    own = set(PlaceListingIn.model_fields) - {"division"} | {"code", "state", "changed_at"}
    values = {name: getattr(place, name) for name in own}
    return values | {"division": place.division_id, "union": place.union.number}


@router.get("", response=DeskPlaceList, summary="Places within reach")
def list_desk_places(
    request: HttpRequest, tab: str = "", q: str = "", cursor: str | None = None
) -> Answer:
    """`tab` is wait, progress, closed, or nothing for what is on the map. The newest first."""
    posts = posts_for(request, KEEPS)
    found = selectors.list_places_within(posts).filter(selectors.in_tab(tab, posts))
    found = found.filter(selectors.matching(q.replace("\0", "")[:60])) if q else found
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(shown, page.items)), "next": page.next}


@router.post("", response={201: DeskPlaceOut}, summary="Write a place down")
def draft_place(request: HttpRequest, payload: NewPlaceIn) -> Status[Answer]:
    """Seen by its officers alone. 409 "same-door" names what stands there already."""
    posts = posts_for(request, KEEPS)
    union = access_union_within(posts, KEEPS, payload.union)
    made = services.draft_place(
        by=access_acting_post(posts, KEEPS, union.path),
        union=union,
        listing=listing_of(payload),
        now=clock.now(),
        knows_neighbours=payload.knows_neighbours,
        knows_point=payload.knows_point,
    )
    return Status(201, shown(made))


@router.get("/{code}", response=DeskPlaceOut, summary="One place, as its officers see it")
def show_desk_place(request: HttpRequest, code: str) -> Answer:
    """Whatever its state."""
    return shown(place_for(request, code)[0])


@router.put("/{code}", response=DeskPlaceOut, summary="Write a place anew")
def change_place(request: HttpRequest, code: str, payload: PlaceChangeIn) -> Answer:
    """What is on the map changes at once. 409 "same-door" names what stands where it moves to."""
    place, by = place_for(request, code)
    changed = services.change_place(
        by=by,
        place=place,
        listing=listing_of(payload),
        now=clock.now(),
        knows_neighbours=payload.knows_neighbours,
        knows_point=payload.knows_point,
    )
    return shown(changed)


@router.post("/{code}/application", response=DeskPlaceOut, summary="Ask the union above")
def apply_for_place(request: HttpRequest, code: str, payload: PlaceWordsIn) -> Answer:
    """It has somebody look at it."""
    place, by = place_for(request, code)
    words = payload.words
    return shown(services.apply_for_place(by=by, place=place, words=words, now=clock.now()))


@router.post("/{code}/checks", response=DeskPlaceOut, summary="Somebody looked at it on site")
def check_place(request: HttpRequest, code: str, payload: PlaceCheckIn) -> Answer:
    """With nothing wrong that is needed it can be approved."""
    place, by = place_for(request, code)
    return shown(services.check_place(by=by, place=place, now=clock.now(), **payload.dict()))


@router.post("/{code}/approval", response=DeskPlaceOut, summary="Let it open")
def approve_place(request: HttpRequest, code: str, payload: PlaceWordsIn) -> Answer:
    """By the union above, and nobody what they applied for themselves."""
    place, by = approver_for(request, code)
    words = payload.words
    return shown(services.approve_place(by=by, place=place, words=words, now=clock.now()))


@router.post("/{code}/return", response=DeskPlaceOut, summary="Send it back")
def return_place(request: HttpRequest, code: str, payload: PlaceWordsIn) -> Answer:
    """With what is to be put right."""
    place, by = approver_for(request, code)
    words = payload.words
    return shown(services.return_place(by=by, place=place, words=words, now=clock.now()))


@router.post("/{code}/publication", response=DeskPlaceOut, summary="Put it on the map")
def open_place(request: HttpRequest, code: str) -> Answer:
    """Once it is approved. Twice is once."""
    place, by = place_for(request, code)
    return shown(services.open_place(by=by, place=place, now=clock.now()))


@router.post("/{code}/closing", response=DeskPlaceOut, summary="Close it for good")
def close_place(request: HttpRequest, code: str, payload: PlaceClosingIn) -> Answer:
    """Its page says since when and why. Twice is once."""
    place, by = place_for(request, code)
    reason = payload.reason
    return shown(services.close_place(by=by, place=place, reason=reason, now=clock.now()))


@router.put("/{code}/hours", response=DeskPlaceOut, summary="Hours of the week")
def change_hours(request: HttpRequest, code: str, payload: PlaceHoursIn) -> Answer:
    """From now on."""
    place, by = place_for(request, code)
    hours = payload.hours
    return shown(services.change_hours(by=by, place=place, hours=hours, now=clock.now()))


@router.post("/{code}/other-hours", response={201: OtherHoursOut}, summary="Other hours for days")
def set_other_hours(request: HttpRequest, code: str, payload: OtherHoursIn) -> Status[Any]:
    """Those for the fewest days win."""
    place, by = place_for(request, code)
    made = services.set_other_hours(by=by, place=place, now=clock.now(), **payload.dict())
    return Status(201, made)


@router.get("/{code}/keepers", response=KeeperList, summary="Who keeps a place")
def list_keepers(request: HttpRequest, code: str) -> Answer:
    """Now. `next` is always null."""
    place, _by = place_for(request, code)
    return {"items": list(place.keepers.filter(ended_at=None).order_by("since_at")), "next": None}


@router.post("/{code}/keepers", response={201: KeeperLinkOut}, summary="A link for a keeper")
def invite_keeper(request: HttpRequest, code: str, payload: KeeperLinkIn) -> Status[Answer]:
    """Shown once; for one person, for a week."""
    idempotency.read_anew(request)
    place, by = place_for(request, code)
    name = payload.known_as
    token = services.invite_keeper(by=by, place=place, known_as=name, now=clock.now())
    return Status(201, {"token": token})


@router.delete("/keepers/{keeper_id}", response={204: None}, summary="They keep it no longer")
def end_keeping(request: HttpRequest, keeper_id: str) -> Status[None]:
    """From the next request on. Twice is once."""
    posts = posts_for(request, KEEPS)
    keeper = selectors.access_keeper_within(posts, keeper_id)
    by = access_acting_post(posts, KEEPS, keeper.place.union.path)
    services.end_keeping(by=by, keeper=keeper, now=clock.now())
    return Status(204, None)


@router.post("/{code}/plate", response=PlateOut, summary="The plate in force")
def issue_plate(request: HttpRequest, code: str) -> Any:
    """Made when there is none yet."""
    place, by = place_for(request, code)
    return services.issue_plate(by=by, place=place, now=clock.now())


@router.post("/{code}/plate/renewal", response=PlateOut, summary="A new plate")
def renew_plate(request: HttpRequest, code: str, payload: PlateRenewalIn) -> Any:
    """The old one is dead from now on."""
    place, by = place_for(request, code)
    reason = payload.reason
    return services.renew_plate(by=by, place=place, reason=reason, now=clock.now())

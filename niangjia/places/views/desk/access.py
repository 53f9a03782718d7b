"""Which place an officer's page is about, and by which post they act."""

from niangjia.members.doors import OfficerRequest
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places.models import Place
from niangjia.places.selectors import desk
from niangjia.places.selectors.desk import KEEPS


def place_for(request: OfficerRequest, code: str) -> tuple[Place, Post]:
    """A place within reach, and the nearest post to act by. Raises `NotFound`."""
    place = desk.access_place_within(request.posts, code)
    return place, access_acting_post(request.posts, KEEPS, place.union.path)


def approver_for(request: OfficerRequest, place: Place) -> Post:
    """`selectors.desk.access_approver` for a page."""
    return desk.access_approver(request.posts, place)

"""Which place an officer's page is about, and by which post they act."""

from niangjia.members.doors import OfficerRequest
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, find_acting_post
from niangjia.places.models import Place
from niangjia.places.selectors import desk
from niangjia.places.selectors.desk import KEEPS


def place_for(request: OfficerRequest, code: str) -> tuple[Place, Post]:
    """A place within reach, and the nearest post to act by. Raises `NotFound`."""
    place = desk.access_place_within(request.posts, code)
    return place, access_acting_post(request.posts, KEEPS, place.union.path)


def approver_for(request: OfficerRequest, place: Place) -> Post:
    """The nearest post above the union of the place, else the one at it: the service says whether
    that is enough. Raises `NotFound`."""
    above = [post for post in request.posts if post.union_id != place.union_id]
    path = place.union.path
    return find_acting_post(above, KEEPS, path) or access_acting_post(request.posts, KEEPS, path)

"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.members.services.posts import appoint_post, end_post

__all__ = ["appoint_post", "end_post"]

"""The worker's side: joining, the application, the membership, the card, the inbox."""

from niangjia.members.views.joining.applications import application

__all__ = ["application"]

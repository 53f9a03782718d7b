"""The public pages of this room."""

from niangjia.organisations.views.finding import find, places
from niangjia.organisations.views.guiding import guide
from niangjia.organisations.views.showing import show

__all__ = ["find", "guide", "places", "show"]

"""Every use case that changes unions."""

from niangjia.organisations.services.counting import count
from niangjia.organisations.services.founding import create_union

__all__ = ["count", "create_union"]

"""The tables of this room. What callers said stands under row-level security (migration 0002)."""

from niangjia.hotline.models.aftercare import AskedBy, CallBackResult, Quality
from niangjia.hotline.models.articles import Article
from niangjia.hotline.models.calls import Call, CallState, Channel, Ending
from niangjia.hotline.models.entries import OrderEntry, OrderEntryKind
from niangjia.hotline.models.lines import Line
from niangjia.hotline.models.orders import State, UrgentKind, Way, WorkOrder
from niangjia.hotline.models.paging import OnCall, Page, PageWay
from niangjia.hotline.models.shifts import HandOver, HandOverKind, Shift
from niangjia.hotline.models.tallies import DayTally, MonthTally
from niangjia.hotline.models.telephony import TelephonyEvent
from niangjia.hotline.models.topics import Category, Grade, Topic

__all__ = [
    "Article",
    "AskedBy",
    "Call",
    "CallBackResult",
    "CallState",
    "Category",
    "Channel",
    "DayTally",
    "Ending",
    "Grade",
    "HandOver",
    "HandOverKind",
    "Line",
    "MonthTally",
    "OnCall",
    "OrderEntry",
    "OrderEntryKind",
    "Page",
    "PageWay",
    "Quality",
    "Shift",
    "State",
    "TelephonyEvent",
    "Topic",
    "UrgentKind",
    "Way",
    "WorkOrder",
]

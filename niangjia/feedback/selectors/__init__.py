"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""

from niangjia.feedback.selectors.answers import list_answers
from niangjia.feedback.selectors.call_backs import access_call_back, find_call_back, list_call_backs
from niangjia.feedback.selectors.invitations import (
    access_invitation,
    access_invitation_within,
    find_asked_again,
    find_invitation_by_token,
    find_latest_invitation,
    find_rating,
    list_invitations,
)
from niangjia.feedback.selectors.orders import (
    access_order,
    count_orders,
    find_order,
    list_orders,
    list_steps,
)
from niangjia.feedback.selectors.scores import read_scores
from niangjia.feedback.selectors.signals import access_signal, list_signals
from niangjia.feedback.selectors.terms import working_days_at

__all__ = [
    "access_call_back",
    "access_invitation",
    "access_invitation_within",
    "access_order",
    "access_signal",
    "count_orders",
    "find_asked_again",
    "find_call_back",
    "find_invitation_by_token",
    "find_latest_invitation",
    "find_order",
    "find_rating",
    "list_answers",
    "list_call_backs",
    "list_invitations",
    "list_orders",
    "list_signals",
    "list_steps",
    "read_scores",
    "working_days_at",
]

"""Naming others, and finding each other."""

from niangjia.activities.services.matching.choosing import block, choose, unchoose
from niangjia.activities.services.matching.joining import join_matching, leave_matching
from niangjia.activities.services.matching.reporting import decide_report, report
from niangjia.activities.services.matching.settling import erase_due, settle_due
from niangjia.activities.services.matching.terms import set_match_terms

__all__ = [
    "block",
    "choose",
    "decide_report",
    "erase_due",
    "join_matching",
    "leave_matching",
    "report",
    "set_match_terms",
    "settle_due",
    "unchoose",
]

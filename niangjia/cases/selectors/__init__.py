"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""

from niangjia.cases.selectors.cases import (
    NEWEST,
    QUEUE_ORDER,
    TABS,
    QueueFilter,
    access_case,
    access_own_case,
    count_queues,
    list_entries,
    list_own_cases,
    list_queue,
    nearby,
    visible_cases,
)
from niangjia.cases.selectors.catalogue import rows_of_catalogue
from niangjia.cases.selectors.items import Offered, access_offered, document_of, list_offered
from niangjia.cases.selectors.owners import (
    owner_of_account,
    owner_of_receipt,
    person_digest,
)

__all__ = [
    "NEWEST",
    "QUEUE_ORDER",
    "TABS",
    "Offered",
    "QueueFilter",
    "access_case",
    "access_offered",
    "access_own_case",
    "count_queues",
    "document_of",
    "list_entries",
    "list_offered",
    "list_own_cases",
    "list_queue",
    "nearby",
    "owner_of_account",
    "owner_of_receipt",
    "person_digest",
    "rows_of_catalogue",
    "visible_cases",
]

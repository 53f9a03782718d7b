"""Every question to this room's tables. What is protected is asked in a viewer's scope."""

from niangjia.hotline.selectors.articles import access_article, list_articles
from niangjia.hotline.selectors.calls import (
    access_call,
    list_at_hand,
    list_to_call_back,
    number_digest,
    number_digests,
    visible_calls,
)
from niangjia.hotline.selectors.lines import access_line, find_line_near, lines_of
from niangjia.hotline.selectors.orders import access_order, visible_orders, was_written
from niangjia.hotline.selectors.topics import access_topic, list_topics

__all__ = [
    "access_article",
    "access_call",
    "access_line",
    "access_order",
    "access_topic",
    "find_line_near",
    "lines_of",
    "list_articles",
    "list_at_hand",
    "list_to_call_back",
    "list_topics",
    "number_digest",
    "number_digests",
    "visible_calls",
    "visible_orders",
    "was_written",
]

"""/desk/hotline: what a call can be about and what can be said, and what a line says itself."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock
from niangjia.hotline import selectors, services
from niangjia.hotline.api.access import find_line
from niangjia.hotline.models import Article
from niangjia.hotline.rules import finding
from niangjia.hotline.schemas.knowledge import (
    HotlineArticleIn,
    HotlineArticleOut,
    HotlineArticles,
    HotlineTopicIn,
    HotlineTopicOut,
    HotlineTopics,
)

router = Router(tags=["desk"])


@router.get("/topics", response=HotlineTopics, summary="What a call can be about")
def list_hotline_topics(request: HttpRequest, line: str = "", words: str = "") -> dict[str, Any]:
    """Narrowed by words, or the initials of the pinyin."""
    found = selectors.list_topics(find_line(request, line)[1])
    return {"items": finding.found(found, words[:60])}


@router.post("/topics", response={201: HotlineTopicOut}, summary="A topic of the line's own")
def add_hotline_topic(request: HttpRequest, payload: HotlineTopicIn, line: str = "") -> Status[Any]:
    """It can be chosen at once. 409 when there is one of this name."""
    post, found = find_line(request, line)
    made = services.add_topic(by=post, line=found, now=clock.now(), **payload.dict())
    return Status(201, made)


@router.delete("/topics/{key}", response={204: None}, summary="End a topic of the line's own")
def end_hotline_topic(request: HttpRequest, key: str, line: str = "") -> Status[None]:
    """It can be chosen no longer; the orders that have it keep it. Twice is once."""
    post, found = find_line(request, line)
    services.retire_topic(by=post, line=found, key=key)
    return Status(204, None)


@router.get("/articles", response=HotlineArticles, summary="What can be said")
def list_hotline_articles(request: HttpRequest, line: str = "", topic: str = "") -> dict[str, Any]:
    """All of it, or what belongs to a topic."""
    found = selectors.list_articles(find_line(request, line)[1])
    return {"items": [each for each in found if not topic or topic in each.topics]}


@router.post("/articles", response={201: HotlineArticleOut}, summary="An article of the line's own")
def add_hotline_article(
    request: HttpRequest, payload: HotlineArticleIn, line: str = ""
) -> Status[Article]:
    """It is read out at this line from now on."""
    post, found = find_line(request, line)
    made = services.edit_article(by=post, line=found, now=clock.now(), **payload.dict())
    return Status(201, made)


@router.put("/articles/{key}", response=HotlineArticleOut, summary="Say it differently here")
def edit_hotline_article(
    request: HttpRequest, key: str, payload: HotlineArticleIn, line: str = ""
) -> Article:
    """At this line from now on; elsewhere, and with the orders before, it stays as it was."""
    post, found = find_line(request, line)
    selectors.access_article(found, key)
    return services.edit_article(by=post, line=found, key=key, now=clock.now(), **payload.dict())

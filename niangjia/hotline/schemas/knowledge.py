"""What the operations on topics and articles take and answer."""

import datetime as dt
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

Word = Annotated[str, StringConstraints(max_length=40)]


class HotlineTopicOut(Schema):
    """What a call can be about; `about_officer`: it is about somebody who works at a union, so who
    it is has to be asked."""

    key: str
    category: str
    name: str
    name_en: str
    initials: str
    service_key: str = Field(alias="item_key")
    grade: str
    about_officer: bool


class HotlineTopicIn(Schema):
    """`category` is one of the five classes; `item_key` the service a case of it is, "" for what is
    only answered."""

    category: str = Field(max_length=12)
    name: str = Field(max_length=60)
    keywords: Annotated[list[Word], Field(max_length=20)] = []
    item_key: str = Field("", max_length=40)
    grade: str = Field("ordinary", max_length=10)
    about_officer: bool = False


class HotlineArticleOut(Schema):
    """What an agent can read out."""

    key: str
    title: str
    body: str
    basis: str
    topics: list[str]
    as_of_date: dt.date
    number: int


class HotlineArticleIn(Schema):
    """`topics` are the keys of what it is shown with; `as_of_date` is when somebody last checked it
    against the law."""

    title: str = Field(max_length=80)
    body: str = Field(max_length=6000)
    basis: str = Field("", max_length=400)
    topics: Annotated[list[Word], Field(max_length=100)] = []
    as_of_date: dt.date


class HotlineTopics(Schema):
    items: list[HotlineTopicOut]
    next: str | None = None


class HotlineArticles(Schema):
    items: list[HotlineArticleOut]
    next: str | None = None

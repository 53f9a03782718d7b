"""The national topics and articles, as they lie in the files of this room."""

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ROOM = Path(__file__).parent.parent
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Seed(BaseModel):
    """Nothing unknown in it, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TopicSeed(Seed):
    """A national topic: see `models.Topic`."""

    key: Key
    category: Literal["consultation", "service", "complaint", "legal_aid", "suggestion"]
    name: Annotated[Words, StringConstraints(max_length=60)]
    name_en: Annotated[Words, StringConstraints(max_length=120)]
    keywords: list[Word] = Field(default_factory=list, max_length=20)
    item_key: str = ""
    grade: Literal["ordinary", "difficult", "complex"] = "ordinary"
    urgent_words: list[Word] = Field(default_factory=list, max_length=20)
    about_officer: bool = False


class ArticleSeed(Seed):
    """A national article: see `models.Article`."""

    key: Key
    title: Annotated[Words, StringConstraints(max_length=80)]
    body: Annotated[Words, StringConstraints(max_length=6000)]
    basis: Annotated[Words, StringConstraints(max_length=400)]
    topics: list[Key]
    as_of_date: dt.date


@cache
def topics() -> tuple[TopicSeed, ...]:
    """Every national topic, in the order of the files and within each."""
    return tuple(
        TopicSeed(category=table["category"], **topic)
        for file in sorted((ROOM / "topics").glob("*.toml"))
        for table in [tomllib.loads(file.read_text(encoding="utf-8"))]
        for topic in table["topics"]
    )


@cache
def articles() -> tuple[ArticleSeed, ...]:
    """Every national article."""
    return tuple(
        ArticleSeed(**article)
        for file in sorted((ROOM / "articles").glob("*.toml"))
        for article in tomllib.loads(file.read_text(encoding="utf-8"))["articles"]
    )

"""Topics and articles: what comes with the software, and what a line says itself."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import ServiceItem
from niangjia.cases.selectors import access_offered
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound, Text
from niangjia.hotline.models import Article, Category, Grade, Line, Topic
from niangjia.hotline.rules import content
from niangjia.hotline.selectors import list_articles, list_topics
from niangjia.members.models import Post
from niangjia.regions.rules.readings import initials, pinyin


@transactions.atomic
def seed_knowledge(*, now: dt.datetime) -> int:
    """Write the national topics and articles that come with this software; says how many are new or
    have changed. A topic that is gone from the files can no longer be chosen. Twice is once."""
    changed = sum(seed_topic(seed, position) for position, seed in enumerate(content.topics()))
    keys = [seed.key for seed in content.topics()]
    Topic.objects.filter(line=None, is_active=True).exclude(key__in=keys).update(is_active=False)
    return changed + sum(seed_article(seed, now) for seed in content.articles())


def seed_topic(seed: content.TopicSeed, position: int) -> bool:
    """One topic; whether it is new or changed."""
    values = seed.model_dump() | {
        "position": position,
        "initials": initials(seed.name),
        "is_active": True,
    }
    found = Topic.objects.filter(line=None, key=seed.key).first()
    if found and all(getattr(found, name) == value for name, value in values.items()):
        return False
    Topic.objects.update_or_create(line=None, key=seed.key, defaults=values)
    return True


def seed_article(seed: content.ArticleSeed, now: dt.datetime) -> bool:
    """One article; a national wording that a person has edited is theirs and stays."""
    values = seed.model_dump()
    found = Article.objects.filter(line=None, key=seed.key, is_current=True).first()
    if found and (
        found.edited_by_account_id
        or all(getattr(found, name) == value for name, value in values.items())
    ):
        return False
    write_wording(found, None, values, None, now)
    return True


@transactions.atomic
def add_topic(
    *,
    by: Post,
    line: Line,
    category: str,
    name: str,
    keywords: Sequence[str] = (),
    item_key: str = "",
    grade: str = Grade.ORDINARY,
    about_officer: bool = False,
    now: dt.datetime,
) -> Topic:
    """Add a topic of the line's own. One `about_officer`, somebody at a union, is only answered, or
    its service has cases about such. Raises `Invalid` beside each field, `Conflict` for a name that
    is there already."""
    problems: dict[str, Text] = {}
    if category not in Category.values:
        problems["category"] = _("Choose one of the list.")
    if not 2 <= len(name.strip()) <= 60:
        problems["name"] = _("Give it a name of 2 to 60 characters.")
    if item_key and not ServiceItem.objects.filter(key=item_key).exists():
        problems["item_key"] = _("There is no such service.")
    elif about_officer and item_key and not is_about_officers(item_key, line):
        problems["item_key"] = _("A case of this service is never about somebody at a union.")
    if grade not in Grade.values:
        problems["grade"] = _("Choose how hard it is.")
    if problems:
        raise Invalid(_("Some answers need another look."), code="bad-topic", fields=problems)
    Line.objects.select_for_update().get(pk=line.pk)
    there = Topic.objects.filter(Q(line=None) | Q(line=line), is_active=True)
    if there.filter(name=name.strip()).exists():
        raise Conflict(_("There is a topic of this name already."), code="topic-exists")
    topic = Topic.objects.create(
        line=line,
        key=own_key(name, Topic.objects.filter(line=line).count()),
        category=category,
        name=name.strip(),
        keywords=[each.strip()[:40] for each in keywords if each.strip()][:20],
        initials=initials(name),
        item_key=item_key,
        grade=grade,
        about_officer=about_officer,
        position=1000,
    )
    record("topic_added", by, line, topic.key)
    return topic


def is_about_officers(item_key: str, line: Line) -> bool:
    """Whether a case of the item may be about somebody at a union, where the line is."""
    with suppress(NotFound):
        return access_offered(item_key, line.union).document.about_officers
    return False


@transactions.atomic
def retire_topic(*, by: Post, line: Line, key: str) -> None:
    """A topic of the line's own can be chosen no longer. Twice is once."""
    if Topic.objects.filter(line=line, key=key, is_active=True).update(is_active=False):
        record("topic_retired", by, line, key)


@transactions.atomic
def edit_article(
    *,
    by: Post,
    line: Line,
    key: str = "",
    title: str,
    body: str,
    basis: str = "",
    topics: Sequence[str] = (),
    as_of_date: dt.date,
    now: dt.datetime,
) -> Article:
    """Say something differently at a line from now on, or something new (`key` ""). A national
    article stays as it is elsewhere; what was read out to callers before stays with their orders.

    Raises `Invalid` beside each field.
    """
    problems: dict[str, Text] = {}
    if not 2 <= len(title.strip()) <= 80:
        problems["title"] = _("Give it a title of 2 to 80 characters.")
    if not 20 <= len(body.strip()) <= 6000:
        problems["body"] = _("Write what to tell the caller, in 20 to 6,000 characters.")
    if as_of_date > now.date() + dt.timedelta(days=1):
        problems["as_of_date"] = _("Somebody must have checked it by today.")
    if not set(topics) <= {topic.key for topic in list_topics(line)}:
        problems["topics"] = _("Choose from the list.")
    if problems:
        raise Invalid(_("Some answers need another look."), code="bad-article", fields=problems)
    Line.objects.select_for_update().get(pk=line.pk)
    standing = list_articles(line).filter(key=key).first() if key else None
    values = {
        "key": standing.key
        if standing
        else own_key(title, Article.objects.filter(line=line).count()),
        "title": title.strip(),
        "body": body.strip(),
        "basis": basis.strip()[:400],
        "topics": list(topics),
        "as_of_date": as_of_date,
    }
    own = standing if standing and standing.line_id else None
    article = write_wording(own, line, values, by, now)
    record("article_edited", by, line, article.key)
    return article


def own_key(name: str, before: int) -> str:
    """A key for something of a line's own, of which there were `before`."""
    return f"own-{(pinyin(name) or 'x')[:24]}-{before + 1}"


def write_wording(
    before: Article | None,
    line: Line | None,
    values: dict[str, object],
    by: Post | None,
    now: dt.datetime,
) -> Article:
    """A new wording; the one before is retired."""
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    return Article.objects.create(
        line=line,
        number=before.number + 1 if before else 1,
        edited_at=now,
        edited_by_account_id=by.account_id if by else None,
        **values,
    )


def record(what: str, by: Post, line: Line, key: str) -> None:
    """An entry of the audit chain."""
    audit.record(
        action=f"hotline.{what}",
        by=by.account_id,
        subject=f"hotline-line:{line.pk}",
        union_id=line.union_id,
        details={"key": key},
    )

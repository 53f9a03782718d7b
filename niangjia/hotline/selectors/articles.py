"""What agents can read out at a line."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import NotFound
from niangjia.hotline.models import Article, Line


def list_articles(line: Line) -> QuerySet[Article]:
    """The articles that hold at `line`: its own, and the national ones in whose place none of its
    own stands. One query."""
    own = Article.objects.filter(line=line, key=OuterRef("key"), is_current=True)
    return Article.objects.filter(
        Q(line=line) | Q(line=None) & ~Exists(own), is_current=True
    ).order_by("title")


def access_article(line: Line, key: str) -> Article:
    """The present wording of one. Raises `NotFound`."""
    found = list_articles(line).filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such article any more."))
    return found

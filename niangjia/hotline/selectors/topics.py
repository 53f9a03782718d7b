"""What calls at a line can be about."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.hotline.models import Line, Topic


def list_topics(line: Line) -> QuerySet[Topic]:
    """The national topics and the line's own, in the order of classes. One query."""
    return Topic.objects.filter(Q(line=None) | Q(line=line), is_active=True).order_by("position")


def access_topic(line: Line, key: str) -> Topic:
    """The topic of this key at `line`, the line's own before the national one. Raises `Invalid`
    on `topic`."""
    found = list_topics(line).filter(key=key).order_by("line_id").first()
    if found is None:
        problem = _("Choose what it is about from the list.")
        raise Invalid(problem, code="unknown-topic", fields={"topic": problem})
    return found

"""What unions answered in public, once the union above approved it."""

from django.db.models import QuerySet

from niangjia.core import scope
from niangjia.feedback.models import Answer
from niangjia.organisations.models import Union


def list_answers(union: Union, *, item_key: str | None = None) -> QuerySet[Answer]:
    """The answers of `union` and of those below it. Order by `-published_at`, `id`."""
    found = Answer.objects.filter(scope.subtree(union.path, field="union__path"))
    if item_key is not None:
        found = found.filter(item_key=item_key)
    return found.select_related("union")

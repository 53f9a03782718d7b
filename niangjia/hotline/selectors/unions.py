"""The unions a matter of a line can begin with."""

from django.db.models import QuerySet

from niangjia.hotline.models import Line
from niangjia.organisations.models import Status, Union


def list_unions_of(line: Line) -> QuerySet[Union]:
    """The line's own union and all below it that are there."""
    return Union.objects.filter(path__startswith=line.union.path, status=Status.ACTIVE)

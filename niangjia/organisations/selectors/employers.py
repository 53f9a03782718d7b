"""Employers that are one and the same, and the unions that are or were there for them."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from niangjia.organisations.models import Employer, EmployerName, PastEmployer, Union


def kin(employer_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """`employer_ids` and every record of the same employers: merged into one another, or of the
    same name, now or once. As many queries as there are steps between them, two as a rule."""
    found, new = set[uuid.UUID](), set(employer_ids)
    while new:
        found |= new
        names = Employer.objects.filter(pk__in=new).values("name")
        former = EmployerName.objects.filter(employer__in=new).values("name")
        heirs = Employer.objects.filter(pk__in=new, merged_into__isnull=False)
        once = EmployerName.objects.filter(Q(name__in=names) | Q(name__in=former))
        new = set(
            Employer.objects.filter(
                Q(name__in=names)
                | Q(name__in=former)
                | Q(pk__in=once.values("employer"))
                | Q(merged_into__in=new)
                | Q(pk__in=heirs.values("merged_into"))
            )
            .exclude(pk__in=found)
            .values_list("pk", flat=True)
        )
    return found


def links_ever(
    unions: Iterable[uuid.UUID], employers: Iterable[uuid.UUID]
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Each of `unions` with each of `employers` it is there for, or once was. One query."""
    pair = ("union_id", "employer_id")
    both = Q(union_id__in=list(unions), employer_id__in=list(employers))
    now = Union.employers.through.objects.filter(both).values_list(*pair)
    return list(PastEmployer.objects.filter(both).values_list(*pair).union(now))


def unions_ever_of(employers: Iterable[uuid.UUID]) -> QuerySet[Union]:
    """The unions that are there for one of `employers`, or once were."""
    wanted = list(employers)
    now = Union.employers.through.objects.filter(employer_id__in=wanted).values("union_id")
    once = PastEmployer.objects.filter(employer_id__in=wanted).values("union_id")
    return Union.objects.filter(Q(pk__in=now) | Q(pk__in=once))

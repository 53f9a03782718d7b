"""Employers that are one and the same."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from niangjia.organisations.models import Employer


def kin(employer_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """`employer_ids` and every record of the same employers: merged into one another, or of the
    same name. As many queries as there are steps between them, two as a rule."""
    found, new = set[uuid.UUID](), set(employer_ids)
    while new:
        found |= new
        names = Employer.objects.filter(pk__in=new).values("name")
        heirs = Employer.objects.filter(pk__in=new, merged_into__isnull=False)
        new = set(
            Employer.objects.filter(
                Q(name__in=names) | Q(merged_into__in=new) | Q(pk__in=heirs.values("merged_into"))
            )
            .exclude(pk__in=found)
            .values_list("pk", flat=True)
        )
    return found

"""Which case a file belongs to."""

import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import CaseFile
from niangjia.core import protection
from niangjia.core.errors import NotFound
from niangjia.members.models import Account


def number_of_case_with(file_id: uuid.UUID, *, account: Account) -> str:
    """The number of the case a file was handed in with, for an officer who may see it. Raises
    `NotFound`."""
    with protection.viewing(account=account.pk):
        found = CaseFile.objects.filter(pk=file_id, case__isnull=False)
        number = found.values_list("case__number", flat=True).first()
    if number is None:
        raise NotFound(_("There is no such page"))
    return str(number)

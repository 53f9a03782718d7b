"""Finding, or writing down, the employer somebody complains about."""

from niangjia.core import transactions
from niangjia.organisations.models import Employer
from niangjia.organisations.rules import details
from niangjia.regions.models import Division


@transactions.atomic
def find_or_note_employer(*, name: str, uscc: str = "", division: Division) -> Employer:
    """The employer of this code, else one of this name in the same province, else a new record.

    A record of the same name is tied to the same people (`members_tied_employers`), so it does no
    harm that the name alone is known.
    """
    code = details.normalised_uscc(uscc or None)
    if code and (found := Employer.objects.filter(uscc=code).first()):
        return found
    name = " ".join(name.split())
    near = Employer.objects.filter(name=name, division__code__startswith=division.code[:2])
    found = near.order_by("id").first()
    return found or Employer.objects.create(name=name, uscc=code, division=division)

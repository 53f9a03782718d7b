"""What a union may say about itself: checks across fields that a column cannot make."""

import datetime as dt
import re
from typing import Any

import opening_hours
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc as uscc_numbers

from niangjia.organisations.models import Kind
from niangjia.organisations.rules.positions import is_around_china

#: A union's code begins with 8 (unions); 1 is a grassroots union, 9 any other.
UNION_PREFIXES = {"81", "89"}
#: Grassroots committees sit for three or five years, all others for five (Trade Union Law,
#: Article 16).
TERMS = {3, 5}
TERM_ABOVE_GRASSROOTS = 5
PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,24}(转\d{1,6})?|12351")
LONGEST_INTRODUCTION = 2000

Faults = dict[str, str | Promise]


def normalised_uscc(text: str | None) -> str | None:
    """The code without spaces and hyphens, in capitals; None when there is none."""
    return re.sub(r"[\s\-]", "", text).upper() or None if text else None


def uscc_fault(code: str | None, *, of_union: bool) -> str | Promise | None:
    """What is wrong with a unified social credit code (GB 32100-2015), or None."""
    if not code:
        return None
    if len(code) != 18:
        return _("A unified social credit code has 18 characters.")
    if not uscc_numbers.is_valid(code):
        return _("The code does not agree with its check digit. Please look for a typing error.")
    if of_union and code[:2] not in UNION_PREFIXES:
        return _("A union's code begins with 81 or 89.")
    return None


def opening_hours_fault(text: str) -> str | Promise | None:
    """What is wrong with opening hours in OpenStreetMap's syntax, or None."""
    if text and not opening_hours.validate(text):
        return _("Please write the hours like this: Mo-Fr 08:30-17:30; Sa 09:00-12:00")
    return None


def term_end(elected: dt.date, years: int) -> dt.date:
    """The day the committee's term ends: the same day of the year, 1 March for 29 February."""
    try:
        return elected.replace(year=elected.year + years)
    except ValueError:
        return dt.date(elected.year + years, 3, 1)


def faults(kind: str, fields: dict[str, Any], *, today: dt.date) -> Faults:
    """What is wrong with these fields of a union of `kind`, by field."""
    found: Faults = {}
    if fault := uscc_fault(fields["uscc"], of_union=True):
        found["uscc"] = fault
    if fault := opening_hours_fault(fields["opening_hours"]):
        found["opening_hours"] = fault
    if fields["phone"] and not PHONE.fullmatch(fields["phone"]):
        found["phone"] = _("Please give a telephone number with its area code, like 0579-85550123.")
    if len(fields["introduction"]) > LONGEST_INTRODUCTION:
        found["introduction"] = _("Please say it in at most %(most)s characters.") % {
            "most": LONGEST_INTRODUCTION
        }
    found |= _committee_faults(kind, fields, today)
    found |= point_faults(fields["longitude"], fields["latitude"])
    return found


def _committee_faults(kind: str, fields: dict[str, Any], today: dt.date) -> Faults:
    found: Faults = {}
    years = fields["committee_term_years"]
    is_grassroots = kind in {Kind.GRASSROOTS, Kind.JOINT, Kind.GROUP}
    if years is not None and years not in TERMS:
        found["committee_term_years"] = _("A committee's term is three or five years.")
    elif years is not None and not is_grassroots and years != TERM_ABOVE_GRASSROOTS:
        found["committee_term_years"] = _("Above the grassroots, a committee's term is five years.")
    for field in ("founded_date", "committee_elected_date"):
        if fields[field] and fields[field] > today:
            found[field] = _("This day has not come yet.")
    elected, ends = fields["committee_elected_date"], fields["committee_ends_date"]
    if ends and not elected:
        found["committee_elected_date"] = _("Please say when the committee was elected.")
    return found


def point_faults(longitude: float | None, latitude: float | None) -> Faults:
    """What is wrong with a point of something in China, in degrees (WGS-84), by field: half of one,
    or one outside the country."""
    if longitude is None and latitude is None:
        return {}
    if longitude is None or latitude is None:
        missing = "longitude" if longitude is None else "latitude"
        return {missing: _("A point needs both its longitude and its latitude.")}
    if not is_around_china(longitude, latitude):
        return {"longitude": _("This point lies outside China. Are the two numbers swapped?")}
    return {}

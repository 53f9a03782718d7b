"""Loading the tables of divisions."""

from niangjia.regions.services.divisions import load_divisions
from niangjia.regions.services.reports import LoadReport, Progress, Refusal
from niangjia.regions.services.townships import load_townships

__all__ = ["LoadReport", "Progress", "Refusal", "load_divisions", "load_townships"]

"""Unions, their two trees, their employers, and what is counted up the trees."""

from niangjia.organisations.models.choices import Kind, Origin, Status, WorkerKind
from niangjia.organisations.models.employers import Employer, EmployerName, PastEmployer
from niangjia.organisations.models.figures import Figure, FigureChange, Tree
from niangjia.organisations.models.search import UnionSearch
from niangjia.organisations.models.unions import Union

__all__ = [
    "Employer",
    "EmployerName",
    "Figure",
    "FigureChange",
    "Kind",
    "Origin",
    "PastEmployer",
    "Status",
    "Tree",
    "Union",
    "UnionSearch",
    "WorkerKind",
]

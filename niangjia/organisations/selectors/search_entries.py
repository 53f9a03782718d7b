"""Unions by words, for whoever narrows them to a part of the tree."""

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from niangjia.organisations.models import UnionSearch
from niangjia.organisations.rules import search_queries, search_strata


def list_entries(words: str) -> QuerySet[UnionSearch]:
    """The entries of the unions that hold all `words`, as `find_unions` understands them: exact
    names first, then higher unions before lower ones; none without a word.

    All strata are asked at once, so that the planner reads either the index or the part of the tree
    the caller narrows to, whichever is less. For the whole country `find_unions` is faster.
    """
    query = search_queries.parse(words)
    if not query.exact:
        return UnionSearch.objects.none()
    exact = _matches(query.exact)
    return (
        UnionSearch.objects.alias(is_exact=exact)
        .filter(exact | _matches(query.contained))
        .order_by("-is_exact", "rank")
    )


def _matches(template: str) -> RawSQL:
    letters = (template.replace("#", letter) for letter in search_strata.LETTERS)
    wanted = search_queries.any_of(*letters)
    return RawSQL("tokens @@ %s::tsquery", [wanted], output_field=BooleanField())

"""The tree as an officer walks it: within reach, with figures."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from niangjia.core.pagination import page_of
from niangjia.members import selectors
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.rules.applications import is_joinable
from niangjia.members.selectors.unions_within_reach import (
    access_union_within,
    list_unions_within,
    within_reach,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Status, Union


@dataclass(frozen=True)
class Row:
    """A union and what its subtree adds up to."""

    union: Union
    members: int
    open: int
    unions: int


@require_GET
@officer_page(Action.BROWSE)
def tree(request: OfficerRequest) -> HttpResponse:
    """Where one's posts are, and a search within reach by name or number."""
    words = request.GET.get("words", "").strip()[:60]
    page = None
    if words:
        found = list_unions_within(request.posts, Action.BROWSE).exclude(status=Status.DISSOLVED)
        named = (
            found.filter(number=words) if words.isdigit() else found.filter(name__contains=words)
        )
        page = page_of(named, order=("path",), cursor=request.GET.get("cursor"))
        shown = page.items
    else:
        shown = list({post.union_id: post.union for post in request.posts}.values())
    return render(
        request,
        "members/desk/tree.html",
        {"rows": rows_of(shown), "words": words, "page": page, "posts": request.posts},
    )


@require_GET
@officer_page(Action.BROWSE)
def union(request: OfficerRequest, number: str) -> HttpResponse:
    """One union: its figures, those right below it, and what one may do here."""
    found = access_union_within(request.posts, Action.BROWSE, number)
    children = page_of(
        organisations.list_children(found), order=("path",), cursor=request.GET.get("cursor")
    )
    return render(
        request,
        "members/desk/union.html",
        {
            "union": found,
            "is_joinable": is_joinable(found),
            "row": rows_of([found])[0],
            "rows": rows_of(children.items),
            "page": children,
            "above": [
                upper
                for upper in organisations.chain_above(found)
                if within_reach(request.posts, Action.BROWSE, upper.path)
            ],
            "may": {
                action.value: selectors.find_acting_post(request.posts, action, found.path)
                for action in (
                    Action.EDIT_UNION,
                    Action.FOUND_UNIONS,
                    Action.CONFIRM_UNIONS,
                    Action.CHANGE_MEMBERSHIPS,
                    Action.MOVE_UNIONS,
                    Action.APPOINT_POSTS,
                )
            },
        },
    )


def rows_of(unions: list[Union]) -> list[Row]:
    """Each union with its figures: one query however many."""
    figures = organisations.figures_of([union.pk for union in unions])
    return [
        Row(
            union=union,
            members=found.get("members", 0),
            open=found.get("applications:open", 0),
            unions=sum(value for metric, value in found.items() if metric.startswith("unions:")),
        )
        for union in unions
        for found in [figures[union.pk]]
    ]

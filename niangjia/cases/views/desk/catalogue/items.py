"""What a union offers: the list, one item with its versions, a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import services
from niangjia.cases.forms.drafting.acts import NewItemForm
from niangjia.cases.models import ItemVersion
from niangjia.cases.rules import eligibility_words
from niangjia.cases.rules.content import Condition
from niangjia.cases.rules.drafting import comparing
from niangjia.cases.selectors import Offered, list_offered, rows_of_catalogue
from niangjia.cases.selectors import versions as selectors
from niangjia.core import clock, refusals
from niangjia.core.errors import NotFound
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import (
    access_union_within,
    find_named_union_within,
)
from niangjia.organisations.models import Union

EDITS = Action.EDIT_SERVICES


@require_GET
@never_cache
@officer_page(EDITS)
def items(request: OfficerRequest) -> HttpResponse:
    """Every item as it stands at the union of the asker's highest post, or at the one they name."""
    words = request.GET.get("union", "").strip()
    named = find_named_union_within(request.posts, EDITS, words) if words else None
    union = named or holding(request.posts, EDITS)[0].union
    return show_items(request, union, unknown="" if named else words)


@require_GET
@never_cache
@officer_page(EDITS)
def union_items(request: OfficerRequest, number: str) -> HttpResponse:
    """Every item as it stands at one union; with `item` in the address, that one alone."""
    union = access_union_within(request.posts, EDITS, number)
    if key := request.GET.get("item", ""):
        return show_item(request, union, key)
    return show_items(request, union)


def show_items(request: OfficerRequest, union: Union, unknown: str = "") -> HttpResponse:
    """The list. Six queries besides who asks, however many items."""
    rows = rows_of_catalogue(union, request.posts, request.user)
    return render(
        request,
        "cases/desk/catalogue/items.html",
        {
            "union": union,
            "unions": list({p.union.pk: p.union for p in holding(request.posts, EDITS)}.values()),
            "unknown": unknown,
            "rows": rows,
            "to_set": [row for row in rows if row.unset],
            "is_root": union.depth == 0,
        },
    )


def show_item(request: OfficerRequest, union: Union, key: str) -> HttpResponse:
    """One item at one union: what holds, what this union says, who says something else below."""
    versions = list(selectors.list_versions(union, key))
    offered = next((each for each in list_offered(union) if each.item.key == key), None)
    if offered is None and not versions:
        raise NotFound(_("There is no such page"))
    return render(
        request,
        "cases/desk/catalogue/item.html",
        {
            "union": union,
            "key": key,
            "offered": offered,
            "name": offered.document.name if offered else named(versions, key),
            "is_home": is_home(union, offered, versions),
            "amounts": offered.document.amounts if offered else [],
            "conditions": conditions_of(offered) if offered else [],
            "versions": versions,
            "officers": selectors.names_of_writers(versions),
            "variants": list(selectors.list_variants_below(union, key)[:100]),
            "open_cases": selectors.open_cases_by_item(request.posts, request.user).get(key, 0),
        },
    )


def named(versions: list[ItemVersion], key: str) -> str:
    """What an item is called where it is not offered: as its newest version has it."""
    return comparing.said(versions[0].content.get("name")) or key


def is_home(union: Union, offered: Offered | None, versions: list[ItemVersion]) -> bool:
    """Whether the item's whole document is written at this union."""
    item = offered.item if offered else versions[0].item
    return item.is_whole_at(union)


def conditions_of(offered: Offered) -> list[tuple[Condition, str]]:
    """Each condition, and what it asks in words."""
    document = offered.document
    return [
        (each, eligibility_words.explained(each.when, document)) for each in document.eligibility
    ]


@require_POST
@officer_page(EDITS)
def drafts(request: OfficerRequest, number: str) -> HttpResponse:
    """Begin a draft of an item, or go on with the one there is."""
    union = access_union_within(request.posts, EDITS, number)
    key = request.POST.get("item", "")
    version = services.begin_draft(by=acting(request, union), union=union, key=key, now=clock.now())
    return redirect("cases:item_version", version.pk)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(EDITS)
def new_item(request: OfficerRequest) -> HttpResponse:
    """Begin a new item: its key and its name. At the root a national one, at a `union` its own."""
    number = request.GET.get("union", "")
    if number:
        union = access_union_within(request.posts, EDITS, number)
    else:
        union = holding(request.posts, EDITS)[0].union
    by = acting(request, union)
    form = NewItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            version = services.create_item(
                by=by,
                union=union,
                key=form.cleaned_data["key"],
                name={"zh": form.cleaned_data["zh"], "en": form.cleaned_data["en"]},
                now=clock.now(),
            )
            return redirect("cases:item_version", version.pk)
    return render(
        request,
        "cases/desk/catalogue/new_item.html",
        {"form": form, "union": union},
        status=422 if form.errors else 200,
    )


def acting(request: HttpRequest, union: Union) -> Post:
    """The post by which the asker edits what `union` offers. Raises `NotFound`."""
    return access_acting_post(request.posts, EDITS, union.path)  # type: ignore[attr-defined]

"""What officers ask about cases, through the services and as bare statements.

The bare statements say by hand what the services ask, with everything known beforehand: the reach,
the ties, what is shared with it. They are asked as the owner, whom row-level security does not
bind, through the driver alone, and fetch the same columns.
"""

# ruff: noqa: S608 - statements of ours, put together from parts of ours; values are passed

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from django.db import connection

from niangjia.cases import selectors
from niangjia.cases.models import Case, CaseUnit, ServiceItem
from niangjia.cases.rules.search_terms import terms
from niangjia.cases.selectors.cases import COUNT_LIMIT, COUNTY_DEPTH
from niangjia.cases.selectors.search import PAGE, Found, Sought, search
from niangjia.cases.selectors.search_terms import digests, made_under
from niangjia.core import clock, protection, scope
from niangjia.core.pagination import Page, page_of
from niangjia.members.models import Post
from niangjia.members.selectors.ties import tied_employers

Bare = list[tuple[str, Sequence[object]]]

COLUMNS = """
c.id, c.number, c.way, c.is_complaint, c.is_urgent, c.people_count, c.is_anonymous, c.state, c.step,
c.result, c.opened_at, c.next_due_at, c.due_at, c.breaches, c.resume_by, c.assigned_to_id,
c.raised_to_id, c.late_at, c.snapshot_id, i.id, i.key, h.id, h.number, h.name, h.division_id, b.id,
b.name
"""
JOINED = """
JOIN cases_serviceitem i ON i.id = c.item_id
JOIN organisations_union h ON h.id = c.handler_id
JOIN organisations_union b ON b.id = c.began_at_id
"""
ALLOWED = "NOT c.accused_ids && %s::uuid[] AND NOT %s = ANY (c.excluded_ids)"
#: A county and what lies below it is a stretch of an index; of a wider reach nearly all is within.
NARROW = "(c.handler_path >= %s AND c.handler_path < %s OR c.id = ANY (%s::uuid[]))"
WIDE = "(c.handler_path >= %s AND c.handler_path < %s OR (c.sharing_paths <> '{}' AND "
WIDE += "cases_shared_within(c.sharing_paths, %s)))"
OPEN = "c.state IN ('open', 'paused')"
BARE_PAGE = (
    f"SELECT {COLUMNS} FROM cases_case c {JOINED} WHERE {{within}} AND {OPEN} AND {ALLOWED} "
)
BARE_PAGE += f"ORDER BY c.next_due_at, c.id LIMIT {PAGE + 1}"
BARE_COUNT = f"SELECT count(*) FROM (SELECT FROM cases_case c WHERE {{within}} AND {OPEN} "
BARE_COUNT += f"AND {ALLOWED} AND {{tab}} ORDER BY c.next_due_at LIMIT {COUNT_LIMIT + 1}) n"
BARE_TABS = {
    "": "true",
    "mine": "c.assigned_to_id = %s",
    "nobody": "c.assigned_to_id IS NULL",
    "late": "c.late_at IS NOT NULL",
    "raised": "c.raised_to_id = %s",
    "urgent": "c.is_urgent",
}
BARE_FOUND = f"""
SELECT found.id FROM generate_series(%s::integer, %s::integer, -1) AS weeks(week)
CROSS JOIN LATERAL (
    SELECT c.id FROM cases_casesearch s JOIN cases_case c ON c.id = s.case_id
    WHERE s.marks @> (%s::integer[] || weeks.week) {{words}} AND {ALLOWED} {{narrowed}}
    ORDER BY c.id DESC LIMIT {COUNT_LIMIT + 1}
) AS found LIMIT {COUNT_LIMIT + 1}
"""
BARE_SHOWN = (
    f"SELECT {COLUMNS} FROM cases_case c {JOINED} WHERE c.id = ANY (%s::uuid[]) ORDER BY c.id DESC"
)


@cache
def officers() -> list[Post]:
    """Officers of every level: of the province, cities, counties, townships, enterprises."""
    found: list[Post] = []
    for depth, number in ((1, 1), (2, 2), (3, 3), (4, 3), (5, 3)):
        at = Post.objects.filter(union__depth=depth, account__person=None).order_by("union__number")
        posts = list(at.select_related("union", "account"))
        found += posts[:: max(1, len(posts) // number)][:number]
    return found


def sought() -> list[Sought]:
    """Words that many, few and none have used; a service, days, a state; all together."""
    item = ServiceItem.objects.get(key="wage-arrears").pk
    month = clock.now() - dt.timedelta(days=30)
    words = [
        Sought(words=each) for each in ("拖欠工资", "扣押身份证 仓库", "中暑晕倒 码头", "没有这词")
    ]
    return [
        *words,
        Sought(item=item, states=("open",)),
        replace(words[0], item=item, since=month),
        replace(words[1], states=("paused", "open"), until=month),
    ]


def queue_of(post: Post) -> Page[Case]:
    """What the page of the queue reads of cases."""
    with protection.viewing(account=post.account_id):
        tied, near, now = tied_employers(post.account_id), selectors.nearby([post]), clock.now()
        found = {
            key: selectors.list_queue(
                [post], account=post.account, chosen=tab, now=now, tied=tied, near=near
            )
            for key, tab in selectors.TABS.items()
        }
        selectors.count_queues(found)
        page: Page[Case] = page_of(found[""], order=selectors.QUEUE_ORDER)
    return page


def found(post: Post, asked: Sought) -> Found:
    """A search, as the page and the operation ask it."""
    with protection.viewing(account=post.account_id):
        return search([post], asked, account=post.account)


def bare_queue(post: Post) -> Bare:
    """The same, said by hand."""
    path, account = post.union.path, post.account_id
    values: list[object]
    with protection.viewing(account=account):
        tied: list[object] = list(tied_employers(account))
        shared = shared_with(post)
    if post.union.depth < COUNTY_DEPTH - 1:
        within, values = WIDE, [path, scope.after(path), [path]]
    else:
        within, values = NARROW, [path, scope.after(path), shared]
    own: dict[str, list[object]] = {"mine": [account], "raised": [post.union_id]}
    counts = [
        (BARE_COUNT.format(within=within, tab=tab), [*values, tied, account, *own.get(key, [])])
        for key, tab in BARE_TABS.items()
    ]
    return [(BARE_PAGE.format(within=within), [*values, tied, account]), *counts]


def shared_with(post: Post) -> list[object]:
    """Cases that unions below `post` see without having them."""
    where = scope.subtree(post.union.path, field="union__path")
    return list(CaseUnit.objects.filter(where, until=None).values_list("case_id", flat=True))


@cache
def span() -> tuple[int, int]:
    """The newest and the oldest week of a case."""
    with protection.working("bench"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_week((SELECT id FROM cases_case ORDER BY id DESC LIMIT 1)),"
            " cases_week((SELECT id FROM cases_case ORDER BY id LIMIT 1))"
        )
        newest, oldest = cursor.fetchone()
    return newest, oldest


def mark(named: str) -> int:
    """What stands for a thing in the marks of a case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_mark(%s)", [named])
        found: int = cursor.fetchone()[0]
    return found


def week_of(moment: dt.datetime | None, otherwise: int) -> int:
    return int(moment.timestamp()) // (7 * 86_400) if moment else otherwise


def bare_search(post: Post, asked: Sought) -> Bare:
    """The same, said by hand: only what is asked stands in the statement."""
    newest, oldest = span()
    marks = [mark(f"below:{post.union.path}")]
    narrowed, values = ["cases_within(c.handler_path, c.sharing_paths, %s)"], [[post.union.path]]
    conditions: list[tuple[object, str]] = [
        (asked.item, "c.item_id = %s"),
        (list(asked.states) if asked.states else None, "c.state = ANY (%s)"),
        (asked.since, "c.opened_at >= %s"),
        (asked.until, "c.opened_at < %s"),
    ]
    rest: list[object] = [*values]
    for value, condition in conditions:
        if value is not None:
            narrowed.append(condition)
            rest.append(value)
    if asked.item:
        marks.append(mark(f"item:{asked.item}"))
    words = digests(terms(asked.words), made_under())
    weeks = [week_of(asked.until, newest), week_of(asked.since, oldest)]
    statement = BARE_FOUND.format(
        words="AND s.words @> %s::integer[]" if words else "",
        narrowed="".join(f" AND {condition}" for condition in narrowed),
    )
    with protection.viewing(account=post.account_id):
        tied = tied_employers(post.account_id)
    shown = [case.pk for case in found(post, asked).items]
    given = [*weeks, marks, *([words] if words else []), tied, post.account_id, *rest]
    return [(statement, given), (BARE_SHOWN, [shown])]

"""Figures are exact while they are counted and folded: shown with real connections."""

import threading
import time
from contextlib import closing

import pytest
from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations import selectors, services
from niangjia.organisations.models import Figure, FigureChange, Kind, Union
from niangjia.organisations.services import locking
from niangjia.organisations.tests.factories import make_union
from tests.database import own_name, owners_connection

UNION_CODE = "81330782DEM000001P"
PATIENCE_SECONDS = 60
WAITING = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
)

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(target, *args) -> threading.Thread:
    def run():
        with closing(connection):
            target(*args)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def assert_waits(thread: threading.Thread) -> None:
    """It has come to where this test's transaction holds it up."""
    end = time.monotonic() + PATIENCE_SECONDS
    with owners_connection(own_name()) as watching:
        while watching.execute(WAITING).fetchone() == (0,):
            assert thread.is_alive()
            assert time.monotonic() < end, "it never waited"
            time.sleep(0.01)


def members_in_one_statement(union: Union) -> int:
    return selectors.figures(union).get("members", 0)


def members_in_two_statements(union: Union, between) -> int:
    """The control: what a reader would do who reads the two halves one after the other."""
    changes = FigureChange.objects.filter(metric="members").values_list("change", flat=True)
    pending = sum(changes)
    between()
    folded = Figure.objects.filter(union=union, metric="members", tree="territory").first()
    return pending + (folded.value if folded else 0)


def fold_elsewhere() -> None:
    in_thread(services.fold_figures).join()


def test_a_reader_of_two_statements_counts_twice_when_a_fold_comes_between():
    union = make_union()
    services.count(union_id=union.pk, metric="members", change=5)
    assert members_in_two_statements(union, fold_elsewhere) == 10
    assert members_in_one_statement(union) == 5


def test_readers_are_exact_while_changes_are_folded():
    union = make_union()
    services.count(union_id=union.pk, metric="members", change=100)
    seen: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(members_in_one_statement(union.parent))

    def count_and_uncount() -> None:
        for _ in range(40):
            with transaction.atomic():
                services.count(union_id=union.pk, metric="members", change=7)
                services.count(union_id=union.pk, metric="members", change=-7)

    def fold() -> None:
        for _ in range(40):
            services.fold_figures()

    readers = [in_thread(read)]
    workers = [in_thread(count_and_uncount), in_thread(fold), in_thread(fold)]
    for worker in workers:
        worker.join()
    stop.set()
    for reader in readers:
        reader.join()
    assert seen == {100}


def test_writers_do_not_wait_for_each_other():
    union = make_union()
    with transaction.atomic():
        services.count(union_id=union.pk, metric="members", change=1)
        other = in_thread(lambda: services.count(union_id=union.pk, metric="members", change=1))
        other.join(timeout=60)
        assert not other.is_alive()
        assert members_in_one_statement(union) == 2


def test_nobody_is_admitted_into_a_union_that_is_being_dissolved():
    """The admission waits for the dissolution, and then sees it."""
    union = make_union()
    refused: list[Conflict] = []

    def admit() -> None:
        try:
            services.count(union_id=union.pk, metric="members", change=1)
        except Conflict as conflict:
            refused.append(conflict)

    with transaction.atomic():
        services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
        admission = in_thread(admit)
        assert_waits(admission)
    admission.join()
    assert len(refused) == 1
    assert selectors.figures(union) == {}


def test_a_union_is_not_dissolved_while_somebody_is_being_admitted():
    """The dissolution waits for the admission, and then sees the member."""
    union = make_union()
    refused: list[Conflict] = []

    def dissolve() -> None:
        try:
            services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
        except Conflict as conflict:
            refused.append(conflict)

    with transaction.atomic():
        services.count(union_id=union.pk, metric="members", change=1)
        connection.send_waiting()
        dissolution = in_thread(dissolve)
        assert_waits(dissolution)
    dissolution.join()
    assert [conflict.code for conflict in refused] == ["has-members"]


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_a_union_founded_below_a_moving_subtree_is_not_left_behind(monkeypatch, guarded):
    """Without the lock on the trees the new union keeps the path its parent had before."""
    if not guarded:
        monkeypatch.setattr(locking, "hold_trees_still", lambda: None)
    old = make_union(kind=Kind.FEDERATION)
    new = make_union(kind=Kind.FEDERATION, parent=old.parent)
    moving = make_union(parent=old)
    founded: list[Union] = []

    def found() -> None:
        founded.append(make_union("新建工会", parent=Union.objects.get(pk=moving.pk)))

    with transaction.atomic():
        services.move_union(union_id=moving.pk, parent_id=new.pk, by=None, now=clock.now())
        founding = in_thread(found)
        assert_waits(founding)
    founding.join()
    assert founded[0].path.startswith(new.path if guarded else old.path)
    if guarded:
        assert services.verify_figures() == []


def test_a_busy_tree_is_said_and_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(locking, "LONGEST_WAIT", "100ms")
    union = make_union()
    refused: list[Conflict] = []

    def dissolve() -> None:
        try:
            services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
        except Conflict as conflict:
            refused.append(conflict)

    with transaction.atomic():
        locking.hold_trees_still()
        in_thread(dissolve).join()
    assert [conflict.code for conflict in refused] == ["tree-busy"]


@pytest.mark.parametrize(("field", "value"), [("name", "快递行业联合工会"), ("uscc", UNION_CODE)])
def test_whoever_is_a_moment_later_is_told_beside_the_field(field, value):
    """Both find the name or the code free; the second waits for the first and then loses."""
    parent = make_union(kind=Kind.FEDERATION)
    refused: list[Invalid] = []

    def found() -> None:
        try:
            make_union(parent=Union.objects.get(pk=parent.pk), **{field: value})
        except Invalid as invalid:
            refused.append(invalid)

    with transaction.atomic():
        make_union(parent=parent, **{field: value})
        later = in_thread(found)
        assert_waits(later)
    later.join()
    assert [set(invalid.fields) for invalid in refused] == [{field}]
    assert Union.objects.filter(**{field: value}).count() == 1

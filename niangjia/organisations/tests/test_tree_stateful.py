"""Whatever happens to the tree, its paths are its parents' chain and its figures are the sum."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.organisations import rules, selectors, services
from niangjia.organisations.models import Kind, Status, Tree, Union
from niangjia.organisations.tests.factories import make_root, make_union

KINDS = st.sampled_from([Kind.FEDERATION, Kind.INDUSTRIAL, Kind.GRASSROOTS, Kind.GROUP])


class TreeOfUnions(RuleBasedStateMachine):
    unions = Bundle("unions")

    def __init__(self):
        super().__init__()
        Union.objects.all().update(industry_path=None)
        self.own: Counter = Counter()
        self.root = make_root()
        self.division = self.root.division

    @rule(target=unions, kind=KINDS, heads=st.booleans())
    def found_below_the_root(self, kind, heads):
        return make_union(kind=kind, parent=self.root, heads_industry=heads)

    @rule(target=unions, kind=KINDS, parent=unions)
    def found(self, kind, parent):
        try:
            return make_union(kind=kind, parent=selectors.access_union(parent.pk))
        except DomainError:
            return multiple()

    @rule(union=unions, members=st.integers(-3, 5))
    def count(self, union, members):
        members = max(members, -self.own[union.pk])
        try:
            services.count(union_id=union.pk, metric="members", change=members)
            connection.send_waiting()
            self.own[union.pk] += members
        except DomainError:
            assert selectors.access_union(union.pk).status == Status.DISSOLVED

    @rule()
    def fold(self):
        services.fold_figures()

    @rule(union=unions, parent=unions)
    def move(self, union, parent):
        self.attempt(services.move_union, union_id=union.pk, parent_id=parent.pk)

    @rule(union=unions, parent=unions)
    def join_industry(self, union, parent):
        self.attempt(services.join_industry, union_id=union.pk, industry_parent_id=parent.pk)

    @rule(union=unions)
    def leave_industry(self, union):
        self.attempt(services.leave_industry, union_id=union.pk)

    @rule(union=unions)
    def dissolve(self, union):
        self.attempt(services.dissolve_union, union_id=union.pk)

    def attempt(self, service, **arguments):
        with suppress(DomainError):
            service(**arguments, by=None, now=clock.now())

    @invariant()
    def paths_are_the_parents_chain(self):
        for union in Union.objects.select_related("parent", "industry_parent"):
            above = union.parent.path if union.parent else ""
            assert union.path == rules.child_path(above, union.number)
            assert union.depth == len(rules.ancestor_paths(union.path)) - 1
            if union.industry_parent:
                industry_above = union.industry_parent.industry_path
                assert union.industry_path == rules.child_path(industry_above, union.number)

    @invariant()
    def figures_are_the_sum_of_the_rows(self):
        rows = [(pk, "members", count) for pk, count in self.own.items()]
        assert services.verify_figures(lambda: rows, metrics=frozenset({"members"})) == []

    @invariant()
    def nobody_is_lost(self):
        expected = sum(self.own.values())
        assert selectors.figures(self.root).get("members", 0) == expected
        dissolved = Union.objects.filter(status=Status.DISSOLVED)
        assert all(self.own[union.pk] == 0 for union in dissolved)


@pytest.mark.django_db
def test_any_sequence_of_changes_keeps_the_tree_whole(subtests_in_savepoints):
    class OneRun(TreeOfUnions):
        def __init__(self):
            subtests_in_savepoints.begin()
            super().__init__()

        def teardown(self):
            subtests_in_savepoints.end()

    run_state_machine_as_test(
        OneRun,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def subtests_in_savepoints(db):
    """Each run of the machine starts from an empty tree and leaves nothing behind."""
    from django.db import transaction

    class Savepoints:
        def begin(self):
            self.point = transaction.savepoint()

        def end(self):
            transaction.savepoint_rollback(self.point)

    return Savepoints()


@pytest.mark.django_db
def test_the_check_itself_finds_a_wrong_total():
    union = make_union(kind=Kind.GRASSROOTS)
    services.fold_figures()
    union.parent.figures.filter(tree=Tree.TERRITORY, metric="unions:grassroots").update(value=7)
    (found,) = services.verify_figures()
    assert (found.union_id, found.ledger, found.rows) == (union.parent_id, 7, 1)
    Union.objects.filter(pk=union.pk).update(kind=Kind.JOINT)
    assert len(services.verify_figures()) == 4

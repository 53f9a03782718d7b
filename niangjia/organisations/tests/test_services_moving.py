import pytest

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.organisations import rules, selectors, services
from niangjia.organisations.models import Kind, Tree, Union
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Two provinces; a city with a union and its group below the first."""
    root = make_root()
    east = make_union("东省总工会", parent=root, kind=Kind.FEDERATION)
    west = make_union("西省总工会", parent=root, kind=Kind.FEDERATION)
    city = make_union("某市总工会", parent=east, kind=Kind.FEDERATION)
    union = make_union("某厂工会", parent=city)
    group = make_union("一车间工会小组", parent=union, kind=Kind.GROUP)
    return {"root": root, "east": east, "west": west, "city": city, "union": union, "group": group}


def move(union: Union, parent: Union) -> Union:
    return services.move_union(union_id=union.pk, parent_id=parent.pk, by=None, now=clock.now())


@pytest.mark.parametrize("folded", [True, False])
def test_a_subtree_moves_with_its_figures(tree, folded):
    services.count(union_id=tree["union"].pk, metric="members", change=25)
    if folded:
        services.fold_figures()
    services.count(union_id=tree["group"].pk, metric="members", change=3)
    root_before = selectors.figures(tree["root"])

    move(tree["city"], tree["west"])

    union = selectors.access_union(tree["group"].pk)
    assert [above.name for above in selectors.chain_above(union)] == [
        "中华全国总工会",
        "西省总工会",
        "某市总工会",
        "某厂工会",
    ]
    assert union.depth == 4
    assert selectors.figures(tree["east"]) == {"unions:federation": 1}
    assert selectors.figures(tree["west"])["members"] == 28
    assert selectors.figures(tree["root"]) == root_before
    recount = members_of(tree, {"union": 25, "group": 3})
    assert services.verify_figures(recount, metrics=frozenset({"members"})) == []


def members_of(tree, counts):
    return lambda: [(tree[name].pk, "members", count) for name, count in counts.items()]


def test_a_move_is_one_update_of_the_tree(tree, django_assert_max_num_queries):
    for n in range(30):
        make_union(f"第{n}厂工会", parent=tree["city"])
    with django_assert_max_num_queries(40) as queries:
        move(tree["city"], tree["west"])
    updates = [q for q in queries if q["sql"].lstrip().startswith("UPDATE organisations_union SET")]
    assert len(updates) == 1


def test_a_move_is_recorded_and_published(tree):
    move(tree["city"], tree["west"])
    entry = AuditEntry.objects.get(action="union.moved")
    assert entry.details["to"] == str(tree["west"].pk)
    assert OutboxEvent.objects.filter(type="organisations.UnionMoved").count() == 1
    move(tree["city"], tree["west"])
    assert OutboxEvent.objects.filter(type="organisations.UnionMoved").count() == 1


@pytest.mark.parametrize(
    ("moved", "below"),
    [("city", "city"), ("east", "city"), ("union", "group"), ("root", "west"), ("city", "union")],
)
def test_impossible_places_are_refused_beside_the_field(tree, moved, below):
    with pytest.raises(Invalid) as refused:
        move(tree[moved], tree[below])
    assert set(refused.value.fields) == {"parent"}
    assert services.verify_figures() == []


def test_a_name_that_is_taken_there_is_refused_beside_the_name(tree):
    make_union("某市总工会", parent=tree["west"], kind=Kind.FEDERATION)
    with pytest.raises(Invalid) as refused:
        move(tree["city"], tree["west"])
    assert set(refused.value.fields) == {"name"}


def test_dissolved_and_unknown_unions_do_not_move(tree):
    services.dissolve_union(union_id=tree["west"].pk, by=None, now=clock.now())
    with pytest.raises(Conflict):
        move(tree["city"], tree["west"])
    with pytest.raises(NotFound):
        services.move_union(
            union_id=tree["city"].pk, parent_id=AuditEntry().pk, by=None, now=clock.now()
        )


def test_the_tree_does_not_grow_without_end(tree):
    union = tree["union"]
    for n in range(rules.MOST_LEVELS - union.depth - 1):
        union = make_union(f"第{n}分会", parent=union)
    with pytest.raises(Invalid) as refused:
        make_union("又一分会", parent=union)
    assert set(refused.value.fields) == {"parent"}


@pytest.fixture
def industries(tree):
    head = make_union("甲产业工会", parent=tree["root"], kind=Kind.INDUSTRIAL, heads_industry=True)
    other = make_union("乙产业工会", parent=tree["root"], kind=Kind.INDUSTRIAL, heads_industry=True)
    east = make_union(
        "东省甲产业工会", parent=tree["east"], kind=Kind.INDUSTRIAL, industry_parent=head
    )
    return {"head": head, "other": other, "east": east}


def join(union: Union, parent: Union) -> Union:
    return services.join_industry(
        union_id=union.pk, industry_parent_id=parent.pk, by=None, now=clock.now()
    )


@pytest.mark.parametrize("folded", [True, False])
def test_a_union_joins_changes_and_leaves_an_industry_with_its_own_members(
    tree, industries, folded
):
    head, other, union = industries["head"], industries["other"], tree["union"]
    services.count(union_id=union.pk, metric="members", change=25)
    services.count(union_id=tree["group"].pk, metric="members", change=3)
    if folded:
        services.fold_figures()

    join(union, industries["east"])
    assert selectors.figures(head, tree=Tree.INDUSTRY)["members"] == 25
    join(industries["east"], other)
    assert selectors.figures(head, tree=Tree.INDUSTRY) == {"unions:industrial": 1}
    assert selectors.figures(other, tree=Tree.INDUSTRY)["members"] == 25
    children = selectors.figures_of_children(other, tree=Tree.INDUSTRY)
    assert children[industries["east"].pk]["members"] == 25
    services.leave_industry(union_id=union.pk, by=None, now=clock.now())
    assert "members" not in selectors.figures(other, tree=Tree.INDUSTRY)
    recount = members_of(tree, {"union": 25, "group": 3})
    assert services.verify_figures(recount, metrics=frozenset({"members"})) == []


def test_moving_in_one_tree_leaves_the_other_alone(tree, industries):
    union = join(tree["union"], industries["east"])
    move(tree["city"], tree["west"])
    moved = selectors.access_union(union.pk)
    assert moved.industry_path == union.industry_path
    assert services.verify_figures() == []


def test_what_cannot_be_in_the_industrial_tree(tree, industries):
    with pytest.raises(Invalid):
        join(tree["union"], tree["city"])
    with pytest.raises(Invalid):
        join(industries["head"], industries["east"])
    with pytest.raises(Conflict):
        services.leave_industry(union_id=industries["head"].pk, by=None, now=clock.now())

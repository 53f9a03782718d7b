import pytest

from niangjia.core import ids
from niangjia.core.errors import Invalid
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.organisations import selectors
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import found_union, make_division, make_root, make_union

pytestmark = pytest.mark.django_db


def test_a_union_hangs_below_its_parent():
    root = make_root()
    child = make_union("义乌市总工会", parent=root, division=make_division(code="330782"))
    assert child.number.startswith("330782")
    assert len(child.number) == 14
    assert ids.check_digit_holds(child.number)
    assert child.path == f"{root.path}{child.number[:13]}/"
    assert child.depth == 1
    assert selectors.chain_above(child) == [root]
    assert selectors.access_union(child.pk) == child


def test_founding_is_recorded_published_and_counted():
    union = make_union(kind=Kind.JOINT)
    assert AuditEntry.objects.filter(subject=f"union:{union.pk}", action="union.founded").exists()
    published = OutboxEvent.objects.get(payload__union_id=str(union.pk))
    assert published.type == "organisations.UnionFounded"
    assert selectors.figures(union) == {"unions:joint": 1}
    assert selectors.figures(union.parent) == {"unions:joint": 1, "unions:federation": 1}
    assert selectors.figures_of_children(union.parent) == {union.pk: {"unions:joint": 1}}


def test_two_unions_of_one_name_below_one_parent_are_refused_beside_the_name():
    union = make_union("快递行业联合工会")
    with pytest.raises(Invalid) as refused:
        found_union("快递行业联合工会", parent=union.parent)
    assert Union.objects.filter(name="快递行业联合工会").count() == 1
    assert set(refused.value.fields) == {"name"}


def test_there_is_one_root():
    root = make_root()
    with pytest.raises(Invalid):
        found_union(kind=Kind.FEDERATION, division=root.division, is_root=True)


def test_fields_that_do_not_fit_are_named():
    root = make_root()
    with pytest.raises(Invalid) as refused:
        found_union("名" * 121, parent=root, email="不是邮箱", committee_term_years=9)
    assert set(refused.value.fields) == {"name", "email", "committee_term_years"}

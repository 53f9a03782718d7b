"""Each demo officer holds the post that their description says."""

import pytest

from niangjia.members.models import Post
from niangjia.members.selectors import demo
from niangjia.operations.demo import accounts, desk
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_employer, make_union


def quiet(done, total):
    """Nobody watches."""


@pytest.mark.django_db
def test_every_officer_has_one_post_however_often_it_runs(settings):
    settings.DEMO = True
    parent = None
    for code, level, name in (
        ("330000", 1, "浙江省"),
        ("330700", 2, "金华市"),
        ("330782", 3, "义乌市"),
    ):
        division = make_division(name, code=code, level=level)
        parent = make_union(f"{name}总工会", kind=Kind.FEDERATION, division=division, parent=parent)
    company = make_union("某某公司工会", parent=parent)
    employer = make_employer(company, name="某某公司")
    accounts.load(progress=quiet)
    desk.load(progress=quiet)
    desk.load(progress=quiet)
    officers = [described for described in demo.described() if described.officer]
    assert set(desk.PLACES) == {described.key for described in officers}
    assert Post.objects.count() == len(officers)
    chair = Post.objects.get(account=demo.find_account("chair"))
    assert (chair.union, chair.role) == (company, "chair")
    assert (company.employers.count(), employer.unions.count()) == (2, 1)

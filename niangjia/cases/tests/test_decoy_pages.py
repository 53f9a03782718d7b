"""Decoys on the desk: planted from above, and whoever opens one is seen above."""

import pytest

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.tests.factories import make_officer
from niangjia.core import clock, protection
from niangjia.members.models import Role
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db
PAGE = "/desk/cases/decoys/"


def chair_at(union, name):
    return make_officer(union, account=make_person(name=name).account)


def plant(browser, **sent):
    asked = {"item": "test-aid", "asked-reason": "家里有人生病，收入不够", "name": "赵某某"}
    return browser.post(PAGE, {**asked, **sent})


def test_planted_opened_and_seen_above_only(chain):
    above = chair_at(chain[1], "郑海燕")
    browser = officer_client(above)
    assert "家里" not in browser.get(PAGE).content.decode()
    assert browser.get(f"{PAGE}?item=test-aid").status_code == 200
    assert plant(browser, union=chain[2].name).status_code == 302
    html = browser.get(PAGE).content.decode()
    with protection.working("test"):
        decoy = Case.objects.get()
    # That one was planted is on record; which one is not.
    assert chain[2].name in html
    assert decoy.number not in html
    snoop = make_officer(chain[2], Role.CASE_OFFICER, account=make_person(name="何晓梅").account)
    posts = current_posts(snoop.account)
    services.read_case(by=snoop.account, posts=posts, number=decoy.number, now=clock.now())
    html = browser.get(PAGE).content.decode()
    assert "何晓梅" in html
    assert decoy.number in html
    # Nobody watches over their own union, so its chair is told nothing.
    beside = officer_client(chair_at(chain[2], "罗永强"))
    assert decoy.number not in beside.get(PAGE).content.decode()


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(chain):
    browser = officer_client(chair_at(chain[1], "郑海燕"))
    for union in ("某某工会", chain[1].name, ""):
        refused = plant(browser, union=union)
        assert refused.status_code == 422
        assert "赵某某" in refused.content.decode()
    assert plant(browser, union=chain[2].name, **{"asked-reason": "短"}).status_code == 422
    with protection.working("test"):
        assert not Case.objects.exists()

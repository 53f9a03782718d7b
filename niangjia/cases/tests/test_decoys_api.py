"""Planting decoys by the interface for programs."""

import json

import pytest

from niangjia.cases.models import Case
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.tests.factories import make_officer
from niangjia.core import protection
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db


def plant(where, at, role=Role.CHAIR, **changes):
    sent = {
        "union": where.number,
        "service": "test-aid",
        "answers": {"reason": "妻子住院需要手术"},
        "name": "李某",
        **changes,
    }
    browser = officer_client(make_officer(at, role, account=make_person().account))
    return browser.post("/api/v1/desk/decoys", json.dumps(sent), content_type="application/json")


def planted():
    with protection.working("test"):
        return list(Case.objects.all())


def test_from_above_one_is_planted_and_nobody_is_told_which(chain):
    answer = plant(chain[3], chain[2])
    assert answer.status_code == 204
    assert answer.content == b""
    (case,) = planted()
    assert case.handler_id == chain[3].pk
    assert is_decoy(case)


def test_what_is_refused(chain):
    assert plant(chain[3], chain[3]).status_code == 404
    assert plant(chain[3], chain[2], Role.CASE_OFFICER).status_code in (403, 404)
    assert plant(chain[2], chain[3]).status_code == 404
    assert plant(chain[3], chain[2], union="9" * 15).status_code == 404
    assert plant(chain[3], chain[2], service="no-such").status_code == 404
    assert plant(chain[3], chain[2], answers={"reason": "短"}).status_code == 422
    assert planted() == []

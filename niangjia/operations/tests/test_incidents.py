"""Promise 35: who did what with whose data, in one folder, at one command."""

import csv
import datetime as dt
import stat

import pytest

from niangjia.core import audit, clock
from niangjia.members import services
from niangjia.members.models import Role
from niangjia.members.selectors import list_views_of_data
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import MONDAY, make_membership
from niangjia.operations import incidents

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PURPOSE = "service: 核对慰问名单"


def look_at(by, membership, day):
    with clock.stopped_at(day):
        services.view_member(by=by, membership=membership, purpose=PURPOSE, now=day)


def test_a_pack_says_who_what_and_how_many(tmp_path):
    post = make_post(role=Role.MEMBERSHIP_OFFICER, appointed_at=MONDAY - DAY)
    seen, seen_twice, seen_later, by_another = (make_membership(union=post.union) for _ in range(4))
    look_at(post.account, seen, MONDAY)
    look_at(post.account, seen_twice, MONDAY)
    look_at(post.account, seen_twice, MONDAY + DAY)
    look_at(post.account, seen_later, MONDAY + 3 * DAY)
    look_at(make_post(union=post.union).account, by_another, MONDAY)
    span = incidents.Span(MONDAY, MONDAY + 2 * DAY)
    folder = tmp_path / "pack"

    pack = incidents.write_pack(
        account=post.account, span=span, report=audit.Report(), folder=folder
    )

    with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row["person"]: row for row in csv.DictReader(file)}
    assert {key: row["times"] for key, row in people.items()} == {
        str(seen.person_id): "1",
        str(seen_twice.person_id): "2",
    }
    assert people[str(seen.person_id)]["name"] == seen.person.name
    with (folder / "acts.csv").open(encoding="utf-8-sig", newline="") as file:
        acts = list(csv.DictReader(file))
    assert (pack.acts, pack.people) == (len(acts), 2)
    assert [row["purpose"] for row in acts if row["person"]] == [PURPOSE] * 3
    summary = (folder / "summary.txt").read_text()
    assert "People concerned: 2" in summary
    assert post.union.name in summary
    assert "every entry is as it was written" in summary


def test_it_is_for_its_owner_and_whom_it_concerns_can_read_of_it(tmp_path):
    post = make_post()
    seen = make_membership(union=post.union)
    look_at(post.account, seen, MONDAY)
    report = audit.Report(problems=[audit.Problem(1, 1, "x", "changed")])
    span = incidents.Span(MONDAY, MONDAY + DAY)
    folder = tmp_path / "pack"

    incidents.write_pack(account=post.account, span=span, report=report, folder=folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert "1 entries are NOT as they were written" in (folder / "summary.txt").read_text()
    assert list_views_of_data(seen.person.account)[0].purpose == incidents.PURPOSE
    with pytest.raises(FileExistsError):
        incidents.write_pack(account=post.account, span=span, report=report, folder=folder)

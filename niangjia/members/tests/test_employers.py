"""Renaming and merging employers: by page and by API, by whoever speaks for all their unions."""

import pytest
from django.urls import reverse

from niangjia.core.models import AuditEntry
from niangjia.members.models import Role
from niangjia.members.selectors.ties import tied_employers
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Employer, PastEmployer
from niangjia.organisations.tests.factories import make_employer, make_union

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def employer(chain):
    return make_employer(chain[3], name="义乌禾川饰品有限公司")


@pytest.fixture
def beside(chain):
    return make_union("商城联合工会", parent=chain[2])


@pytest.fixture
def heir(beside):
    return make_employer(beside, name="义乌禾川集团有限公司")


@pytest.fixture
def county(chain):
    """The chair of the county, who reaches both unions."""
    return officer_client(make_post(union=chain[2]))


@pytest.fixture
def own(chain):
    """The chair of the employer's union, who reaches nothing else."""
    return officer_client(make_post(union=chain[3]))


def url(name, employer):
    return reverse(f"members:{name}", args=[employer.pk])


def api(employer, *parts):
    return "/".join(["/api/v1/desk/employers", str(employer.pk), *parts])


def shown(answer):
    return answer.content.decode()


class TestRenaming:
    def test_the_unions_own_officer_renames_it_and_the_former_name_stays(self, employer, own):
        before = employer.name
        answer = own.post(url("employer_name", employer), {"name": " 义乌新川饰品  有限公司 "})
        assert answer.url == url("employer", employer)
        employer.refresh_from_db()
        assert employer.name == "义乌新川饰品 有限公司"
        page = shown(own.get(answer.url))
        assert before in page
        assert "曾用名" in page
        own.post(url("employer_name", employer), {"name": employer.name})
        assert AuditEntry.objects.filter(action="employer.renamed").count() == 1

    def test_workers_who_look_for_the_new_name_find_the_union(self, chain, employer, own):
        own.post(url("employer_name", employer), {"name": "义乌新川饰品有限公司"})
        found = own.get("/api/v1/unions", {"q": "新川饰品"}).json()["items"]
        assert [union["number"] for union in found] == [chain[3].number]

    @pytest.mark.parametrize(
        ("name", "said"),
        [("", "请输入名称"), ("长" * 121, "120"), ("义乌禾川集团有限公司", "请把两条记录合并")],
    )
    def test_what_it_cannot_be_called_is_said_beside_the_field(
        self, employer, heir, own, name, said
    ):
        answer = own.post(url("employer_name", employer), {"name": name})
        assert answer.status_code == 422
        assert "id_name_error" in shown(answer)
        assert said in shown(answer)
        assert name in shown(answer)
        assert own.patch(api(employer), {"name": name}, JSON).status_code == 422
        employer.refresh_from_db()
        assert employer.name == "义乌禾川饰品有限公司"

    def test_a_name_that_only_somebody_who_complained_wrote_down_is_free(self, employer, own):
        """Else the refusal would tell whoever is tied that somebody did (promise 1)."""
        noted = Employer.objects.create(name="禾川黑厂", division=employer.division)
        assert own.get(url("employer", noted)).status_code == 404
        found = own.get(url("employer_merger", employer), {"words": "黑厂"})
        assert str(noted.pk) not in shown(found)
        assert own.post(url("employer_name", employer), {"name": noted.name}).status_code == 302

    def test_over_the_api(self, employer, own):
        answer = own.patch(api(employer), {"name": "义乌新川饰品有限公司"}, JSON).json()
        assert (answer["name"], answer["former_names"], answer["may_be_changed"]) == (
            "义乌新川饰品有限公司",
            ["义乌禾川饰品有限公司"],
            True,
        )
        assert own.get(api(employer)).json() == answer


class TestMerging:
    def merge(self, client, employer, heir):
        return client.post(url("employer_merger", employer), {"into": str(heir.pk)})

    def test_what_moves_is_shown_first_and_then_it_moves(
        self, chain, beside, employer, heir, county
    ):
        found = county.get(url("employer_merger", employer), {"words": "禾川集团"})
        assert f"?into={heir.pk}" in shown(found)
        page = shown(county.get(url("employer_merger", employer), {"into": str(heir.pk)}))
        for said in (chain[3].name, heir.name, "不能撤销", "确认合并"):
            assert said in page
        assert list(chain[3].employers.all()) == [employer]
        assert self.merge(county, employer, heir).url == url("employer", heir)
        assert list(chain[3].employers.all()) == [heir]
        assert set(heir.unions.all()) == {chain[3], beside}
        gone = shown(county.get(url("employer", employer)))
        assert "已经并入" in gone
        assert "确认合并" not in gone
        found = county.get("/api/v1/unions", {"q": "禾川集团"}).json()["items"]
        assert {union["number"] for union in found} == {chain[3].number, beside.number}

    def test_ties_are_of_both_and_outlive_it_below_as_well(
        self, chain, beside, employer, heir, county
    ):
        here = make_post(union=make_union(parent=chain[3])).account
        there, above = make_post(union=beside).account, make_post(union=chain[2]).account
        self.merge(county, employer, heir)
        both = {employer.pk, heir.pk}
        assert set(tied_employers(here.pk)) == set(tied_employers(there.pk)) == both
        assert set(tied_employers(above.pk)) == set()
        county.post(
            reverse("members:union_employer_removal", args=[chain[3].number]),
            {"employer": str(heir.pk)},
        )
        assert set(tied_employers(here.pk)) == both
        assert PastEmployer.objects.filter(union=chain[3]).count() == 2

    def test_twice_is_once(self, employer, heir, county):
        for _again in range(2):
            assert self.merge(county, employer, heir).url == url("employer", heir)
        assert AuditEntry.objects.filter(action="employer.merged").count() == 1

    def test_one_that_both_unions_name_is_named_once(self, chain, employer, heir, county):
        heir.unions.add(chain[3])
        page = shown(county.get(url("employer_merger", employer), {"into": str(heir.pk)}))
        assert "以后只登记一家" in page
        self.merge(county, employer, heir)
        assert list(chain[3].employers.all()) == [heir]

    @pytest.mark.parametrize(
        ("into", "code"),
        [("itself", "same-employer"), ("back", "merged-into-it"), ("third", "merged-already")],
    )
    def test_what_cannot_be_merged(self, chain, employer, heir, county, into, code):
        third = make_employer(chain[2])
        one = employer
        if into == "back":
            self.merge(county, employer, heir)
            one, other = heir, employer
        elif into == "third":
            self.merge(county, employer, heir)
            other = third
        else:
            other = employer
        refused = self.merge(county, one, other)
        assert refused.status_code == 422
        assert 'role="alert"' in shown(refused)
        answer = county.post(api(one, "merger"), {"into": str(other.pk)}, JSON)
        assert (answer.status_code, answer.json()["code"]) == (409, code)

    def test_a_merged_record_is_renamed_no_more(self, employer, heir, county):
        self.merge(county, employer, heir)
        answer = county.patch(api(employer), {"name": "又一个名字"}, JSON)
        assert (answer.status_code, answer.json()["code"]) == (409, "merged-already")

    @pytest.mark.parametrize("into", ["", "nonsense", "0199a000-0000-7000-8000-000000000000"])
    def test_whoever_chooses_nothing_is_told_to(self, employer, county, into):
        answer = county.post(url("employer_merger", employer), {"into": into, "words": "禾川"})
        assert answer.status_code == 422
        assert "请选择并入哪一家单位" in shown(answer)
        assert 'value="禾川"' in shown(answer)

    def test_over_the_api(self, chain, employer, heir, county):
        before = county.get(api(employer, "merger")).json()
        assert before == {
            "merged_into": None,
            "moves": [{"number": chain[3].number, "name": chain[3].name}],
            "may_be_merged": True,
        }
        listed = county.get("/api/v1/desk/employers", {"words": "禾川"}).json()["items"]
        assert {each["name"] for each in listed} == {employer.name, heir.name}
        merged = county.post(api(employer, "merger"), {"into": str(heir.pk)}, JSON).json()
        assert merged["id"] == str(heir.pk)
        assert len(merged["unions"]) == 2
        after = county.get(api(employer, "merger")).json()
        assert (after["merged_into"], after["may_be_merged"]) == (str(heir.pk), False)
        missing = {"into": "0199a000-0000-7000-8000-000000000000"}
        refused = county.post(api(heir, "merger"), missing, JSON)
        assert (refused.status_code, refused.json()["code"]) == (422, "no-heir")


class TestWho:
    def test_nobody_speaks_for_unions_out_of_their_reach(self, beside, employer, heir, own, county):
        """Not a union among several, nor one for a record it does not know."""
        assert own.get(url("employer", heir)).status_code == 404
        answer = own.post(url("employer_merger", employer), {"into": str(heir.pk)})
        assert answer.status_code == 422
        employer.unions.add(beside)
        page = shown(own.get(url("employer", employer)))
        assert "共同的上级工会" in page
        assert "id_name" not in page
        assert "共同的上级工会" in shown(own.get(url("employer_merger", employer)))
        answer = own.patch(api(employer), {"name": "又一个名字"}, JSON)
        assert (answer.status_code, answer.json()["code"]) == (409, "shared-employer")
        assert "id_name" in shown(county.get(url("employer", employer)))

    @pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.MEMBERSHIP_OFFICER, Role.ANALYST])
    def test_not_by_every_post(self, chain, employer, role):
        client = officer_client(make_post(union=chain[2], role=role))
        assert client.get(url("employer", employer)).status_code == 404
        assert client.post(url("employer_name", employer), {"name": "新名"}).status_code == 404

    def test_the_control_without_the_check_anybody_near_renames(
        self, monkeypatch, beside, employer, own
    ):
        from niangjia.members.services import employers

        employer.unions.add(beside)
        monkeypatch.setattr(employers, "find_speaker", lambda posts, _paths: posts[0])
        assert own.patch(api(employer), {"name": "又一个名字"}, JSON).status_code == 200


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("employer", {}, 7),
        ("employer_merger", {"words": "厂"}, 8),
        ("employer_merger", {"into": 1}, 10),
    ],
)
def test_the_pages_cost_the_same_however_many(
    chain, employer, heir, county, django_assert_num_queries, name, query, count
):
    for _more in range(3):
        employer.unions.add(make_union(parent=chain[2]))
        make_employer(chain[3])
    if "into" in query:
        query = {"into": str(heir.pk)}
    county.get(url(name, employer), query)
    with django_assert_num_queries(count):
        county.get(url(name, employer), query)

"""Letters, files and rows of an item, written in forms; and items that a union has for itself."""

import re

import pytest

from niangjia.cases import services
from niangjia.cases.models import ItemVersion, ServiceItem
from niangjia.cases.rules.drafting import comparing
from niangjia.cases.selectors import access_offered, list_offered
from niangjia.cases.tests.catalogue_desk import at, begin, filled, page, rows_in, seen_in
from niangjia.cases.tests.factories import AID, make_case, make_officer, publish, text
from niangjia.cases.tests.letters import DECISION
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Role
from niangjia.members.tests.factories.joining import MONDAY, make_chain
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db
TONGUES = ("zh", "en")
LETTERED = {**AID, "letters": [DECISION]}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(LETTERED)
    return made


@pytest.fixture
def keeper(chain):
    return at(Union.objects.get(depth=0))


@pytest.fixture
def draft(chain, keeper):
    return begin(keeper, Union.objects.get(depth=0))


def content(union=None):
    where = {"union": union} if union else {}
    return ItemVersion.objects.get(state="draft", **where).content


def errors_in(answer):
    return re.findall(r'class="error[^>]*>(.*?)</p>', answer.content.decode())


def write(browser, address, part, given, status=302):
    """Fill in the page of a part as a browser does."""
    there = f"{address}part/?of={part}"
    answer = browser.post(there, filled(page(browser, there), given))
    assert answer.status_code == status, errors_in(answer)
    return answer


def test_what_is_saved_as_it_stood_stays_as_it_stood(keeper, draft):
    before = content()
    for part in ("letters", "letters/granted/fields", "materials", "steps", "about"):
        write(keeper, draft, part, {})
    assert content() == before


def test_a_letter_is_written_with_what_an_officer_fills_in(keeper, draft):
    new = {
        "row-1-key": "refused",
        "row-1-name_zh": "不予批准告知书",
        "row-1-name_en": "Refusal",
        "row-1-kind": "notice",
        "row-1-to": "applicant",
        "row-1-title": "不予批准告知书",
        "row-1-addressee": "{applicant}",
        "row-1-body": "你的申请（编号 {number}）未获批准。\n# 理由\n- {why}",
    }
    lacking = write(keeper, draft, "letters", {**new, "row-1-to": ""}, status=422)
    assert "不予批准告知书" in lacking.content.decode()
    write(keeper, draft, "letters", new)
    assert "refused" in page(keeper, draft), "what it speaks of is still to be said"
    field = {"row-0-key": "why", "row-0-label_zh": "理由", "row-0-label_en": "Reason"}
    write(keeper, draft, "letters/refused/fields", {**field, "row-0-long": "on"})
    _granted, letter = content()["letters"]
    assert letter["body"].endswith("- {why}")
    assert letter["fields"] == [{"key": "why", "label": text("理由", "Reason"), "long": True}]
    assert "发布前还要改好" not in page(keeper, draft)
    assert "不予批准告知书 · 理由" in page(keeper, draft)


def test_a_place_says_a_letter_in_its_own_words_and_no_more(chain):
    writer = at(chain[2])
    address = begin(writer, chain[2])
    html = page(writer, f"{address}part/?of=letters")
    assert rows_in(html) == 1
    assert "row-1-" not in html
    assert "row-0-kind" not in html
    write(writer, address, "letters", {"row-0-contact": "电话 0579-12351"})
    assert content(chain[2]) == {"letters": [{"key": "granted", "contact": "电话 0579-12351"}]}
    write(writer, address, "letters", {"row-0-contact": ""})
    assert content(chain[2]) == {}


def test_rows_and_files_are_asked_for_without_a_word_of_schema(keeper, draft):
    n = rows_in(page(keeper, f"{draft}part/?of=questions"))
    words = {f"row-{row}-label_{tongue}": "问题" for row in range(n) for tongue in ("zh", "en")}
    group = {
        f"row-{n}-key": "family",
        f"row-{n}-kind": "group",
        f"row-{n}-label_zh": "家庭成员",
        f"row-{n}-label_en": "Family",
        f"row-{n}-row_zh": "家人",
        f"row-{n}-row_en": "Person",
        f"row-{n}-most": "5",
    }
    write(keeper, draft, "questions", {**words, **group})
    assert "没有要问的内容" in page(keeper, draft), "rows that ask nothing are no use to anybody"
    inner = {"row-0-key": "name", "row-0-label_zh": "姓名", "row-0-label_en": "Name"}
    write(keeper, draft, "questions/family/rows", {**inner, "row-0-required": "on"})
    papers = {
        f"row-{n + 1}-key": "payslips",
        f"row-{n + 1}-kind": "files",
        f"row-{n + 1}-label_zh": "工资条",
        f"row-{n + 1}-label_en": "Payslips",
        f"row-{n + 1}-kinds": ["photos", "papers"],
        f"row-{n + 1}-most": "3",
    }
    write(keeper, draft, "questions", papers)
    form = content()["form"]
    assert form["schema"]["properties"]["payslips"] == {
        "type": "array",
        "items": {"type": "string", "format": "uuid"},
        "maxItems": 3,
    }
    assert form["ui"]["fields"]["payslips"]["kinds"] == ["photos", "papers"]
    family = form["schema"]["properties"]["family"]
    assert family["items"]["required"] == ["name"], "and the rows' questions have stayed"
    shown = page(keeper, f"{draft}preview/")
    for asked in ("家庭成员", "姓名", "工资条"):
        assert asked in shown
    assert "家庭成员 · 姓名" in " ".join(
        value.where for _place, value in comparing.values(content())
    )
    answer = keeper.get(f"{draft}part/?of=questions/reason/rows")
    assert answer.status_code == 404


class TestOwnItems:
    @pytest.fixture
    def administrator(self, chain):
        return make_officer(chain[2], Role.ADMINISTRATOR)

    def create(self, by, union, key="canteen"):
        return services.create_item(
            by=by, union=union, key=key, name=text("爱心餐", "Canteen"), now=MONDAY
        )

    def whole(self, version):
        return {**AID, "key": version.item.key, "name": text("爱心餐", "Canteen")}

    def offered_at(self, union, version):
        return version.item.key in {each.item.key for each in list_offered(union)}

    def test_it_is_offered_at_its_union_and_below_and_nowhere_else(self, chain, administrator):
        version = self.create(administrator, chain[2])
        assert version.item.key == f"canteen-{chain[2].number}"
        services.replace_document(
            by=administrator,
            version_id=version.pk,
            document=self.whole(version),
            seen=services.drafting.whole_seen(version),
            now=MONDAY,
        )
        second = make_officer(chain[2], Role.ADMINISTRATOR)
        services.publish_version(by=second, version_id=version.pk, now=MONDAY)
        assert [self.offered_at(union, version) for union in chain] == [False, False, True, True]
        case = make_case(union=chain[3], document=self.whole(version))
        assert case.item_id == version.item_id

        low = make_officer(chain[3], Role.ADMINISTRATOR)
        variant = services.begin_draft(by=low, union=chain[3], key=version.item.key, now=MONDAY)
        with pytest.raises(Invalid):
            services.save_part(
                by=low,
                version_id=variant.pk,
                part="about",
                value={"name": text("别的")},
                seen=services.drafting.parts.seen({}, "about"),
                now=MONDAY,
            )
        services.save_part(
            by=low,
            version_id=variant.pk,
            part="terms",
            value={"promised_term": {"days": 9}},
            seen=services.drafting.parts.seen({}, "terms"),
            now=MONDAY,
        )
        services.publish_version(
            by=make_officer(chain[3], Role.ADMINISTRATOR), version_id=variant.pk, now=MONDAY
        )
        assert access_offered(version.item.key, chain[3]).document.promised_term.days == 9
        above = make_officer(chain[1], Role.ADMINISTRATOR)
        with pytest.raises(Conflict) as refused:
            services.begin_draft(by=above, union=chain[1], key=version.item.key, now=MONDAY)
        assert refused.value.code == "not-offered"

        services.retire_version(
            by=second, version_id=version.pk, reason="这项服务由新的事项代替了", now=MONDAY
        )
        assert not self.offered_at(chain[3], version), "without it there is nothing to vary"

    def test_two_unions_call_theirs_by_the_same_word(self, chain, administrator):
        theirs = make_officer(chain[3], Role.ADMINISTRATOR)
        self.create(administrator, chain[2])
        self.create(theirs, chain[3])
        assert ServiceItem.objects.filter(key__startswith="canteen-").count() == 2
        with pytest.raises(Conflict):
            self.create(administrator, chain[2])
        with pytest.raises(NotFound):
            self.create(theirs, chain[2], key="tent")
        with pytest.raises(Invalid) as refused:
            self.create(administrator, chain[2], key="a" * 38)
        assert set(refused.value.fields) == {"key"}

    def test_it_is_begun_on_the_page_of_its_union(self, chain):
        writer = at(chain[2])
        there = f"/desk/services/new/?union={chain[2].number}"
        assert there in page(writer, f"/desk/services/unions/{chain[2].number}/")
        assert chain[2].number in page(writer, there)
        sent = {"key": "canteen", "zh": "爱心餐", "en": "Canteen"}
        address = writer.post(there, sent)["Location"]
        html = page(writer, address)
        assert "本会自设事项" in html
        assert "发布前还要改好" in html
        words = {f"{name}_{tongue}": "一" for name in ("summary", "audience") for tongue in TONGUES}
        write(writer, address, "about", words)
        listed = page(writer, f"/desk/services/unions/{chain[2].number}/")
        assert "爱心餐" in listed
        item = f"/desk/services/unions/{chain[2].number}/?item=canteen-{chain[2].number}"
        assert "起草新版本" in page(writer, item)
        assert writer.post(f"/desk/services/new/?union={chain[1].number}", sent).status_code == 404
        assert seen_in(page(writer, f"{address}part/?of=about"))

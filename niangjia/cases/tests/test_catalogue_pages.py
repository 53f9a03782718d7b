"""The catalogue as officers write it on the pages."""

import json

import pytest

from niangjia.cases.models import ItemVersion
from niangjia.cases.selectors import access_offered
from niangjia.cases.tests.catalogue_desk import at, begin, filled, page, rows_in, seen_in
from niangjia.cases.tests.factories import AID, publish, text
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db

#: An aid whose amount each place sets.
LIMITED = {
    **AID,
    "parameter_words": {"line": text("收入上限（元）", "Income limit (yuan)")},
    "eligibility": [
        {
            "key": "income",
            "when": "answers.income <= settings.line",
            "text": text("收入在标准以内", "Income within the limit"),
            "basis": text("当地办法", "Local rules"),
        }
    ],
}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(LIMITED)
    return made


@pytest.fixture
def writer(chain):
    return at(chain[2])


def test_what_a_place_has_to_set_stands_first(chain, writer, django_assert_num_queries):
    with django_assert_num_queries(7):
        html = page(writer, "/desk/services/")
    assert "本地待设定" in html
    assert "收入上限（元）" in html


def test_the_worker_is_told_to_ask_rather_than_a_made_up_number(chain, client):
    assert "本地还没设定，请问你的工会" in page(client, "/services/test-aid/")


def test_an_amount_is_set_looked_at_by_a_second_person_and_holds(chain, writer):
    address = begin(writer, chain[2])
    part = f"{address}part/?of=amounts"
    html = page(writer, part)
    wrong = writer.post(part, {"seen": seen_in(html), "line": "很多"})
    assert wrong.status_code == 422
    assert "很多" in wrong.content.decode()
    assert writer.post(part, {"seen": seen_in(html), "line": "1,500"}).status_code == 302
    assert "要由另一个人看过再发布" in page(writer, address)
    second = at(chain[2])
    assert "收入上限（元）" in page(second, address)
    assert second.post(f"{address}publication/", {}).status_code == 302
    assert access_offered("test-aid", chain[3]).document.parameters == {"line": 1500}


def test_the_writer_does_not_publish(chain, writer):
    address = begin(writer, chain[2])
    refused = writer.post(f"{address}publication/", {})
    assert refused.status_code == 422
    assert "要由另一个人看过再发布" in refused.content.decode()


def test_of_a_local_part_only_what_was_changed_is_said_and_can_be_given_back(chain, writer):
    address = begin(writer, chain[2])
    part = f"{address}part/?of=terms"
    html = page(writer, part)
    assert "上级的规定" in html
    typed = {
        "seen": seen_in(html),
        "promised_term_days": "10",
        "promised_term_unit": "working",
        "extension__days": "5",
        "extension__unit": "working",
        "extension__times": "1",
    }
    writer.post(part, typed)
    version = ItemVersion.objects.get(union=chain[2])
    assert version.content == {"promised_term": {"days": 10}}
    writer.post(part, {"inherit": "promised_term"})
    version.refresh_from_db()
    assert version.content == {}


def test_who_saves_second_sees_both_and_loses_nothing(chain, writer):
    address = begin(writer, chain[2])
    part = f"{address}part/?of=amounts"
    seen = seen_in(page(writer, part))
    other = at(chain[2])
    other.post(part, {"seen": seen, "line": "1200"})
    late = writer.post(part, {"seen": seen, "line": "1500"})
    html = late.content.decode()
    assert late.status_code == 409
    assert "1200" in html
    assert 'value="1500"' in html
    assert ItemVersion.objects.get(union=chain[2]).content["parameters"] == {"line": 1200}
    writer.post(part, {"seen": seen_in(html), "line": "1500"})
    assert ItemVersion.objects.get(union=chain[2]).content["parameters"] == {"line": 1500}


@pytest.fixture
def keeper(chain):
    return at(Union.objects.get(depth=0))


def test_a_question_is_added_by_hand_and_asked(chain, keeper):
    address = begin(keeper, Union.objects.get(depth=0))
    part = f"{address}part/?of=questions"
    html = page(keeper, part)
    n = rows_in(html)
    new = {
        **{f"row-{row}-label_{tongue}": "问题" for row in range(n) for tongue in ("zh", "en")},
        f"row-{n}-key": "members",
        f"row-{n}-kind": "choice",
        f"row-{n}-label_zh": "家里几口人",
        f"row-{n}-label_en": "How many of you?",
        f"row-{n}-options": "few | 三口以内 | Up to three\nmany | 三口以上 | More",
        f"row-{n}-required": "on",
    }
    broken = keeper.post(part, filled(html, {**new, f"row-{n}-options": "few | 三口以内"}))
    assert broken.status_code == 422
    assert "第 1 行" in broken.content.decode()
    assert keeper.post(part, filled(html, new)).status_code == 302
    draft = ItemVersion.objects.get(state="draft")
    form = draft.content["form"]
    assert form["schema"]["properties"]["members"] == {"type": "string", "enum": ["few", "many"]}
    assert form["schema"]["required"] == ["reason", "members"]
    assert form["schema"]["properties"]["reason"] == AID["form"]["schema"]["properties"]["reason"]
    assert "家里几口人" in page(keeper, f"{address}preview/")


def test_a_condition_is_put_into_words_as_it_is_typed(chain, keeper):
    address = begin(keeper, Union.objects.get(depth=0))
    said = keeper.post(f"{address}condition/", {"row-0-when": "person.age >= 18"})
    assert "年龄不低于18" in said.content.decode()
    wrong = keeper.post(f"{address}condition/", {"row-0-when": "person.age >="})
    assert "算不出来" in wrong.content.decode()
    html = page(keeper, f"{address}part/?of=conditions")
    sent = filled(html, {"row-0-when": "account.phone == '1'"})
    assert keeper.post(f"{address}part/?of=conditions", sent).status_code == 422


def test_the_document_itself_says_in_which_line_it_is_wrong(chain, keeper):
    address = begin(keeper, Union.objects.get(depth=0))
    html = page(keeper, f"{address}document/")
    document = ItemVersion.objects.get(state="draft").content
    send = lambda text_: keeper.post(  # noqa: E731
        f"{address}document/", {"seen": seen_in(html), "content": text_}
    )
    assert "第 2 行" in send('{\n  "key": ,\n}').content.decode()
    for unstorable in ('{"name": "\\u0000"}', '{"level": NaN}', '{"name": "\\ud800"}', "[" * 9000):
        assert send(unstorable).status_code == 422
    document["steps"][1]["outcomes"][0]["next"] = 7
    lines = json.dumps(document, ensure_ascii=False, indent=2)
    wanted = next(n for n, line in enumerate(lines.splitlines(), start=1) if '"next": 7' in line)
    assert f"第 {wanted} 行" in send(lines).content.decode()
    document["steps"][1]["outcomes"][0]["next"] = "check"
    assert send(json.dumps(document)).status_code == 302


def test_a_new_service_begins_with_its_name_and_says_what_is_missing(chain, keeper, writer):
    root = Union.objects.get(depth=0)
    assert writer.get(f"/desk/services/new/?union={root.number}").status_code == 404
    sent = {"key": "umbrella", "zh": "借伞", "en": "Umbrella"}
    address = keeper.post("/desk/services/new/", sent)["Location"]
    html = page(keeper, address)
    assert "发布前还要改好" in html
    assert "缺的内容还多" in page(keeper, f"{address}preview/")
    assert "缺的内容还多" in page(keeper, f"{address}trial/")


def test_a_trial_run_on_the_page(chain, writer):
    address = begin(writer, chain[2])
    html = page(writer, f"{address}trial/")
    assert "这是一位虚构的申请人" in html
    asked = {
        "union": chain[3].name,
        "script": "[]",
        "asked-reason": "家里有人生病，收入不够",
        "asked-income": "900",
        "is_member": "on",
    }
    html = writer.post(f"{address}trial/", asked).content.decode()
    assert "初审" in html
    sent = filled(html, {**asked, "move": "take", "outcome": "passed", "step": "check"})
    html = writer.post(f"{address}trial/", sent).content.decode()
    assert "审批" in html
    assert "办这一步" in html
    broken = writer.post(f"{address}trial/", {**asked, "script": "[{}]"})
    assert broken.status_code == 422


def test_a_published_version_is_looked_at_and_not_written(chain, writer):
    published = ItemVersion.objects.get(state="published")
    keeper = at(Union.objects.get(depth=0))
    address = f"/desk/services/versions/{published.pk}/"
    assert "停用" in page(keeper, address)
    assert keeper.get(f"{address}part/?of=terms").status_code == 404
    assert writer.get(address).status_code == 404
    refused = keeper.post(f"{address}retirement/", {"reason": "不"})
    assert refused.status_code == 422
    done = keeper.post(f"{address}retirement/", {"reason": "国家有了新的统一办法，不再单独受理。"})
    assert done.status_code == 302


def test_a_union_is_chosen_by_its_whole_name(chain, writer):
    assert chain[3].name in page(writer, f"/desk/services/?union={chain[3].name}")
    assert "没有这个全称或编号的工会" in page(writer, "/desk/services/?union=某某工会")
    assert "本级没有地方差异" in page(
        writer, f"/desk/services/unions/{chain[3].number}/?item=test-aid"
    )
    page(writer, f"/desk/services/unions/{chain[3].number}/?item=none", 404)

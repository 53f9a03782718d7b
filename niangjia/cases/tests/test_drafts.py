"""What is typed is kept: while typing, on another phone, under a form that changed meanwhile."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.cases import services
from niangjia.cases.models import Case, CaseDraft, CaseFile
from niangjia.cases.rules.carrying import carried
from niangjia.cases.rules.content import Form
from niangjia.cases.selectors import access_offered, owner_of_account
from niangjia.cases.tests.factories import AID, publish, text
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict
from niangjia.core.models import FileChunk, StoredFile
from niangjia.core.tests import hostile
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db
THERE = "/services/test-aid/asking/"
DRAFT = f"{THERE}draft/"
REASON = "家里有人生病，收入不够"


@pytest.fixture
def account(chain):
    return make_membership(union=chain[3]).person.account


def typed(account):
    return services.read_draft(
        owner=owner_of_account(account.pk),
        item=access_offered("test-aid", Union.objects.get(depth=0)).item,
    )


def drafts():
    with protection.working("test"):
        return CaseDraft.objects.count()


def test_what_is_typed_is_saved_and_is_there_on_another_phone(chain, account):
    saved = signed_in(account).post(DRAFT, {"reason": "家里", "income": "很少", "window": "a"})
    assert "保存" in saved.content.decode()
    assert 'name="draft_version" value="1"' in saved.content.decode()
    elsewhere = signed_in(account)
    assert "测试帮扶" in elsewhere.get("/mine/cases/").content.decode()
    page = elsewhere.get(THERE).content.decode()
    assert "家里" in page
    assert 'value="很少"' in page


def test_two_phones_neither_loses_the_other_s_words_without_being_told(chain, account):
    one, other = signed_in(account), signed_in(account)
    one.post(DRAFT, {"reason": "第一台手机写的", "window": "one", "draft_version": "0"})
    refused = other.post(DRAFT, {"reason": "第二台手机写的", "window": "two", "draft_version": "0"})
    page = refused.content.decode()
    assert "第一台手机写的" in page
    assert 'name="draft_version" value="0"' in page
    assert typed(account).answers == {"reason": "第一台手机写的"}
    sent = other.post(THERE, {"reason": "第二台手机写的", "window": "two", "draft_version": "0"})
    assert sent.status_code == 422
    assert "第一台手机写的" in sent.content.decode()
    again = {"reason": "第二台手机写的", "window": "two", "draft_version": "1"}
    assert other.post(THERE, again).status_code == 302
    assert drafts() == 0


def test_the_same_window_overtakes_itself_and_one_may_overwrite_knowingly(chain, account):
    browser = signed_in(account)
    for words in ("一", "一二", "一二三"):
        browser.post(DRAFT, {"reason": words, "window": "a", "draft_version": "0"})
    assert typed(account).answers == {"reason": "一二三"}
    browser.post(DRAFT, {"reason": "四", "window": "b", "draft_version": "0", "overwrite": "yes"})
    assert typed(account).answers == {"reason": "四"}


def test_a_form_with_a_mistake_costs_no_word(chain, account):
    browser = signed_in(account)
    assert browser.post(THERE, {"reason": "短", "income": "1200"}).status_code == 422
    assert typed(account).answers == {"reason": "短", "income": 1200.0}
    assert browser.post("/mine/cases/drafts/test-aid/removal/").status_code == 302
    assert drafts() == 0


def changed_form():
    schema = {
        "type": "object",
        "properties": {
            "reason": {"type": "string", "minLength": 5, "maxLength": 500},
            "people": {"type": "integer", "minimum": 1},
        },
        "required": ["reason"],
    }
    return {"schema": schema, "ui": {"fields": {"people": {"label": text("家庭人数")}}}}


def test_a_form_that_changed_meanwhile_takes_over_what_was_typed_and_says_what_is_new(
    chain, account
):
    browser = signed_in(account)
    browser.post(DRAFT, {"reason": REASON, "income": "1200"})
    publish(AID, form=changed_form())
    page = browser.get(THERE).content.decode()
    assert REASON in page
    assert "家庭人数" in page[page.index("新增") :]
    assert "1200" in page[page.index("原来写的") :]
    assert browser.post(THERE, {"reason": REASON, "draft_version": "1"}).status_code == 302


def test_of_a_service_that_was_retired_the_words_are_shown_and_nothing_can_be_sent(chain, account):
    browser = signed_in(account)
    browser.post(DRAFT, {"reason": REASON})
    version = access_offered("test-aid", chain[3]).item.versions.get()
    services.retire_item(version=version, by=None, now=clock.now())
    page = browser.get(THERE)
    assert page.status_code == 200
    assert REASON in page.content.decode()
    assert "已经停办" in page.content.decode()
    assert browser.post(THERE, {"reason": REASON}).status_code == 200
    with protection.working("test"):
        assert not Case.objects.exists()


def test_what_fits_no_more_is_told_apart_from_what_does():
    before = Form.model_validate(
        {"schema": {"properties": {"kind": {"enum": ["a", "b"]}, "old": {"type": "string"}}}}
    )
    after = Form.model_validate(
        {"schema": {"properties": {"kind": {"enum": ["b"]}, "new": {"type": "string"}}}}
    )
    kept = carried(before, after, {"kind": "b", "old": "x"})
    lost = carried(before, after, {"kind": "a", "old": "x"})
    assert kept.answers == {"kind": "b"}
    assert lost.answers == {}
    assert [each.label for each in lost.gone] == ["kind", "old"]
    assert kept.added == ["new"]
    assert not carried(before, before, {"kind": "a"}).is_news


def test_given_up_drafts_go_after_ninety_days_with_their_files(chain, account):
    browser = signed_in(account)
    with clock.stopped_at(clock.now() - dt.timedelta(days=91)):
        browser.post(DRAFT, {"reason": REASON})
        sent = {"slot": "files", "file": SimpleUploadedFile("证明.jpg", hostile.photo())}
        assert browser.post(f"{THERE}files/", sent).status_code == 200
    assert StoredFile.objects.count() == 1
    services.expire_drafts(now=clock.now())
    assert drafts() == 0
    assert not FileChunk.objects.exists()
    assert not StoredFile.objects.exists()
    browser.post(DRAFT, {"reason": REASON})
    services.expire_drafts(now=clock.now())
    assert drafts() == 1


def test_a_draft_that_was_handed_in_is_not_written_to_again(chain, account):
    offered, owner = access_offered("test-aid", chain[3]), owner_of_account(account.pk)
    with pytest.raises(Conflict) as refused:
        services.save_draft(
            owner=owner, offered=offered, answers={"reason": "晚到"}, version=3, now=clock.now()
        )
    assert refused.value.code == "draft-changed"
    assert drafts() == 0


def test_nobody_sees_another_s_draft(chain, account):
    signed_in(account).post(DRAFT, {"reason": REASON})
    stranger = make_membership(union=chain[3]).person.account
    assert REASON not in signed_in(stranger).get(THERE).content.decode()
    with protection.viewing(account=stranger.pk):
        assert CaseDraft.objects.count() == CaseFile.objects.count() == 0
    with protection.viewing(receipt=owner_of_account(account.pk)):
        assert CaseDraft.objects.count() == 1

"""Letters of cases: on paper what was said, numbered without a gap, never changed, owed until
written."""

import datetime as dt
import hashlib

import pytest
from django.db import connection

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, CaseLetter, LetterSeries
from niangjia.cases.rules import story
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import list_letters, list_owed
from niangjia.cases.services import letters
from niangjia.cases.tests.factories import AID, fresh, make_case, make_officer, publish
from niangjia.cases.tests.letters import (
    DECISION,
    MONDAY,
    OPINION,
    REMINDER,
    VERIFY_AT,
    letters_of,
    write,
)
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.tests import letters as papers
from niangjia.members.models import Notice, Role
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db


def pdf_of(case, letter):
    with protection.working("test"):
        standing = next(s for s in list_letters(case.pk) if s.letter.pk == letter.pk)
        return letters.open_document(fresh(case), standing).read()


def test_what_was_said_is_on_the_paper_and_the_paper_is_kept(matter):
    matter.step("remind")
    letter = matter.write("reminder")
    made = pdf_of(matter.case, letter)
    copied = papers.text_of(made)
    for said in (
        matter.county.name,
        "监提〔2026〕1号",
        "工会劳动法律监督提示函",
        "示范快运有限公司：",
        "未足额支付十二名配送员的劳动报酬",
        "自收到本函之日起10个工作日内",
        "联系人：张明，010-12345678",
        "2026年3月2日",
        VERIFY_AT,
    ):
        assert said.replace(" ", "") in copied, said
    assert "{" not in copied
    assert hashlib.sha256(made).digest() == bytes(letter.sha256)
    assert b"/FontFile" in papers.unpacked(made)


def test_a_letter_is_owed_from_its_outcome_until_it_is_written(matter):
    def owed():
        with protection.working("test"):
            item = document_of(matter.case.snapshot_id)
            return [
                o.template.key for o in list_owed(matter.case, item, list_letters(matter.case.pk))
            ]

    assert owed() == []
    matter.step("remind")
    assert owed() == ["reminder"]
    letter = matter.write("reminder")
    assert owed() == []
    letters.withdraw_letter(
        by=matter.chair,
        letter_id=letter.pk,
        reason="事实部分有误，重新核实后再发。",
        now=MONDAY,
    )
    assert owed() == ["reminder"]
    assert matter.write("reminder").serial == 2


def test_what_is_missing_too_long_or_cannot_be_printed_is_said_beside_the_field(matter):
    with pytest.raises(Invalid) as refused:
        matter.write("reminder", matter="", provisions="法" * 501, contact="张𠮷")
    assert set(refused.value.fields) == {"matter", "provisions", "contact"}
    assert "𠮷" in str(refused.value.fields["contact"])
    assert letters_of(matter.case) == []
    assert not LetterSeries.objects.exists()


def test_a_number_given_back_is_used_by_the_next(matter, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(
            "niangjia.cases.services.letters.writing.timeline.write_entry",
            lambda *a, **k: 1 / 0,
        )
        with pytest.raises(ZeroDivisionError):
            matter.write("reminder")
    assert matter.write("reminder").serial == 1


def test_each_union_and_each_year_counts_from_one(matter):
    above = make_officer(matter.county.parent)
    first = matter.write("reminder")
    other = write(above, matter.case, "reminder", REMINDER, seen=1)
    later = write(
        matter.chair, matter.case, "reminder", REMINDER, seen=2, now=MONDAY + dt.timedelta(days=330)
    )
    assert [(x.union_id, x.year, x.serial) for x in (first, other, later)] == [
        (matter.county.pk, 2026, 1),
        (above.union_id, 2026, 1),
        (matter.county.pk, 2027, 1),
    ]


def test_two_officers_do_not_send_the_same_letter(matter):
    matter.write("reminder")
    with pytest.raises(Conflict) as refused:
        write(make_officer(matter.county), matter.case, "reminder", REMINDER, seen=0)
    assert refused.value.code == "letter-written"
    assert len(letters_of(matter.case)) == 1


def test_who_may_not_decide_sends_no_opinion(matter):
    officer = make_officer(matter.county, role=Role.CASE_OFFICER)
    with pytest.raises(NotFound):
        write(officer, matter.case, "opinion", OPINION)
    assert write(officer, matter.case, "reminder", REMINDER).number.endswith("1 号")


def test_a_post_that_ended_a_second_ago_sends_nothing(matter):
    matter.chair.ended_at = MONDAY
    matter.chair.save()
    with pytest.raises(NotFound):
        matter.write("reminder")


def test_a_union_renamed_later_sent_the_letter_under_its_name(matter):
    letter = matter.write("reminder")
    before = matter.county.name
    Union.objects.filter(pk=matter.county.pk).update(name="改名后的总工会")
    assert letters_of(matter.case)[0].union_name == before
    assert before.replace(" ", "") in papers.text_of(pdf_of(matter.case, letter))


CHANGES = ("UPDATE cases_caseletter SET number = 'x'", "DELETE FROM cases_letterrecord")


@pytest.mark.parametrize("change", CHANGES)
def test_the_app_finds_no_letter_to_change(matter, change):
    matter.serve(matter.write("reminder"), MONDAY.date(), MONDAY)
    with protection.working("test"), connection.cursor() as cursor:
        cursor.execute(change)
        assert cursor.rowcount == 0


def test_the_complainant_reads_that_their_union_wrote_and_is_told(matter):
    matter.write("reminder")
    with protection.working("test"):
        entry = CaseEntry.objects.filter(case=matter.complaint, kind="document").get()
        item = document_of(matter.complaint.snapshot_id)
    assert entry.is_public
    assert "监提〔2026〕1 号" in story.title_of(entry, item, to_applicant=True)
    assert Notice.objects.filter(account=matter.applicant, kind="case.news").exists()


def test_a_decision_is_for_its_applicant_and_they_are_told(matter):
    union = matter.county
    publish(AID, letters=[DECISION])
    case = make_case(union=union)
    letter = write(make_officer(union), case, "granted", {"decision": "每季度 500 元。"})
    copied = papers.text_of(pdf_of(case, letter))
    assert case.person.name in copied
    assert case.number in copied
    assert Notice.objects.filter(account=case.applicant, kind="case.letter").exists()


def test_nothing_is_written_once_whoever_asked_has_left(matter):
    with protection.working("test"):
        matter.case.sealed_key = matter.case.answers = b""
        matter.case.save(update_fields=["sealed_key", "answers"])
    with pytest.raises(Conflict) as refused:
        matter.write("reminder")
    assert refused.value.code == "erased"
    assert not CaseLetter.objects.exists()


def test_the_union_began_it_so_nobody_is_asked_how_it_was(matter):
    matter.step("unfounded", words="经核实，单位已按时足额支付，没有发现违法。")
    assert fresh(matter.case).state == "closed"
    with protection.working("test"):
        closed = CaseEntry.objects.get(case=matter.case, kind="closed")
    assert closed.words is None
    assert services.token_in(fresh(matter.case), [closed]) == ""

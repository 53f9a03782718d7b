"""Whoever holds a paper learns whether it is genuine, and nothing else."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from niangjia.cases.selectors.letters import find_by_code, list_letters
from niangjia.cases.services import letters
from niangjia.cases.services.letters import verifying
from niangjia.cases.services.letters.sealing import said_in
from niangjia.cases.tests.factories import fresh
from niangjia.cases.tests.letters import MONDAY, VERIFY_AT
from niangjia.core import protection
from niangjia.core.errors import NotFound, Throttled
from niangjia.core.tests import letters as papers
from niangjia.members.rules.throttles import Limit
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db


def code_of(matter, letter):
    with protection.working("test"):
        return said_in(fresh(matter.case), letter)["code"]


def pdf_of(matter):
    with protection.working("test"):
        return letters.open_document(fresh(matter.case), list_letters(matter.case.pk)[-1]).read()


def page_of(code):
    return Client().get(reverse("cases:verified", args=[code]))


def test_the_code_on_the_paper_leads_to_what_stands_at_its_head(matter):
    letter = matter.write("reminder")
    copied = papers.text_of(pdf_of(matter))
    code = re.search(r"核验码([0-9A-Z-]{14})", copied).group(1)
    assert f"{VERIFY_AT}{code}/" in copied
    page = page_of(code.lower().replace("-", ""))
    body = page.content.decode()
    assert page.status_code == 200
    for said in (matter.county.name, letter.number, "提示函", "2026年3月2日"):
        assert said in body.replace("&nbsp;", " "), said
    for kept in ("示范快运", "配送员", "买买提", matter.case.number, matter.complaint.number):
        assert kept not in body, kept


def test_it_is_found_by_whoever_has_the_digest_key_alone(matter, monkeypatch):
    code = code_of(matter, matter.write("reminder"))
    with protection.working("test"):
        assert find_by_code(code) is not None
        assert code.encode() not in bytes(list_letters(matter.case.pk)[0].letter.said)
        monkeypatch.setattr("niangjia.cases.selectors.letters.CODE", "another-purpose")
        assert find_by_code(code) is None


def test_a_withdrawn_letter_says_so_and_since_when(matter):
    letter = matter.write("reminder")
    letters.withdraw_letter(
        by=matter.chair, letter_id=letter.pk, reason="事实部分有误，重新核实后再发。", now=MONDAY
    )
    body = page_of(code_of(matter, letter)).content.decode()
    assert "已撤回" in body
    assert "重新核实" not in body


def test_a_union_renamed_or_dissolved_later_sent_it_under_its_name(matter):
    letter = matter.write("reminder")
    before = matter.county.name
    Union.objects.filter(pk=matter.county.pk).update(
        name="改名后的总工会", status="dissolved", dissolved_date=MONDAY.date()
    )
    assert before in page_of(code_of(matter, letter)).content.decode()


@pytest.mark.parametrize("code", ["7K2M-9QXC-4T0B", "x", "7K2M-9QXC-4T0B-7K2M-9QXC-4T0B", "欠薪"])
def test_what_nobody_was_given_is_found_kindly_missing(code):
    page = page_of(code)
    assert page.status_code == 404
    assert "核验码" in page.content.decode()


def test_guessing_is_stopped_and_looking_at_a_true_one_is_not(matter, monkeypatch):
    code = code_of(matter, matter.write("reminder"))
    monkeypatch.setattr(verifying, "WRONG_CODES", (Limit(2, 3600),))
    for _ in range(5):
        letters.verify_letter(code=code, address="10.0.0.1", now=MONDAY)
    for _ in range(2):
        with pytest.raises(NotFound):
            letters.verify_letter(code="7K2M-9QXC-4T0B", address="10.0.0.1", now=MONDAY)
    with pytest.raises(Throttled):
        letters.verify_letter(code="7K2M-9QXC-4T0B", address="10.0.0.1", now=MONDAY)
    letters.verify_letter(code=code, address="10.0.0.2", now=MONDAY)


class TestComparing:
    def test_the_very_file_is_the_same_and_any_other_is_not(self, matter):
        code, made = code_of(matter, matter.write("reminder")), pdf_of(matter)
        found = letters.verify_letter(code=code, address="10.0.0.1", now=MONDAY)
        assert letters.is_same(found, BytesIO(made))
        assert not letters.is_same(found, BytesIO(made + b"\n"))

    def test_by_page_and_by_operation(self, matter):
        code, made = code_of(matter, matter.write("reminder")), pdf_of(matter)
        page = reverse("cases:verified", args=[code])
        sent = Client().post(page, {"file": SimpleUploadedFile("a.pdf", made)})
        assert "是原件" in sent.content.decode()
        sent = Client().post(page, {"file": SimpleUploadedFile("a.pdf", made[:-1])})
        assert "不是原件" in sent.content.decode()
        assert Client().post(page, {}).status_code == 422
        there = f"/api/v1/letters/{code}"
        assert set(Client().get(there).json()) == {
            *("union", "number", "kind", "issued_date", "withdrawn_date"),
            *("is_demonstration", "sha256"),
        }
        answer = Client().post(f"{there}/comparison", {"file": SimpleUploadedFile("a.pdf", made)})
        assert answer.json() == {"is_same": True}


def test_a_code_is_typed_however_it_is_read(matter):
    code = code_of(matter, matter.write("reminder"))
    typed = Client().post(reverse("cases:verify"), {"code": f" {code.lower()} "})
    assert typed["Location"] == reverse("cases:verified", args=[code])
    wrong = Client().post(reverse("cases:verify"), {"code": "12"})
    assert wrong.status_code == 422

"""Letters by page and by operation: previewed, sent, recorded, fetched by their addressee."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from niangjia.cases.models import LetterHead, LetterRecord
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import find_head
from niangjia.cases.services import letters
from niangjia.cases.services.letters import heads
from niangjia.cases.services.waiting import silence_counts
from niangjia.cases.tests.factories import AID, COMPLAINT, fresh, make_case, open_by, publish
from niangjia.cases.tests.letters import (
    DECISION,
    MONDAY,
    REMINDER,
    letters_of,
    make_letter,
    write,
)
from niangjia.core import clock, protection
from niangjia.core.documents import Seal
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.tests import letters as papers
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(matter):
    """The browser of the county's chair."""
    return officer_client(make_post(union=matter.county, role=Role.CHAIR))


def typed(**changes):
    return {f"letter-{key}": value for key, value in {**REMINDER, "seen": 0, **changes}.items()}


def writing(case, template="reminder"):
    return f"{reverse('cases:letter_new', args=[case.number])}?template={template}"


def test_of_several_accused_a_letter_goes_to_one_or_to_all(matter, desk):
    """Each employer answers for itself: the clock waits until the letter to each has arrived."""
    other = Employer.objects.create(name="示范劳务派遣有限公司", division=matter.county.division)
    with protection.working("test"):
        matter.case.accused_ids = [matter.employer.pk, other.pk]
        matter.case.save(update_fields=["accused_ids"])
    assert "示范劳务派遣有限公司" in desk.get(writing(matter.case)).content.decode()
    stranger = Employer.objects.create(name="别家公司", division=matter.county.division)
    wrong = desk.post(writing(matter.case), {**typed(employer=stranger.pk), "act": "issue"})
    assert wrong.status_code == 422
    for seen, to in enumerate((other, matter.employer)):
        form = typed(employer=to.pk, seen=seen)
        sent = desk.post(writing(matter.case), {**form, "act": "issue"})
        assert sent.status_code == 302
    first, second = letters_of(matter.case)
    assert [first.employer_id, second.employer_id] == [other.pk, matter.employer.pk]
    page = desk.get(reverse("cases:letter", args=[first.pk])).content.decode()
    assert "<dd>示范劳务派遣有限公司</dd>" in page
    matter.step("remind")
    case = fresh(matter.case)
    step = document_of(case.snapshot_id).step(case.step)
    assert step.after_letter == "reminder"
    with protection.working("test"):
        matter.serve(first, clock.today(), clock.now())
        assert not silence_counts(case, document_of(case.snapshot_id), step)
        matter.serve(second, clock.today(), clock.now())
        assert silence_counts(case, document_of(case.snapshot_id), step)


class TestWriting:
    def test_what_is_typed_is_shown_as_a_letter_and_nothing_is_sent(self, matter, desk):
        shown = desk.get(writing(matter.case)).content.decode()
        assert "未足额支付配送员劳动报酬，已核实。" in shown, "as the matter was begun"
        answer = desk.post(writing(matter.case), typed(act="preview") | {"act": "preview"})
        body = answer.content.decode()
        assert answer.status_code == 200
        assert "我会在开展工会劳动法律监督工作中了解到" in body
        assert "十二名配送员" in body
        assert letters_of(matter.case) == []

    def test_sent_it_has_a_page_of_its_own(self, matter, desk):
        sent = desk.post(writing(matter.case), typed() | {"act": "issue"}, follow=True)
        (letter,) = letters_of(matter.case)
        assert sent.redirect_chain[-1][0] == reverse("cases:letter", args=[letter.pk])
        assert letter.number in sent.content.decode()

    def test_what_names_somebody_is_refused_beside_the_field_with_all_that_was_typed(
        self, matter, desk
    ):
        named = typed(matter="职工买买提·吐尔逊反映，你单位欠薪。") | {"act": "issue"}
        answer = desk.post(writing(matter.case), named)
        body = answer.content.decode()
        assert answer.status_code == 422
        assert "本人还没有同意" in body
        assert "买买提·吐尔逊反映" in body
        assert REMINDER["contact"] in body

    def test_of_what_is_owed_the_page_of_the_case_says_so(self, matter, desk):
        matter.step("remind")
        page = reverse("cases:case", args=[matter.case.number])
        assert "还没有写" in desk.get(page).content.decode()
        matter.write("reminder")
        body = desk.get(page).content.decode()
        assert "去写" not in body
        assert "还没有登记送达" in body

    def test_another_matter_is_begun_from_its_page(self, matter, desk):
        page = f"{reverse('cases:follow_up', args=[matter.complaint.number])}"
        body = desk.get(f"{page}?item=labour-law-supervision").content.decode()
        assert "由工会自己发起" in body
        assert desk.get(f"{page}?item=hardship-aid").status_code == 404


class TestRecording:
    def test_a_receipt_is_kept_with_what_is_written_down(self, matter, desk):
        letter = matter.write("reminder")
        picture = BytesIO()
        Image.new("RGB", (40, 40), "white").save(picture, "PNG")
        answer = desk.post(
            reverse("cases:letter_service", args=[letter.pk]),
            {
                "service-way": "hand",
                "service-on_date": "2026-03-02",
                "service-words": "前台签收",
                "service-papers": SimpleUploadedFile("签收单.png", picture.getvalue()),
            },
        )
        assert answer.status_code == 302
        body = desk.get(reverse("cases:letter", args=[letter.pk])).content.decode()
        assert "前台签收" in body
        assert "签收单.png" in body

    def test_a_program_is_no_receipt(self, matter, desk):
        letter = matter.write("reminder")
        answer = desk.post(
            reverse("cases:letter_answer", args=[letter.pk]),
            {
                "answer-mended": "yes",
                "answer-on_date": "2026-03-02",
                "answer-papers": SimpleUploadedFile("答复.pdf", b"MZ" + bytes(200)),
            },
        )
        assert answer.status_code == 422
        with protection.working("test"):
            assert not LetterRecord.objects.exists()


class TestOnesOwn:
    @pytest.fixture
    def union(self, matter):
        publish(AID, letters=[DECISION])
        return matter.county

    def test_an_applicant_fetches_their_decision(self, union):
        case = make_case(union=union)
        letter, _receipt = make_letter(case, make_post(union=union, role=Role.CHAIR))
        client = Client()
        client.force_login(case.applicant)
        page = client.get(reverse("cases:own_case", args=[case.number])).content.decode()
        assert letter.number in page
        got = client.get(reverse("cases:own_letter", args=[letter.pk]))
        assert b"".join(got).startswith(b"%PDF")
        other = Client()
        other.force_login(make_person().account)
        assert other.get(reverse("cases:own_letter", args=[letter.pk])).status_code == 404

    def test_whoever_has_a_receipt_fetches_theirs(self, union):
        publish(COMPLAINT, letters=[DECISION])
        employer = Employer.objects.create(name="某某公司", division=union.division)
        opened = open_by(union=union, document=COMPLAINT, accused=employer, anonymous=True)
        letter, _record = make_letter(opened.case, make_post(union=union, role=Role.CHAIR))
        there = reverse("cases:receipt_letter")
        got = Client().post(there, {"receipt": opened.receipt, "letter": str(letter.pk)})
        made = b"".join(got)
        assert "来件人" in papers.text_of(made)
        wrong = Client().post(there, {"receipt": "x" * 32, "letter": str(letter.pk)})
        assert wrong.status_code == 422
        api = "/api/v1/receipts/letters"
        sent = {"receipt": opened.receipt, "letter": str(letter.pk)}
        assert b"".join(Client().post(api, sent, content_type="application/json")) == made


class TestHeads:
    def seal(self, size=(300, 300)):
        made = BytesIO()
        Image.new("RGBA", size, (200, 22, 29, 255)).save(made, "PNG")
        return SimpleUploadedFile("章.png", made.getvalue())

    def test_the_seal_is_kept_sealed_and_stands_on_letters_from_then_on(self, matter, settings):
        letters.set_letter_head(
            by=matter.chair, mark="义工", picture=self.seal(), name="章.png", now=MONDAY
        )
        head = find_head(matter.county)
        assert heads.opened(head).kind == "png"
        assert isinstance(heads.seal_of(matter.county, head), Seal)
        letter = matter.write("reminder")
        assert letter.number == "义工监提〔2026〕1 号"
        assert not letter.is_demonstration
        letters.set_letter_head(by=matter.chair, mark="义总工", now=MONDAY)
        assert find_head(matter.county).seal is not None, "kept where none is sent"
        letters.set_letter_head(by=matter.chair, mark="义总工", without_seal=True, now=MONDAY)
        assert heads.seal_of(matter.county, find_head(matter.county)) is None
        assert LetterHead.objects.count() == 3

    def test_without_a_seal_letters_go_out_all_the_same(self, matter):
        assert matter.write("reminder").serial == 1

    def test_a_demonstrations_seal_says_so(self, matter, settings):
        settings.DEMO = True
        assert matter.write("reminder").is_demonstration

    @pytest.mark.parametrize(
        ("changes", "field"), [({"mark": "YG"}, "mark"), ({"size": (100, 300)}, "picture")]
    )
    def test_what_is_no_seal_or_mark_is_said_beside_the_field(self, matter, changes, field):
        size = changes.pop("size", (300, 300))
        with pytest.raises(Invalid) as refused:
            letters.set_letter_head(
                by=matter.chair,
                **{"mark": "义工", **changes},
                picture=self.seal(size),
                name="章.png",
                now=MONDAY,
            )
        assert set(refused.value.fields) == {field}

    def test_it_is_for_who_keeps_the_seal(self, matter):
        officer = make_post(union=matter.county, role=Role.CASE_OFFICER)
        with pytest.raises(NotFound):
            letters.set_letter_head(by=officer, mark="义工", now=MONDAY)

    def test_the_page_keeps_it(self, matter, desk):
        answer = desk.post(reverse("cases:letter_head"), {"mark": "义工", "picture": self.seal()})
        assert answer.status_code == 302
        assert find_head(matter.county).mark == "义工"
        assert desk.get(reverse("cases:letter_seal")).status_code == 200


class TestOperations:
    def test_the_whole_by_program(self, matter, desk):
        there = f"/api/v1/desk/cases/{matter.case.number}/letters"
        as_json = {"content_type": "application/json"}
        listed = desk.get(there).json()
        assert {each["key"] for each in listed["templates"]} == {"reminder", "opinion", "proposal"}
        begun = desk.post(f"{there}/preview", {"template": "reminder"}, **as_json).json()
        values = {**begun["values"], "contact": "张明"}
        letter = {"template": "reminder", "values": values, "seen": begun["seen"]}
        sent = desk.post(there, letter, **as_json)
        assert sent.status_code == 201
        again = desk.post(there, letter, **as_json)
        assert (again.status_code, again.json()["code"]) == (409, "letter-written")
        one = f"/api/v1/desk/letters/{sent.json()['id']}"
        today = clock.today().isoformat()
        served = desk.post(f"{one}/service", {"way": "post", "on_date": today})
        assert served.status_code == 200, served.content
        answered = desk.post(f"{one}/answer", {"mended": "yes", "on_date": today})
        assert answered.json()["answered_on"] == answered.json()["served_on"]
        assert b"".join(desk.post(f"{one}/pdf", {}, **as_json)).startswith(b"%PDF")
        reason = {"reason": "事实部分有误，重新核实后再发。"}
        assert desk.post(f"{one}/withdrawal", reason, **as_json).json()["withdrawn_on"]

    def test_an_applicant_says_whether_they_may_be_named(self, matter):
        client = Client()
        client.force_login(matter.applicant)
        there = f"/api/v1/cases/{matter.complaint.number}"
        answer = client.post(f"{there}/naming", {"agreed": True}, content_type="application/json")
        assert answer.status_code == 200
        with protection.working("test"):
            assert letters.has_agreed(fresh(matter.complaint))
        assert client.get(f"{there}/letters").json() == {"items": [], "next": None}
        client.post(reverse("cases:own_naming", args=[matter.complaint.number]), {"agreed": "no"})
        with protection.working("test"):
            assert not letters.has_agreed(fresh(matter.complaint))


def test_the_register_shows_the_letters_of_ones_unions(matter, desk):
    write(make_post(union=matter.county.parent, role=Role.CHAIR), matter.case, "reminder", REMINDER)
    letter = write(matter.chair, matter.case, "reminder", REMINDER, seen=1)
    body = desk.get(reverse("cases:letters")).content.decode()
    assert reverse("cases:letter", args=[letter.pk]) in body
    assert body.count("监提〔2026〕1 号") == 1, "not those of the union above"

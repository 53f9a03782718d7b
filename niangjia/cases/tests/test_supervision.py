"""一函两书: each letter by an officer's hand, each clock from the day it was handed over."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, CaseLink
from niangjia.cases.rules.letters.wording import waiting_in_words
from niangjia.cases.selectors import access_offered, list_offered
from niangjia.cases.selectors.letters import list_letters, read_letter_figures
from niangjia.cases.selectors.own_figures import METRICS, own_figures
from niangjia.cases.services import letters, waiting
from niangjia.cases.tests.factories import fresh, make_officer
from niangjia.cases.tests.letters import (
    MONDAY,
    OPINION,
    REMINDER,
    letters_of,
    seed,
    write,
)
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Notice, TieKind
from niangjia.members.services.ties import declare_tie
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer, Union

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def sweep_to_the_end(case, limit=10):
    """Let the clock do what it does until the step is over; the moment it was."""
    step, now = fresh(case).step, None
    for _ in range(limit):
        if fresh(case).step != step:
            return now
        now = fresh(case).clock_at
        services.sweep(now=now)
    return None


def due_day(case):
    return fresh(case).next_due_at.astimezone(dt.UTC).date()


def test_from_a_complaint_to_the_authorities(matter):
    """Nothing is sent by itself: silence leads to the step where the next letter is decided on."""
    matter.step("remind")
    matter.serve(matter.write("reminder"), MONDAY.date() + DAY, MONDAY + DAY)
    now = sweep_to_the_end(matter.case)
    assert fresh(matter.case).step == "opinion"
    assert len(letters_of(matter.case)) == 1
    assert Notice.objects.filter(account=matter.chair.account, kind="desk.case_silence").exists()

    matter.step("send", now=now)
    opinion = matter.write("opinion", now=now)
    matter.serve(opinion, now.date(), now)
    letters.answer_letter(
        by=matter.chair,
        letter_id=opinion.pk,
        mended="no",
        on_date=(now + 2 * DAY).date(),
        words="来函称资金困难。",
        now=now + 2 * DAY,
    )
    matter.step("not-mended", now=now + 3 * DAY, words="答复后仍未支付，也没有说明日期。")
    draft = letters.preview_letter(
        by=matter.chair, case_id=matter.case.pk, template="proposal", now=now + 3 * DAY
    )
    assert opinion.number in draft.values["history"], "it speaks of the letter before it"
    matter.step("send", now=now + 3 * DAY)
    values = {
        **OPINION,
        **draft.values,
        "authority": "示范市人力资源和社会保障局",
        "matter": "同上",
    }
    values |= {key: OPINION[key] for key in ("matter", "provisions", "contact")}
    write(matter.chair, matter.case, "proposal", values, now=now + 3 * DAY)
    assert [each.kind for each in letters_of(matter.case)] == ["reminder", "opinion", "proposal"]
    assert [each.serial for each in letters_of(matter.case)] == [1, 2, 3]
    assert fresh(matter.case).step == "follow"


def test_the_term_counts_from_the_day_it_was_handed_over(matter):
    matter.step("opine")
    matter.step("send")
    letter = matter.write("opinion")
    before = due_day(matter.case)
    matter.serve(letter, dt.date(2026, 3, 5), dt.datetime(2026, 3, 6, 2, tzinfo=dt.UTC))
    # Fifteen working days after Thursday 5 March.
    assert due_day(matter.case) == dt.date(2026, 3, 26)
    assert before == dt.date(2026, 3, 23)
    with protection.working("test"):
        standing = list_letters(matter.case.pk)[0]
    said = waiting_in_words(standing, fresh(matter.case).next_due_at)
    assert "3月26日" in said.replace(" ", "")


def test_a_place_sets_its_own_term(matter):
    """Shanghai gives 90 days; the letter says so and the clock counts them."""
    draft = services.draft_item(
        union=matter.county,
        key="labour-law-supervision",
        document={"parameters": {"answer_days": 90, "answer_unit": "calendar"}},
        by=matter.chair.account,
        now=MONDAY,
    )
    services.publish_item(version=draft, by=matter.chair.account, now=MONDAY)
    offered = access_offered("labour-law-supervision", matter.county, to_officers=True).document
    assert (offered.step("await-answer").term.days, offered.step("await-answer").term.unit) == (
        90,
        "calendar",
    )
    assert "90 日" in _body(offered, "opinion")


def _body(item, key):
    from niangjia.cases.rules.letters import compose, words_of_term

    facts = {
        "settings.answer_term": words_of_term(
            item.parameters["answer_days"], item.parameters["answer_unit"]
        )
    }
    return compose(item.letter(key), {}, facts).text


def test_silence_says_nothing_against_whom_the_letter_never_reached(matter):
    matter.step("remind")
    matter.write("reminder")
    assert sweep_to_the_end(matter.case, limit=2) is None
    assert (fresh(matter.case).step, fresh(matter.case).breaches) == ("await-reminder", 1)


def test_nor_once_they_have_answered(matter):
    matter.step("remind")
    letter = matter.write("reminder")
    matter.serve(letter, MONDAY.date(), MONDAY)
    letters.answer_letter(
        by=matter.chair,
        letter_id=letter.pk,
        mended="partly",
        on_date=MONDAY.date() + DAY,
        now=MONDAY + DAY,
    )
    sweep_to_the_end(matter.case, limit=2)
    assert fresh(matter.case).step == "await-reminder"


def test_control_without_the_guard_silence_goes_on(matter, monkeypatch):
    monkeypatch.setattr(waiting, "silence_counts", lambda *a: True)
    matter.step("remind")
    matter.write("reminder")
    sweep_to_the_end(matter.case)
    assert fresh(matter.case).step == "opinion"


def test_it_is_linked_shared_and_takes_nothing_of_the_complainant_along(matter):
    with protection.working("test"):
        link = CaseLink.objects.get(case=matter.case)
        reading = services.read_case(
            by=matter.chair.account, posts=[matter.chair], number=matter.case.number, now=MONDAY
        )
    assert (link.other_id, link.kind) == (matter.complaint.pk, "follows")
    assert matter.case.accused_ids == matter.complaint.accused_ids
    assert (reading.told.name, reading.told.phone, reading.told.account) == ("", "", None)
    assert matter.case.applicant_id is None
    with protection.working("test"):
        public = CaseEntry.objects.filter(case=matter.complaint, kind="linked", is_public=True)
        assert public.exists()


def test_it_is_begun_once_while_it_runs_and_offered_to_nobody(matter):
    with pytest.raises(Conflict) as refused:
        begin_again(matter)
    assert refused.value.code == "already-followed"
    assert "labour-law-supervision" not in {o.item.key for o in list_offered(matter.county)}
    with pytest.raises(NotFound):
        access_offered("labour-law-supervision", matter.county)


def begin_again(matter, by=None):
    return letters.begin_follow_up(
        by=by or matter.chair,
        case_id=matter.complaint.pk,
        item_key="labour-law-supervision",
        answers={
            "source": "complaint",
            "matter": "未足额支付配送员劳动报酬，已核实。",
            "provisions": "《中华人民共和国劳动法》第五十条",
        },
        now=MONDAY,
    )


def test_whoever_is_tied_to_the_employer_sees_neither_case_nor_letter(matter):
    """Promise 1, and by the database itself."""
    letter = matter.write("reminder")
    tied = make_officer(matter.county)
    union = Union.objects.get(name="小商品城工会")
    union.employers.add(matter.employer)
    make_officer(union, account=tied.account)
    with pytest.raises(NotFound):
        letters.read_letter(by=tied.account, posts=[tied], letter_id=letter.pk, now=MONDAY)
    with pytest.raises(NotFound):
        write(tied, matter.case, "reminder", REMINDER, seen=1)
    with protection.viewing(account=tied.account_id):
        assert list_letters(matter.case.pk) == []
    with protection.viewing(account=matter.chair.account_id):
        assert len(list_letters(matter.case.pk)) == 1, "the control: whoever is not tied does"


def test_the_complainant_does_not_read_letters_to_others(matter):
    matter.write("reminder")
    for case in (matter.case, matter.complaint):
        with protection.viewing(receipt=bytes(case.owner_digest)):
            assert list_letters(case.pk) == []


class TestDays:
    @pytest.mark.parametrize("on", [dt.date(2026, 3, 1), dt.date(2026, 3, 3)])
    def test_it_was_handed_over_between_its_sending_and_today(self, matter, on):
        letter = matter.write("reminder")
        with pytest.raises(Invalid) as refused:
            matter.serve(letter, on, MONDAY)
        assert set(refused.value.fields) == {"on_date"}

    def test_a_withdrawn_letter_is_neither_served_nor_answered_nor_withdrawn(self, matter):
        letter = matter.write("reminder")
        withdraw(matter, letter)
        for act in (
            lambda: matter.serve(letter, MONDAY.date(), MONDAY),
            lambda: withdraw(matter, letter),
        ):
            with pytest.raises(Conflict) as refused:
                act()
            assert refused.value.code == "letter-withdrawn"

    def test_another_union_does_not_withdraw_it(self, matter):
        letter = write(make_officer(matter.county.parent), matter.case, "reminder", REMINDER)
        with pytest.raises(Conflict) as refused:
            withdraw(matter, letter)
        assert refused.value.code == "letter-of-another"


def withdraw(matter, letter):
    return letters.withdraw_letter(
        by=matter.chair, letter_id=letter.pk, reason="事实部分有误，重新核实后再发。", now=MONDAY
    )


def test_letters_count_once_they_reached_somebody(matter):
    def counted(union=matter.county, account=matter.chair.account):
        return read_letter_figures([union], account)[0][1]

    letter = matter.write("reminder")
    assert counted() == {}, "before, no figure tells anybody"
    matter.serve(letter, MONDAY.date(), MONDAY)
    matter.serve(letter, MONDAY.date(), MONDAY)
    for mended in ("partly", "yes", "yes"):
        letters.answer_letter(
            by=matter.chair, letter_id=letter.pk, mended=mended, on_date=MONDAY.date(), now=MONDAY
        )
    expected = {"letters:reminder": 1, "letters:answered": 1, "letters:mended": 1}
    assert counted() == expected
    assert organisations.verify_figures(own_figures, metrics=METRICS) == []
    assert counted(matter.county.parent) == expected
    of_the_accused = make_officer(matter.county).account
    declare_tie(
        account=of_the_accused,
        employer=Employer.objects.get(pk=matter.case.accused_ids[0]),
        kind=TieKind.FAMILY,
        by=of_the_accused,
        now=MONDAY,
    )
    assert counted(account=of_the_accused) == {}, "promise 1: no count that the register lacks"


def test_what_the_seed_says_of_silence_never_sends():
    """No outcome of the clock names a letter."""
    steps = seed("labour-law-supervision")["steps"]
    silent = [o for step in steps for o in step["outcomes"] if o.get("on_silence")]
    assert len(silent) == 2
    assert not any(outcome.get("document") for outcome in silent)

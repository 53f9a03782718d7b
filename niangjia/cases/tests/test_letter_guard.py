"""No letter to others names whoever complained without their consent (promise 3)."""

import pytest

from niangjia.cases.models import CaseEntry
from niangjia.cases.rules.letters import Identity, given_away
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import groups, letters
from niangjia.cases.services.letters import preparing
from niangjia.cases.tests.letters import MONDAY, letters_of
from niangjia.core import protection
from niangjia.core.errors import Invalid
from niangjia.members.tests.factories.accounts import make_person

WANG = Identity(
    frozenset({"王小明"}), frozenset({"+8613812345678"}), frozenset({"33078219900307123X"})
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("职工反映单位欠薪。", []),
        ("职工王小明反映单位欠薪。", ["name"]),
        ("职工王 小\n明反映", ["name"]),
        ("职工王·小·明反映", ["name"]),
        ("联系 138-1234-5678", ["phone"]),
        ("联系 １３８１２３４５６７８", ["phone"]),
        ("联系 +86 138 1234 5678", ["phone"]),
        ("身份证 330782 19900307 123x", ["identity-number"]),
        ("王小明，13812345678", ["name", "phone"]),
        ("联系 010-13812345", []),
    ],
)
def test_however_it_is_written(text, found):
    assert given_away(text, WANG) == found


def test_a_name_within_the_employers_is_none():
    text = "王小明百货有限公司欠薪"
    assert given_away(text, WANG) == ["name"]
    assert given_away(text, WANG, besides=["王小明百货有限公司"]) == []
    assert given_away(f"{text}，王小明反映", WANG, besides=["王小明百货有限公司"]) == ["name"]


def test_a_consent_is_to_the_name_alone():
    text = "王小明，13812345678，33078219900307123X"
    assert given_away(text, WANG.without_names()) == ["phone", "identity-number"]


def test_nobody_known_is_nobody_found():
    assert given_away("王小明", Identity(frozenset({"", "王"}))) == []


@pytest.mark.django_db
class TestLetters:
    def test_the_name_stands_beside_the_field_and_nothing_is_sent(self, matter):
        """The complaint is another case: whoever is behind it is known all the same."""
        for name in ("买买提·吐尔逊", "买买提吐尔逊"):
            with pytest.raises(Invalid) as refused:
                matter.write("reminder", matter=f"职工{name}反映，你单位欠薪。")
            assert refused.value.code == "names-applicant"
            assert set(refused.value.fields) == {"matter"}
        assert letters_of(matter.case) == []

    def test_control_without_the_guard_it_goes_out(self, matter, monkeypatch):
        monkeypatch.setattr(preparing, "check_names_nobody", lambda *a: None)
        matter.write("reminder", matter="职工买买提·吐尔逊反映，你单位欠薪。")
        assert len(letters_of(matter.case)) == 1

    def test_whoever_takes_part_in_the_group_is_named_as_little_as_whoever_asked(self, matter):
        """The consent of whoever asked is their own: colleagues were asked for none. Who left the
        group again is no better known to the employer."""
        owner, colleague = owner_of_account(matter.applicant.pk), make_person(name="古丽娜尔")
        groups.open_own_group(owner=owner, case_id=matter.complaint.pk, now=MONDAY)
        code = groups.read_part(owner=owner, number=matter.complaint.number).code
        by_receipt = {"code": code, "account": None, "now": MONDAY}
        groups.join_group(**by_receipt, name="阿依努尔", phone="13800005566")
        groups.join_group(
            code=code, account=colleague.account, name="小古", phone="13800007788", now=MONDAY
        )
        letters.agree_to_naming(owner=owner, case_id=matter.complaint.pk, agreed=True, now=MONDAY)
        groups.leave_group(
            owner=owner_of_account(colleague.account.pk), case_id=matter.complaint.pk, now=MONDAY
        )
        for given in ("阿依努尔", "138 0000 5566", "小古", "古丽娜尔"):
            with pytest.raises(Invalid) as refused:
                matter.write("reminder", matter=f"职工买买提·吐尔逊、{given}等反映欠薪。")
            assert set(refused.value.fields) == {"matter"}
        matter.write("reminder", matter="职工买买提·吐尔逊等十二人反映欠薪。")

    def test_with_their_consent_it_goes_out_and_without_it_no_longer(self, matter):
        owner = owner_of_account(matter.applicant.pk)

        def agree(agreed):
            letters.agree_to_naming(
                owner=owner, case_id=matter.complaint.pk, agreed=agreed, now=MONDAY
            )

        agree(True)
        agree(True)
        named = "请把劳动报酬付给职工买买提·吐尔逊。"
        matter.write("reminder", wishes=named)
        with pytest.raises(Invalid):
            matter.write("reminder", wishes=f"{named}电话 {matter.applicant.phone}")
        agree(False)
        with pytest.raises(Invalid):
            matter.write("reminder", wishes=named)
        with protection.working("test"):
            said = CaseEntry.objects.filter(case=matter.complaint, kind="naming")
            assert [entry.facts["agreed"] for entry in said.order_by("number")] == [True, False]

    def test_what_they_said_aloud_is_written_down_with_when_and_how(self, matter):
        note = {"by": matter.chair, "case_id": matter.complaint.pk, "agreed": True, "now": MONDAY}
        with pytest.raises(Invalid) as refused:
            letters.note_naming(**note, words="同意")
        assert set(refused.value.fields) == {"words"}
        letters.note_naming(**note, words="3 月 2 日电话里说可以写他的名字。")
        matter.write("reminder", wishes="请付给职工买买提·吐尔逊。")

    def test_a_preview_refuses_as_well(self, matter):
        with pytest.raises(Invalid):
            letters.preview_letter(
                by=matter.chair,
                case_id=matter.case.pk,
                template="reminder",
                values={"matter": "买买提·吐尔逊", "provisions": "劳动法", "contact": "张明"},
                now=MONDAY,
            )
